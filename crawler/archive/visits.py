"""Keep what each visit brought, what was learned of each source, how far a backfill is.  Judges nothing."""

from datetime import datetime
from typing import Any, Final

from crawler.archive.database import Database
from crawler.archive.records import habits_of, habits_text, instant, moment
from crawler.model import Habits, Visit

_INSERT: Final = """
    INSERT INTO visits (source, started, ended, outcome, way,
        found, known, new, revised, withdrawn, failed, requests, note, fault)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_SELECT: Final = """
    SELECT source, started, ended, outcome, way, found, known, new, revised, withdrawn, failed,
        requests, note, fault
    FROM visits WHERE source = ? ORDER BY id DESC LIMIT ?
"""


def record(database: Database, visit: Visit) -> None:
    """Keep one visit."""
    database.rows(
        _INSERT,
        (
            visit.source,
            instant(visit.started),
            instant(visit.ended),
            visit.outcome,
            visit.way,
            visit.found,
            visit.known,
            visit.new,
            visit.revised,
            visit.withdrawn,
            visit.failed,
            visit.requests,
            visit.note,
            visit.fault,
        ),
    )


def latest(database: Database, source: str, limit: int) -> list[Visit]:
    """List the latest visits to a source, newest first."""
    rows = database.rows(_SELECT, (source, limit))
    return [_visit(row) for row in rows]


def spent(database: Database, since: datetime) -> dict[str, tuple[int, int, int]]:
    """Give for each source its visits since an instant: how many, how many failed, how many requests."""
    rows = database.rows(
        "SELECT source, count(*), sum(outcome = 'failed'), sum(requests) FROM visits WHERE ended >= ? "
        "GROUP BY source",
        (instant(since),),
    )
    return {source: (visits, failed, requests) for source, visits, failed, requests in rows}


def habits(database: Database, source: str) -> Habits:
    """Give what was learned of a source; nothing, at first."""
    row = database.row("SELECT record FROM habits WHERE source = ?", (source,))
    return habits_of(row[0]) if row else Habits()


def keep_habits(database: Database, source: str, learned: Habits) -> None:
    """Keep what was learned of a source, in place of what was learned before."""
    database.rows("INSERT OR REPLACE INTO habits VALUES (?, ?)", (source, habits_text(learned)))


def walk(database: Database, source: str) -> str | None:
    """Give how far the backfill of a source has come; None where none is under way."""
    row = database.row("SELECT record FROM walks WHERE source = ?", (source,))
    return row[0] if row else None


def keep_walk(database: Database, source: str, record: str | None) -> None:
    """Keep how far the backfill of a source has come; None when it is done."""
    if record is None:
        database.rows("DELETE FROM walks WHERE source = ?", (source,))
    else:
        database.rows("INSERT OR REPLACE INTO walks VALUES (?, ?)", (source, record))


def _visit(row: Any) -> Visit:
    source, started, ended, *rest = row
    return Visit(source, moment(started), moment(ended), *rest)
