"""Judge what is wrong with a source from its own past.  Pure: is given now, asks nobody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import median
from typing import Final, Literal

from crawler.health import drift, silence, wires
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
    return (
        _unvisited(source, visits)
        or _failing(visits)
        or _moved(source, visits, traces, landing)
        or _broken(visits, has_releases=bool(traces))
        or _drifting(traces, visits)
        or _silent(traces, now)
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


def _moved(
    source: Source, visits: Sequence[Visit], traces: Sequence[Trace], landing: str | None
) -> Health | None:
    """See a newsroom answer from a site that none of the older half of its releases came from."""
    read = [visit for visit in visits if visit.outcome == "ok"][:EMPTY]
    if len(read) == EMPTY and all(visit.fault == "moved" for visit in read):
        return Health("moved", f"{read[0].note}, and shows no announcements there; it may have been sold")
    older = traces[len(traces) // 2 :]
    if landing is None or not older or related(landing, source.url):
        return None
    if any(related(trace.url, landing) for trace in older):
        return None
    return Health("moved", f"it answers from {host(landing)} now: if that is its new site, follow {landing}")


def _drifting(traces: Sequence[Trace], visits: Sequence[Visit]) -> Health | None:
    sign = drift.signs(traces, visits)
    return Health("drifting", sign) if sign else None


def _broken(visits: Sequence[Visit], *, has_releases: bool) -> Health | None:
    read = [visit for visit in visits if visit.outcome == "ok"]
    empty = next((place for place, visit in enumerate(read) if visit.found), len(read))
    usual = median(visit.found for visit in read[empty:]) if read[empty:] else LINKS
    if empty >= EMPTY and usual >= LINKS:
        never = "it did show some before" if has_releases else "it never showed one"
        before = f"usually it shows {usual:g}" if read[empty:] else never
        return Health("broken", f"no link on the last {_count(empty, 'visit')}; {before}")
    barren = next((place for place, visit in enumerate(read) if not _barren(visit)), len(read))
    if barren >= EMPTY:
        found = f"none of its {_count(read[0].found, 'link')} gave a release"
        return Health("broken", f"{found}, on {_count(barren, 'visit')} in a row")
    return None


def _barren(visit: Visit) -> bool:
    """Say whether a visit found links and no release; links that failed before may rest, so count none."""
    return visit.found > 0 and not (visit.known or visit.new or visit.revised)


def _silent(traces: Sequence[Trace], now: datetime) -> Health:
    judged = silence.judge((trace.day for trace in traces if trace.day), now.date())
    return Health(judged.state, judged.evidence)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
