"""Keep raw answers, once for each content.  Understands none of them."""

import hashlib
import zlib
from collections.abc import Iterator
from typing import Any, Final

from crawler.archive.addresses import row_of
from crawler.archive.database import Database
from crawler.archive.records import DamagedError, headers_of, headers_text, instant, moment
from crawler.errors import ArchiveError
from crawler.model import Page
from crawler.urls import canonical

LEVEL: Final = 3  # zlib; 150 newsroom pages: 58 % of level 6's CPU for 12 % more bytes

_SELECT: Final = """
    SELECT pages.url, final_url, pages.status, headers, fetched_last, size_bytes, packed, digest
    FROM pages JOIN bodies ON bodies.id = pages.body
"""
_HELD: Final = """
    SELECT held.url, final_url, held.status, headers, fetched, size_bytes, packed, digest
    FROM held JOIN addresses ON addresses.id = held.address
"""
_FETCHED: Final = 4  # column of both
_SOME: Final = """
    SELECT pages.id FROM pages
    JOIN addresses ON addresses.id = pages.address
    LEFT JOIN links ON links.address = addresses.id
    LEFT JOIN releases ON releases.id = addresses.release
    WHERE pages.id > ? AND (? IS NULL OR coalesce(links.source, releases.source) = ?)
    ORDER BY pages.id LIMIT 200
"""


def keep(database: Database, page: Page) -> None:
    """Keep an answer for ever, its body once for each content, and what it says of its address."""
    fetched = instant(page.fetched)
    with database.writing():
        address = row_of(database, page.url)
        body = body_row(database, page.body)
        answer = (page.url, page.final_url, page.status, headers_text(page.headers))
        held = database.row("SELECT id FROM pages WHERE address = ? AND body = ?", (address, body))
        if held:
            number = held[0]
            database.rows(
                "UPDATE pages SET url = ?, final_url = ?, status = ?, headers = ?, "
                "fetched_last = max(fetched_last, ?) WHERE id = ?",
                (*answer, fetched, number),
            )
        else:
            number = database.insert(
                "INSERT INTO pages (address, body, url, final_url, status, headers, fetched_first, "
                "fetched_last) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (address, body, *answer, fetched, fetched),
            )
        for url in {canonical(page.url), canonical(page.final_url)}:
            database.rows("UPDATE addresses SET page = ? WHERE id = ?", (number, row_of(database, url)))
        _note(database, page)


def hold(database: Database, page: Page) -> None:
    """Keep an answer in place of the one held for its address before."""
    with database.writing():
        digest = hashlib.sha256(page.body).hexdigest()
        database.rows(
            "INSERT OR REPLACE INTO held (address, url, final_url, status, headers, fetched, size_bytes, "
            "packed, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                row_of(database, page.url),
                page.url,
                page.final_url,
                page.status,
                headers_text(page.headers),
                instant(page.fetched),
                len(page.body),
                zlib.compress(page.body, LEVEL),
                digest,
            ),
        )
        _note(database, page)
        database.rows(
            "UPDATE addresses SET failures = 0, reason = NULL WHERE id = ?", (row_of(database, page.url),)
        )


def latest(database: Database, url: str) -> Page | None:
    """Give the latest answer with a body that an address gave, kept or held."""
    address = (canonical(url),)
    rows = (
        database.row(
            f"{_SELECT} JOIN addresses ON addresses.page = pages.id WHERE addresses.url = ?", address
        ),
        database.row(f"{_HELD} WHERE addresses.url = ?", address),
    )
    row = max(filter(None, rows), key=lambda row: str(row[_FETCHED]), default=None)
    return _page(database, row) if row else None


def by_row(database: Database, number: int) -> Page:
    """Give a kept answer by its row."""
    row = database.row(f"{_SELECT} WHERE pages.id = ?", (number,))
    if row is None:
        raise DamagedError(f"page {number} or its body is missing")
    return _page(database, row)


def every(database: Database, source: str | None) -> Iterator[Page]:
    """Give all answers that were kept, oldest first; of one source only, where one is named."""
    last = 0
    while some := database.rows(_SOME, (last, source, source)):
        for (number,) in some:
            yield by_row(database, number)
        last = some[-1][0]


def of_version(database: Database, release: str, version: int) -> Page | None:
    """Give the answer that a version of a release was read from."""
    row = database.row(
        f"{_SELECT} JOIN versions ON versions.page = pages.id WHERE release = ? AND number = ?",
        (release, version),
    )
    return _page(database, row) if row else None


def validators(database: Database, url: str) -> tuple[str | None, str | None]:
    """Give ETag and Last-Modified of the latest answer of an address."""
    row = database.row("SELECT etag, last_modified FROM addresses WHERE url = ?", (canonical(url),))
    return (row[0], row[1]) if row else (None, None)


def unpack(database: Database, packed: bytes, size_bytes: int, digest: str) -> bytes:
    """Unpack a body and prove that it is the one that was kept.

    Raises:
        ArchiveError: it is not.
    """
    try:
        body = zlib.decompressobj().decompress(packed, size_bytes + 1)
    except (zlib.error, TypeError):
        body = b""
    if hashlib.sha256(body).hexdigest() != digest:
        raise ArchiveError(f"{database.path}: body {digest} is damaged; restore the archive from a backup")
    return body


def body_row(database: Database, body: bytes) -> int:
    """Give the row of a body, made when there is none."""
    digest = hashlib.sha256(body).hexdigest()
    row = database.row("SELECT id FROM bodies WHERE digest = ?", (digest,))
    if row:
        return int(row[0])
    return database.insert(
        "INSERT INTO bodies (digest, size_bytes, packed) VALUES (?, ?, ?)",
        (digest, len(body), zlib.compress(body, LEVEL)),
    )


def body_of(database: Database, number: int) -> bytes:
    """Give a body by its row."""
    row = database.row("SELECT packed, size_bytes, digest FROM bodies WHERE id = ?", (number,))
    if row is None:
        raise DamagedError(f"body {number} is missing")
    packed, size_bytes, digest = row
    return unpack(database, packed, size_bytes, digest)


def _note(database: Database, page: Page) -> None:
    """Keep status and validators; failures stay: whether the page led to a release is known later."""
    values = (page.status, page.header("etag"), page.header("last-modified"), instant(page.fetched))
    database.rows(
        "UPDATE addresses SET status = ?, etag = ?, last_modified = ?, asked = ?, gone = NULL WHERE id = ?",
        (*values, row_of(database, page.url)),
    )


def _page(database: Database, row: Any) -> Page:
    url, final_url, status, headers, fetched, size_bytes, packed, digest = row
    body = unpack(database, packed, size_bytes, digest)
    return Page(url, final_url, status, headers_of(headers), body, moment(fetched))
