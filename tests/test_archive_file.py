"""The archive's file: what it refuses and how it says so, what survives a kill, who may write at once."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from crawler.archive import Archive
from crawler.archive.database import MEANINGS, translated
from crawler.archive.schema import APPLICATION_ID, MIGRATIONS
from crawler.errors import ArchiveError
from tests.makers import START, later, make_page, make_release
from tests.unprivileged import closed, unprivileged

ROOT = Path(__file__).resolve().parents[1]


def fill(path: Path, releases: int = 3) -> None:
    with Archive.open(path) as archive, archive.together():
        for number in range(1, releases + 1):
            archive.keep_page(make_page(make_release(number).url, b"%d" % number * 3_000))
            archive.record(make_release(number), at=later(number))


def test_a_missing_archive_is_not_made_when_it_is_only_read(tmp_path: Path) -> None:
    path = tmp_path / "no" / "archive.db"
    with pytest.raises(ArchiveError, match=r"archive\.db: there is no archive yet; make one with: "):
        Archive.open(path, create=False)
    assert not path.parent.exists()


def test_an_archive_opened_to_read_shows_what_others_write_and_refuses_to_write(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    fill(path)
    with Archive.open_to_read(path) as reader, Archive.open(path) as writer:
        assert reader.last_change() == 3
        writer.record(make_release(4), at=later(4))
        assert reader.last_change() == 4
        with pytest.raises(ArchiveError, match="cannot be written"):
            reader.record(make_release(5), at=later(5))
        with pytest.raises(ArchiveError, match="cannot be written"):
            reader.withdraw(make_release(4).id, at=later(5))


def test_an_archive_that_is_missing_or_of_an_older_version_is_not_opened_to_read(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with pytest.raises(ArchiveError, match="there is no archive yet"):
        Archive.open_to_read(path)
    assert not path.exists()
    fill(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) - 1}")
    with pytest.raises(ArchiveError, match="made by an older Pressdex; bring it up with: press-index sync"):
        Archive.open_to_read(path)


def test_an_archive_is_made_with_its_folder_and_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "archive.db"
    fill(path)
    with Archive.open(path, create=False) as archive:
        assert archive.last_change() == 3
        archive.close()


def test_an_empty_file_becomes_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.touch()  # what a kill -9 between opening and the first migration leaves
    fill(path)


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (x)")


def marked_by_another(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id = 77")


def from_the_future(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 3}")


def not_a_database(path: Path) -> None:
    path.write_bytes(b"<html>not found</html>" * 100)


def a_short_text(path: Path) -> None:
    path.write_bytes(b"hello")


def a_damaged_head(path: Path) -> None:
    fill(path)
    with path.open("r+b") as file:
        file.write(b"\0" * 100)


def a_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (foreign, "a database of another program; name another folder"),
        (marked_by_another, "a database of another program; name another folder"),
        (from_the_future, r"made by a newer Pressdex \(schema \d+, this one knows \d+\); update with"),
        (not_a_database, "not a Pressdex archive, or damaged in its first bytes; restore it"),
        (a_short_text, "not a Pressdex archive, or damaged in its first bytes; restore it"),
        (a_damaged_head, "not a Pressdex archive, or damaged in its first bytes; restore it"),
        (a_folder, "cannot be opened; check"),
    ],
)
def test_a_file_that_is_no_usable_archive_is_refused_and_left_as_it_is(
    tmp_path: Path, make: Callable[[Path], None], says: str
) -> None:
    path = tmp_path / "archive.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(ArchiveError, match=rf"^{path}: {says}"):
        Archive.open(path)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_damage_deep_in_the_file_is_an_error_of_the_archive(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    fill(path, 200)
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 4)
        file.write(b"\xff" * (size // 2))
    with pytest.raises(ArchiveError, match=rf"^{path}: ."), Archive.open(path) as archive:  # noqa: PT012
        for number in range(1, 201):
            archive.page(make_release(number).url)
            archive.record(make_release(number, title="again"), at=later(9))


def test_a_body_that_was_tampered_with_is_not_given_back(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    fill(path, 1)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER bodies_hold")
        connection.execute("UPDATE bodies SET packed = x'00'")
        connection.commit()
    with Archive.open(path) as archive, pytest.raises(ArchiveError, match=r"body [0-9a-f]{64} is damaged"):
        archive.page(make_release(1).url)


@pytest.mark.parametrize("table", ["bodies", "pages", "releases", "versions", "changes"])
def test_nothing_is_ever_deleted(tmp_path: Path, table: str) -> None:
    path = tmp_path / "archive.db"
    fill(path)
    with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError, match="never"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own tables


@pytest.mark.parametrize("table", ["bodies SET packed = 1", "versions SET at = 1", "changes SET at = 1"])
def test_what_was_kept_never_changes(tmp_path: Path, table: str) -> None:
    path = tmp_path / "archive.db"
    fill(path)
    with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError, match="never"):
        connection.execute(f"UPDATE {table}")


def test_a_folder_that_may_not_be_written_is_said_and_nothing_is_lost() -> None:
    with tempfile.TemporaryDirectory() as folder:  # tmp_path lies in a folder that is closed to others
        path = Path(folder) / "archive.db"
        fill(path)
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        with unprivileged(), pytest.raises(ArchiveError, match=rf"^{path}: cannot be"):
            fill(path)
        with unprivileged(), pytest.raises(ArchiveError, match=r"cannot be (made|opened)"):
            fill(Path(folder) / "new" / "archive.db")
        Path(folder).chmod(0o755)
        path.chmod(0o644)
        with Archive.open(path) as archive:
            assert archive.last_change() == 3


def test_an_archive_that_may_only_be_read_is_read() -> None:
    """A backup on a read-only disk: SQLite itself would write beside the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        fill(path)
        with closed(Path(folder)), unprivileged():
            for how in (Archive.open, Archive.open_to_read):
                with how(path) as archive:
                    assert archive.last_change() == 3
                    assert list(archive.verify()) == []
                    with pytest.raises(ArchiveError, match=rf"^{path}: cannot be written"):
                        archive.keep_page(make_page())


def test_a_full_disk_is_said_and_what_was_committed_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    fill(path)
    with Archive.open(path) as archive:
        pages = archive._database.row("PRAGMA page_count")[0]
        archive._database.rows(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(ArchiveError, match="the disk is full: free some space and run again"):
            archive.keep_page(make_page(body=os.urandom(100_000)))
        assert archive.last_change() == 3
        archive._database.rows("PRAGMA max_page_count = 1000000")
        archive.keep_page(make_page(body=os.urandom(100_000)))
    with Archive.open(path) as archive:
        assert archive.page(make_page().url) is not None


@pytest.mark.parametrize("code", sorted(MEANINGS))
def test_every_fault_of_the_database_names_the_file_and_a_way_out(code: int) -> None:
    error = sqlite3.OperationalError("as sqlite says it")
    error.sqlite_errorcode = code | 0x100  # an extended code keeps its primary one in the low byte
    with pytest.raises(ArchiveError, match=rf"^/x/archive\.db: {MEANINGS[code]} \(as sqlite says it\)$"):  # noqa: SIM117
        with translated(Path("/x/archive.db")):
            raise error


@pytest.mark.parametrize(
    "error",
    [
        sqlite3.OperationalError("Could not decode to UTF-8 column 'record' with text 'x'"),
        UnicodeDecodeError("utf-8", b"\xa0", 0, 1, "invalid start byte"),
    ],
    ids=["a text", "SQLite's own words"],
)
def test_what_is_no_text_is_damage_and_no_fault_of_ours(error: Exception) -> None:
    with (
        pytest.raises(ArchiveError, match=r"^/x/archive\.db: damaged; restore"),
        translated(Path("/x/archive.db")),
    ):
        raise error


def test_two_may_write_in_turn_and_one_reads_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with Archive.open(path) as one, Archive.open(path) as other, Archive.open(path) as reader:
        for number in range(1, 11):
            (one if number % 2 else other).record(make_release(number), at=START)
            assert reader.last_change() == number


def test_an_archive_that_another_holds_for_too_long_is_said(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with Archive.open(path) as holder, Archive.open(path) as waiter:
        waiter._database.rows("PRAGMA busy_timeout = 1")
        with holder.together(), pytest.raises(ArchiveError, match="held by another process for too long"):
            waiter.record(make_release(), at=START)


WRITER = """
import sys
from pathlib import Path
from crawler.archive import Archive
from tests.makers import later, make_page, make_release
with Archive.open(Path(sys.argv[1])) as archive:
    number = archive.last_change()
    while True:
        number += 1
        archive.keep_page(make_page(make_release(number).url, b"%d" % number * 9_000))
        archive.record(make_release(number), at=later(number))
        print(number, flush=True)
"""


def killed_after(path: Path, releases: int) -> int:
    """Let another process write until it has said this many releases, kill it, and give the last it said."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as writer:
        assert writer.stdout is not None
        said = 0
        for _ in range(releases):
            said = int(writer.stdout.readline())
        writer.kill()
        return int(([said] + [int(line) for line in writer.stdout.read().split("\n")[:-1]])[-1])


def test_what_was_said_to_be_kept_survives_kill_9(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    for releases in (1, 7, 23):
        said = killed_after(path, releases)
        with Archive.open(path, create=False) as archive:
            last = archive.last_change()
            assert last >= said
            changes = archive.changes(0, limit=last)
            assert [change.number for change in changes] == list(range(1, last + 1))
            for change in changes:
                page = archive.page(change.release.url)
                assert page is not None
                assert page.body == b"%d" % change.number * 9_000
