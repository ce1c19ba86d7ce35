"""Pages to read, made from text."""

from datetime import UTC, datetime

from crawler.model import Page

FETCHED = datetime(2026, 11, 3, 12, tzinfo=UTC)


def page(body: str | bytes, url: str = "https://example.com/news/", content_type: str = "text/html") -> Page:
    raw = body if isinstance(body, bytes) else body.encode()
    return Page(url, url, 200, (("content-type", content_type),), raw, FETCHED)
