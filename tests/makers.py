"""Make nouns for tests: each has defaults, so that a test states only what it is about."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from crawler.model import Page, Published, Release, Visit

#: The first instant of every test.
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def later(hours: float = 0, days: float = 0) -> datetime:
    return START + timedelta(hours=hours, days=days)


def make_page(url: str = "https://acme.example/a", body: bytes = b"<p>one</p>", **changed: Any) -> Page:
    values: dict[str, Any] = {
        "url": url,
        "final_url": url,
        "status": 200,
        "headers": (("content-type", "text/html"), ("etag", '"1"'), ("last-modified", "yesterday")),
        "body": body,
        "fetched": START,
    }
    return Page(**values | changed)


def make_release(number: int = 1, **changed: Any) -> Release:
    url = f"https://acme.example/news/{number}"
    values: dict[str, Any] = {
        "id": url,
        "source": "acme",
        "url": url,
        "title": f"Acme opens plant number {number}",
        "subtitle": None,
        "published": Published(date(2026, 3, 1), None, "printed near headline", "stated"),
        "body": f"BERLIN – Acme opened plant {number} today.\n\nAbout Acme\nAcme makes things.",
        "parts": (),
        "language": "en",
        "digest": f"{number:064x}",
        "warnings": (),
        "seen_first": START,
        "seen_last": START,
    }
    return Release(**values | changed)


def make_visit(source: str = "acme", **changed: Any) -> Visit:
    values: dict[str, Any] = {"source": source, "started": START, "ended": START, "outcome": "ok"}
    return Visit(**values | changed)
