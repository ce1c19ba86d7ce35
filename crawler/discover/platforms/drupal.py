"""Drupal: rows of a view, whose pager counts from 0, so that ``?page=1`` is page two."""

import re
from dataclasses import replace
from typing import Final

from crawler.discover.listing import listing
from crawler.discover.platforms.answer import asking, number
from crawler.model import Habits, Listing, Page

NAME: Final = "drupal"
MARKS: Final = re.compile(rb"""<meta\b[^>]{0,200}content=["']Drupal \d|class=["'][^"']{0,200}\bviews-row\b""")


def first(page: Page) -> str | None:
    """Ask for the page itself."""
    return page.final_url if owns(page) else None


def owns(page: Page) -> bool:
    """Answers are the site's own lists."""
    return bool(MARKS.search(page.body)) or (page.header("x-generator") or "").startswith("Drupal")


def widest(url: str) -> str:
    """The pages' size is the site's own."""
    return asking(url, page=0)


def read(page: Page, habits: Habits) -> Listing:
    """List the announcements of a page by its looks; the pager's count is Drupal's."""
    found = listing(page, habits=habits)
    following = number(page.final_url, "page", 0) + 1
    if found.links and found.next_page is None and re.search(rb"[?&;]page=%d\b" % following, page.body):
        return replace(found, way=NAME, next_page=asking(page.final_url, page=following))
    return replace(found, way=NAME)
