"""Keep the contract of an engine on a folder.  Reads without Whoosh; loads it to write."""

import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from index.embedded import manifest
from index.embedded.snapshot import Snapshot, is_whole

if TYPE_CHECKING:  # 8 ms each of a search and of a writer, for nothing but names
    from crawler.model import Change
    from index.engine import Results
    from index.query import Query

#: Times that a reader looks again when a writer has taken away what it was about to open.
ATTEMPTS: Final = 5


class EmbeddedEngine:
    """The engine on one folder."""

    def __init__(self, where: Path, *, create: bool = False) -> None:
        self._where = where
        self._snapshot: Snapshot | None = None
        if create:
            from index.embedded import writer  # noqa: PLC0415 - Whoosh costs more than an answer

            writer.create(where)
        manifest.read(where)

    def cursor(self) -> int:
        """Give the number of the last change committed; 0 when the index is empty."""
        return manifest.read(self._where).cursor

    def write(self, changes: "Sequence[Change]") -> None:
        """Take changes in order, commit them, then move the cursor.

        Changes that the index has taken in already are passed over.

        Raises:
            EngineError: nothing of the batch was committed.
        """
        from index.embedded import writer  # noqa: PLC0415 - Whoosh costs more than an answer

        writer.write(self._where, changes)

    def search(self, query: "Query") -> "Results":
        """Answer a query from what is committed.

        Raises:
            EngineError: the index cannot be read.
        """
        from index.embedded.answer import answer  # noqa: PLC0415 - 15 ms that a writer need not pay

        with self._translated():
            return answer(self._latest(), query)

    def verify(self) -> list[str]:
        """Read the whole index and list the files that are not as they were written; slow."""
        entries = manifest.read(self._where).segments
        return [entry.name for entry in entries if not is_whole(self._where, entry)]

    def close(self) -> None:
        """Release files; a second call does nothing."""
        self._snapshot = None

    def _latest(self) -> Snapshot:
        """Open the last state committed, or keep the one that is open."""
        state = manifest.read(self._where)
        for _ in range(ATTEMPTS):
            if self._snapshot and self._snapshot.manifest == state:
                return self._snapshot
            try:
                self._snapshot = Snapshot(self._where, state)
            except FileNotFoundError:
                earlier, state = state, manifest.read(self._where)
                if earlier == state:
                    raise
        return Snapshot(self._where, state)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn what reading a damaged file raises into one error."""
        try:
            yield
        except FileNotFoundError as error:
            raise manifest.damaged(self._where, f"{error.filename} is missing") from error
        except (OSError, zlib.error, struct.error, ValueError, LookupError, ArithmeticError) as error:
            raise manifest.damaged(self._where, f"a part of it cannot be read ({error})") from error
