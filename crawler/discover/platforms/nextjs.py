"""Next.js: the payload that a page's scripts draw it from, read from the page itself."""

import json
import re
from typing import Final

from crawler.charset import decode
from crawler.discover.platforms.answer import asking, changed, number
from crawler.discover.platforms.payload import links
from crawler.model import Habits, Listing, Page

NAME: Final = "nextjs"
OPENING: Final = re.compile(r"""<script\b[^>]{0,300}\bid=["']__NEXT_DATA__["'][^>]{0,300}>""")
CLOSING: Final = "</script>"
TOTAL: Final = re.compile(r'"(?:totalPages|pageCount|total_pages|numberOfPages|lastPage)":\s?(\d{1,5})')


def first(page: Page) -> str | None:
    """Ask for the page itself."""
    return page.final_url if owns(page) else None


def owns(page: Page) -> bool:
    """Answers are pages with a payload."""
    return b"__NEXT_DATA__" in page.body


def widest(url: str) -> str:
    """The pages' size is the site's own."""
    return url


def read(page: Page, habits: Habits) -> Listing:
    """List the announcements in a page's payload; a payload that counts its pages leads on by ``?page=``."""
    html = decode(page.body, page.header("content-type"))
    opening = OPENING.search(html)
    end = html.find(CLOSING, opening.end()) if opening else -1
    text = html[opening.end() : end] if opening and end > 0 else ""
    try:
        payload: object = json.loads(text)
    except (ValueError, RecursionError):
        raise changed(page, NAME, "the page's payload is no JSON") from None
    found = links(payload, page, habits)
    if not found:
        raise changed(page, NAME, "no dated list in the page's payload")
    at, total = number(page.final_url, "page", 1), TOTAL.search(text)
    more = total is not None and at < int(total[1])
    return Listing(NAME, found, asking(page.final_url, page=at + 1) if more else None)
