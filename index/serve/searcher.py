"""Keep the index open between two requests.  Decides nothing about questions."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from index import open_engine
from index.engine import Engine, Results
from index.errors import EngineError
from index.query import Query

Told = TypeVar("Told")


class Searcher:
    """An index that follows its folder: a rebuilt one takes the old one's place while we look."""

    def __init__(self, where: Path) -> None:
        self._where = where
        self._engine: Engine | None = None
        self._folder: tuple[int, int] | None = None

    def search(self, query: Query) -> Results:
        """Answer a question from what is committed.

        Raises:
            EngineError: there is no index, or it cannot be read.
        """
        return self._told(lambda engine: engine.search(query))

    def cursor(self) -> int:
        """Give the number of the last change that the index has.

        Raises:
            EngineError: there is no index, or it cannot be read.
        """
        return self._told(lambda engine: engine.cursor())

    def close(self) -> None:
        """Release the index; a second call does nothing."""
        if self._engine:
            self._engine.close()
        self._engine = self._folder = None

    def _told(self, ask: Callable[[Engine], Told]) -> Told:
        """Ask the engine; when it fails, ask once more of one that was opened anew."""
        is_new = self._follow()
        try:
            return ask(self._opened())
        except EngineError:
            self.close()
            if is_new:
                raise
        return ask(self._opened())

    def _follow(self) -> bool:
        """Let go of an index whose folder is another now; say whether one must be opened."""
        try:
            status = self._where.stat()
            folder = (status.st_dev, status.st_ino)
        except OSError:
            folder = None
        if folder != self._folder:
            self.close()
        self._folder = folder
        return self._engine is None

    def _opened(self) -> Engine:
        if self._engine is None:
            self._engine = open_engine(self._where)
        return self._engine
