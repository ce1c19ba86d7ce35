"""The laws of the index's folder: what is committed stays, and what is damaged or foreign is said to be."""

import random
import signal
import subprocess
import sys
import threading
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest

from index import open_engine
from index.embedded import manifest, writer
from index.embedded.engine import EmbeddedEngine
from index.embedded.manifest import Entry, Manifest
from index.embedded.merge import WIDTH, mergeable
from index.embedded.sections import Postings, unpack
from index.errors import EngineError
from index.grammar import parse
from tests.index.oracle import Oracle
from tests.index.releases import ALL, CARBON, change, numbered, release

ROOT = Path(__file__).resolve().parents[2]
WORDS = [f"word{chr(97 + number)}" for number in range(26)]


def filled(where: Path, count: int = 3) -> EmbeddedEngine:
    engine = EmbeddedEngine(where, create=True)
    for one in numbered(ALL)[:count]:
        engine.write([one])
    return engine


def total(where: Path) -> int:
    return open_engine(where).search(parse("*")).total


def many(count: int, seed: int = 5) -> list[str]:
    chance = random.Random(seed)  # noqa: S311 - the same texts each time
    return [" ".join(chance.choices(WORDS, k=12)) for _ in range(count)]


def test_no_pickle_lies_in_the_folder(tmp_path: Path) -> None:
    filled(tmp_path / "index")
    names = sorted(path.suffix or path.name for path in (tmp_path / "index").iterdir())
    assert names == [".seg", ".seg", ".seg", "MANIFEST"]


def test_reading_needs_no_whoosh(tmp_path: Path) -> None:
    filled(tmp_path / "index")
    code = (
        "import sys; from pathlib import Path; from index import open_engine;"
        "from index.grammar import parse;"
        f"assert open_engine(Path({str(tmp_path / 'index')!r})).search(parse('carbon')).total == 2;"
        "assert 'whoosh' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, timeout=60)


@pytest.mark.parametrize("count", [1, 7, 8, 9, 40, 70])
def test_merging_changes_no_answer(tmp_path: Path, count: int) -> None:
    releases = [
        release(
            f"r{number}",
            text,
            text * 2,
            source=f"s{number % 3}",
            language=("en", "de", "zh", None)[number % 4],
        )
        for number, text in enumerate(many(count))
    ]
    apart, whole = EmbeddedEngine(tmp_path / "a", create=True), EmbeddedEngine(tmp_path / "b", create=True)
    oracle = Oracle()
    oracle.write(numbered(releases))
    for one in numbered(releases):
        apart.write([one])
    whole.write(numbered(releases))
    assert len(manifest.read(tmp_path / "a").segments) <= 2 * WIDTH
    for text in (
        "worda",
        "worda wordb",
        '"worda wordb"',
        "word*",
        "source:s1 -worda",
        "lang:de",
        '"worda wordc"~3',
    ):
        query = parse(text, limit=100)
        here, there = apart.search(query), whole.search(query)
        assert {hit.id for hit in here.hits} == {hit.id for hit in there.hits} == oracle.ids(query)
        assert sorted(hit.score for hit in here.hits) == pytest.approx(
            sorted(hit.score for hit in there.hits), rel=0.01
        )


def test_only_segments_of_about_one_size_are_merged() -> None:
    def sizes(*counts: int) -> list[int]:
        return [
            entry.count for entry in mergeable([Entry(str(at), count, 1) for at, count in enumerate(counts)])
        ]

    assert sizes(*[1] * (WIDTH - 1)) == []
    assert sizes(*[1] * WIDTH) == [1] * WIDTH
    assert sizes(50_000, *[1] * WIDTH) == [1] * WIDTH
    assert sizes(*[5000] * WIDTH, 1) == [*[5000] * WIDTH, 1]


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(
            lambda folder: (folder / "MANIFEST").write_text("nothing of ours"), id="foreign manifest"
        ),
        pytest.param(lambda folder: (folder / "MANIFEST").write_bytes(b"\xff\x80"), id="manifest is no text"),
        pytest.param(lambda folder: (folder / "MANIFEST").unlink(), id="manifest gone"),
        pytest.param(lambda folder: flip(folder / "MANIFEST", -5), id="manifest changed"),
        pytest.param(lambda folder: segment(folder).unlink(), id="segment gone"),
        pytest.param(lambda folder: segment(folder).write_bytes(b""), id="segment empty"),
        pytest.param(lambda folder: cut(segment(folder)), id="segment cut off"),
        pytest.param(lambda folder: flip(segment(folder), -60), id="directory changed"),
    ],
)
def test_a_damaged_index_says_what_to_run(tmp_path: Path, harm: Callable[[Path], object]) -> None:
    filled(tmp_path / "index")
    harm(tmp_path / "index")
    with pytest.raises(EngineError, match=r"rebuild|another folder"):
        open_engine(tmp_path / "index").search(parse("carbon"))


def test_any_changed_byte_is_found_by_verifying(tmp_path: Path) -> None:
    engine = filled(tmp_path / "index")
    assert engine.verify() == []
    path = segment(tmp_path / "index")
    whole = path.read_bytes()
    for at in range(10, len(whole), 97):
        flip(path, at)
        assert engine.verify() != []
        path.write_bytes(whole)
    assert engine.verify() == []


def test_a_changed_byte_never_breaks_a_search_otherwise(tmp_path: Path) -> None:
    filled(tmp_path / "index")
    path = segment(tmp_path / "index")
    whole = path.read_bytes()
    for at in range(8, len(whole), 13):
        flip(path, at)
        try:
            open_engine(tmp_path / "index").search(parse('carbon neutral* "plan agreed"~3', facets=["year"]))
        except EngineError:
            continue
        finally:
            path.write_bytes(whole)


@pytest.mark.parametrize("step", [-1, 1], ids=["earlier", "later"])
def test_an_index_of_another_format_says_rebuild(tmp_path: Path, step: int) -> None:
    filled(tmp_path / "index")
    path = tmp_path / "index" / "MANIFEST"
    path.write_text(path.read_text().replace(f" {manifest.FORMAT}/", f" {manifest.FORMAT + step}/", 1))
    with pytest.raises(EngineError, match="press-index rebuild"):
        open_engine(tmp_path / "index")


def test_what_a_killed_writer_left_is_swept_by_the_next(tmp_path: Path) -> None:
    engine = filled(tmp_path / "index", 2)
    (tmp_path / "index" / "part_0123456789abcdef.seg").write_bytes(b"half a segment")
    (tmp_path / "index" / "MANIFEST.new").write_bytes(b"half a manifest")
    assert total(tmp_path / "index") == 2
    engine.write(numbered(ALL)[2:3])
    assert not (tmp_path / "index" / "part_0123456789abcdef.seg").exists()
    assert total(tmp_path / "index") == 3


def test_a_writer_that_fails_leaves_the_index_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = filled(tmp_path / "index", 2)
    before = sorted((tmp_path / "index").glob("*.seg"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writer, "_flushed", full)
    with pytest.raises(EngineError, match="No space left on device"):
        engine.write(numbered(ALL)[2:])
    monkeypatch.undo()
    assert total(tmp_path / "index") == 2
    assert sorted((tmp_path / "index").glob("*.seg")) == before
    engine.write(numbered(ALL)[2:])
    assert total(tmp_path / "index") == len(ALL)


def test_a_document_that_cannot_be_written_spoils_no_other(tmp_path: Path) -> None:
    engine = filled(tmp_path / "index", 2)
    with pytest.raises(AttributeError):
        engine.write([change(3, ALL[2]), change(4, None)])  # type: ignore[arg-type]
    assert (total(tmp_path / "index"), engine.cursor()) == (2, 2)
    engine.write([change(3, ALL[2])])
    assert engine.search(parse("umsatz")).total == 1


def test_a_second_writer_waits_for_the_first(tmp_path: Path) -> None:
    where = tmp_path / "index"
    filled(where, 0)
    batches = [numbered(ALL)[:4], numbered(ALL)]
    threads = [threading.Thread(target=writer.write, args=(where, batch)) for batch in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert manifest.read(where).cursor == len(ALL)
    assert total(where) == len(ALL)


def test_a_writer_does_not_wait_for_ever(tmp_path: Path) -> None:
    where = tmp_path / "index"
    filled(where, 1)
    with writer._locked(where, 0), pytest.raises(EngineError, match="another run is writing"):
        writer.write(where, numbered(ALL), patience_s=0)


def test_a_reader_keeps_its_answer_while_segments_are_merged_away(tmp_path: Path) -> None:
    where = tmp_path / "index"
    engine = filled(where, 1)
    reader = open_engine(where)
    for number, text in enumerate(many(3 * WIDTH), 2):
        assert reader.search(parse("*")).total == number - 1
        engine.write([change(number, release(f"r{number}", text, text))])


def test_readers_answer_while_documents_go_in(tmp_path: Path) -> None:
    where = tmp_path / "index"
    filled(where, 1)
    changes = [
        change(number, release(f"r{number}", "Title", text)) for number, text in enumerate(many(10_000), 2)
    ]

    def write() -> None:
        for first in range(0, len(changes), 500):
            writer.write(where, changes[first : first + 500])

    thread = threading.Thread(target=write)
    thread.start()
    seen = [0]
    reader = open_engine(where)
    while thread.is_alive():
        results = reader.search(parse("*"))
        assert results.total == results.cursor
        seen.append(results.total)
        thread.join(0.02)  # the writer needs the interpreter, too
    thread.join()
    assert seen == sorted(seen)
    assert total(where) == 10_001


@pytest.mark.parametrize("step", range(6))
def test_a_writer_killed_at_any_step_leaves_the_old_or_the_new(tmp_path: Path, step: int) -> None:
    where = tmp_path / "index"
    filled(where, 3)
    code = (
        "import os, signal; from pathlib import Path; from index.embedded import writer\n"
        "from tests.index.releases import ALL, numbered\n"
        f"left = [{step}]\n"
        "def deadly(function):\n"
        "    def run(*args, **more):\n"
        "        left[0] -= 1\n"
        "        if left[0] < 0: os.kill(os.getpid(), signal.SIGKILL)\n"
        "        return function(*args, **more)\n"
        "    return run\n"
        "os.fsync, Path.replace, Path.unlink = map(deadly, (os.fsync, Path.replace, Path.unlink))\n"
        f"writer.write(Path({str(where)!r}), numbered(ALL))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT, timeout=60)
    assert run.returncode in {0, -signal.SIGKILL}
    assert total(where) == manifest.read(where).cursor
    assert manifest.read(where).cursor in {3, len(ALL)}
    open_engine(where).write(numbered(ALL))
    assert total(where) == len(ALL)
    assert open_engine(where).search(parse("carbon")).total == 2


@pytest.mark.parametrize("kind", ["H", "I"])
@pytest.mark.parametrize("counts", [[1, 1], [1, 3], [300, 1]])
@pytest.mark.parametrize("last", [9, 70_000])
def test_a_list_is_read_as_it_was_written(kind: str, counts: list[int], last: int) -> None:
    places = array("I", [*range(sum(counts) - 1), last])
    written = Postings(array("I", [3, 9]), bytes([1, 255]), array("I", counts), places)
    read = unpack(written.packed(kind), kind)
    assert (list(read.ids), read.impacts, list(read.places)) == ([3, 9], bytes([1, 255]), list(places))
    by_document = {doc: list(found) for doc, found in read.by_document([3, 9]).items()}
    assert by_document == {3: list(places[: counts[0]]), 9: list(places[counts[0] :])}


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    kept = Manifest(7, 3, (Entry("a", 5, 100, ((1, 99), (4, 100))), Entry("b", 1, 7)))
    manifest.write(tmp_path, kept)
    assert manifest.read(tmp_path) == kept


def test_creating_where_an_index_is_keeps_it(tmp_path: Path) -> None:
    filled(tmp_path / "index")
    assert open_engine(tmp_path / "index", create=True).cursor() == 3
    assert CARBON.id in {hit.id for hit in open_engine(tmp_path / "index").search(parse("*")).hits}


def segment(folder: Path) -> Path:
    return min(folder.glob("*.seg"))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-10])


def flip(path: Path, at: int) -> None:
    kept = bytearray(path.read_bytes())
    kept[at] ^= 0x55
    path.write_bytes(kept)
