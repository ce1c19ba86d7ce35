"""Recognise what a newsroom's page is, and read it as that.  Pure: fetches nothing and remembers nothing."""

import re
from dataclasses import replace
from typing import Final

from crawler.discover.feed import feed, looks_like_feed
from crawler.discover.listing import listing as read_listing
from crawler.discover.platforms.known import INTERFACES, LISTS, PLATFORMS, SHELLS, owner
from crawler.discover.platforms.protocol import Platform
from crawler.discover.sitemap import looks_like_sitemap, sitemap
from crawler.errors import ShapeChanged, UnreadableError
from crawler.model import Habits, Listing, Page, Way
from crawler.urls import canonical

#: What opens files that are no page at all, with what to call them.
FILES: Final = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"PK\x03\x04": "a ZIP",
}
TAG: Final = re.compile(rb"<[a-zA-Z!?]")

SNIFFED_BYTES: Final = 64 * 1024


def listing(page: Page, *, way: Way = "auto", habits: Habits = Habits()) -> Listing:  # noqa: B008 - frozen
    """List what a newsroom's page points to: a feed, a sitemap or a listing, as ``way`` says or it looks.

    ``auto`` knows the answers of platforms, too; where one looks different from what is known of it, an HTML
    page is read by its looks instead, and the warning says so.  A platform's name insists on its answers; a
    page that only leads to one gives its address in ``more``.

    Raises:
        UnreadableError: the page is none of them, or not the one that ``way`` insists on.
        ShapeChanged: a platform's interface answered in an unknown shape, or ``way`` names another platform.
    """
    if not page.body.strip():
        raise UnreadableError(page.final_url, "empty", "the answer has no content")
    if named := next((platform for platform in PLATFORMS if way == platform.NAME), None):
        return _of_platform(page, named, habits)
    if way == "auto" and (interface := owner(page, INTERFACES)):
        return interface.read(page, habits)
    if way == "feed" or (way == "auto" and looks_like_feed(page.body)):
        return feed(page, habits=habits)
    if way == "sitemap" or (way == "auto" and looks_like_sitemap(page.body)):
        return sitemap(page)
    for magic, name in FILES.items():
        if page.body.startswith(magic):
            raise UnreadableError(page.final_url, "not html", f"{name} came")
    if not TAG.search(page.body.replace(b"\0", b"")[:SNIFFED_BYTES]):
        raise UnreadableError(page.final_url, "not html", "no markup is in it")
    return _html(page, habits) if way == "auto" else read_listing(page, habits=habits)


def _of_platform(page: Page, platform: Platform, habits: Habits) -> Listing:
    if platform.owns(page):
        return platform.read(page, habits)
    first = platform.first(page)
    if first is None or canonical(first) == canonical(page.final_url):
        raise ShapeChanged(page.final_url, platform.NAME, "the answer has none of its marks")
    return Listing(platform.NAME, (), more=(first,))


def _html(page: Page, habits: Habits) -> Listing:
    """Read a list as its platform's, else by its looks, else from the payload it is drawn from."""
    warning = None
    if known := owner(page, LISTS):
        try:
            return known.read(page, habits)
        except ShapeChanged as error:
            warning = f"{error.reason}: {error.detail}"
    found = read_listing(page, habits=habits)
    if not found.links and (shell := owner(page, SHELLS)):
        try:
            return shell.read(page, habits)
        except ShapeChanged:
            pass  # the page's own warning says more
    return replace(found, warning=found.warning or warning)
