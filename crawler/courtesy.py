"""Fetch as a polite guest: robots.txt first, one request at a time a host, no sooner than it asks."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Final, Self
from urllib.parse import urljoin

from crawler import manners, urls
from crawler.errors import FetchError, Refused
from crawler.fetch import Fetcher
from crawler.manners import Rules
from crawler.model import Page, Unchanged


class _Host:
    """What one host is owed: its turn, its rules, the time of the last request."""

    __slots__ = ("last", "rules", "turn")

    def __init__(self) -> None:
        self.turn: Final = asyncio.Lock()
        #: None until robots.txt was asked for.
        self.rules: Rules | None = None
        #: End of the last request, on the monotonic clock; None before the first.
        self.last: float | None = None


class _Turn:
    """One task's place: at one host at a time, so that two tasks redirected crosswise never wait for ever."""

    def __init__(self, hosts: defaultdict[str, _Host], monotonic: Callable[[], float]) -> None:
        self._hosts = hosts
        self._monotonic = monotonic
        self._host: _Host | None = None
        #: Whether a request to the host was begun and its end not yet noted.
        self.asking = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()

    async def at(self, origin: str) -> _Host:
        """Come to a host, when it is free, and leave the one before."""
        host = self._hosts[origin]
        if self._host is host:
            self._note_end()
        else:
            self._leave()
            await host.turn.acquire()
            self._host = host
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


class Courtesy:
    """Fetch addresses with the manners that each host asks for.

    Args:
        fetcher: the door to the network.
        agent: our product token, as robots.txt names it.
        delay_s: seconds between two requests to one host where nothing longer is asked.
        monotonic: a clock in seconds.
        sleep: waits seconds.
        random: gives a number from 0 to 1, for jitter.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        agent: str,
        delay_s: float,
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
        random: Callable[[], float],
    ) -> None:
        self._fetcher = fetcher
        self._agent = agent
        self._delay_s = delay_s
        self._monotonic = monotonic
        self._sleep = sleep
        self._random = random
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)

    async def get(
        self,
        url: str,
        *,
        delay_s: float | None = None,
        etag: str | None = None,
        modified: str | None = None,
    ) -> Page | Unchanged:
        """Fetch one address when its host's turn comes; each hop of a redirect waits for its own.

        Raises:
            Refused: robots.txt forbids the address.
            FetchError: the address gave no page.
        """
        async with _Turn(self._hosts, self._monotonic) as turn:

            async def gate(hop: str) -> None:
                host = await self._permitted(turn, hop, delay_s)
                await self._pace(turn, host, delay_s)

            await gate(url)
            return await self._fetcher.fetch(url, etag=etag, modified=modified, gate=gate)

    async def _permitted(self, turn: _Turn, url: str, delay_s: float | None) -> _Host:
        origin = urls.origin(url)
        host = await turn.at(origin)
        if host.rules is None:
            rules = await self._ask_rules(turn, origin, delay_s)
            host = await turn.at(origin)
            host.rules = rules
        if not host.rules.may(url):
            reason = host.rules.note or f"robots.txt of {origin} forbids it"
            raise Refused(url, reason, kind="robots")
        return host

    async def _ask_rules(self, turn: _Turn, origin: str, delay_s: float | None) -> Rules:
        async def gate(hop: str) -> None:
            await self._pace(turn, await turn.at(urls.origin(hop)), delay_s)

        url = urljoin(origin, "/robots.txt")
        await gate(url)
        try:
            answer = await self._fetcher.fetch(
                url, hops=manners.ROBOTS_HOPS, cut_bytes=manners.ROBOTS_BYTES, gate=gate
            )
        except FetchError as error:
            return manners.rules(error.status, b"", self._agent)
        body = answer.body if isinstance(answer, Page) else b""
        return manners.rules(200, body, self._agent)

    async def _pace(self, turn: _Turn, host: _Host, delay_s: float | None) -> None:
        """Wait until the host may be asked again, and note that it is."""
        own_s = self._delay_s if delay_s is None else delay_s
        asked_s = host.rules.delay_s if host.rules else None
        now = self._monotonic()
        slot = manners.next_slot(host.last, max(own_s, asked_s or 0.0), now, jitter=self._random())
        if slot > now:
            await self._sleep(slot - now)
        turn.asking = True
