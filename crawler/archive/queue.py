"""Keep the addresses to be fetched, and lend them to workers for a while.  Decides no order of its own.

An address leaves the queue in the same commit that keeps what came of it.  A worker that dies leaves it
there: the lease ends by itself, or at once with ``free``.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from crawler.archive import links
from crawler.archive.addresses import row_of
from crawler.archive.database import Database
from crawler.archive.records import instant, moment
from crawler.model import Link, Work
from crawler.urls import canonical

HORIZON: Final = timedelta(days=8)  # nothing is put off longer, save by a clock that was set back since
_READY: Final = """
    SELECT address, work.source, attempts, links.url, title, published, identity, body
    FROM work JOIN links USING (address)
    WHERE (not_before <= ? OR not_before > ?) AND (leased_until IS NULL OR leased_until <= ?)
"""


def offer(database: Database, source: str, offered: Iterable[Link], at: datetime) -> int:
    """Queue links in their order, what is said of them included; give how many were not queued before."""
    offered = list(offered)
    with database.writing():
        links.keep(database, source, offered, at)
        before = waiting(database)
        for link in offered:
            database.rows(
                "INSERT OR IGNORE INTO work (address, source, not_before) VALUES (?, ?, ?)",
                (row_of(database, link.url), source, instant(at)),
            )
        return waiting(database) - before


def lease(
    database: Database, now: datetime, until: datetime, *, source: str | None, limit: int
) -> list[Work]:
    """Lend the first addresses that are ready, of all sources or of one."""
    mine, name = ("", ()) if source is None else ("AND work.source = ?", (source,))
    with database.writing():
        rows = database.rows(
            f"{_READY} {mine} ORDER BY position LIMIT ?",
            (instant(now), instant(now + HORIZON), instant(now), *name, limit),
        )
        for address, *_ in rows:
            database.rows(
                "UPDATE work SET leased_until = ?, attempts = attempts + 1 WHERE address = ?",
                (instant(until), address),
            )
        return [Work(name, links.link_of(database, link), attempts + 1) for _, name, attempts, *link in rows]


def free(database: Database) -> int:
    """End all leases, when no other worker can be alive; give how many there were."""
    with database.writing():
        count = int(database.row("SELECT count(*) FROM work WHERE leased_until IS NOT NULL")[0])
        database.rows("UPDATE work SET leased_until = NULL WHERE leased_until IS NOT NULL")
    return count


def postpone(database: Database, url: str, until: datetime) -> None:
    """Give an address back, not to be lent again before ``until``."""
    database.rows(
        "UPDATE work SET leased_until = NULL, not_before = ? "
        "WHERE address = (SELECT id FROM addresses WHERE url = ?)",
        (instant(until), canonical(url)),
    )


def settle(database: Database, urls: Iterable[str]) -> None:
    """Take addresses out of the queue: what came of them is kept."""
    for _ in database.among(
        "DELETE FROM work WHERE address IN (SELECT id FROM addresses WHERE url IN (?))", map(canonical, urls)
    ):
        pass


def waiting(database: Database, source: str | None = None) -> int:
    """Count the addresses in the queue, lent ones included."""
    if source is None:
        return int(database.row("SELECT count(*) FROM work")[0])
    return int(database.row("SELECT count(*) FROM work WHERE source = ?", (source,))[0])


def next_ready(database: Database, source: str | None = None) -> datetime | None:
    """Give the instant from which the next address can be lent; None when none is queued."""
    row = database.row(
        "SELECT min(max(not_before, coalesce(leased_until, not_before))) FROM work "
        "WHERE source = coalesce(?, source)",
        (source,),
    )
    return moment(row[0]) if row[0] else None
