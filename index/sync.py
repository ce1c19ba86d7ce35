"""Bring an index up to the archive.  Never writes the archive."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from crawler.model import Change
from index.engine import Engine
from index.errors import EngineError

#: Changes of one commit.  tests/bench/search.py: half as many cost 20 % more CPU, twice as many 100 MB more.
BATCH: Final = 4000


class History(Protocol):
    """What an index follows: the archive's numbered changes."""

    def changes(self, after: int, limit: int = ...) -> list[Change]:
        """List at most ``limit`` changes with numbers above ``after``, in order."""

    def last_change(self) -> int:
        """Give the number of the last change; 0 when there is none."""


def sync(archive: History, engine: Engine, batch: int = BATCH) -> int:
    """Write what the index has not seen; give the number of changes written.

    Raises:
        EngineError: a batch could not be committed, those before it are; or the index is ahead.
    """
    cursor, last = engine.cursor(), archive.last_change()
    if cursor > last:
        reason = f"the index follows change {cursor}, and the archive ends with {last}"
        raise EngineError(f"{reason}: it is another archive or an older copy; run 'press-index rebuild'")
    written = 0
    while changes := archive.changes(engine.cursor(), batch):
        engine.write(changes)
        written += len(changes)
    return written


def rebuild(
    archive: History,
    where: Path,
    open_new: Callable[[Path], Engine],
    replace: Callable[[Path, Path], None],
) -> int:
    """Make the index anew beside the old one, then let it take the old one's place; give the changes written.

    Until then searches are answered by the old index.

    Raises:
        EngineError: the old index is as it was.
    """
    fresh = where.with_name(where.name + ".new")
    if fresh.exists():
        shutil.rmtree(fresh)
    engine = open_new(fresh)
    try:
        written = sync(archive, engine)
    finally:
        engine.close()
    replace(fresh, where)
    return written
