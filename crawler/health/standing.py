"""Sum up how each source stands: visits, changes, state, what is next.  Reads the archive alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median

from crawler.archive import Archive
from crawler.health.condition import condition
from crawler.health.judge import State
from crawler.model import Source, Trace, Visit
from crawler.schedule import due
from crawler.schedule.agenda import due_at


@dataclass(frozen=True, slots=True)
class Standing:
    """How one source stands."""

    source: str
    state: State
    #: One sentence.
    evidence: str
    #: When its latest visit ended, aware UTC; None when it was never visited.
    last: datetime | None
    #: When it is due, aware UTC.
    next: datetime
    #: Failed visits in a row.
    failures: int
    #: Addresses that are still to be fetched.
    waiting: int
    #: Releases new today, revised today, withdrawn today (UTC).
    new: int
    revised: int
    withdrawn: int
    #: Visits, failed ones and requests of the last 30 days.
    visits: int
    failed: int
    requests: int
    #: Day of the newest release; None when none has a date.
    newest: date | None
    #: Median hours from publication to discovery of the releases found by looking again; None where no
    #: instant is known.
    delay_h: float | None


def standings(sources: Iterable[Source], archive: Archive, now: datetime) -> Iterator[Standing]:
    """Sum up the sources, in their order."""
    midnight = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    today, spent = archive.changed(midnight), archive.spent(now - timedelta(days=30))
    for source in sources:
        visits = archive.visits(source.name)
        judged = condition(source, archive, now)
        traces = archive.traces(source.name)
        counts, (visited, failed, requests) = today.get(source.name, {}), spent.get(source.name, (0, 0, 0))
        yield Standing(
            source.name,
            judged.state,
            judged.evidence,
            last=visits[0].ended if visits else None,
            next=due_at(source, archive, now),
            failures=due.failures_in_a_row(visits),
            waiting=archive.waiting(source.name),
            new=counts.get("new", 0),
            revised=counts.get("revised", 0),
            withdrawn=counts.get("withdrawn", 0),
            visits=visited,
            failed=failed,
            requests=requests,
            newest=archive.newest_day(source.name),
            delay_h=delay_h(traces, visits),
        )


def delay_h(traces: Iterable[Trace], visits: Iterable[Visit]) -> float | None:
    """Give the median hours from publication to discovery, of what was published between the visits given."""
    first = min((visit.started for visit in visits), default=None)
    delays = [
        (trace.seen - trace.moment) / timedelta(hours=1)
        for trace in traces
        if trace.moment and first and first <= trace.moment <= trace.seen
    ]
    return median(delays) if delays else None
