"""Carry httpx's requests over the lanes: each in its host's turn, again where a kept one was dead."""

from collections.abc import AsyncIterator, Callable

import h11
import httpx

from crawler.fetch.connection import Connection, HungUpError
from crawler.fetch.lanes import Lane, Lanes


class Transport(httpx.AsyncBaseTransport):
    """httpx's way to the lanes."""

    def __init__(self, allow: frozenset[str]) -> None:
        context = httpx.create_ssl_context()
        context.set_alpn_protocols(["http/1.1"])
        self._lanes = Lanes(allow, context)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request in its host's turn; the turn ends when the response is closed."""
        lane = await self._lanes.enter(request.url.raw_host.decode("ascii"))
        try:
            connection, answer = await _ask(lane, request)
        except BaseException:
            lane.close()
            self._lanes.leave(lane)
            raise
        stream = _Stream(connection, lambda: self._lanes.leave(lane))
        return httpx.Response(answer.status_code, headers=answer.headers.raw_items(), stream=stream)

    async def aclose(self) -> None:
        """Close all connections."""
        self._lanes.close()


class _Stream(httpx.AsyncByteStream):
    """The body as it comes; closing it ends the turn."""

    def __init__(self, connection: Connection, leave: Callable[[], None]) -> None:
        self._connection = connection
        self._leave: Callable[[], None] | None = leave

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._connection.body()

    async def aclose(self) -> None:
        leave, self._leave = self._leave, None
        if leave:
            self._connection.end()
            leave()


async def _ask(lane: Lane, request: httpx.Request) -> tuple[Connection, h11.Response]:
    """Ask, once more if a kept connection turns out to be dead (RFC 9110, 9.2.2: a GET may be repeated)."""
    url, headers = request.url, request.headers.raw
    kept = lane.kept(url)
    if kept:
        try:
            return kept, await kept.ask(url.raw_path, headers)
        except (HungUpError, OSError):
            if kept.received:
                raise
    connection = await lane.connect(url)
    return connection, await connection.ask(url.raw_path, headers)
