"""GlobeNewswire: an organisation's feed; its full-text form can be paged back."""

import re
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from crawler.discover.feed import feed
from crawler.discover.platforms.answer import changed
from crawler.errors import UnreadableError
from crawler.model import Habits, Listing, Page
from crawler.urls import resolve

NAME: Final = "globenewswire"
MOST: Final = 100  # releases of one answer, by the feed's own limit
FEED: Final = re.compile(
    rb"""["']((?:(?:https?:)?//[\w.:-]{1,100})?/(?:[\w-]{1,40}/){0,3}RssFeed/organization/[\w=+%-]{4,100}"""
    rb"""(?:/content/[\w/]{1,100})?)["']""",
    re.IGNORECASE,
)
ANSWER: Final = re.compile(r"/organization/[^/]+(?:/content/|/?$)", re.IGNORECASE)
START: Final = re.compile(r"/max/(\d{1,4})/start/(\d{1,6})")
RELEASE: Final = re.compile(r"/news-release/\d{4}/\d\d/\d\d/(\d+)/")


def first(page: Page) -> str | None:
    """Ask for the organisation's feed that the page names."""
    found = FEED.search(page.body)
    return resolve(page.final_url, found[1].decode()) if found else None


def owns(page: Page) -> bool:
    """Answers are feeds of organisations."""
    path = urlsplit(page.url).path
    return bool(ANSWER.search(path)) and ("rssfeed" in path.casefold() or "/content/" in path)


def widest(url: str) -> str:
    """Ask for a hundred releases at once where the feed is of the form that can be paged."""
    return START.sub(f"/max/{MOST}/start/0", url)


def read(page: Page, habits: Habits) -> Listing:
    """List the releases of a feed; their numbers are the wire's for ever."""
    try:
        found = feed(page, habits=habits)
    except UnreadableError as error:
        raise changed(page, NAME, error.detail) from error
    links = tuple(
        replace(link, identity=f"{NAME}:{match[1]}" if (match := RELEASE.search(link.url)) else None)
        for link in found.links
    )
    paged = START.search(page.url)
    if paged is None or len(links) < int(paged[1]):
        return Listing(NAME, links)
    following = int(paged[2]) + int(paged[1])
    return Listing(NAME, links, START.sub(f"/max/{paged[1]}/start/{following}", page.url))
