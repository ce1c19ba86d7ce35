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
from contextlib import asynccontextmanager
from ipaddress import ip_address
from typing import Any, Final, cast

import httpcore

from crawler.reach import is_excepted, objection

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
#: Bytes buffered for a reader before the socket is told to wait.
BUFFER_BYTES: Final = 256 * 1024


class ForbiddenAddressError(Exception):
    """A host has only addresses that the crawler may not connect to."""


class UnresolvedError(Exception):
    """A host's name leads to no address."""


class Stream(asyncio.Protocol, httpcore.AsyncNetworkStream):
    """One connection as httpcore reads it; it knows no time-outs, the caller holds the only clock."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._waiter: asyncio.Future[None] | None = None
        self._transport: asyncio.Transport | None = None
        self._error: Exception | None = None
        self._is_over = False
        self._is_paused = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the transport that asyncio made."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Keep what came; past the buffer, let the socket wait."""
        self._buffer += data
        if len(self._buffer) > BUFFER_BYTES and not self._is_paused and self._transport:
            self._is_paused = True
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> bool:
        """Note that no more will come; asyncio then closes the transport."""
        self._is_over = True
        self._wake()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that the connection is gone."""
        self._is_over = True
        self._error = exc
        self._wake()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109, ARG002
        """Give the next bytes; none at the end."""
        if not self._buffer and not self._is_over:
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        if not self._buffer and self._error:
            raise httpcore.ReadError(str(self._error)) from self._error
        taken = bytes(self._buffer[:max_bytes])
        del self._buffer[:max_bytes]
        if self._is_paused and self._transport and len(self._buffer) <= BUFFER_BYTES:
            self._is_paused = False
            self._transport.resume_reading()
        return taken

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109, ARG002
        """Send bytes; requests have no body and are small, so nothing waits for them to leave."""
        if self._transport is None or self._is_over:
            raise httpcore.WriteError("the connection is closed") from self._error
        self._transport.write(buffer)

    async def aclose(self) -> None:
        """Close at once, without a farewell that a hostile server could delay."""
        if self._transport:
            self._transport.abort()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109, ARG002
    ) -> httpcore.AsyncNetworkStream:
        """Make the connection a verified TLS one."""
        if self._transport is None or self._is_over:
            raise httpcore.ConnectError("closed before the TLS handshake")
        try:
            transport = await asyncio.get_running_loop().start_tls(
                self._transport, self, ssl_context, server_hostname=server_hostname
            )
        except (OSError, ssl.SSLError) as error:
            raise httpcore.ConnectError(str(error)) from error
        if transport is None:
            raise httpcore.ConnectError("closed during the TLS handshake")
        self._transport = transport
        return self

    def get_extra_info(self, info: str) -> Any:
        """Answer what httpcore asks of a connection."""
        match info:
            case "is_readable":
                return self._is_over or bool(self._buffer)
            case "ssl_object" if self._transport:
                return self._transport.get_extra_info("ssl_object")
            case "server_addr" if self._transport:
                return self._transport.get_extra_info("peername")
        return None

    def _wake(self) -> None:
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)


class Lane(httpcore.AsyncNetworkBackend):
    """One host's connection, and the law it is made by."""

    def __init__(self, allow: Collection[str], context: ssl.SSLContext, lookups: ThreadPoolExecutor) -> None:
        self._allow = allow
        self._context = context
        self._lookups = lookups
        self._pool = self._new_pool()
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
        return await self._pool.handle_async_request(request)

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
        for address in addresses[:-1]:
            try:
                async with asyncio.timeout(CONNECT_S):
                    return await _connect(address, port)
            except (OSError, TimeoutError):
                continue
        try:
            return await _connect(addresses[-1], port)
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error

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


async def _connect(address: str, port: int) -> Stream:
    _, stream = await asyncio.get_running_loop().create_connection(Stream, address, port)
    return stream
