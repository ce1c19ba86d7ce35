"""Prove that an archive is whole: every digest, every reference, every number.  Mends nothing."""

import hashlib
import re
from collections.abc import Iterator
from typing import Final

from crawler.archive.database import Database
from crawler.archive.pages import unpack
from crawler.archive.records import DamagedError, release_of
from crawler.archive.schema import MIGRATIONS
from crawler.errors import ArchiveError

COUNTED: Final = (
    "addresses",
    "bodies",
    "pages",
    "links",
    "releases",
    "versions",
    "changes",
    "visits",
    "work",
)

#: What must not be found, and what it means.
_QUESTIONS: Final = {
    "SELECT id FROM releases WHERE version != (SELECT max(number) FROM versions WHERE release = id)": (
        "release {}: its current version is not the newest"
    ),
    "SELECT id FROM releases WHERE id NOT IN (SELECT release FROM versions)": "release {}: it has no version",
    "SELECT release FROM versions GROUP BY release HAVING max(number) != count(*)": (
        "release {}: a version is missing"
    ),
    "SELECT release || ' version ' || number FROM versions EXCEPT "
    "SELECT release || ' version ' || version FROM changes": "release {}: no change tells of it",
    "SELECT seq FROM sqlite_sequence WHERE name = 'changes' AND seq != (SELECT count(*) FROM changes)": (
        "changes: {} were numbered, and not so many are there"
    ),
    "SELECT max(number) FROM changes HAVING max(number) != count(*)": "changes: a number below {} is missing",
}


def problems(database: Database) -> Iterator[str]:
    """Give a sentence for everything that is not as it was kept; nothing when all is well.

    Reads the whole file: seconds for each gigabyte.  A part that cannot be read is named, and the others are
    looked at all the same.
    """
    with database.lenient():
        for check in (_file, _references, _guards, _numbers, _bodies, _records):
            try:
                yield from check(database)
            except ArchiveError as error:
                yield f"not all could be read: {error}"


def counts(database: Database) -> dict[str, int]:
    """Count the rows of each table."""
    return {
        table: int(database.row(f"SELECT count(*) FROM {table}")[0])  # noqa: S608 - our own names
        for table in COUNTED
    }


def _file(database: Database) -> Iterator[str]:
    for (said,) in database.rows("PRAGMA integrity_check(20)"):
        if said != "ok":
            yield f"the file is damaged: {said}"


def _references(database: Database) -> Iterator[str]:
    for table, row, parent, _ in database.rows("PRAGMA foreign_key_check"):
        yield f"{table}: row {row} points at a row of {parent} that is not there"


def _guards(database: Database) -> Iterator[str]:
    held = {name for (name,) in database.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    for name in sorted(_triggers() - held):
        yield f"the guard {name!r} is missing: something may have been deleted or altered"


def _numbers(database: Database) -> Iterator[str]:
    for question, meaning in _QUESTIONS.items():
        for (subject,) in database.rows(question):
            yield meaning.format(subject)


def _triggers() -> set[str]:
    return set(re.findall(r"CREATE TRIGGER (\w+)", " ".join(MIGRATIONS)))


def _bodies(database: Database) -> Iterator[str]:
    for sql in (
        "SELECT packed, size_bytes, digest FROM bodies",
        "SELECT packed, size_bytes, digest FROM held",
    ):
        for packed, size_bytes, digest in database.stream(sql):
            try:
                unpack(database, packed, size_bytes, digest)
            except ArchiveError:
                yield f"body {digest}: it is not what was kept"


def _records(database: Database) -> Iterator[str]:
    """Read each record; a text that is no UTF-8 comes as bytes, so that nothing broken passes for whole."""
    sql = "SELECT release, number, CAST(record AS BLOB), record_digest FROM versions"
    for identity, number, record, digest in database.stream(sql):
        try:
            is_whole = release_of(record).id == identity
        except DamagedError:
            is_whole = False
        if not is_whole:
            yield f"release {identity} version {number}: its record cannot be read"
        elif hashlib.sha256(record).hexdigest() != digest:
            yield f"release {identity} version {number}: its record is not what was kept"
