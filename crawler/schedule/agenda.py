"""Look up when a source is due.  Reads the archive, and leaves the decision to the schedule."""

from datetime import datetime

from crawler import urls
from crawler.archive import Archive
from crawler.model import Source
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
        rhythm=None if source.every_s or not visits else _rhythm(source, archive),
    )
    states = archive.host_states([urls.origin(source.url)]).values()
    return max([then, *(state.not_before for state in states if state.not_before)])


def _rhythm(source: Source, archive: Archive) -> rhythm.Rhythm:
    visits = archive.visits(source.name)
    zone = source.zone or archive.habits(source.name).zone or "UTC"
    seen = rhythm.sightings(archive.traces(source.name), visits, zone)
    return rhythm.learn(seen, zone, visits[0].ended)
