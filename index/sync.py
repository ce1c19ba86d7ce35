"""Bring an index up to the archive.  Never writes the archive."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from crawler.model import Change
from index.engine import Engine

#: Changes of one commit: a commit costs about as much as indexing a hundred releases.
BATCH: Final = 2000


class History(Protocol):
    """What an index follows: the archive's numbered changes."""

    def changes(self, after: int, limit: int = ...) -> list[Change]:
        """List at most ``limit`` changes with numbers above ``after``, in order."""

    def last_change(self) -> int:
        """Give the number of the last change; 0 when there is none."""


def sync(archive: History, engine: Engine, batch: int = BATCH) -> int:
    """Write what the index has not seen; give the number of changes written.

    Raises:
        EngineError: a batch could not be committed; those before it are.
    """
    written = 0
    while changes := archive.changes(engine.cursor(), batch):
        engine.write(changes)
        written += len(changes)
    return written


def rebuild(archive: History, where: Path, open_new: Callable[[Path], Engine]) -> int:
    """Make the index anew beside the old one, then let it take the old one's place.

    Until then searches are answered by the old index.
    """
    fresh = where.with_name(where.name + ".new")
    old = where.with_name(where.name + ".old")
    for leftover in (fresh, old):
        if leftover.exists():
            shutil.rmtree(leftover)
    engine = open_new(fresh)
    try:
        written = sync(archive, engine)
    finally:
        engine.close()
    if where.exists():
        where.rename(old)
    fresh.rename(where)
    if old.exists():
        shutil.rmtree(old)
    return written
