"""Fetch as a polite guest: robots.txt first, one request at a time a host, no sooner than it asks.

What a host said and what it is owed is kept by the archive, so that a restart forgets neither.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from crawler import urls
from crawler.courtesy import manners, rest
from crawler.courtesy.manners import Rules
from crawler.courtesy.memory import Memory
from crawler.courtesy.turn import Host, Turn
from crawler.errors import FetchError, Refused, Resting, Unreachable
from crawler.fetch import Fetcher
from crawler.known import HostState, Robots
from crawler.model import Page, Unchanged

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Bill:
    """What a visit's requests have come to so far."""

    #: Requests sent, those for robots.txt and those of redirects included.
    requests: int = 0
    #: How many may be sent in all; None for no limit.
    most: int | None = None
    #: What the sites' rules make us tell people, each once.
    notes: list[str] = field(default_factory=list)

    def note(self, text: str | None) -> None:
        """Add a note that is not there yet."""
        if text and text not in self.notes:
            self.notes.append(text)


class _Site:
    """What one origin asked of us, and what it is owed."""

    __slots__ = ("expires", "rules", "state")

    def __init__(self, state: HostState) -> None:
        self.state = state
        #: None until robots.txt was looked for.
        self.rules: Rules | None = None
        self.expires: datetime | None = None


class Courtesy:
    """Fetch addresses with the manners that each host asks for.

    Args:
        fetcher: the door to the network.
        memory: keeps robots.txt and the rest that hosts are given.
        agent: our product token, as robots.txt names it.
        delay_s: seconds between two requests to one host where nothing longer is asked.
        clock: gives now, aware UTC.
        monotonic: a clock in seconds.
        sleep: waits seconds.
        random: gives a number from 0 to 1, for jitter.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        memory: Memory,
        *,
        agent: str,
        delay_s: float,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
        random: Callable[[], float],
    ) -> None:
        self._fetcher = fetcher
        self._memory = memory
        self._agent = agent
        self._delay_s = delay_s
        self._clock = clock
        self._monotonic = monotonic
        self._sleep = sleep
        self._random = random
        self._hosts: defaultdict[str, Host] = defaultdict(Host)
        self._sites: dict[str, _Site] = {}
        self._is_leaving = asyncio.Event()
        #: When those who wait may ask, on the monotonic clock; and how many ask now.
        self._slots: list[float] = []
        self._asking = 0

    def next_wait(self) -> float | None:
        """Give the seconds until the next request; None while there is one under way, or none to come."""
        if self._asking or not self._slots:
            return None
        return max(min(self._slots) - self._monotonic(), 0.0)

    def leave(self) -> None:
        """Let what is in flight end, and begin no request any more: whoever waits for a turn is sent away."""
        self._is_leaving.set()

    @property
    def is_leaving(self) -> bool:
        """Whether no request is begun any more."""
        return self._is_leaving.is_set()

    async def get(
        self,
        url: str,
        *,
        delay_s: float | None = None,
        etag: str | None = None,
        modified: str | None = None,
        bill: Bill | None = None,
    ) -> Page | Unchanged:
        """Fetch one address when its host's turn comes; each hop of a redirect waits for its own.

        Args:
            url: the address.
            delay_s: seconds between two requests; None takes the general setting.
            etag: validator of the copy we have.
            modified: validator of the copy we have.
            bill: what the requests are added to.

        Raises:
            Resting: its host, or one it leads to, is given a rest, or we are leaving; nothing was asked.
            Refused: robots.txt forbids the address.
            FetchError: the address gave no page.
        """
        bill = Bill() if bill is None else bill
        async with Turn(self._hosts, self._monotonic) as turn:

            async def gate(hop: str) -> None:
                if turn.asking:
                    self._learn(turn.origin, None)  # it has answered: with a redirect
                host = await self._permitted(turn, hop, delay_s, bill)
                await self._pace(turn, host, hop, delay_s, bill)

            await gate(url)
            return await self._ask(turn, url, gate=gate, etag=etag, modified=modified)

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """Give the sitemaps that robots.txt of an address's site names, as far as it was asked for."""
        site = self._sites.get(urls.origin(url))
        return site.rules.sitemaps if site and site.rules else ()

    async def _ask(self, turn: Turn, url: str, **how: Any) -> Page | Unchanged:
        """Send a request, learn from its outcome, and log it."""
        started = self._monotonic()
        outcome: FetchError | Page | Unchanged
        self._asking += 1
        try:
            outcome = await self._fetcher.fetch(url, **how)
        except FetchError as error:
            outcome = error
        finally:
            self._asking -= 1
        self._learn(turn.origin, outcome if isinstance(outcome, FetchError) else None)
        log.info(
            "asked", extra={"url": url, **_told(outcome), "seconds": round(self._monotonic() - started, 3)}
        )
        if isinstance(outcome, FetchError):
            raise outcome
        return outcome

    async def _permitted(self, turn: Turn, url: str, delay_s: float | None, bill: Bill) -> Host:
        """Come to the host of an address that may be asked for."""
        origin = urls.origin(url)
        host = await turn.at(origin)
        site = self._site(origin)
        self._not_resting(url, site)
        if site.rules is None or site.expires is None or manners.is_stale(site.expires, self._clock()):
            await self._read_rules(turn, url, site, delay_s, bill)
            host = await turn.at(origin)
            self._not_resting(url, site)
        rules = site.rules or manners.rules_for_status(None)
        if rules.verdict == "rules":
            bill.note(rules.note)
        if not rules.may(url):
            raise Refused(url, rules.note or f"robots.txt of {origin} forbids it", kind="robots")
        return host

    async def _read_rules(self, turn: Turn, url: str, site: _Site, delay_s: float | None, bill: Bill) -> None:
        origin = site.state.origin
        kept = self._memory.robots(origin)
        trouble = None
        if kept is None or manners.is_stale(kept.expires, self._clock()):
            kept, trouble = await self._ask_robots(turn, origin, delay_s, bill)
            self._memory.keep_robots(kept)
        site.rules = manners.rules(kept.status, kept.body, self._agent)
        site.expires = kept.expires
        if trouble:
            reason = f"its robots.txt gave no answer: {trouble.reason}"
            raise type(trouble)(url, reason, status=trouble.status, kind=trouble.kind)

    async def _ask_robots(
        self, turn: Turn, origin: str, delay_s: float | None, bill: Bill
    ) -> tuple[Robots, FetchError | None]:
        """Ask for robots.txt; give the answer to be kept, and the trouble where none came."""

        async def gate(hop: str) -> None:
            where = urls.origin(hop)
            await self._pace(turn, await turn.at(where), hop, delay_s, bill)

        url = urljoin(origin, "/robots.txt")
        await gate(url)
        status: int | None = 200
        body, trouble = b"", None
        try:
            answer = await self._ask(
                turn, url, hops=manners.ROBOTS_HOPS, cut_bytes=manners.ROBOTS_BYTES, gate=gate
            )
            body = answer.body if isinstance(answer, Page) else b""
        except Resting:
            raise
        except FetchError as error:
            if error.kind in {"address", "budget"}:  # our own law, not the site's answer
                raise
            status = error.status
            is_silent = isinstance(error, Unreachable) and error.kind != "redirect"
            trouble = error if is_silent or status in rest.PLEAS else None
        now = self._clock()
        expires, rested = manners.robots_expiry(status, now), self._site(origin).state.not_before
        expires = min(expires, rested) if rested and rested > now else expires
        return Robots(origin, status, body[: manners.ROBOTS_BYTES], now, expires), trouble

    async def _pace(self, turn: Turn, host: Host, url: str, delay_s: float | None, bill: Bill) -> None:
        """Wait until the host may be asked again, and note that it is."""
        own_s = self._delay_s if delay_s is None else delay_s
        rules = self._site(turn.origin).rules
        asked_s = rules.delay_s if rules else None
        now = self._monotonic()
        slot = manners.next_slot(host.last, max(own_s, asked_s or 0.0), now, jitter=self._random())
        if slot > now:
            self._slots.append(slot)
            try:
                await self._wait(slot - now)
            finally:
                self._slots.remove(slot)
        if self._is_leaving.is_set():
            raise Resting(url, "interrupted", until=self._clock())
        if bill.requests == bill.most:
            raise Refused(url, f"the {bill.most} requests that it may take are sent", kind="budget")
        bill.requests += 1
        turn.asking = True

    async def _wait(self, seconds: float) -> None:
        """Wait, but not when we are leaving."""
        both = {asyncio.ensure_future(self._sleep(seconds)), asyncio.ensure_future(self._is_leaving.wait())}
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in both:
                one.cancel()

    def _site(self, origin: str) -> _Site:
        site = self._sites.get(origin)
        if site is None:
            kept = self._memory.host_states([origin])
            site = self._sites[origin] = _Site(kept.get(origin, HostState(origin)))
        return site

    def _not_resting(self, url: str, site: _Site) -> None:
        state = site.state
        if state.not_before and rest.rests(state, self._clock()):
            reason = f"not asked before {state.not_before:%Y-%m-%d %H:%M} UTC: {state.reason}"
            raise Resting(url, reason, until=state.not_before)

    def _learn(self, origin: str, error: FetchError | None) -> None:
        """Note how a request to a host went."""
        site = self._site(origin)
        state = rest.after(site.state, error, self._clock())
        if state != site.state:
            site.state = state
            self._memory.keep_host_state(state)


def _told(outcome: Page | Unchanged | FetchError) -> dict[str, Any]:
    """Give what a log line says of an outcome."""
    match outcome:
        case Page():
            return {"status": outcome.status, "bytes": len(outcome.body)}
        case Unchanged():
            return {"status": 304, "bytes": 0}
    return {"status": outcome.status, "kind": outcome.kind, "reason": outcome.reason}
