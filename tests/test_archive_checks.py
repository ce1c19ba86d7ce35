"""An archive is brought forward from every released schema, and proves that it is whole."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest

from crawler.archive import Archive
from crawler.archive.schema import MIGRATIONS
from crawler.errors import ArchiveError
from crawler.model import Habits, Link
from tests.makers import START, later, make_page, make_release, make_visit

ARCHIVES = Path(__file__).parent / "archives"


@contextmanager
def tampering(path: Path) -> Iterator[sqlite3.Connection]:
    """Open an archive behind its back."""
    with closing(sqlite3.connect(path)) as connection:
        yield connection
        connection.commit()


def old_archive(folder: Path, schema: int) -> Path:
    path = folder / f"schema{schema}.db"
    with tampering(path) as connection:
        connection.executescript((ARCHIVES / f"schema{schema}.sql").read_text(encoding="utf-8"))
    return path


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    path = tmp_path / "archive.db"
    with Archive.open(path) as archive:
        for number in (1, 2, 3):
            url = make_release(number).url
            archive.offer("acme", [Link(url, html="<p>in the feed</p>")], at=START)
            archive.keep_page(make_page(url, b"%d" % number))
            archive.record(make_release(number), at=START)
        archive.record(make_release(2, title="two"), at=later(1))
        archive.withdraw(make_release(3).id, at=later(2))
        archive.hold_page(make_page("https://acme.example/list"))
    return path


def problems(path: Path) -> list[str]:
    with Archive.open(path) as archive:
        return list(archive.verify())


@pytest.mark.parametrize("schema", range(1, len(MIGRATIONS)))
def test_an_archive_of_an_older_schema_comes_forward_whole(tmp_path: Path, schema: int) -> None:
    path = old_archive(tmp_path, schema)
    assert problems(path) == []
    with Archive.open(path, create=False) as archive:
        kinds = [change.kind for change in archive.changes(0)]
        assert kinds == ["new", "new", "new", "revised", "withdrawn"]
        assert archive.release(make_release(2).id) == make_release(2, title="Acme opens plant number 2 again")
        assert [reading.page and reading.page.body for reading in archive.readings("acme")] == [
            b"<h1>1</h1>",
            b"<h1>2</h1>",
            b"<h1>3</h1>",
        ]
        visit = archive.last_visit("acme")
        assert visit is not None
        assert (visit.found, visit.fault) == (4, None)
        [first, second] = archive.traces("acme")  # the third was withdrawn
        assert (first.day, second.day) == (date(2026, 3, 1), date(2026, 3, 1))
        assert second.size == len(make_release(1).body)
        assert archive.habits("acme") == Habits(("Acme",), "dmy", "Europe/Berlin")
        assert archive.failures(["https://acme.example/none"]) == {
            "https://acme.example/none": (1, later(11))
        }
        assert archive.record(make_release(4), at=later(12)) is not None
        assert archive.last_change() == 6


def test_every_schema_but_the_newest_has_its_witness() -> None:
    assert {path.stem for path in ARCHIVES.glob("*.sql")} == {
        f"schema{number}" for number in range(1, len(MIGRATIONS))
    }


def test_an_archive_brought_forward_has_the_tables_of_one_made_anew(tmp_path: Path) -> None:
    def layout(path: Path) -> list[tuple[str, str]]:
        Archive.open(path).close()
        with tampering(path) as connection:
            tables = "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
            names = [name for (name,) in connection.execute(tables)]
            return [
                (name, str(row)) for name in names for row in connection.execute(f"PRAGMA table_info({name})")
            ]

    assert layout(old_archive(tmp_path, 1)) == layout(tmp_path / "anew.db")


def test_a_whole_archive_has_no_problems(whole: Path) -> None:
    assert problems(whole) == []


@pytest.mark.parametrize(
    ("guard", "harm", "says"),
    [
        ("bodies_hold", "UPDATE bodies SET packed = x'00' WHERE id = 1", "body .*: it is not what was kept"),
        ("", "UPDATE held SET packed = x'00'", "body .*: it is not what was kept"),
        ("versions_hold", "UPDATE versions SET record = '{' WHERE number = 2", "release .*/2 version 2: its"),
        (
            "versions_hold",
            "UPDATE versions SET record = '{\"id\": 7}' WHERE number = 2",
            "release .*/2 version 2: its record cannot be read",
        ),
        (
            "versions_hold",
            "UPDATE versions SET record = replace(record, 'makes', 'fakes') WHERE number = 2",
            "release .*/2 version 2: its record is not what was kept",
        ),
        (
            "versions_hold",
            "UPDATE versions SET record_digest = NULL WHERE number = 2",
            "release .*/2 version 2: its",
        ),
        ("changes_stay", "DELETE FROM changes WHERE number = 2", "changes: a number below 5 is missing"),
        ("changes_stay", "DELETE FROM changes WHERE number = 5", "changes: 5 were numbered, and not so many"),
        (
            "versions_stay",
            "DELETE FROM versions WHERE number = 2",
            "release .*/2: its current version is not",
        ),
        ("versions_stay", "DELETE FROM versions WHERE number = 1", "release .*/2: a version is missing"),
        ("versions_stay", "DELETE FROM versions", "release .*/1: it has no version"),
        ("pages_stay", "DELETE FROM pages WHERE id = 1", "addresses: row 1 points at a row of pages"),
        ("links_stay", "", "the guard 'links_stay' is missing"),
        ("", "UPDATE releases SET version = 1", "release .*/2: its current version is not the newest"),
    ],
)
def test_every_harm_is_found(whole: Path, guard: str, harm: str, says: str) -> None:
    with tampering(whole) as connection:
        if guard:
            connection.execute(f"DROP TRIGGER {guard}")
        connection.execute(harm)
    found = problems(whole)
    assert any(re.match(says, problem) for problem in found), found


@pytest.mark.parametrize(
    ("harm", "read"),
    [
        ("versions SET record = CAST(x'7b22ff' AS TEXT)", lambda kept: kept.release(make_release(2).id)),
        ("versions SET record = '{'", lambda kept: kept.release(make_release(2).id)),
        ("versions SET record = '{}'", lambda kept: kept.changes(0)),
        ("versions SET record = '[]'", lambda kept: kept.versions(make_release(2).id)),
        ("releases SET seen_first = '2p25-01-01'", lambda kept: kept.traces("acme", 9)),
        ("releases SET day = 'today'", lambda kept: kept.days("acme")),
        ("addresses SET asked = 7", lambda kept: kept.address(make_release(2).url)),
        ("links SET published = '[1]'", lambda kept: kept.link(make_release(2).url)),
        ("pages SET headers = '7'", lambda kept: kept.page(make_release(2).url)),
        ("bodies SET packed = 'text'", lambda kept: kept.page(make_release(2).url)),
        ("links SET body = 99", lambda kept: kept.link(make_release(2).url)),
        ("visits SET started = ''", lambda kept: kept.last_visit("acme")),
        ("habits SET record = 'null'", lambda kept: kept.habits("acme")),
    ],
)
def test_a_damaged_value_is_an_error_of_the_archive_that_names_its_file(
    whole: Path, harm: str, read: Callable[[Archive], object]
) -> None:
    with Archive.open(whole) as archive:
        archive.record_visit(make_visit(source="acme"))
        archive.keep_habits("acme", Habits(("Acme",)))
    with tampering(whole) as connection:
        for guard in ("versions_hold", "bodies_hold"):
            connection.execute(f"DROP TRIGGER {guard}")
        connection.execute(f"UPDATE {harm}")
    with pytest.raises(ArchiveError, match=re.escape(str(whole))), Archive.open(whole) as archive:
        read(archive)


def test_verifying_goes_on_behind_what_cannot_be_read(whole: Path) -> None:
    with tampering(whole) as connection:
        for guard in ("versions_hold", "bodies_hold"):
            connection.execute(f"DROP TRIGGER {guard}")
        connection.execute("UPDATE versions SET record = CAST(x'7bff' AS TEXT) WHERE number = 2")
        connection.execute("UPDATE bodies SET digest = CAST(x'ff' AS TEXT), packed = x'00' WHERE id = 1")
    found = problems(whole)
    assert any(problem.startswith("body ") for problem in found), found
    assert any("version 2: its record cannot be read" in problem for problem in found), found


def test_counts_name_what_is_kept(whole: Path) -> None:
    with Archive.open(whole) as archive:
        counts = archive.counts()
    assert (counts["releases"], counts["versions"], counts["changes"], counts["work"]) == (3, 4, 5, 0)
