"""Every error the crawler raises on purpose, drawn as one tree.

::

    CrawlError                  something about a source, an address or the archive; the message names it
    ├── ConfigError             sources.toml, a flag or the environment cannot be used as it is
    ├── FetchError              an address gave no page
    │   ├── Resting             its host is given a rest, so it was not asked
    │   ├── Refused             the site, its robots.txt or our own rules forbid it
    │   ├── Gone                404 or 410: the page is not there (any more)
    │   ├── TooLarge            the answer is larger than we take
    │   └── Unreachable         no usable answer: DNS, connection, TLS, time, protocol, 5xx
    ├── UnreadableError         a page came, and it is not what was asked for
    │   └── ShapeChanged        a platform answers differently from what is known of it
    ├── DeliveryError           somebody could not be told something
    └── ArchiveError            the database cannot be opened, read or written

Foreign errors are translated into one of these at the door they come in by (fetch, archive, document).
"""

from datetime import datetime
from typing import Literal

#: What kept an address from giving a page, in words that stay the same from version to version.
FetchKind = Literal[
    "address",  # not http(s), credentials in it, or a host or port the address law forbids
    "robots",  # the site's robots.txt forbids it
    "budget",  # not asked: no more requests were allowed
    "dns",  # the host's name leads to no address
    "connect",  # nobody answers there, or the connection was refused
    "tls",  # the certificate or the handshake is not good
    "timeout",  # not complete in time
    "protocol",  # not HTTP, or broken HTTP
    "truncated",  # the answer ended before its own end
    "encoding",  # the body cannot be unpacked
    "size",  # larger than the limit
    "redirect",  # a loop, too many hops, or a hop that leads nowhere
    "status",  # a complete answer whose status is no success
    "rest",  # not asked: its host is given a rest
]


class CrawlError(Exception):
    """Base of all errors that the crawler raises on purpose."""


class ConfigError(CrawlError):
    """The configuration cannot be used; the message names file, source, key, value and the way out."""


class FetchError(CrawlError):
    """An address gave no page.

    Attributes:
        url: the address asked for.
        reason: one sentence without the address, lower case.
        status: the HTTP status that was answered, or None when there was none.
        retry_after_s: seconds the server asks us to wait, or None when it asked nothing.
        kind: one stable word for what happened.
    """

    def __init__(
        self,
        url: str,
        reason: str,
        *,
        status: int | None = None,
        retry_after_s: float | None = None,
        kind: FetchKind = "status",
    ) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason
        self.status = status
        self.retry_after_s = retry_after_s
        self.kind: FetchKind = kind


class Resting(FetchError):  # noqa: N818 - the design's name; an outcome, read as one
    """The address was not asked for: its host is given a rest.

    Attributes:
        until: when it may be asked again; aware UTC.
    """

    def __init__(self, url: str, reason: str, *, until: datetime) -> None:
        super().__init__(url, reason, kind="rest")
        self.until = until


class Refused(FetchError):  # noqa: N818
    """The site (401, 403, 429, robots.txt) or our own rules forbid the address."""


class Gone(FetchError):  # noqa: N818
    """The page is not there: 404 or 410."""


class TooLarge(FetchError):  # noqa: N818
    """The answer is larger than the limit, on the wire or unpacked."""


class Unreachable(FetchError):  # noqa: N818
    """No usable answer: DNS, connection, TLS, time-out, broken protocol, or a server error."""


class UnreadableError(CrawlError):
    """A page came, and it is not what was asked for.

    Attributes:
        url: the page's address.
        reason: a short stable word or two.  What stands in place of an announcement: ``blocked`` (refused, or
            asked to prove to be a person), ``gone``, ``unavailable`` (an error, maintenance), ``consent``,
            ``login``, ``parked`` (a domain or a server without a site), ``moved``, ``service`` (contact,
            search, registration), ``listing``, ``home``, ``needs scripts``, ``empty``.  What cannot be read:
            ``not html``, ``not a feed``, ``not a sitemap``, ``too deep``, ``too slow`` and ``defect`` (its
            reader was lost over it).
        detail: what was seen, one sentence, or an empty string.
    """

    def __init__(self, url: str, reason: str, detail: str = "") -> None:
        super().__init__(f"{url}: {reason}: {detail}" if detail else f"{url}: {reason}")
        self.url = url
        self.reason = reason
        self.detail = detail


class ShapeChanged(UnreadableError):  # noqa: N818 - the design's name
    """A platform's answer differs from its known shape; ``detail`` names the platform and what was seen."""

    def __init__(self, url: str, platform: str, seen: str) -> None:
        super().__init__(url, "shape changed", f"{platform}: {seen}")
        self.platform = platform


class DeliveryError(CrawlError):
    """Somebody could not be told something; the message names the way and the cause."""


class ArchiveError(CrawlError):
    """The archive cannot be opened, read or written; the message names the file and the way out."""
