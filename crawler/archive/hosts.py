"""Keep robots.txt and the back-off of every host, so that a restart forgets neither.  Decides nothing."""

from collections.abc import Iterable
from datetime import datetime

from crawler.archive.database import Database
from crawler.archive.records import instant, moment
from crawler.known import HostState, Robots


def robots(database: Database, origin: str) -> Robots | None:
    """Give the latest answer for an origin's robots.txt, expired or not."""
    row = database.row("SELECT status, body, fetched, expires FROM robots WHERE origin = ?", (origin,))
    return Robots(origin, row[0], row[1], moment(row[2]), moment(row[3])) if row else None


def keep_robots(database: Database, answer: Robots) -> None:
    """Keep an answer for robots.txt in place of the one before."""
    database.rows(
        "INSERT OR REPLACE INTO robots (origin, status, body, fetched, expires) VALUES (?, ?, ?, ?, ?)",
        (answer.origin, answer.status, answer.body, instant(answer.fetched), instant(answer.expires)),
    )


def states(database: Database, origins: Iterable[str]) -> dict[str, HostState]:
    """Give what is kept of some hosts; a host that nothing is kept of is left out."""
    sql = "SELECT origin, failures, asked, not_before, reason FROM hosts WHERE origin IN (?)"
    return {
        origin: HostState(origin, failures, _moment(asked), _moment(not_before), reason)
        for origin, failures, asked, not_before, reason in database.among(sql, origins)
    }


def keep_state(database: Database, state: HostState) -> None:
    """Keep what a host is owed in place of what was kept before."""
    database.rows(
        "INSERT OR REPLACE INTO hosts (origin, failures, asked, not_before, reason) VALUES (?, ?, ?, ?, ?)",
        (state.origin, state.failures, _text(state.asked), _text(state.not_before), state.reason),
    )


def _moment(text: str | None) -> datetime | None:
    return None if text is None else moment(text)


def _text(at: datetime | None) -> str | None:
    return None if at is None else instant(at)
