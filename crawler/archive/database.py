"""Open, migrate and speak to the SQLite file: the only door to sqlite3.  Knows nothing of releases.

Every commit is on the disk when it returns (WAL with ``synchronous=FULL``), so that neither kill -9 nor a
power cut loses or halves one.  Each sqlite3 error leaves as an ArchiveError that names file and way out.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from crawler.archive.schema import APPLICATION_ID, MIGRATIONS
from crawler.errors import ArchiveError

BUSY_S: Final = 30.0  # another process writes for milliseconds, or migrates for seconds

#: Primary SQLite result code → what it means to a user and what to do (https://sqlite.org/rescode.html).
MEANINGS: Final = {
    sqlite3.SQLITE_NOTADB: "not a Pressdex archive, or damaged in its first bytes; restore it from a backup, "
    "or move it away and crawl anew",
    sqlite3.SQLITE_CORRUPT: "damaged; restore it from a backup, or move it away and crawl anew",
    sqlite3.SQLITE_READONLY: "cannot be written; let this user write the file and its folder, "
    "or name another folder with --home",
    sqlite3.SQLITE_PERM: "may not be opened; let this user read and write the file and its folder",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check that its folder exists and this user may write there",
    sqlite3.SQLITE_FULL: "the disk is full: free some space and run again; all that was committed is kept",
    sqlite3.SQLITE_IOERR: "the disk failed or is full: check it, run again; all that was committed is kept",
    sqlite3.SQLITE_BUSY: "held by another process for too long; wait until that ends and run again",
    sqlite3.SQLITE_LOCKED: "held by another process for too long; wait until that ends and run again",
    sqlite3.SQLITE_NOMEM: "out of memory: free some and run again; all that was committed is kept",
    sqlite3.SQLITE_ERROR: "refused a statement; see whether it is damaged with: press-crawl verify; "
    "if it is whole, this is a fault of Pressdex: report it",
    sqlite3.SQLITE_TOOBIG: "a value is larger than SQLite stores; lower 'largest' in sources.toml",
}
#: What sqlite3 raises; the second where SQLite quotes in its message what is damaged.
FOREIGN: Final = (sqlite3.Error, UnicodeDecodeError)
#: Of an archive in a folder that this user may not write.
READ_ONLY: Final = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM})
#: What Python says of a text that is no UTF-8, without a number of SQLite's.
UNDECODABLE: Final = "Could not decode to UTF-8"
LONGEST_WORDS: Final = 160  # characters of SQLite's own words; its sentences have up to a hundred


class Database:
    """One open archive file.

    Attributes:
        path: the file, for messages.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    def close(self) -> None:
        """Release the file; a second call does nothing."""
        with translated(self.path):
            self._connection.close()

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Run one statement and give its rows as tuples."""
        return self._done(sql, values)[0]

    def row(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """Run one statement and give its first row as a tuple, or None."""
        return next(iter(self.rows(sql, values)), None)

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """Run one statement and give its rows one by one, for answers larger than memory."""
        with translated(self.path):
            yield from self._connection.execute(sql, values)

    @contextmanager
    def lenient(self) -> Iterator[None]:
        """Give texts that are no UTF-8 with their broken bytes replaced, for the time of a ``with`` block."""
        self._connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        try:
            yield
        finally:
            self._connection.text_factory = str

    def insert(self, sql: str, values: Sequence[Any]) -> int:
        """Run one INSERT and give the new row's id."""
        return self._done(sql, values)[1]

    def _done(self, sql: str, values: Sequence[Any]) -> tuple[list[Any], int]:
        """Run one statement; give its rows, and the id of the row that was inserted last."""
        try:
            cursor = self._connection.execute(sql, values)
            return cursor.fetchall(), cursor.lastrowid or 0
        except UnicodeEncodeError:  # a lone surrogate, as JSON's "\ud800" gives, has no UTF-8
            return self._done(sql, [encodable(value) for value in values])
        except FOREIGN as error:
            raise meaning(self.path, error) from error

    def among(self, sql: str, keys: Iterable[str], chunk: int = 500) -> Iterator[Any]:
        """Run ``sql`` with its one ``(?)`` widened to many keys, in chunks that any SQLite build takes."""
        distinct = list(dict.fromkeys(keys))
        for start in range(0, len(distinct), chunk):
            some = distinct[start : start + chunk]
            yield from self.rows(sql.replace("(?)", f"({', '.join('?' * len(some))})"), some)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Make one commit of all writes inside, all or nothing; inside another such block, a part of it."""
        nested = self._connection.in_transaction
        begin, undo, commit = (
            ("SAVEPOINT part", "ROLLBACK TO part", "RELEASE part")
            if nested
            else ("BEGIN IMMEDIATE", "ROLLBACK", "COMMIT")
        )
        self.rows(begin)
        try:
            yield
            self.rows(commit)
        except BaseException:
            if self._connection.in_transaction:  # a full disk rolls back by itself
                self.rows(undo)
                if nested:
                    self.rows(commit)
            raise


def connect(path: Path, *, create: bool) -> Database:
    """Open an archive file and bring it to the newest schema; where it may not be written, open it to read.

    Raises:
        ArchiveError: it is missing, foreign, damaged, newer than this program, or may not be written.
    """
    if not create:
        _require(path)
    try:
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(
            f"{path.parent}: cannot be made ({error.strerror}); name another folder with --home"
        ) from error
    with translated(path):
        connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
        connection.create_function("sha256", 1, _sha256, deterministic=True)
    database = Database(path, connection)
    try:
        _recognise(database)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "fullfsync = ON"):
            database.rows(f"PRAGMA {pragma}")
        _migrate(database)
    except ArchiveError as error:
        connection.close()
        if _code(error) in READ_ONLY and path.is_file():  # a backup on a disk that may only be read
            return connect_to_read(path)
        raise
    except BaseException:
        connection.close()
        raise
    return database


def connect_to_read(path: Path) -> Database:
    """Open an archive file so that SQLite itself refuses every write to it.

    Raises:
        ArchiveError: it is missing, foreign, damaged, or of another schema than this program's.
    """
    _require(path)
    try:
        return _connected_to_read(path, "mode=ro")
    except ArchiveError as error:
        # SQLite writes beside the file even to read it; nobody has it open while there is no such file.
        if _code(error) in READ_ONLY and not path.with_name(f"{path.name}-wal").exists():
            return _connected_to_read(path, "mode=ro&immutable=1")
        raise


def _connected_to_read(path: Path, how: str) -> Database:
    with translated(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?{how}", uri=True, timeout=BUSY_S, isolation_level=None
        )
    database = Database(path, connection)
    try:
        _recognise(database)
        database.rows("PRAGMA query_only = ON")
        _require_newest(database)
    except BaseException:
        connection.close()
        raise
    return database


def statements(script: str) -> Iterator[str]:
    """Cut an SQL script into its statements; a trigger's body stays whole."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending.strip()
            pending = ""


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn sqlite3's errors into ArchiveErrors about this file."""
    try:
        yield
    except FOREIGN as error:
        raise meaning(path, error) from error


def meaning(path: Path, error: sqlite3.Error | UnicodeDecodeError) -> ArchiveError:
    """Give the ArchiveError that an error of SQLite's is."""
    is_damage = isinstance(error, UnicodeDecodeError) or UNDECODABLE in str(error)
    unnumbered = sqlite3.SQLITE_CORRUPT if is_damage else sqlite3.SQLITE_ERROR
    code = getattr(error, "sqlite_errorcode", unnumbered) & 0xFF
    words = MEANINGS.get(code, MEANINGS[sqlite3.SQLITE_ERROR])
    return ArchiveError(f"{path}: {words} ({_short(error)})")


def _code(error: ArchiveError) -> int | None:
    """Give SQLite's primary result code behind an error."""
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _short(error: Exception) -> str:
    """Give what SQLite says; it may quote a whole value."""
    text = " ".join(str(error).split())
    return text if len(text) <= LONGEST_WORDS else f"{text[:LONGEST_WORDS]} …"


def _sha256(blob: bytes | None) -> str | None:
    return None if blob is None else hashlib.sha256(blob).hexdigest()


def encodable(value: Any) -> Any:
    """Give a text with its lone surrogates replaced, and anything else as it is."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


def _require(path: Path) -> None:
    if not path.is_file():
        raise ArchiveError(f"{path}: there is no archive yet; make one with: press-crawl run")


def _require_newest(database: Database) -> None:
    if _version(database) < len(MIGRATIONS):
        raise ArchiveError(f"{database.path}: made by an older Pressdex; bring it up with: press-index sync")


def _version(database: Database) -> int:
    return int(database.row("PRAGMA user_version")[0])


def _recognise(database: Database) -> None:
    """Refuse a file that is not ours or too new, before anything is written to it."""
    mark = database.row("PRAGMA application_id")[0]
    if mark != APPLICATION_ID and (mark or database.row("SELECT 1 FROM sqlite_master LIMIT 1")):
        raise ArchiveError(
            f"{database.path}: a database of another program; name another folder with --home, "
            "or move the file away"
        )
    if _version(database) > len(MIGRATIONS):
        raise ArchiveError(
            f"{database.path}: made by a newer Pressdex (schema {_version(database)}, this one knows "
            f"{len(MIGRATIONS)}); update with: pip install --upgrade pressdex"
        )


def _migrate(database: Database) -> None:
    if _version(database) == len(MIGRATIONS):
        return
    with database.writing():  # asked again inside: another process may have migrated meanwhile
        for number in range(_version(database) + 1, len(MIGRATIONS) + 1):
            for statement in statements(MIGRATIONS[number - 1]):
                database.rows(statement)
            database.rows(f"PRAGMA user_version = {number}")
        database.rows(f"PRAGMA application_id = {APPLICATION_ID}")
