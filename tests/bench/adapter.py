"""Our reader in the shape that score scripts ask for.

python ../shared/pages/score.py --release tests.bench.adapter:release
"""

from datetime import UTC, datetime
from typing import Any

from crawler.errors import UnreadableError
from crawler.extract.read import read
from crawler.model import Page


def page(html: bytes, url: str) -> Page:
    return Page(url=url, final_url=url, status=200, headers=(), body=html, fetched=datetime.now(UTC))


def release(html: bytes, url: str) -> dict[str, Any] | None:
    try:
        found = read(page(html, url), source="bench")
    except UnreadableError:
        return None
    day = found.published.day if found.published else None
    return {"title": found.title, "date": day, "body": found.body}
