"""Take changes into the index: check them, write a segment with Whoosh, merge, commit.  One at a time."""

import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Final

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, LockError
from whoosh.util.filelock import FileLock, try_for
from whoosh.writing import SegmentWriter

from crawler.model import Change
from index.embedded import manifest
from index.embedded.codec import Codec, Families, Pool, schema
from index.embedded.documents import document, spell_key
from index.embedded.manifest import Entry, Manifest
from index.embedded.merge import merge, mergeable
from index.embedded.sections import SUFFIX
from index.embedded.segment import Segment
from index.errors import EngineError

#: Whoosh's name for the index in a folder.
INDEX: Final = "part"
#: Seconds a writer waits for another one: the longest commit of a rebuild takes half of it.
PATIENCE_S: Final = 120.0

#: Names of files in an index, of its first format as well.
_OURS: Final = re.compile(
    rf"{manifest.NAME}(\.new)?|{INDEX}_\w+\{SUFFIX}|{INDEX}\.tmp"
    r"|_?MAIN_\w+(\.\w+)*|MAIN\.tmp|pressdex\.json(\.new)?"
)


def create(where: Path) -> None:
    """Make an empty index in a folder that is empty or not there; leave one that is there.

    Raises:
        EngineError: the folder holds something else, or cannot be made.
    """
    try:
        where.mkdir(parents=True, exist_ok=True)
        if any(where.iterdir()):
            manifest.read(where)
        else:
            manifest.write(where, Manifest())
    except OSError as error:
        raise EngineError(f"{where}: the index cannot be made: {error.strerror}") from error


def write(where: Path, changes: Sequence[Change], *, patience_s: float = PATIENCE_S) -> None:
    """Commit those of the changes that the index has not taken in yet.

    Raises:
        EngineError: nothing was committed.
    """
    try:
        with _locked(where, patience_s) as writer:
            state = manifest.read(where)
            new = [change for change in changes if change.number > state.cursor]
            if new:
                _take_in(where, state, new, writer)
    except OSError as error:
        raise EngineError(
            f"{where}: the index cannot be written: {error.strerror}; it is as it was"
        ) from error


@contextmanager
def _locked(where: Path, patience_s: float) -> Iterator["_Writer"]:
    """Wait for other writers; undo what was begun and not committed."""
    manifest.read(where)
    families = Families()
    try:
        writer = _Writer(_Folder(where, families), Codec(families), patience_s)
    except LockError as error:
        raise EngineError(f"{where}: another run is writing the index; try again later") from error
    try:
        yield writer
    finally:
        try:
            writer.give_up()
            _sweep(where, manifest.read(where).segments)
        finally:
            writer.release()


def _take_in(where: Path, state: Manifest, new: Sequence[Change], writer: "_Writer") -> None:
    documents = _documents(new)
    replaced = {change.release.id: int(change.at.timestamp()) for change in reversed(new)}
    entries = [_with_past(where, entry, replaced) for entry in state.segments]
    for one in documents:
        writer.add_document(**one)
    writer.commit()
    entries = _merged(where, [*entries, writer.entry()])
    manifest.write(where, Manifest(new[-1].number, state.generation + 1, tuple(entries)))


def _documents(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Check the changes and turn them into fields, all before the first is written."""
    later: dict[str, int] = {}
    documents: list[dict[str, Any]] = []
    for change in reversed(changes):
        documents.append(document(change, past=later.get(change.release.id, 0)))
        later[change.release.id] = int(change.at.timestamp())
    return documents[::-1]


def _with_past(where: Path, entry: Entry, replaced: Mapping[str, int]) -> Entry:
    """Mark the documents of an earlier segment that now have a later version."""
    segment = Segment(where / (entry.name + SUFFIX), entry.size_bytes)
    known = dict(chain(segment.past(), entry.past))
    new = {
        doc: at
        for key, at in replaced.items()
        for doc in segment.documents(spell_key(key))
        if doc not in known
    }
    return replace(entry, past=(*entry.past, *new.items())) if new else entry


def _merged(where: Path, entries: list[Entry]) -> list[Entry]:
    """Merge what the policy says; the new segment takes the place of the last it was made of."""
    chosen = mergeable(entries)
    if not chosen:
        return entries
    parts = [(Segment(where / (entry.name + SUFFIX), entry.size_bytes), entry) for entry in chosen]
    name = f"{chosen[-1].name}m"
    with (where / (name + SUFFIX)).open("wb") as file:
        count = merge(parts, file)
        size_bytes = _flushed(file)
    one = Entry(name, count, size_bytes)
    return [
        one if entry is chosen[-1] else entry
        for entry in entries
        if entry is chosen[-1] or entry not in chosen
    ]


def _flushed(file: BinaryIO) -> int:
    """Make a file last; give its size."""
    file.flush()
    os.fsync(file.fileno())
    return file.tell()


def _sweep(where: Path, entries: Iterable[Entry]) -> None:
    """Remove the segments that nobody names: merged ones, and what a killed run left.

    A reader that has them open keeps them; one that is about to open them reads the manifest again.
    """
    named = {entry.name + SUFFIX for entry in entries}
    for path in where.glob(f"{INDEX}_*"):
        if path.suffix == SUFFIX and path.name not in named:
            with suppress(OSError):  # Windows keeps what a reader has open; the next writer tries again
                path.unlink()


def replace_index(fresh: Path, where: Path, *, patience_s: float = PATIENCE_S) -> None:
    """Let a fresh index take the place of another, while nobody writes it.

    Its segments move in beside those that are there, then its manifest takes the place of the other: whoever
    reads meanwhile, or after a crash, finds the old index or the new one.

    Raises:
        EngineError: what is there is no index of this program, or somebody keeps writing it.
    """
    if strange := _strange(where):
        raise EngineError(f"{where}: holds '{strange}', which is not of an index; move it away first")
    lock = _lock(where)
    if not try_for(lock.acquire, timeout=patience_s):
        raise EngineError(f"{where}: another run is writing the index; try again later")
    try:
        _move_in(fresh, where)
    except OSError as error:
        raise EngineError(f"{where}: the index cannot be replaced: {error.strerror}") from error
    finally:
        lock.release()
    shutil.rmtree(fresh, ignore_errors=True)
    _lock_path(fresh).unlink(missing_ok=True)


def _move_in(fresh: Path, where: Path) -> None:
    where.mkdir(parents=True, exist_ok=True)
    kept = {entry.name + SUFFIX for entry in manifest.read(fresh).segments}
    for name in sorted(kept):
        (fresh / name).rename(where / name)
    manifest.flush_folder(where)
    (fresh / manifest.NAME).replace(where / manifest.NAME)
    manifest.flush_folder(where)
    for path in where.iterdir():
        if path.name not in {*kept, manifest.NAME}:
            with suppress(OSError):  # Windows keeps what a reader has open; the next writer tries again
                path.unlink()


def _strange(where: Path) -> str | None:
    """Name a file of a folder that no index of ours has; None: there is none, and the folder may go."""
    if not where.is_dir():
        return where.name if where.exists() else None
    return next((path.name for path in where.iterdir() if not _OURS.fullmatch(path.name)), None)


def _lock_path(where: Path) -> Path:
    """Give the file that writers lock: beside the folder, which a rebuild replaces."""
    return where.with_name(where.name + ".lock")


def _lock(where: Path) -> Any:
    return FileLock(str(_lock_path(where)))


class _Folder(FileIndex):  # type: ignore[misc]
    """Whoosh's view of the folder: nothing is in it, so that Whoosh reads no pickles and only adds."""

    def __init__(self, where: Path, families: Families) -> None:
        self.storage = FileStorage(str(where))
        self.indexname = INDEX
        self._where = where
        self._new = schema(families)

    def lock(self, _name: str) -> Any:
        """Give the lock that keeps other writers away."""
        return _lock(self._where)

    def _read_toc(self) -> TOC:
        return TOC(self._new, [], 0)


class _Writer(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer of one segment, with our pool and codec, and without a table of contents."""

    def __init__(self, folder: _Folder, codec: Codec, patience_s: float) -> None:
        super().__init__(folder, timeout=patience_s, codec=codec, compound=False)
        self.pool = Pool()

    def entry(self) -> Entry:
        """Name the segment that was written; its file is on the disk then."""
        file = self.codec.file
        size_bytes = _flushed(file)
        file.close()
        return Entry(self.newsegment.segment_id(), self.codec.count, size_bytes)

    def give_up(self) -> None:
        """Close what is open; after a commit, do nothing."""
        if not self.is_closed:
            self.cancel()
        self.codec.file.close()

    def release(self) -> None:
        """Let the next writer in."""
        self.writelock.release()

    def _commit_toc(self, segments: object) -> None:
        """Leave the commit to the manifest, which is written last."""

    def _finish(self) -> None:
        """Keep the lock: the commit goes on after Whoosh's part of it."""
        self._tempstorage.destroy()
        self.is_closed = True
