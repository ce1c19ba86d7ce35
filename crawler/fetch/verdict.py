"""Decide what an answer means by its status and headers.  Pure: never looks at the body."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from crawler.courtesy.manners import retry_after
from crawler.errors import FetchError, Gone, Refused, Unreachable
from crawler.model import Unchanged
from crawler.urls import resolve

PAGES: Final = range(200, 300)
PARTIAL: Final = 206
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
UNCHANGED: Final = 304
CLIENT_ERRORS: Final = range(400, 500)

#: Status → error; other 4xx are Refused, everything else is Unreachable.
ERRORS: Final[dict[int, tuple[type[FetchError], str]]] = {
    401: (Refused, "asks for a login"),
    403: (Refused, "forbidden by the site"),
    404: (Gone, "not found"),
    408: (Unreachable, "the server gave up waiting"),
    410: (Gone, "gone for good"),
    425: (Unreachable, "too early for the server"),
    429: (Refused, "too many requests for the site"),
    451: (Refused, "withheld for legal reasons"),
    500: (Unreachable, "the server failed"),
    502: (Unreachable, "the server behind the site gave no good answer"),
    503: (Unreachable, "the site is out of service for now"),
    504: (Unreachable, "the server behind the site did not answer in time"),
}


@dataclass(frozen=True, slots=True)
class Hop:
    """A redirect to be followed."""

    status: int
    #: Absolute http or https address.
    target: str


def judge(
    url: str, status: int, headers: Mapping[str, str], *, conditional: bool, now: datetime
) -> Unchanged | Hop | FetchError | None:
    """Say what an answer is; None means a page, whose body is worth reading.

    Args:
        url: the address asked for.
        status: HTTP status.
        headers: by lower-case name.
        conditional: whether validators were sent, so that 304 makes sense.
        now: aware UTC.
    """
    if status == UNCHANGED and conditional:
        return Unchanged(url, now)
    if status in REDIRECTS:
        target = resolve(url, headers.get("location", ""))
        if target:
            return Hop(status, target)
        return Unreachable(url, f"redirects to nowhere ({status})", status=status, kind="redirect")
    if status in PAGES and status != PARTIAL:
        return None
    if status in {UNCHANGED, PARTIAL}:
        return Unreachable(url, f"answers {status} to a plain request", status=status, kind="protocol")
    fallback = (Refused if status in CLIENT_ERRORS else Unreachable, "no page for us")
    error, words = ERRORS.get(status, fallback)
    wait_s = retry_after(headers.get("retry-after"), now)
    return error(url, f"{words} ({status})", status=status, retry_after_s=wait_s)
