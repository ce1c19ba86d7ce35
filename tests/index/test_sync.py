"""The laws of following the archive."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.archive import Archive
from index import open_engine, replace_index
from index.__main__ import main
from index.embedded import writer
from index.engine import Engine
from index.errors import EngineError
from index.grammar import parse
from index.sync import rebuild, sync
from tests.index.releases import ALL, CARBON, SEEN, change


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


def test_rebuild_takes_the_place_of_the_old_index(home: Path) -> None:
    (home / "index.new").mkdir()
    (home / "index.new" / "litter").touch()
    with Archive.open(home / "archive.db") as archive:
        for _ in range(2):
            assert rebuild(archive, home / "index", anew, replace_index) == len(ALL)
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


def test_an_index_ahead_of_its_archive_says_so(home: Path) -> None:
    engine = anew(home / "index")
    engine.write([change(99, CARBON)])
    with Archive.open(home / "archive.db") as archive, pytest.raises(EngineError, match="older copy"):
        sync(archive, engine)


def test_rebuild_leaves_what_is_not_an_index(home: Path) -> None:
    (home / "index").mkdir()
    (home / "index" / "letter.txt").write_text("mine")
    with Archive.open(home / "archive.db") as archive, pytest.raises(EngineError, match="letter"):
        rebuild(archive, home / "index", anew, replace_index)
    assert (home / "index" / "letter.txt").read_text() == "mine"


def test_rebuild_replaces_an_index_of_the_first_format(home: Path) -> None:
    (home / "index").mkdir()
    for name in ("_MAIN_3.toc", "MAIN_abc123.seg", "MAIN_WRITELOCK", "pressdex.json"):
        (home / "index" / name).touch()
    with pytest.raises(EngineError, match="press-index rebuild"):
        open_engine(home / "index")
    with Archive.open(home / "archive.db") as archive:
        assert rebuild(archive, home / "index", anew, replace_index) == len(ALL)


def test_readers_answer_at_every_step_of_a_rebuild(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Archive.open(home / "archive.db") as archive:
        rebuild(archive, home / "index", anew, replace_index)
        seen: list[int] = []
        for name in ("rename", "replace", "unlink"):
            step = getattr(Path, name)

            def looking(path: Path, *a: object, step: Callable[..., object] = step, **b: object) -> object:
                done = step(path, *a, **b)
                seen.append(total(home / "index"))
                return done

            monkeypatch.setattr(Path, name, looking)
        writer.replace_index(*fresh_index(home, archive))
        monkeypatch.undo()
    assert len(seen) >= 4
    assert set(seen) == {len(ALL)}


def fresh_index(home: Path, archive: Archive) -> tuple[Path, Path]:
    engine = anew(home / "fresh")
    sync(archive, engine, batch=3)
    engine.close()
    return home / "fresh", home / "index"


def test_rebuild_waits_for_a_writer(home: Path) -> None:
    anew(home / "index").close()
    anew(home / "fresh").close()
    with (
        writer._locked(home / "index", 0),
        pytest.raises(EngineError, match="another run is writing"),
    ):
        writer.replace_index(home / "fresh", home / "index", patience_s=0)


def test_status_finds_a_damaged_index(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rebuild", "--home", str(home)]) == 0
    (path,) = (home / "index").glob("*.seg")
    path.write_bytes(path.read_bytes().replace(b"carbon", b"harbon"))
    assert main(["status", "--home", str(home)]) == 4
    assert "press-index rebuild" in capsys.readouterr().err
    assert main(["rebuild", "--home", str(home)]) == 0
    assert main(["status", "--home", str(home)]) == 0


def test_two_syncs_at_once_are_both_right(home: Path) -> None:
    anew(home / "index").close()

    def run() -> None:
        with Archive.open(home / "archive.db") as archive:
            sync(archive, open_engine(home / "index"), batch=2)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert total(home / "index") == len(ALL)


def test_a_sync_waits_for_another_process_and_both_are_right(home: Path) -> None:
    command = [sys.executable, "-m", "index", "sync", "--json", "--home", str(home)]
    anew(home / "index").close()
    with writer._locked(home / "index", 0):
        running = [
            subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
            for _ in range(2)
        ]
        with pytest.raises(subprocess.TimeoutExpired):
            running[0].wait(timeout=0.3)
        assert total(home / "index") == 0
    told = [json.loads(one.communicate(timeout=60)[0]) for one in running]
    assert [one.returncode for one in running] == [0, 0]
    assert {one["change"] for one in told} == {len(ALL)}
    assert total(home / "index") == len(ALL)
