"""Keep one connection to each host, to an address that was checked; never more, and never to a private one.

httpcore speaks HTTP over it.  HTTP/1.1 alone: with one request at a time a second stream is of no use, and
httpcore keeps HTTP/2 connections that the server has closed (https://github.com/encode/httpcore/pull/679).
"""

import asyncio
import socket
import ssl
from collections import OrderedDict
from collections.abc import AsyncIterator, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from ipaddress import ip_address
from typing import Final

import httpcore

from crawler.fetch.reach import is_excepted, objection
from crawler.fetch.stream import HEAD_BYTES, Stream

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


class Lane(httpcore.AsyncNetworkBackend):
    """One host's connection, and the law it is made by."""

    def __init__(self, allow: Collection[str], context: ssl.SSLContext, lookups: ThreadPoolExecutor) -> None:
        self._allow = allow
        self._context = context
        self._lookups = lookups
        self._pool = self._new_pool()
        self._stream: Stream | None = None
        #: Held for the length of one exchange.
        self.lock = asyncio.Lock()
        #: Exchanges that hold the lane or wait for it.
        self.users = 0
        #: Connections made so far.
        self.connects = 0
        #: Loop time of the last use.
        self.used = 0.0

    async def send(self, request: httpcore.Request) -> httpcore.Response:
        """Send one request over the lane's connection; a new one when there is none."""
        if self._stream:
            self._stream.allowance = HEAD_BYTES
        answer = await self._pool.handle_async_request(request)
        if self._stream:
            self._stream.allowance = None
        return answer

    async def reset(self) -> None:
        """Close the connection, so that nothing of a broken exchange reaches the next one."""
        old, self._pool = self._pool, self._new_pool()
        await old.aclose()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109, ARG002
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.AsyncNetworkStream:
        """Connect to a checked address of the host.

        Raises:
            ForbiddenAddressError: all its addresses are forbidden.
            UnresolvedError: it has none.
            httpcore.ConnectError: none answers.
        """
        addresses = await self._addresses(host, port)
        self.connects += 1
        self._stream = await _connect_to_any(addresses, port)
        self._stream.allowance = HEAD_BYTES
        return self._stream

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

    def _new_pool(self) -> httpcore.AsyncConnectionPool:
        return httpcore.AsyncConnectionPool(
            ssl_context=self._context, max_connections=1, keepalive_expiry=IDLE_S, network_backend=self
        )


class Lanes:
    """The lanes of all hosts; the idle ones are closed."""

    def __init__(self, allow: Collection[str], context: ssl.SSLContext) -> None:
        self._allow = frozenset(allow)
        self._context = context
        self._lanes: OrderedDict[str, Lane] = OrderedDict()
        self._lookups = ThreadPoolExecutor(LOOKUPS, thread_name_prefix="lookup")

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[Lane]:
        """Wait for a host's lane and hold it for one exchange; those idle for long are closed."""
        loop = asyncio.get_running_loop()
        if host not in self._lanes:
            await self._close_idle(loop.time())
        lane = self._lanes.setdefault(host, Lane(self._allow, self._context, self._lookups))
        lane.users += 1
        self._lanes.move_to_end(host)
        try:
            async with lane.lock:
                yield lane
        finally:
            lane.users -= 1
            lane.used = loop.time()

    async def aclose(self) -> None:
        """Close everything; lookups in progress are left to end by themselves."""
        lanes, self._lanes = self._lanes, OrderedDict()
        for lane in lanes.values():
            await lane.reset()
        self._lookups.shutdown(wait=False, cancel_futures=True)

    async def _close_idle(self, now: float) -> None:
        idle = [host for host, lane in self._lanes.items() if not lane.users]
        surplus = len(self._lanes) + 1 - MOST_LANES
        for place, host in enumerate(idle):  # least recently used first
            if place >= surplus and now - self._lanes[host].used < IDLE_S:
                return
            await self._lanes.pop(host).reset()


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
        raise httpcore.ConnectError(str(error)) from error


async def _connect(address: str, port: int) -> Stream:
    _, stream = await asyncio.get_running_loop().create_connection(Stream, address, port)
    return stream
