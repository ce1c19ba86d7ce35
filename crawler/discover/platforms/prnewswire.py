"""PR Newswire and its sisters (newswire.ca, prnewswire.co.uk): a company's page, newest first."""

import re
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from crawler.discover.listing import filed
from crawler.discover.platforms.answer import asking, number
from crawler.discover.platforms.nir import no_links
from crawler.model import Habits, Listing, Page

NAME: Final = "prnewswire"
MOST: Final = 100  # releases of one page, as its own choice of sizes allows
MARKS: Final = re.compile(rb"""class=["'][^"']{0,200}\bnewsreleaseconsolidatelink\b""")
COMPANY: Final = re.compile(r"/news/[\w.-]+/?$")
RELEASE: Final = re.compile(r"/news-releases/[^/?#]+-(\d{9})\.html")


def first(page: Page) -> str | None:
    """Ask for the company's page with its largest size."""
    return asking(page.final_url, page=1, pagesize=MOST) if owns(page) else None


def owns(page: Page) -> bool:
    """Answers are pages of one company."""
    return bool(COMPANY.search(urlsplit(page.final_url).path)) and bool(MARKS.search(page.body))


def widest(url: str) -> str:
    """Ask for a hundred releases at once."""
    return asking(url, page=1, pagesize=MOST)


def read(page: Page, habits: Habits) -> Listing:
    """List the releases of a page; their numbers are the wire's for ever, on all its hosts."""
    found = filed(page, RELEASE, habits=habits)
    if not found.links:
        raise no_links(page, NAME)
    links = tuple(
        replace(link, identity=f"{NAME}:{match[1]}")
        for link in found.links
        if (match := RELEASE.search(link.url))
    )
    following = number(page.final_url, "page", 1) + 1
    more = re.search(rb"[?&;]page=%d\b" % following, page.body)
    return Listing(NAME, links, asking(page.final_url, page=following) if more else None)
