"""What an answer means by its status and headers."""

from datetime import UTC, datetime

import pytest

from crawler.errors import FetchError, Gone, Refused, Unreachable
from crawler.fetch.verdict import Hop, judge
from crawler.model import Unchanged

NOW = datetime(2025, 11, 3, 12, 0, tzinfo=UTC)
URL = "https://acme.example/news/"


def verdict(
    status: int, headers: dict[str, str] | None = None, *, conditional: bool = False
) -> Unchanged | Hop | FetchError | None:
    return judge(URL, status, headers or {}, conditional=conditional, now=NOW)


@pytest.mark.parametrize("status", [200, 201, 202, 203, 204, 299])
def test_a_success_is_a_page(status: int) -> None:
    assert verdict(status) is None


def test_304_means_unchanged_only_when_asked() -> None:
    assert verdict(304, conditional=True) == Unchanged(URL, NOW)
    assert isinstance(verdict(304), Unreachable)


@pytest.mark.parametrize(
    ("status", "location", "target"),
    [
        (301, "/a", "https://acme.example/a"),
        (302, "a?b=c", "https://acme.example/news/a?b=c"),
        (303, "//b.example", "https://b.example"),
        (307, "http://b.example/#top", "http://b.example/"),
        (308, "HTTPS://B.example/", "HTTPS://B.example/"),
    ],
)
def test_a_redirect_is_a_hop(status: int, location: str, target: str) -> None:
    hop = verdict(status, {"location": location})
    assert isinstance(hop, Hop)
    assert hop.target.casefold() == target.casefold()


@pytest.mark.parametrize(
    "location", ["", "ftp://b.example/", "file:///etc/passwd", "javascript:1", "http://[::", "mailto:a@b"]
)
def test_a_redirect_to_no_web_address_leads_nowhere(location: str) -> None:
    error = verdict(302, {"location": location})
    assert isinstance(error, Unreachable)
    assert error.kind == "redirect"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (206, Unreachable),
        (300, Unreachable),
        (400, Refused),
        (401, Refused),
        (403, Refused),
        (404, Gone),
        (408, Unreachable),
        (410, Gone),
        (418, Refused),
        (425, Unreachable),
        (429, Refused),
        (451, Refused),
        (500, Unreachable),
        (502, Unreachable),
        (503, Unreachable),
        (599, Unreachable),
        (999, Unreachable),
    ],
)
def test_every_other_status_has_its_error(status: int, kind: type[FetchError]) -> None:
    error = verdict(status)
    assert type(error) is kind
    assert error.status == status
    assert str(status) in error.reason


def test_a_wait_that_the_server_asks_for_is_kept() -> None:
    error = verdict(429, {"retry-after": "90"})
    assert isinstance(error, Refused)
    assert error.retry_after_s == 90
