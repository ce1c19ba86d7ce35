"""Decide how soon a host may be asked again.  Pure: ``now`` is an argument, and so is chance."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from crawler.model import Page

FIRST_BACK_OFF_S: Final = 60.0  # most restarts and rate limits are over by then
LONGEST_BACK_OFF_S: Final = 24 * 3600.0  # a site down for days is still asked once a day
LONGEST_RETRY_AFTER_S: Final = 7 * 24 * 3600.0  # longer ones are mistakes: milliseconds, dates of 2038
JITTER: Final = 0.25  # of the delay, added at most: enough that visits do not fall into step

LONGEST_FRESH_S: Final = 24 * 3600.0  # a listing said to be good for a year still gets its daily look
MOST_DIGITS: Final = 12  # of a number of seconds; int() of a hostile header must stay cheap


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
