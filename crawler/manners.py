"""Decide whether an address may be asked for, by the site's robots.txt (RFC 9309).  Pure: fetches nothing."""

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from protego import Protego

from crawler.errors import FetchError
from crawler.model import Page
from crawler.urls import is_web

#: What robots.txt calls us (RFC 9309, 2.2.1: letters, ``-`` and ``_``).
OUR_NAME: Final = "pressdex"
ROBOTS_BYTES: Final = 500 * 1024  # RFC 9309, 2.5: what must be parsed at least; the rest is cut
ROBOTS_HOPS: Final = 5  # RFC 9309, 2.3.1.2
ROBOTS_FRESH: Final = timedelta(hours=24)  # RFC 9309, 2.4
LONGEST_DELAY_S: Final = 120.0  # longer crawl delays would make one visit of 50 pages take hours

ROBOTS_ABSENT: Final = timedelta(
    hours=1
)  # asked again sooner when the server was down: its sources wait for it
MOST_SITEMAPS: Final = 50  # the research set has no site with more than a dozen
REDIRECT: Final = 300  # a redirect that led nowhere counts as no file (RFC 9309, 2.3.1.2)
SERVER_ERROR: Final = 500

#: A user-agent line in all spellings that protego takes; the value follows.
AGENT_LINE: Final = re.compile(r"user[- ]?agent\s*[:\s]\s*", re.IGNORECASE)
#: RFC 9309, 2.2.1: a product token, or the star; what follows (a version, a comment) is not part of it.
PRODUCT: Final = re.compile(r"[A-Za-z_-]+|\*")
#: Stands for every crawler that is not us: a file may name thousands, each with all its rules.
SOMEONE_ELSE: Final = "x"


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site's robots.txt says to us."""

    #: ``rules`` asks the file; the others hold for every address.
    verdict: Literal["rules", "allow", "disallow"]
    #: Seconds asked for between requests, after the cap; None when nothing is asked.
    delay_s: float | None = None
    #: Sitemaps named by the file.
    sitemaps: tuple[str, ...] = ()
    #: One sentence for people: why all is allowed or disallowed, or that the cap cut a longer delay.
    note: str | None = None
    #: The file as protego read it.
    parsed: Protego | None = None

    def may(self, url: str) -> bool:
        """Say whether the address may be asked for."""
        if self.verdict == "rules" and self.parsed:
            return bool(self.parsed.can_fetch(url, OUR_NAME))
        return self.verdict != "disallow"


@dataclass(frozen=True, slots=True)
class Robots:
    """What came when robots.txt was asked for: the value to keep between runs."""

    #: Scheme, host and port it is for.
    origin: str
    #: HTTP status after redirects; None when no answer came.
    status: int | None
    #: At most ROBOTS_BYTES; empty where the status is not 2xx.
    body: bytes
    #: Aware UTC.
    fetched: datetime


def rules(robots: Robots) -> Rules:
    """Read what is kept of a robots.txt."""
    by_status = rules_for_status(robots.status)
    return parse_robots(robots.body) if by_status.verdict == "rules" else by_status


def is_fresh(robots: Robots, now: datetime) -> bool:
    """Say whether a kept robots.txt may still be used: 24 hours, an unreachable one for one."""
    reached = robots.status is not None and robots.status < SERVER_ERROR
    return now - robots.fetched < (ROBOTS_FRESH if reached else ROBOTS_ABSENT)


def robots_from(origin: str, outcome: Page | FetchError, now: datetime) -> Robots:
    """Make the value to keep of what asking for robots.txt gave."""
    if isinstance(outcome, FetchError):
        return Robots(origin, outcome.status, b"", now)
    return Robots(origin, outcome.status, outcome.body[:ROBOTS_BYTES], now)


def rules_for_status(status: int | None) -> Rules:
    """Give the rules that a status alone makes (RFC 9309, 2.3.1); ``rules`` where the body has the word."""
    if status is None:
        return Rules("disallow", note="robots.txt could not be fetched, so nothing may be")
    if status >= SERVER_ERROR:
        return Rules("disallow", note=f"robots.txt answered {status}, so nothing may be fetched")
    if status >= REDIRECT:
        return Rules("allow", note=f"there is no robots.txt ({status}), so everything may be fetched")
    return Rules("rules")


def parse_robots(body: bytes) -> Rules:
    """Read a robots.txt of at most ROBOTS_BYTES; what is longer is cut before a whole line."""
    parsed = Protego.parse(_cleaned(body))
    asked = _delay(parsed)
    note = None
    if asked and asked > LONGEST_DELAY_S:
        note = f"robots.txt asks for {asked:g} s between requests; {LONGEST_DELAY_S:g} s are kept"
    return Rules(
        "rules",
        delay_s=min(asked, LONGEST_DELAY_S) if asked else None,
        sitemaps=tuple(url for url in parsed.sitemaps if is_web(url))[:MOST_SITEMAPS],
        note=note,
        parsed=parsed,
    )


def _cleaned(body: bytes) -> str:
    """Decode, cut, and reduce the file to what concerns us, so that hostile ones cost little."""
    if len(body) > ROBOTS_BYTES:
        body = body[:ROBOTS_BYTES]
        body = body[: max(body.rfind(b"\n"), body.rfind(b"\r")) + 1]
    lines = body.decode("utf-8-sig", "replace").splitlines()
    return "\n".join(_cleaned_line(line.partition("#")[0].strip()) for line in lines)


def _cleaned_line(line: str) -> str:
    if named := AGENT_LINE.match(line):
        product = PRODUCT.match(line, named.end())
        name = product.group().casefold() if product else SOMEONE_ELSE
        return f"User-agent: {name if name in {OUR_NAME, '*'} else SOMEONE_ELSE}"
    if line.casefold().endswith("/index.html"):
        return f"{line}*"  # the same rule; protego would allow the folder too, RFC 9309 does not
    return line


def _delay(parsed: Protego) -> float | None:
    """Give the longest of what Crawl-delay and Request-rate ask, in seconds between requests."""
    rate = parsed.request_rate(OUR_NAME)
    asked = [parsed.crawl_delay(OUR_NAME), rate.seconds / rate.requests if rate and rate.requests else None]
    return max((delay for delay in asked if delay and math.isfinite(delay) and delay > 0), default=None)
