"""Recognise what a newsroom's page is, and read it as that.  Pure: fetches nothing and remembers nothing."""

import re
from typing import Final

from crawler.discover.feed import feed, looks_like_feed
from crawler.discover.listing import listing as read_listing
from crawler.discover.sitemap import looks_like_sitemap, sitemap
from crawler.errors import UnreadableError
from crawler.model import Habits, Listing, Page, Way

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

    Raises:
        UnreadableError: the page is none of them, or not the one that ``way`` insists on.
    """
    if not page.body.strip():
        raise UnreadableError(page.final_url, "empty", "the answer has no content")
    if way == "feed" or (way == "auto" and looks_like_feed(page.body)):
        return feed(page, habits=habits)
    if way == "sitemap" or (way == "auto" and looks_like_sitemap(page.body)):
        return sitemap(page)
    for magic, name in FILES.items():
        if page.body.startswith(magic):
            raise UnreadableError(page.final_url, "not html", f"{name} came")
    if not TAG.search(page.body.replace(b"\0", b"")[:SNIFFED_BYTES]):
        raise UnreadableError(page.final_url, "not html", "no markup is in it")
    return read_listing(page, habits=habits)
