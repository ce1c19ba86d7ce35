"""Make a page of a release that came whole in a feed or an API's answer.  Pure.

It is read like any other page: the headline that the feed gives stands above the text.
"""

from datetime import datetime
from html import escape
from typing import Final

from crawler.model import Link, Page

HEADERS: Final = (("content-type", "text/html; charset=utf-8"),)


def page(link: Link, *, fetched: datetime) -> Page | None:
    """Give the page that a link carries; None where it carries none.

    Args:
        link: with its HTML.
        fetched: when the feed was; aware UTC.
    """
    if link.html is None:
        return None
    title = escape(link.title or "")
    html = (
        f"<!doctype html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>\n"
        f"{link.html}\n</article></body></html>"
    )
    return Page(link.url, link.url, 200, HEADERS, html.encode("utf-8", "replace"), fetched)
