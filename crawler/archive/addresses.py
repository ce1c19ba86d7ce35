"""Keep what is known of each address: the release it leads to, how it failed, how long it is fresh."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from crawler.archive.database import Database
from crawler.archive.records import instant, moment
from crawler.known import AddressState
from crawler.urls import canonical

_STATE: Final = """
    SELECT addresses.url, links.source, release, status, asked, failures, reason, gone,
        work.address IS NOT NULL, work.not_before, coalesce(work.attempts, 0)
    FROM addresses
    LEFT JOIN links ON links.address = addresses.id
    LEFT JOIN work ON work.address = addresses.id
    WHERE addresses.url = ?
"""


def row_of(database: Database, url: str) -> int:
    """Give the row of an address, made when there is none."""
    spelling = canonical(url)
    row = database.row("SELECT id FROM addresses WHERE url = ?", (spelling,))
    return int(row[0]) if row else database.insert("INSERT INTO addresses (url) VALUES (?)", (spelling,))


def validators(database: Database, url: str) -> tuple[str | None, str | None]:
    """Give ETag and Last-Modified of the latest answer of an address."""
    row = database.row("SELECT etag, last_modified FROM addresses WHERE url = ?", (canonical(url),))
    return (row[0], row[1]) if row else (None, None)


def release_at(database: Database, url: str) -> str | None:
    """Give the id of the release that an address leads to."""
    row = database.row("SELECT release FROM addresses WHERE url = ?", (canonical(url),))
    return row[0] if row else None


def known(database: Database, urls: Iterable[str]) -> set[str]:
    """Give those of the addresses, canonical, that lead to a release."""
    sql = "SELECT url FROM addresses WHERE release IS NOT NULL AND url IN (?)"
    return {url for (url,) in database.among(sql, map(canonical, urls))}


def leads(database: Database, urls: Iterable[str]) -> dict[str, str]:
    """Give for those of the addresses that lead to a release, canonical, the release's id."""
    sql = "SELECT url, release FROM addresses WHERE release IS NOT NULL AND url IN (?)"
    return dict(database.among(sql, map(canonical, urls)))


def failures(database: Database, urls: Iterable[str]) -> dict[str, tuple[int, datetime]]:
    """Give for those of the addresses that failed last, canonical: how often in a row, and when last."""
    sql = "SELECT url, failures, asked FROM addresses WHERE failures > 0 AND url IN (?)"
    rows = database.among(sql, map(canonical, urls))
    return {url: (count, moment(asked)) for url, count, asked in rows}


def keep_fresh(database: Database, url: str, until: datetime | None) -> None:
    """Keep until when the site calls its latest answer fresh; None when it does not say."""
    with database.writing():
        database.rows(
            "UPDATE addresses SET fresh_until = ? WHERE id = ?",
            (None if until is None else instant(until), row_of(database, url)),
        )


def fresh_until(database: Database, url: str) -> datetime | None:
    """Give until when the site calls the latest answer of an address fresh."""
    row = database.row("SELECT fresh_until FROM addresses WHERE url = ?", (canonical(url),))
    return moment(row[0]) if row and row[0] else None


def state(database: Database, url: str) -> AddressState | None:
    """Give what is known of an address; None for one never met."""
    row = database.row(_STATE, (canonical(url),))
    if row is None:
        return None
    spelling, source, release, status, asked, failures, reason, gone, is_queued, not_before, attempts = row
    return AddressState(
        spelling,
        source=source,
        release=release,
        status=status,
        asked=moment(asked) if asked else None,
        failures=failures,
        reason=reason,
        gone=moment(gone) if gone else None,
        is_queued=bool(is_queued),
        not_before=moment(not_before) if not_before else None,
        attempts=attempts,
    )
