"""Q4 Inc: an open list of whole releases in JSON, behind pages that scripts fill.

``/feed/PressRelease.svc/GetPressReleaseList`` answers on the investor site's own host. Without a category
some sites answer an empty list (Oracle, since September 2026), so the page's own category is asked for, then
the default one, then all. Hours are printed without a zone, in the company's.
"""

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
    query,
    string,
)
from crawler.model import Habits, Link, Listing, Page
from crawler.urls import origin

NAME: Final = "q4"
PATH: Final = "/feed/PressRelease.svc/GetPressReleaseList"
DEFAULT: Final = "1cb807d2-208f-4bc3-9133-6a9ad45ac3b0"  # "press release" on nearly all sites
ALL: Final = "00000000-0000-0000-0000-000000000000"
A_POLL: Final = 50  # releases of one ordinary visit

MARKS: Final = re.compile(
    rb"""(?:src|href)=["'][^"']{0,200}\b(?:q4cdn|q4inc|q4web|q4ir)\.com|\.q4News\(|/feed/PressRelease\.svc""",
    re.IGNORECASE,
)
CATEGORY: Final = re.compile(rb"""q4News\([^)]{0,400}?category['"]?\s*:\s*['"]([0-9a-fA-F-]{36})""")


def first(page: Page) -> str | None:
    """Ask for the newest releases of the page's own category, or of the default one."""
    if not MARKS.search(page.body):
        return None
    own = CATEGORY.search(page.body)
    return (
        f"{origin(page.final_url)}{PATH}?LanguageId=1&bodyType=2&pressReleaseDateFilter=3"
        f"&categoryId={own[1].decode().lower() if own else DEFAULT}&pageSize={A_POLL}&pageNumber=0"
        "&tagList=&includeTags=true&year=-1&excludeSelection=1"
    )


def owns(page: Page) -> bool:
    """Answers come from one path."""
    return urlsplit(page.url).path == PATH


def widest(url: str) -> str:
    """Ask for all at once: paging is unstable where releases share a time."""
    return asking(url, pageSize=-1, pageNumber=0, year=-1)


def read(page: Page, habits: Habits) -> Listing:
    """List the releases of an answer, bodies included."""
    answer = load(page, NAME)
    result = answer.get("GetPressReleaseListResult") if isinstance(answer, dict) else None
    if isinstance(result, dict):  # older sites
        result = result.get("PressReleases", result)
        result = result.get("PressRelease") if isinstance(result, dict) else result
    rows = answer if result is None else result
    links = listed(page, NAME, rows, lambda row: _link(page, row, habits))
    return Listing(NAME, links, _next(page.url, len(objects(rows))))


def _link(page: Page, row: Mapping[str, object], habits: Habits) -> Link | None:
    return link(
        page,
        string(row, "LinkToDetailPage", "LinkToUrl", "DocumentPath"),
        title=string(row, "Headline"),
        when=published(string(row, "PressReleaseDate"), "q4 PressReleaseDate", habits, order="mdy"),
        html=string(row, "Body"),
        own=identity(NAME, page, string(row, "PressReleaseId")),
    )


def _next(url: str, rows: int) -> str | None:
    size, at = number(url, "pageSize", A_POLL), number(url, "pageNumber", 0)
    if rows == 0 and at == 0:
        category = query(url).get("categoryId", "").lower()
        following = {DEFAULT: ALL, ALL: None}.get(category, DEFAULT)
        return asking(url, categoryId=following) if following else None
    return asking(url, pageNumber=at + 1) if 0 < size <= rows else None
