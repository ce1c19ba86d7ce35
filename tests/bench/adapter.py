"""What ``score.py`` of the research pages calls: our readers over bytes and an address."""

from datetime import UTC, datetime

from crawler.discover.read import listing as read_listing
from crawler.model import Page

FETCHED = datetime(2026, 1, 1, tzinfo=UTC)


def listing(html: bytes, url: str) -> dict[str, object]:
    page = Page(url, url, 200, (("content-type", "text/html"),), html, FETCHED)
    found = read_listing(page, way="listing")
    links = [
        {"url": link.url, "title": link.title, "date": link.published and link.published.day}
        for link in found.links
    ]
    return {"links": links, "next_page": found.next_page}
