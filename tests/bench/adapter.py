"""Our readers in the shape that score scripts ask for: bytes and an address in, plain values out.

python ../shared/pages/score.py --release tests.bench.adapter:release
python ../shared/pages/score.py --listing tests.bench.adapter:listing
"""

from datetime import UTC, datetime
from typing import Any

from crawler.discover.read import listing as read_listing
from crawler.errors import UnreadableError
from crawler.extract.read import read
from crawler.model import Page


def page(html: bytes, url: str) -> Page:
    """Wrap bytes as a page received now, without a header that helps."""
    return Page(url=url, final_url=url, status=200, headers=(), body=html, fetched=datetime.now(UTC))


def release(html: bytes, url: str) -> dict[str, Any] | None:
    """Read one announcement; None when the page is none."""
    try:
        found = read(page(html, url), source="bench")
    except UnreadableError:
        return None
    day = found.published.day if found.published else None
    return {"title": found.title, "date": day, "body": found.body}


def listing(html: bytes, url: str) -> dict[str, Any] | None:
    """Read one newsroom page; None when it is none."""
    try:
        found = read_listing(page(html, url), way="listing")
    except UnreadableError:
        return None
    links = [
        {"url": link.url, "title": link.title, "date": link.published.day if link.published else None}
        for link in found.links
    ]
    return {"links": links, "next_page": found.next_page}
