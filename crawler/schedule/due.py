"""Decide when a source is visited, and which of its links are fetched, in what order.  Pure: is given now."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final
from zlib import crc32

from crawler.model import Link, Source, Visit
from crawler.schedule.hours import next_open
from crawler.schedule.rhythm import Rhythm, learn, next_look
from crawler.urls import canonical

FIRST_RETRY_S: Final = 15 * 60  # a deployment or a reboot is over by then
LONGEST_RETRY_S: Final = 86_400  # one request a day tells when a dead site is back
JITTER_S: Final = 60.0  # put off by chance, so that sources of one rhythm are not all asked in one second
FIRST_REFETCH_S: Final = 3_600  # a release that is announced before it is there comes within the hour
FIRST_RECHECK_S: Final = 6 * 3_600  # corrections of a release mostly come on its own day
LONGEST_RECHECK_S: Final = 90 * 86_400  # a quarter: what is taken down is missed by then
MOST_RECHECKS: Final = 5  # a visit; conditional requests, and still requests
LONGEST_REFETCH_S: Final = 7 * 86_400  # what was no release ten times will hardly become one


def next_visit(
    source: Source,
    last: Visit | None,
    now: datetime,
    *,
    failures: int = 0,
    fresh_until: datetime | None = None,
    ready: datetime | None = None,
    rhythm: Rhythm | None = None,
) -> datetime:
    """Give the instant from which a source is due; ``now`` for one never visited.

    A failed visit is repeated soon, then ever later: a quarter of an hour, doubled each time, up to a day or
    the source's own interval.  A last visit in the future (the clock was set back) counts as one of now.
    Nothing is due outside the source's hours.

    Args:
        source: the source.
        last: its latest visit.
        now: aware.
        failures: failed visits in a row up to ``last``; 0 when not counted.
        fresh_until: until when the site itself calls its answer fresh; None when it does not say.
        ready: from when an address that was left or has failed can be fetched; None when there is none.
        rhythm: of its releases, for a source without an interval of its own; None takes what is usual.
    """
    if last is None:
        then = now
    else:
        ended = min(last.ended, now)
        if last.outcome == "failed":
            then = ended + timedelta(seconds=_retry_s(source.every_s or source.latest_s, max(failures, 1)))
        else:
            then = _routine(source, ended, fresh_until, rhythm)
            then = min(then, max(ready, ended)) if ready else then
    return next_open(source.hours, then, source.zone or "UTC") if source.hours else then


def _routine(
    source: Source, ended: datetime, fresh_until: datetime | None, rhythm: Rhythm | None
) -> datetime:
    if source.every_s is None:
        then = _in_rhythm(source, ended, rhythm)
    else:
        then = ended + timedelta(seconds=source.every_s)
    if fresh_until is None:
        return then
    longest_s = max(source.every_s or source.latest_s, LONGEST_RETRY_S)
    return max(then, min(fresh_until, then + timedelta(seconds=longest_s)))


def _in_rhythm(source: Source, ended: datetime, rhythm: Rhythm | None) -> datetime:
    rhythm = rhythm or learn((), source.zone or "UTC", ended)
    then = next_look(rhythm, ended, soonest_s=source.soonest_s, latest_s=source.latest_s)
    spread_s = min((then - ended).total_seconds() / 10, JITTER_S)
    chance = crc32(f"{source.name} {ended.timestamp()}".encode()) / 2**32  # the same at each call
    return then + timedelta(seconds=spread_s * chance)


def failures_in_a_row(visits: Iterable[Visit]) -> int:
    """Count the failed visits since the last good one; ``visits`` newest first."""
    count = 0
    for visit in visits:
        if visit.outcome != "failed":
            break
        count += 1
    return count


def plan(
    links: Iterable[Link],
    known: Collection[str],
    *,
    failed: Mapping[str, tuple[int, datetime]] | None = None,
    now: datetime | None = None,
) -> tuple[Link, ...]:
    """Choose the links to fetch: those that lead to no release yet, each once, newest first.

    A link without a date stands with the dated one before it, as it does on the page.

    Args:
        links: in the order of the page.
        known: canonical addresses that lead to a release.
        failed: canonical address → how often in a row it gave no release, and when last.
        now: needed where ``failed`` is given; an address that failed is tried again ever later.
    """
    fresh: dict[str, Link] = {}
    for link in links:
        address = canonical(link.url)
        if address not in known and not _resting(address, failed or {}, now):
            fresh.setdefault(address, link)
    return _newest_first(fresh.values())


def recheck(
    standing: Iterable[tuple[str, datetime, datetime]], now: datetime, *, most: int = MOST_RECHECKS
) -> list[str]:
    """Choose addresses of known releases to ask again, to see whether they were revised or taken down.

    What is old changes seldom: a release is asked for again when half its age has passed since the last time,
    never sooner than six hours and never later than ninety days.  Longest overdue first.  One asked for in
    the future, by a clock that was set back since, is asked for now.

    Args:
        standing: address, when its release was first seen, when it was last asked for; aware.
        now: aware.
        most: how many at the most.
    """
    overdue = [
        (now - asked - _recheck_after(now - first) if asked <= now else timedelta(), url)
        for url, first, asked in standing
    ]
    overdue = [(excess, url) for excess, url in overdue if excess >= timedelta(0)]
    return [url for _, url in sorted(overdue, reverse=True)[:most]]


def _recheck_after(age: timedelta) -> timedelta:
    return timedelta(seconds=min(max(age.total_seconds() / 2, FIRST_RECHECK_S), LONGEST_RECHECK_S))


def refetch_at(failures: int, last: datetime) -> datetime:
    """Give the instant from which an address that gave no release is tried again."""
    return last + timedelta(seconds=_doubled(FIRST_REFETCH_S, failures, LONGEST_REFETCH_S))


def _resting(address: str, failed: Mapping[str, tuple[int, datetime]], now: datetime | None) -> bool:
    if now is None or address not in failed:
        return False
    count, last = failed[address]
    return refetch_at(count, min(last, now)) > now


def _newest_first(links: Iterable[Link]) -> tuple[Link, ...]:
    day = date.max
    dated: list[tuple[date, Link]] = []
    for link in links:
        day = link.published.day if link.published else day
        dated.append((day, link))
    return tuple(link for _, link in sorted(dated, key=lambda pair: pair[0], reverse=True))


def _retry_s(every_s: int, failures: int) -> float:
    return _doubled(min(FIRST_RETRY_S, every_s), failures, max(LONGEST_RETRY_S, every_s))


def _doubled(first_s: float, times: int, longest_s: float) -> float:
    return float(min(first_s * 2 ** min(max(times - 1, 0), 30), longest_s))
