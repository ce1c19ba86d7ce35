"""Look up when a source is due.  Reads the archive, and leaves the decision to the schedule."""

from collections.abc import Sequence
from datetime import datetime

from crawler import urls
from crawler.archive import Archive
from crawler.courtesy.rest import rests
from crawler.model import Source, Visit
from crawler.schedule import due, rhythm


def due_at(source: Source, archive: Archive, now: datetime) -> datetime:
    """Give the instant from which a source is to be visited: it is time, and its host may be asked."""
    visits = archive.visits(source.name)
    then = due.next_visit(
        source,
        visits[0] if visits else None,
        now,
        failures=due.failures_in_a_row(visits),
        fresh_until=archive.fresh_until(source.url),
        ready=archive.next_ready(source.name),
        rhythm=None if source.every_s or not visits else _rhythm(source, archive, visits),
    )
    rested = rest_ends(source, archive, now)
    return max(then, rested) if rested else then


def rest_ends(source: Source, archive: Archive, now: datetime) -> datetime | None:
    """Give the instant until which a source's host is not to be asked; None when it may be."""
    states = archive.host_states([urls.origin(source.url)]).values()
    return next((state.not_before for state in states if rests(state, now)), None)


def _rhythm(source: Source, archive: Archive, visits: Sequence[Visit]) -> rhythm.Rhythm:
    zone = source.zone or archive.habits(source.name).zone or "UTC"
    seen = rhythm.sightings(archive.traces(source.name), visits, zone)
    return rhythm.learn(seen, zone, visits[0].ended)
