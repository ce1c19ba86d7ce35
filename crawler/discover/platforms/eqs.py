"""EQS (Germany, Austria, Switzerland): a news list whose entries carry ids, hours in Berlin's wall time."""

import re
from dataclasses import replace
from typing import Final

from crawler.discover.listing import filed
from crawler.discover.platforms.nir import no_links
from crawler.model import Habits, Listing, Page

NAME: Final = "eqs"
ZONE: Final = "Europe/Berlin"
MARKS: Final = re.compile(rb"""data-wio=["']news-feed-list-item["']""")
RELEASE: Final = re.compile(
    r"/news/(?:[^/?#]+/){0,2}([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(_[a-z]{2})?"
)


def first(page: Page) -> str | None:
    """Ask for the page itself."""
    return page.final_url if owns(page) else None


def owns(page: Page) -> bool:
    """Answers are the wire's own lists."""
    return bool(MARKS.search(page.body))


def widest(url: str) -> str:
    """The pages' size is the site's own."""
    return url


def read(page: Page, habits: Habits) -> Listing:
    """List the releases of a page; their ids, with the language, are the wire's for ever."""
    found = filed(page, RELEASE, habits=replace(habits, zone=habits.zone or ZONE, date_order="dmy"))
    if not found.links:
        raise no_links(page, NAME)
    links = tuple(
        replace(link, identity=f"{NAME}:{match[1]}{match[2] or ''}")
        for link in found.links
        if (match := RELEASE.search(link.url))
    )
    return Listing(NAME, links, found.next_page)
