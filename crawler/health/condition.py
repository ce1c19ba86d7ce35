"""Look up how a source is.  Reads the archive, and leaves the judgement to health."""

from datetime import datetime
from typing import Final

from crawler.archive import Archive
from crawler.health import judge
from crawler.health.judge import Health
from crawler.model import Source

VISITS: Final = 200  # enough to tell a habit, and when releases came; small enough to read at once
TEXTS: Final = 5  # latest releases that are asked for the wire they went out by


def condition(source: Source, archive: Archive, now: datetime) -> Health:
    """Judge one source from all that the archive knows of it."""
    traces = archive.traces(source.name)
    page = archive.page(source.url)
    judged = judge.judge(
        source,
        archive.visits(source.name, limit=VISITS),
        traces,
        now,
        landing=page.final_url if page else None,
    )
    if judged.state != "stale":
        return judged
    latest = (archive.release_at(trace.url) for trace in traces[:TEXTS])
    releases = (archive.release(identity) for identity in latest if identity)
    return judge.with_wire(judged, [release.body for release in releases if release])
