"""Notified / Nasdaq IR Insight: a Drupal investor site whose list shows one year until asked for all."""

import re
from typing import Final

from crawler.discover.listing import filed
from crawler.discover.platforms.answer import asking, changed, number
from crawler.errors import ShapeChanged
from crawler.model import Habits, Listing, Page

NAME: Final = "nir"
MARKS: Final = re.compile(rb"node--nir-news|nir-widget--news|class=[\"'][^\"']{0,200}\bnirtable\b")
RELEASE: Final = re.compile(r"/news-release-details/")
#: The filter's field for the year; ``_none`` in it asks for all years.
YEAR: Final = re.compile(rb"""<select\b[^>]{0,300}\bname=["']([\w-]{0,100}_year\[value\])["']""")
#: What the filter sends along, in either order of its attributes.
HIDDEN: Final = re.compile(
    rb"""<input\b(?=[^>]{0,300}type=["']hidden["'])(?=[^>]{0,300}name=["']([\w\[\]-]{1,100})["'])"""
    rb"""[^>]{0,300}?value=["']([^"'>]{0,200})["']"""
)
FORM: Final = re.compile(rb"<form\b[^>]{0,500}widget-form-base(.{0,20000}?)</form>", re.DOTALL)


def first(page: Page) -> str | None:
    """Ask the page's own filter for all years."""
    if not MARKS.search(page.body):
        return None
    form = FORM.search(page.body)
    year = YEAR.search(form[1]) if form else None
    if form is None or year is None:
        return page.final_url
    values: dict[str, str | int] = {
        name.decode(): value.decode(errors="replace") for name, value in HIDDEN.findall(form[1])
    }
    return asking(page.final_url, **{**values, year[1].decode(): "_none", "op": "Filter", "page": 0})


def owns(page: Page) -> bool:
    """Answers are the site's own lists."""
    return bool(MARKS.search(page.body))


def widest(url: str) -> str:
    """The pages' size is the site's own."""
    return asking(url, page=0)


def read(page: Page, habits: Habits) -> Listing:
    """List the releases of a page of the list."""
    found = filed(page, RELEASE, habits=habits)
    if not found.links:
        raise no_links(page, NAME)
    following = number(page.final_url, "page", 0) + 1
    more = re.search(rb"[?&;]page=%d\b" % following, page.body)
    return Listing(NAME, found.links, asking(page.final_url, page=following) if more else None)


def no_links(page: Page, platform: str) -> ShapeChanged:
    """Give the error of a list that is known by its marks and holds no release."""
    return changed(page, platform, "the list's marks are there, and no release is linked")
