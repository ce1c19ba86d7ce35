"""Keep what newsrooms said of addresses, and give every page with it, to be read anew.  Reads none."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from crawler.archive.addresses import row_of
from crawler.archive.database import Database
from crawler.archive.pages import body_of, body_row, by_row
from crawler.archive.records import instant, published_of, published_row
from crawler.model import Link, Reading
from crawler.urls import canonical

_UPSERT: Final = """
    INSERT INTO links (address, source, url, title, published, identity, body, seen_first, seen_last)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (address) DO UPDATE SET url = excluded.url, seen_last = excluded.seen_last,
        title = coalesce(excluded.title, title), published = coalesce(excluded.published, published),
        identity = coalesce(excluded.identity, identity), body = coalesce(excluded.body, body)
"""
# An archive of schema 1 has releases without links: there the address of the release stands for one.
_SOME: Final = """
    SELECT addresses.id, coalesce(links.source, releases.source), addresses.page, releases.url, releases.id,
        links.url, links.title, links.published, links.identity, links.body
    FROM addresses
    LEFT JOIN links ON links.address = addresses.id
    LEFT JOIN releases ON releases.id = addresses.release
    WHERE addresses.id > ?
        AND (? IS NULL OR coalesce(links.source, releases.source) = ?)
        AND CASE WHEN links.address IS NOT NULL THEN coalesce(addresses.page, links.body) IS NOT NULL
            ELSE addresses.page IS NOT NULL AND addresses.url = releases.url AND NOT EXISTS (
                SELECT 1 FROM addresses AS other JOIN links ON links.address = other.id
                WHERE other.release = releases.id) END
    ORDER BY addresses.id LIMIT 100
"""


def keep(database: Database, source: str, links: Iterable[Link], at: datetime) -> None:
    """Keep what a newsroom says of some addresses; what it no longer says of one stays as it was."""
    with database.writing():
        for link in links:
            published = published_row(link.published)
            values = (
                row_of(database, link.url),
                source,
                link.url,
                link.title,
                None if published is None else json.dumps(published),
                link.identity,
                None if link.html is None else body_row(database, link.html.encode("utf-8", "replace")),
                instant(at),
                instant(at),
            )
            database.rows(_UPSERT, values)


def readings(database: Database, source: str | None) -> Iterator[Reading]:
    """Give every address whose page or body was kept, with what was said of it, in the order first met.

    The archive may be written meanwhile.
    """
    last = 0
    while some := database.rows(_SOME, (last, source, source)):
        for _, name, page, url, release, *link in some:
            hint = link_of(database, link) if link[0] is not None else Link(url)
            yield Reading(name, hint, None if page is None else by_row(database, page), release)
        last = some[-1][0]


def of(database: Database, url: str) -> Link:
    """Give what was last said of an address; a bare link where nothing was."""
    row = database.row(
        "SELECT links.url, title, published, identity, body FROM links JOIN addresses "
        "ON addresses.id = links.address WHERE addresses.url = ?",
        (canonical(url),),
    )
    return link_of(database, list(row)) if row else Link(url)


def shown_since(database: Database, urls: Iterable[str], since: datetime) -> set[str]:
    """Give those of the addresses, canonical, that a newsroom has shown from an instant on."""
    sql = "SELECT addresses.url, seen_last FROM links JOIN addresses ON addresses.id = links.address "
    rows = database.among(f"{sql} WHERE addresses.url IN (?)", map(canonical, urls))
    return {url for url, seen_last in rows if seen_last >= instant(since)}


def addresses(database: Database, source: str, limit: int) -> list[str]:
    """List the addresses that lead, or will once they are fetched, to releases of a source, latest first."""
    sql = """
        SELECT addresses.url FROM links JOIN addresses ON addresses.id = links.address
        WHERE links.source = ? AND (release IS NOT NULL OR EXISTS (
            SELECT 1 FROM work WHERE work.address = links.address))
        ORDER BY links.address DESC LIMIT ?
    """
    return [url for (url,) in database.rows(sql, (source, limit))]


def link_of(database: Database, row: list[Any]) -> Link:
    """Read a link from its columns: url, title, published, identity, body."""
    url, title, published, identity, body = row
    html = None if body is None else body_of(database, body).decode("utf-8", "replace")
    return Link(url, title, published_of(published) if published else None, html, identity)
