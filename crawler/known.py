"""What is known of hosts and addresses from one visit to the next.  Values: holds no rule."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Robots:
    """One answer for a site's robots.txt, kept until it expires."""

    #: Scheme, host and port.
    origin: str
    #: HTTP status; None when there was no answer.
    status: int | None
    #: The body as received; empty where there was none.
    body: bytes
    #: Aware UTC.
    fetched: datetime
    #: When it must be asked for again; aware UTC.
    expires: datetime


@dataclass(frozen=True, slots=True)
class HostState:
    """What a host is owed, so that a restart does not forget it."""

    #: Scheme, host and port.
    origin: str
    #: Failed requests in a row.
    failures: int = 0
    #: When the last request was sent; aware UTC; None when not known.
    asked: datetime | None = None
    #: Not to be asked before; aware UTC; None when it may be asked.
    not_before: datetime | None = None
    #: Why not, one sentence, or None.
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class AddressState:
    """What is known of one address: who pointed to it, what it answered, when it is asked again."""

    #: Canonical.
    url: str
    #: Name of the source that pointed to it; None when none did.
    source: str | None = None
    #: Id of the release it leads to; None when it leads to none.
    release: str | None = None
    #: HTTP status last answered; None when it gave no answer or was not asked.
    status: int | None = None
    #: When it was last asked for; aware UTC; None when never.
    asked: datetime | None = None
    #: How often in a row it gave no release.
    failures: int = 0
    #: Why not, the last time; one sentence, or None.
    reason: str | None = None
    #: Start of the visit that first met 404 or 410; aware UTC; None while it is there.
    gone: datetime | None = None
    #: Whether it waits to be fetched.
    is_queued: bool = False
    #: Not to be fetched before; aware UTC; None when it does not wait.
    not_before: datetime | None = None
    #: How often it was taken from the queue since it was put there.
    attempts: int = 0
