"""Carry httpx's requests over the lanes: each in its host's turn, again where a kept one was dead."""

from collections.abc import AsyncIterator, Collection
from contextlib import AsyncExitStack

import httpcore
import httpx

from crawler.fetch.lanes import Lane, Lanes


class Transport(httpx.AsyncBaseTransport):
    """httpx's way to the lanes."""

    def __init__(self, allow: Collection[str]) -> None:
        self._lanes = Lanes(allow, httpx.create_ssl_context())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request in its host's turn; the turn ends when the response is closed."""
        url = request.url
        asked = httpcore.Request(
            request.method,
            httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
        )
        async with AsyncExitStack() as stack:
            lane = await stack.enter_async_context(self._lanes.turn(url.raw_host.decode("ascii")))
            answer = await _send(lane, asked)
            stack.push_async_callback(answer.aclose)
            stream = _Stream(answer, stack.pop_all())
        return httpx.Response(answer.status, headers=answer.headers, stream=stream)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._lanes.aclose()


class _Stream(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response, stack: AsyncExitStack) -> None:
        self._answer = answer
        self._stack = stack

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._answer.aiter_stream():
            yield chunk

    async def aclose(self) -> None:
        await self._stack.aclose()


async def _send(lane: Lane, request: httpcore.Request) -> httpcore.Response:
    """Send a request, once more if the kept connection turns out to be dead (RFC 9110, 9.2.2: GET may)."""
    before = lane.connects
    try:
        return await lane.send(request)
    except (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError):
        if lane.connects != before:
            raise
        await lane.reset()
        return await lane.send(request)
