"""Keep what came of asking an address where that was no page: nothing, an error, "unchanged", "gone"."""

from datetime import datetime

from crawler.archive import queue
from crawler.archive.addresses import row_of
from crawler.archive.database import Database
from crawler.archive.history import withdraw
from crawler.archive.records import instant, moment
from crawler.model import Change
from crawler.urls import canonical


def fail(database: Database, url: str, reason: str, at: datetime, status: int | None) -> int:
    """Note that an address gave no release; give how many times in a row it did."""
    with database.writing():
        address = row_of(database, url)
        database.rows(
            "UPDATE addresses SET failures = failures + 1, reason = ?, status = ?, asked = ? WHERE id = ?",
            (reason, status, instant(at), address),
        )
        queue.settle(database, (url,))
        return int(database.row("SELECT failures FROM addresses WHERE id = ?", (address,))[0])


def miss(database: Database, url: str, at: datetime, visit: datetime, status: int) -> Change | None:
    """Note that an address answered 404 or 410; withdraw its release when it did on an earlier visit too.

    A release that another of its addresses still leads to stands.
    """
    with database.writing():
        fail(database, url, "the page is not there", at, status)
        address, release, gone = database.row(
            "SELECT id, release, gone FROM addresses WHERE url = ?", (canonical(url),)
        )
        if gone is None or gone >= instant(visit):
            database.rows("UPDATE addresses SET gone = ? WHERE id = ?", (instant(visit), address))
            return None
        stands = database.row(
            "SELECT 1 FROM addresses WHERE release = ? AND gone IS NULL AND failures = 0 AND asked > ?",
            (release, gone),
        )
        return None if release is None or stands else withdraw(database, release, at)


def confirm(database: Database, url: str, at: datetime) -> None:
    """Note that an address's page is still the one we have."""
    with database.writing():
        database.rows(
            "UPDATE addresses SET status = 304, failures = 0, reason = NULL, gone = NULL, asked = ? "
            "WHERE id = ?",
            (instant(at), row_of(database, url)),
        )
        database.rows(
            "UPDATE releases SET seen_last = max(seen_last, ?) "
            "WHERE id = (SELECT release FROM addresses WHERE url = ?)",
            (instant(at), canonical(url)),
        )
        queue.settle(database, (url,))


def standing(database: Database, source: str, limit: int) -> list[tuple[str, datetime, datetime]]:
    """List addresses of releases that stand, least recently asked first: address, first seen, last asked."""
    rows = database.rows(
        "SELECT addresses.url, seen_first, asked FROM releases JOIN addresses ON release = releases.id "
        "WHERE releases.source = ? AND withdrawn IS NULL AND asked IS NOT NULL ORDER BY asked LIMIT ?",
        (source, limit),
    )
    return [(url, moment(first), moment(asked)) for url, first, asked in rows]
