"""Take turns at hosts: one task at a time at each, whatever port or scheme it is asked by.  Asks nothing."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

from crawler import urls


class Host:
    """One host's turn, whatever port or scheme it is asked by."""

    __slots__ = ("last", "turn")

    def __init__(self) -> None:
        self.turn: Final = asyncio.Lock()
        #: End of the last request, on the monotonic clock; None before the first.
        self.last: float | None = None


class Turn:
    """One task's place: at one host at a time, so that two tasks redirected crosswise never wait for ever."""

    def __init__(self, hosts: defaultdict[str, Host], monotonic: Callable[[], float]) -> None:
        self._hosts = hosts
        self._monotonic = monotonic
        self._host: Host | None = None
        #: Where we are; empty at first.
        self.origin = ""
        #: Whether a request to the host was begun and its end not yet noted.
        self.asking = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()

    async def at(self, origin: str) -> Host:
        """Come to a host, when it is free, and leave the one before."""
        host = self._hosts[urls.host(origin)]
        if self._host is host:
            self._note_end()
        else:
            self._leave()
            await host.turn.acquire()
            self._host = host
        self.origin = origin
        return host

    def _leave(self) -> None:
        if self._host is not None:
            self._note_end()
            self._host.turn.release()
            self._host = None

    def _note_end(self) -> None:
        if self._host is not None and self.asking:
            self._host.last = self._monotonic()
            self.asking = False
