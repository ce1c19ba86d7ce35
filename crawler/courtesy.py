"""Fetch as a polite guest: robots.txt first, one request at a time a host, no sooner than it asks."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Final, Protocol
from urllib.parse import urljoin

from crawler import manners, urls
from crawler.errors import FetchError, Refused
from crawler.manners import Rules
from crawler.model import Page, Unchanged


class Fetches(Protocol):
    """What courtesy asks of a fetcher."""

    async def fetch(
        self, url: str, *, etag: str | None = None, modified: str | None = None
    ) -> Page | Unchanged:
        """Give the page of an address, or that it is unchanged; raise FetchError."""


class _Host:
    """What one host is owed: its turn, its rules, the time of the last request."""

    __slots__ = ("last", "rules", "turn")

    def __init__(self) -> None:
        self.turn: Final = asyncio.Lock()
        self.rules: Rules | None = None
        self.last: float | None = None


class Courtesy:
    """Fetch addresses with the manners that each host asks for.

    Args:
        fetcher: the door to the network.
        agent: our product token, as robots.txt names it.
        delay_s: seconds between two requests to one host where nothing longer is asked.
        monotonic: a clock in seconds.
        sleep: waits seconds.
    """

    def __init__(
        self,
        fetcher: Fetches,
        *,
        agent: str,
        delay_s: float,
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._fetcher = fetcher
        self._agent = agent
        self._delay_s = delay_s
        self._monotonic = monotonic
        self._sleep = sleep
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)
        #: Requests sent so far, robots.txt included.
        self.requests = 0

    async def get(
        self,
        url: str,
        *,
        delay_s: float | None = None,
        etag: str | None = None,
        modified: str | None = None,
    ) -> Page | Unchanged:
        """Fetch one address when its host's turn comes.

        Raises:
            Refused: robots.txt forbids the address.
            FetchError: the address gave no page.
        """
        origin = urls.origin(url)
        host = self._hosts[origin]
        async with host.turn:
            if host.rules is None:
                host.rules = await self._ask_rules(origin, host, delay_s)
            if not host.rules.may(url):
                raise Refused(url, f"robots.txt of {origin} forbids it")
            return await self._ask(url, host, delay_s, etag=etag, modified=modified)

    async def _ask_rules(self, origin: str, host: _Host, delay_s: float | None) -> Rules:
        url = urljoin(origin, "/robots.txt")
        try:
            answer = await self._ask(url, host, delay_s)
        except FetchError as error:
            return manners.rules_for_status(error.status)
        return (
            manners.parse_robots(answer.body, self._agent)
            if isinstance(answer, Page)
            else manners.rules_for_status(404)
        )

    async def _ask(
        self,
        url: str,
        host: _Host,
        delay_s: float | None,
        *,
        etag: str | None = None,
        modified: str | None = None,
    ) -> Page | Unchanged:
        own = self._delay_s if delay_s is None else delay_s
        asked = host.rules.delay_s if host.rules else None
        now = self._monotonic()
        wait = manners.next_slot(host.last, max(own, asked or 0.0), now) - now
        if wait > 0:
            await self._sleep(wait)
        self.requests += 1
        try:
            return await self._fetcher.fetch(url, etag=etag, modified=modified)
        finally:
            host.last = self._monotonic()
