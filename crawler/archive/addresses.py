"""Keep what is known of each address: whether it leads to a release, how it last failed.  Holds no page."""

from collections.abc import Iterable
from datetime import datetime

from crawler.archive.database import Database
from crawler.archive.records import instant, moment
from crawler.urls import canonical


def row_of(database: Database, url: str) -> int:
    """Give the row of an address, made when there is none."""
    spelling = canonical(url)
    row = database.row("SELECT id FROM addresses WHERE url = ?", (spelling,))
    return int(row[0]) if row else database.insert("INSERT INTO addresses (url) VALUES (?)", (spelling,))


def known(database: Database, urls: Iterable[str]) -> set[str]:
    """Give those of the addresses, canonical, that lead to a release."""
    sql = "SELECT url FROM addresses WHERE release IS NOT NULL AND url IN (?)"
    return {url for (url,) in database.among(sql, map(canonical, urls))}


def record_failure(database: Database, url: str, reason: str, at: datetime, status: int | None) -> int:
    """Note that an address gave no release; give how many times in a row it did."""
    with database.writing():
        address = row_of(database, url)
        database.rows(
            "UPDATE addresses SET failures = failures + 1, reason = ?, status = ?, asked = ? WHERE id = ?",
            (reason, status, instant(at), address),
        )
        return int(database.row("SELECT failures FROM addresses WHERE id = ?", (address,))[0])


def failures(database: Database, urls: Iterable[str]) -> dict[str, tuple[int, datetime]]:
    """Give for those of the addresses that failed last, canonical: how often in a row, and when last."""
    sql = "SELECT url, failures, asked FROM addresses WHERE failures > 0 AND url IN (?)"
    rows = database.among(sql, map(canonical, urls))
    return {url: (count, moment(asked)) for url, count, asked in rows}


def asked(database: Database, urls: Iterable[str]) -> dict[str, datetime]:
    """Give for those of the addresses that were ever asked for, canonical: when last."""
    sql = "SELECT url, asked FROM addresses WHERE asked IS NOT NULL AND url IN (?)"
    return {url: moment(at) for url, at in database.among(sql, map(canonical, urls))}


def release_at(database: Database, url: str) -> str | None:
    """Give the id of the release that an address leads to."""
    row = database.row("SELECT release FROM addresses WHERE url = ?", (canonical(url),))
    return row[0] if row else None
