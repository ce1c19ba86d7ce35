"""What the site says under one address, and under which address a story lies."""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tests.newsroom.stories import Company, Story


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site says under one address."""

    body: bytes
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    #: Target of a redirect; empty where there is none.
    location: str = ""
    #: Further headers.
    headers: tuple[tuple[str, str], ...] = ()
    #: When the page was last changed; aware UTC.
    modified: datetime = datetime(2025, 11, 3, 12, tzinfo=UTC)

    def to(self, location: str) -> "Answer":
        return replace(self, location=location)

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


def address(company: Company, story: Story) -> str:
    """Give the path of a story on the site."""
    return f"/{company.key}/{story.path}"
