"""Decide whether an address may be asked for, and how soon.  Pure: fetches nothing, ``now`` is an argument.

May I: robots.txt by RFC 9309.  How soon: pace, back-off, Retry-After, freshness.
"""

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final, Literal

from protego import Protego

from crawler.model import Page
from crawler.urls import is_web

ROBOTS_BYTES: Final = 500 * 1024  # RFC 9309, 2.5: what must be parsed at least; the rest is cut
ROBOTS_HOPS: Final = 5  # RFC 9309, 2.3.1.2
ROBOTS_FRESH: Final = timedelta(hours=24)  # RFC 9309, 2.4
ROBOTS_ABSENT: Final = timedelta(hours=1)  # sooner where the site was down: its sources wait for it
LONGEST_DELAY_S: Final = 120.0  # longer crawl delays would make one visit of 50 pages take hours
MOST_SITEMAPS: Final = 50  # the research set has no site with more than a dozen
REDIRECT: Final = 300  # a redirect that led nowhere counts as no file (RFC 9309, 2.3.1.2)
SERVER_ERROR: Final = 500
ABSENT: Final = frozenset({404, 410})

#: A user-agent line in all spellings that protego takes; the value follows.
AGENT_LINE: Final = re.compile(r"user[- ]?agent\s*[:\s]\s*", re.IGNORECASE)
#: RFC 9309, 2.2.1: a product token, or the star; what follows (a version, a comment) is not part of it.
PRODUCT: Final = re.compile(r"[A-Za-z_-]+|\*")
#: Stands for every crawler that is not us: a file may name thousands, each with all its rules.
SOMEONE_ELSE: Final = "x"

FIRST_BACK_OFF_S: Final = 60.0  # most restarts and rate limits are over by then
LONGEST_BACK_OFF_S: Final = 24 * 3600.0  # a site down for days is still asked once a day
LONGEST_RETRY_AFTER_S: Final = 7 * 24 * 3600.0  # longer ones are mistakes: milliseconds, dates of 2038
JITTER: Final = 0.25  # of the delay, added at most: enough that visits do not fall into step

LONGEST_FRESH_S: Final = 24 * 3600.0  # a listing said to be good for a year still gets its daily look
MOST_DIGITS: Final = 12  # of a number of seconds; int() of a hostile header must stay cheap


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
    #: Our product token; empty where the verdict does not depend on it.
    agent: str = ""
    #: The file as protego read it.
    parsed: Protego | None = None

    def may(self, url: str) -> bool:
        """Say whether the address may be asked for."""
        if self.verdict == "rules" and self.parsed:
            return bool(self.parsed.can_fetch(url, self.agent))
        return self.verdict != "disallow"


def rules(status: int | None, body: bytes, agent: str) -> Rules:
    """Read what asking for robots.txt gave: the status (None for no answer) and the body of a 2xx."""
    by_status = rules_for_status(status)
    return parse_robots(body, agent) if by_status.verdict == "rules" else by_status


def robots_expiry(status: int | None, fetched: datetime) -> datetime:
    """Give the time from which robots.txt must be asked for again: 24 hours, an hour where it was down."""
    reached = status is not None and status < SERVER_ERROR
    return fetched + (ROBOTS_FRESH if reached else ROBOTS_ABSENT)


def is_stale(expires: datetime, now: datetime) -> bool:
    """Say whether robots.txt must be asked for again: it is time, or a clock was set back meanwhile."""
    return not now < expires <= now + ROBOTS_FRESH


def rules_for_status(status: int | None) -> Rules:
    """Give the rules that a status alone makes (RFC 9309, 2.3.1); ``rules`` where the body has the word."""
    if status is None:
        return Rules("disallow", note="robots.txt could not be fetched, so nothing may be")
    if status >= SERVER_ERROR:
        return Rules("disallow", note=f"robots.txt answered {status}, so nothing may be fetched")
    if status >= REDIRECT:
        what = "there is no robots.txt" if status in ABSENT else "robots.txt is not given out"
        return Rules("allow", note=f"{what} ({status}), so everything may be fetched")
    return Rules("rules")


def parse_robots(body: bytes, agent: str) -> Rules:
    """Read a robots.txt of at most ROBOTS_BYTES, as what it says to the product token ``agent``."""
    agent = agent.casefold()
    parsed = Protego.parse(_cleaned(body, agent))
    asked = _delay(parsed, agent)
    note = None
    if asked and asked > LONGEST_DELAY_S:
        note = f"robots.txt asks for {asked:g} s between requests; {LONGEST_DELAY_S:g} s are kept"
    return Rules(
        "rules",
        delay_s=min(asked, LONGEST_DELAY_S) if asked else None,
        sitemaps=tuple(url for url in parsed.sitemaps if is_web(url))[:MOST_SITEMAPS],
        note=note,
        agent=agent,
        parsed=parsed,
    )


def _cleaned(body: bytes, agent: str) -> str:
    """Decode, cut, and reduce the file to what concerns us, so that hostile ones cost little."""
    if len(body) > ROBOTS_BYTES:
        body = body[:ROBOTS_BYTES]
        body = body[: max(body.rfind(b"\n"), body.rfind(b"\r")) + 1]
    lines = body.decode("utf-8-sig", "replace").splitlines()
    return "\n".join(_cleaned_line(line.partition("#")[0].strip(), agent) for line in lines)


def _cleaned_line(line: str, agent: str) -> str:
    if named := AGENT_LINE.match(line):
        product = PRODUCT.match(line, named.end())
        name = product.group().casefold() if product else SOMEONE_ELSE
        return f"User-agent: {name if name in {agent, '*'} else SOMEONE_ELSE}"
    if line.casefold().endswith("/index.html"):
        return f"{line}*"  # the same rule; protego would allow the folder too, RFC 9309 does not
    return line


def _delay(parsed: Protego, agent: str) -> float | None:
    """Give the longest of what Crawl-delay and Request-rate ask, in seconds between requests."""
    rate = parsed.request_rate(agent)
    asked = [parsed.crawl_delay(agent), rate.seconds / rate.requests if rate and rate.requests else None]
    return max((delay for delay in asked if delay and math.isfinite(delay) and delay > 0), default=None)


def next_slot(last_request: float | None, delay_s: float, now: float, *, jitter: float = 0.0) -> float:
    """Give the earliest time of the next request to a host, on the clock of ``now``.

    ``jitter`` is a random number from 0 to 1 that the caller draws; it only ever lengthens the delay.
    """
    if last_request is None:
        return now
    return max(now, last_request + delay_s * (1 + JITTER * jitter))


def back_off(failures: int, last: datetime, *, asked_s: float | None = None) -> datetime:
    """Give the earliest time to ask a host again after ``failures`` in a row, the last at ``last``.

    Doubles from a minute to a day; what the server asked for (Retry-After) is a floor.  All it needs can be
    kept in the archive, so a restart changes nothing.
    """
    own_s = FIRST_BACK_OFF_S * 2 ** min(failures - 1, 20) if failures > 0 else 0.0
    floor_s = min(asked_s or 0.0, LONGEST_RETRY_AFTER_S)
    return last + timedelta(seconds=max(min(own_s, LONGEST_BACK_OFF_S), floor_s))


def retry_after(value: str | None, now: datetime) -> float | None:
    """Read a Retry-After header: seconds or a date (RFC 9110, 10.2.3); None when there is none to read."""
    seconds = _seconds(value)
    if seconds is None:
        at = _http_date(value)
        seconds = (at - now).total_seconds() if at else None
    return None if seconds is None else min(max(seconds, 0.0), LONGEST_RETRY_AFTER_S)


def fresh_until(page: Page) -> datetime | None:
    """Give the time until which the site says its page stays as it is; None when it says nothing of use.

    Cache-Control before Expires (RFC 9111, 4.2.1), the time in caches (Age) taken off, a day at most.
    """
    directives = _directives(page)
    if directives.keys() & {"no-store", "no-cache", "must-understand"}:
        return None
    seconds = _seconds(directives.get("max-age"))
    if seconds is None and "max-age" not in directives:
        expires, date = _http_date(page.header("expires")), _http_date(page.header("date"))
        seconds = (expires - (date or page.fetched)).total_seconds() if expires else None
    if seconds is None:
        return None
    left_s = seconds - (_seconds(page.header("age")) or 0.0)
    return page.fetched + timedelta(seconds=min(left_s, LONGEST_FRESH_S)) if left_s > 0 else None


def _directives(page: Page) -> dict[str, str]:
    found: dict[str, str] = {}
    for directive in (page.header("cache-control") or "").split(","):
        name, _, value = directive.partition("=")
        found.setdefault(name.strip().casefold(), value.strip().strip('"'))
    return found


def _seconds(value: str | None) -> float | None:
    text = (value or "").strip()
    return float(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def _http_date(value: str | None) -> datetime | None:
    try:
        at = parsedate_to_datetime(value or "")
    except (ValueError, IndexError, OverflowError):
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
