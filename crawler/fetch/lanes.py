"""Keep one connection to each host, to an address that was checked; never two, never to a private one."""

import asyncio
import socket
import ssl
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from ipaddress import ip_address
from typing import Final

import httpx

from crawler.fetch.connection import Connection, Origin
from crawler.fetch.reach import is_excepted, objection
from crawler.fetch.stream import Stream

#: Seconds a connection may lie idle; nginx closes its own after 75, most load balancers after 60.
IDLE_S: Final = 55.0
#: Connections kept open in all: far under the 1,024 files a process may open by default.
MOST_LANES: Final = 400
#: Addresses of one host tried for a connection; more are round-robin DNS, one as good as the next.
MOST_ADDRESSES: Final = 3
#: Seconds for one of several addresses: a host with a dead IPv6 route must still be reached by IPv4 in time.
CONNECT_S: Final = 5.0
#: Names looked up at once: a lookup holds a thread for as long as the resolver takes to give up.
LOOKUPS: Final = 32


class ForbiddenAddressError(Exception):
    """A host has only addresses that the crawler may not connect to."""


class UnresolvedError(Exception):
    """A host's name leads to no address."""


class NoConnectionError(Exception):
    """A host does not take connections."""


class Lane:
    """One host's connection, and the law it is made by."""

    def __init__(self, allow: frozenset[str], context: ssl.SSLContext, lookups: ThreadPoolExecutor) -> None:
        self._allow = allow
        self._context = context
        self._lookups = lookups
        self._connection: Connection | None = None
        #: Held for the length of one exchange.
        self.lock = asyncio.Lock()
        #: Exchanges that hold the lane or wait for it.
        self.users = 0
        #: Loop time of the last use.
        self.used = 0.0

    def kept(self, url: httpx.URL) -> Connection | None:
        """Give the connection that is open, if it leads where ``url`` does and can be used."""
        kept = self._connection
        return kept if kept and kept.origin == _origin(url) and kept.is_ready() else None

    async def connect(self, url: httpx.URL) -> Connection:
        """Make a new connection; the old one is closed first.

        Raises:
            ForbiddenAddressError: all addresses of the host are forbidden.
            UnresolvedError: it has none.
            NoConnectionError: it does not answer.
            InsecureError: it cannot be trusted.
        """
        self.close()
        _, host, port = origin = _origin(url)
        stream = await _connect_to_any(await self._addresses(host, port), port)
        try:
            if url.scheme == "https":
                await stream.secure(self._context, host)
        except BaseException:
            stream.close()
            raise
        self._connection = Connection(stream, origin)
        return self._connection

    def close(self) -> None:
        """Close the connection, so that nothing of it reaches the next exchange."""
        if self._connection:
            self._connection.close()
            self._connection = None

    async def _addresses(self, host: str, port: int) -> list[str]:
        loop = asyncio.get_running_loop()
        try:
            found = (
                [host]
                if _is_literal(host)
                else await loop.run_in_executor(self._lookups, _resolve, host, port)
            )
        except (OSError, UnicodeError) as error:
            raise UnresolvedError(str(error)) from error
        if not found:
            raise UnresolvedError("no address")
        if is_excepted(host, port, self._allow):
            return found[:MOST_ADDRESSES]
        words = {address: objection(address) for address in found}
        good = [address for address in found if words[address] is None]
        if not good:
            raise ForbiddenAddressError(f"{found[0]} is not a public address ({words[found[0]]})")
        return good[:MOST_ADDRESSES]


class Lanes:
    """The lanes of all hosts; the idle ones are closed."""

    def __init__(self, allow: frozenset[str], context: ssl.SSLContext) -> None:
        self._allow = allow
        self._context = context
        self._lanes: OrderedDict[str, Lane] = OrderedDict()
        self._lookups = ThreadPoolExecutor(LOOKUPS, thread_name_prefix="lookup")

    async def enter(self, host: str) -> Lane:
        """Wait for a host's lane and hold it until ``leave``; those idle for long are closed."""
        if host not in self._lanes:
            self._close_idle(asyncio.get_running_loop().time())
        lane = self._lanes.get(host)
        if lane is None:
            lane = self._lanes[host] = Lane(self._allow, self._context, self._lookups)
        self._lanes.move_to_end(host)
        lane.users += 1
        try:
            await lane.lock.acquire()
        except BaseException:
            lane.users -= 1
            raise
        return lane

    def leave(self, lane: Lane) -> None:
        """End a turn that ``enter`` began."""
        lane.users -= 1
        lane.used = asyncio.get_running_loop().time()
        lane.lock.release()

    def close(self) -> None:
        """Close everything; lookups in progress are left to end by themselves."""
        lanes, self._lanes = self._lanes, OrderedDict()
        for lane in lanes.values():
            lane.close()
        self._lookups.shutdown(wait=False, cancel_futures=True)

    def _close_idle(self, now: float) -> None:
        idle = [host for host, lane in self._lanes.items() if not lane.users]
        surplus = len(self._lanes) + 1 - MOST_LANES
        for place, host in enumerate(idle):  # least recently used first
            if place >= surplus and now - self._lanes[host].used < IDLE_S:
                return
            self._lanes.pop(host).close()


def _origin(url: httpx.URL) -> Origin:
    return url.scheme, url.raw_host.decode("ascii"), url.port or (443 if url.scheme == "https" else 80)


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


async def _connect_to_any(addresses: list[str], port: int) -> Stream:
    for address in addresses[:-1]:
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(CONNECT_S):
                return await _connect(address, port)
    try:
        return await _connect(addresses[-1], port)
    except OSError as error:
        raise NoConnectionError(str(error)) from error


async def _connect(address: str, port: int) -> Stream:
    _, stream = await asyncio.get_running_loop().create_connection(Stream, address, port)
    return stream
