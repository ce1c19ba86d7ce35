"""Judge what is wrong with a source from its own past.  Pure: is given now, asks nobody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Final, Literal

from crawler.health import drift, wires
from crawler.model import Fault, Source, Trace, Visit
from crawler.urls import host, related

State = Literal["ok", "quiet", "stale", "broken", "blocked", "moved", "unreachable", "drifting"]

#: States in which nothing needs to be done.
WELL: Final[frozenset[State]] = frozenset({"ok", "quiet"})

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
LONGEST: Final = 2  # × the longest gap so far: chance alone makes one of 50 gaps seven times the median
GAPS: Final = 20  # the fewer gaps are known, the less the longest of them says
QUIET: Final = 0.5  # of what makes it stale
QUIET_DAYS: Final = 10  # never before: a week of holidays and its weekends
SILENT_DAYS: Final = 365  # a source without a rhythm is quiet after a year


@dataclass(frozen=True, slots=True)
class Health:
    """What state a source is in, and why we think so."""

    state: State
    #: One sentence that names the figures behind it.
    evidence: str


def judge(
    source: Source,
    visits: Sequence[Visit],
    traces: Sequence[Trace],
    now: datetime,
    *,
    landing: str | None = None,
) -> Health:
    """Judge one source; the first thing that is wrong decides.

    Args:
        source: the source.
        visits: its latest visits, newest first; the more, the surer are the signs of a wrong time zone.
        traces: of its releases, the latest seen first.
        now: aware.
        landing: the address that its newsroom answered from last; None when not known.
    """
    days = [trace.day for trace in traces if trace.day and trace.day <= now.date() + timedelta(days=1)]
    return (
        _unvisited(source, visits)
        or _failing(visits)
        or _moved(source, traces, landing)
        or _broken(visits)
        or _drifting(traces, visits)
        or _silent(days, now)
    )


def with_wire(health: Health, texts: Iterable[str]) -> Health:
    """Add to a silent source's evidence the wire that its latest releases name, where there is one."""
    found = wires.named(texts) if health.state == "stale" else None
    if found is None:
        return health
    name, address = found
    return replace(health, evidence=f"{health.evidence}; its releases name {name}: look for it at {address}")


def _unvisited(source: Source, visits: Sequence[Visit]) -> Health | None:
    return None if visits else Health("ok", f"{source.name} was not visited yet")


def _failing(visits: Sequence[Visit]) -> Health | None:
    row = next((place for place, visit in enumerate(visits) if visit.outcome != "failed"), len(visits))
    if row < min(FAILURES, len(visits)):
        return None
    since = visits[row - 1].ended.date().isoformat()
    state = BY_FAULT.get(visits[0].fault, "unreachable")
    return Health(state, f"{_count(row, 'visit')} in a row failed since {since}: {visits[0].note}")


def _moved(source: Source, traces: Sequence[Trace], landing: str | None) -> Health | None:
    """See a newsroom answer from a site that none of the older half of its releases came from."""
    older = traces[len(traces) // 2 :]
    if landing is None or not older or related(landing, source.url):
        return None
    if any(related(trace.url, landing) for trace in older):
        return None
    return Health("moved", f"it answers from {host(landing)} now: if that is its new site, follow {landing}")


def _drifting(traces: Sequence[Trace], visits: Sequence[Visit]) -> Health | None:
    sign = drift.signs(traces, visits)
    return Health("drifting", sign) if sign else None


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
    gaps = [(later - earlier).days for earlier, later in pairwise(ordered)]
    gap = median(gaps)
    usual = f"usually one every {'day' if gap == 1 else f'{gap:g} days'}, never more than {max(gaps)} apart"
    stale = max(STALE * gap, STALE_DAYS, LONGEST * max(gaps) * max(1, GAPS / len(gaps)))
    if age > stale:
        return Health("stale", f"{newest}; {usual}")
    return Health("quiet" if age > max(QUIET * stale, QUIET_DAYS) else "ok", f"{newest}; {usual}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
