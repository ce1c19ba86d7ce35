"""Judge what is wrong with a source from its own past.  Pure: is given now, asks nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Final, Literal

from crawler.model import Fault, Source, Visit

State = Literal["ok", "quiet", "stale", "broken", "blocked", "moved", "unreachable"]

#: Kind of trouble that ended the latest visit → state; any other is "unreachable".
BY_FAULT: Final[dict[Fault | None, State]] = {
    "blocked": "blocked",
    "moved": "moved",
    "unreadable": "broken",
}

FAILURES: Final = 3  # failed visits in a row: two may be a reboot and its retry
EMPTY: Final = 2  # visits in a row without a link: one may be a page caught half-built
LINKS: Final = 5  # a page that usually shows fewer may well show none
DAYS: Final = 4  # distinct days of publishing from which a rhythm can be told: three gaps
STALE: Final = 6  # × the median gap; of the sources measured a healthy one reached 5.0, a dead one 31.8
STALE_DAYS: Final = 21  # never before: the longest usual holidays take 17 days
QUIET: Final = 3  # × the median gap; half of stale
QUIET_DAYS: Final = 10  # never before: a week of holidays and its weekends
SILENT_DAYS: Final = 365  # a source without a rhythm is quiet after a year


@dataclass(frozen=True, slots=True)
class Health:
    """What state a source is in, and why we think so."""

    state: State
    #: One sentence that names the figures behind it.
    evidence: str


def judge(source: Source, visits: Sequence[Visit], days: Sequence[date], now: datetime) -> Health:
    """Judge one source; the first thing that is wrong decides.

    Args:
        source: the source.
        visits: its latest visits, newest first; fifty tell enough.
        days: the distinct days it published on, in any order; days to come are passed over.
        now: aware.
    """
    return (
        _unvisited(source, visits)
        or _unreachable(visits)
        or _broken(visits)
        or _silent([day for day in days if day <= now.date() + timedelta(days=1)], now)
    )


def _unvisited(source: Source, visits: Sequence[Visit]) -> Health | None:
    return None if visits else Health("ok", f"{source.name} was not visited yet")


def _unreachable(visits: Sequence[Visit]) -> Health | None:
    row = next((place for place, visit in enumerate(visits) if visit.outcome != "failed"), len(visits))
    if row < min(FAILURES, len(visits)):
        return None
    since = visits[row - 1].ended.date().isoformat()
    state = BY_FAULT.get(visits[0].fault, "unreachable")
    return Health(state, f"{_count(row, 'visit')} in a row failed since {since}: {visits[0].note}")


def _broken(visits: Sequence[Visit]) -> Health | None:
    read = [visit for visit in visits if visit.outcome == "ok"]
    empty = next((place for place, visit in enumerate(read) if visit.found), len(read))
    usual = median(visit.found for visit in read[empty:]) if read[empty:] else LINKS
    if empty >= EMPTY and usual >= LINKS:
        before = f"usually it shows {usual:g}" if read[empty:] else "it never showed one"
        return Health("broken", f"no link on the last {_count(empty, 'visit')}; {before}")
    barren = next((place for place, visit in enumerate(read) if not _barren(visit)), len(read))
    if barren >= EMPTY:
        found = f"none of its {_count(read[0].found, 'link')} gave a release"
        return Health("broken", f"{found}, on {_count(barren, 'visit')} in a row")
    return None


def _barren(visit: Visit) -> bool:
    """Say whether a visit found links and no release; links that failed before may rest, so count none."""
    return visit.found > 0 and not (visit.known or visit.new or visit.revised)


def _silent(days: Sequence[date], now: datetime) -> Health:
    if not days:
        return Health("ok", "no release with a date yet")
    ordered = sorted(set(days))
    age = max((now.date() - ordered[-1]).days, 0)
    newest = f"newest release of {ordered[-1].isoformat()}, {_count(age, 'day')} ago"
    if len(ordered) < DAYS:
        return Health("quiet" if age > SILENT_DAYS else "ok", newest)
    gap = median((later - earlier).days for earlier, later in pairwise(ordered))
    evidence = f"{newest}; usually one every {'day' if gap == 1 else f'{gap:g} days'}"
    if age > max(STALE * gap, STALE_DAYS):
        return Health("stale", evidence)
    return Health("quiet" if age > max(QUIET * gap, QUIET_DAYS) else "ok", evidence)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
