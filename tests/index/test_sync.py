"""The laws of following the archive."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.archive import Archive
from index import open_engine
from index.__main__ import main
from index.engine import Engine
from index.grammar import parse
from index.sync import rebuild, sync
from tests.index.releases import ALL, SEEN


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with Archive.open(tmp_path / "archive.db") as archive:
        for number, one in enumerate(ALL):
            archive.record(one, at=SEEN + timedelta(minutes=number))
    return tmp_path


def total(where: Path, text: str = "*") -> int:
    engine = open_engine(where)
    try:
        return engine.search(parse(text)).total
    finally:
        engine.close()


def anew(where: Path) -> Engine:
    return open_engine(where, create=True)


def test_sync_writes_what_the_index_has_not_seen(home: Path) -> None:
    with Archive.open(home / "archive.db") as archive:
        engine = anew(home / "index")
        assert sync(archive, engine, batch=3) == len(ALL)
        assert sync(archive, engine) == 0
        assert engine.cursor() == archive.last_change()
        engine.close()
    assert total(home / "index") == len(ALL)


@pytest.mark.parametrize("leave", ["index.new", "index.old"])
def test_rebuild_takes_the_place_of_the_old_index(home: Path, leave: str) -> None:
    (home / leave).mkdir()
    (home / leave / "litter").touch()
    with Archive.open(home / "archive.db") as archive:
        for _ in range(2):
            assert rebuild(archive, home / "index", anew) == len(ALL)
    assert total(home / "index") == len(ALL)
    assert sorted(path.name for path in home.iterdir() if path.is_dir()) == ["index"]


def test_press_index_syncs_rebuilds_and_tells(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told: Callable[[], dict[str, int]] = lambda: json.loads(capsys.readouterr().out)  # noqa: E731
    assert main(["sync", "--home", str(home), "--json"]) == 0
    assert told() == {"written": len(ALL), "change": len(ALL)}
    assert main(["status", "--home", str(home), "--json"]) == 0
    assert told() == {"change": len(ALL), "archive": len(ALL), "behind": 0}
    assert main(["rebuild", "--home", str(home), "--json"]) == 0
    assert told() == {"written": len(ALL), "change": len(ALL)}


def test_press_index_without_an_archive_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sync", "--home", str(tmp_path)]) == 4
    assert "press-index: " in capsys.readouterr().err
