"""MFN (Modular Finance): a company's feed in JSON, whole releases with language and tags."""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from crawler.discover.platforms.answer import (
    asking,
    identity,
    link,
    listed,
    load,
    number,
    objects,
    published,
    string,
)
from crawler.model import Habits, Link, Listing, Page

NAME: Final = "mfn"
MOST: Final = 100  # releases of one answer
PAGE: Final = re.compile(rb"(?:https?:)?//[\w.:-]{1,100}/all/a/([\w-]{1,100})", re.IGNORECASE)
MARKS: Final = re.compile(rb"mfn\.se\b|widget\.datablocks\.se", re.IGNORECASE)
COMPANY: Final = re.compile(r"/all/a/([\w-]{1,100})(?:\.json)?$")


def first(page: Page) -> str | None:
    """Ask for the feed of the company that the page is of, or that it links to."""
    if not MARKS.search(page.body):
        return None
    own = COMPANY.search(urlsplit(page.final_url).path)
    if own:
        parts = urlsplit(page.final_url)
        return f"{parts.scheme}://{parts.netloc}/all/a/{own[1]}.json?limit={MOST}"
    found = PAGE.search(page.body)
    base = found[0].decode() if found else ""
    return f"{base if base.startswith('http') else f'https:{base}'}.json?limit={MOST}" if base else None


def owns(page: Page) -> bool:
    """Answers come from one path."""
    path = urlsplit(page.url).path
    return path.endswith(".json") and bool(COMPANY.search(path))


def widest(url: str) -> str:
    """Ask for a hundred releases at once."""
    return asking(url, limit=MOST, offset=0)


def read(page: Page, habits: Habits) -> Listing:
    """List the releases of an answer."""
    answer = load(page, NAME)
    rows = answer.get("items", answer) if isinstance(answer, dict) else answer
    links = listed(page, NAME, rows, lambda row: _link(page, row, habits))
    limit, offset = number(page.url, "limit", MOST), number(page.url, "offset", 0)
    return Listing(
        NAME, links, asking(page.url, offset=offset + limit) if len(objects(rows)) >= limit > 0 else None
    )


def _link(page: Page, row: Mapping[str, object], habits: Habits) -> Link | None:
    content = row.get("content")
    if not isinstance(content, dict):
        return None
    return link(
        page,
        string(row, "url"),
        title=string(content, "title"),
        when=published(string(content, "publish_date"), "mfn publish_date", habits),
        html=string(content, "html"),
        own=identity(NAME, page, string(row, "news_id")),
    )
