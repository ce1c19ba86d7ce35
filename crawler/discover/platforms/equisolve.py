"""Equisolve: an investor site whose list counts its pages from 1, and repeats the first behind the last."""

import re
from dataclasses import replace
from typing import Final

from crawler.discover.listing import filed
from crawler.discover.platforms.answer import asking, identity, number
from crawler.discover.platforms.nir import no_links
from crawler.model import Habits, Listing, Page
from crawler.urls import resolve

NAME: Final = "equisolve"
MARKS: Final = re.compile(
    rb"""(?:src|href)=["'][^"']{0,200}\bstockpr\.com|class=["'][^"']{0,200}\bspr-ir-""", re.IGNORECASE
)
RELEASE: Final = re.compile(r"/press-releases/detail/(\d+)(?:/|$)")
LIST: Final = "/news-events/press-releases"


def first(page: Page) -> str | None:
    """Ask for the page itself where it lists releases, else for the list's usual place."""
    if not MARKS.search(page.body):
        return None
    if RELEASE.search(page.body.decode("utf-8", errors="replace")):
        return page.final_url
    return resolve(page.final_url, LIST)


def owns(page: Page) -> bool:
    """Answers are the site's own lists."""
    return bool(MARKS.search(page.body))


def widest(url: str) -> str:
    """The pages' size is the site's own."""
    return asking(url, page=1)


def read(page: Page, habits: Habits) -> Listing:
    """List the releases of a page of the list; three links of each are one."""
    found = filed(page, RELEASE, habits=habits)
    if not found.links:
        raise no_links(page, NAME)
    links = tuple(
        replace(link, identity=identity(NAME, page, match[1]))
        for link in found.links
        if (match := RELEASE.search(link.url))
    )
    following = number(page.final_url, "page", 1) + 1
    more = re.search(rb"[?&;]page=%d\b" % following, page.body)
    return Listing(NAME, links, asking(page.final_url, page=following) if more else None)
