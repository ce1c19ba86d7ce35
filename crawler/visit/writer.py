"""Write to the archive in commits of whatever comes within a moment.  Decides nothing.

A commit waits for the disk; what several visits bring in that time goes into the next one together.
"""

import asyncio
from collections.abc import Callable
from typing import Any, Final, TypeVar

from crawler.archive import Archive

WAIT_S: Final = 0.02  # about what a commit takes on a slow disk; no visit notices it beside its delays

T = TypeVar("T")


class Writer:
    """The one writer of a crawl."""

    def __init__(self, archive: Archive, *, wait_s: float = WAIT_S) -> None:
        self._archive = archive
        self._wait_s = wait_s
        self._waiting: list[tuple[Callable[[], Any], asyncio.Future[Any]]] = []

    async def write(self, act: Callable[[], T]) -> T:
        """Do something to the archive, all of it or nothing; give what it gives when it is on the disk.

        Raises:
            ArchiveError: it cannot be written.
        """
        loop = asyncio.get_running_loop()
        written: asyncio.Future[T] = loop.create_future()
        if not self._waiting:
            loop.call_later(self._wait_s, self._commit)
        self._waiting.append((act, written))
        return await written

    def _commit(self) -> None:
        batch, self._waiting = self._waiting, []
        try:
            with self._archive.together():
                outcomes = [act() for act, _ in batch]
        except BaseException as error:  # noqa: BLE001 - goes on where each of the acts is awaited
            for _, written in batch:
                if not written.done():
                    written.set_exception(error)
            return
        for (_, written), outcome in zip(batch, outcomes, strict=True):
            if not written.done():
                written.set_result(outcome)
