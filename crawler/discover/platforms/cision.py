"""Cision (Nordic): a news feed in JSON for each customer, named by 32 hex digits on the newsroom's page."""

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

NAME: Final = "cision"
MOST: Final = 100  # releases of one answer, by the interface's own limit
ENDPOINT: Final = "https://publish.ne.cision.com/papi/NewsFeed/"
FEED: Final = re.compile(rb"(https?:)?//[\w.:-]{1,100}/papi/NewsFeed/([0-9A-Fa-f]{32})", re.IGNORECASE)
MARKS: Final = re.compile(rb"publish\.ne\.cision\.com|cision\.websolution", re.IGNORECASE)
NUMBER: Final = re.compile(rb"""data-identifier=["']([0-9A-Fa-f]{32})["']""")


def first(page: Page) -> str | None:
    """Ask for the feed that the page names by its address or by its number."""
    if found := FEED.search(page.body):
        base = found[0].decode()
        base = base if found[1] else f"https:{base}"
    elif MARKS.search(page.body) and (own := NUMBER.search(page.body)):
        base = ENDPOINT + own[1].decode()
    else:
        return None
    return f"{base}?format=json&detailLevel=detail&pageSize={MOST}&pageIndex=1"


def owns(page: Page) -> bool:
    """Answers come from one path."""
    return "/papi/newsfeed/" in urlsplit(page.url).path.casefold()


def widest(url: str) -> str:
    """Ask for a hundred releases at once."""
    return asking(url, pageSize=MOST, pageIndex=1)


def read(page: Page, habits: Habits) -> Listing:
    """List the releases of an answer."""
    answer = load(page, NAME)
    rows = answer.get("Releases", answer) if isinstance(answer, dict) else answer
    links = listed(page, NAME, rows, lambda row: _link(page, row, habits))
    at, more = number(page.url, "pageIndex", 1), len(objects(rows)) >= number(page.url, "pageSize", MOST)
    return Listing(NAME, links, asking(page.url, pageIndex=at + 1) if more else None)


def _link(page: Page, row: Mapping[str, object], habits: Habits) -> Link | None:
    return link(
        page,
        string(row, "CanonicalUrl", "PublicUrl", "CisionWireUrl"),
        title=string(row, "Title"),
        when=published(string(row, "PublishDate"), "cision PublishDate", habits),
        html=string(row, "HtmlBody"),
        own=identity(NAME, page, string(row, "EncryptedId")),
    )
