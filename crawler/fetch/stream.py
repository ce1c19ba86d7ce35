"""Be one connection as httpcore reads it.  No time-outs: the caller holds the only clock."""

import asyncio
import ssl
from typing import Any, Final, cast

import httpcore

#: Bytes of an answer before its body, interim answers (1xx) included; httpcore takes endless ones.
HEAD_BYTES: Final = 256 * 1024
#: Bytes buffered for a reader before the socket is told to wait.
BUFFER_BYTES: Final = 256 * 1024


class InsecureError(httpcore.ConnectError):
    """A certificate or a TLS handshake is not good."""


class Stream(asyncio.Protocol, httpcore.AsyncNetworkStream):
    """One connection; see httpcore's interface of the same name."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._waiter: asyncio.Future[None] | None = None
        self._transport: asyncio.Transport | None = None
        self._error: Exception | None = None
        self._is_over = False
        self._is_paused = False
        #: Bytes that may still be read; None for no limit.
        self.allowance: int | None = None

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
        if self._buffer:
            await asyncio.sleep(0)  # a server that never lets us wait must not keep others from their turn
        elif not self._is_over:
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
        if self.allowance is not None:
            self.allowance -= len(taken)
            if self.allowance < 0:
                raise httpcore.RemoteProtocolError("too much before the body")
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
            raise InsecureError("closed before the handshake")
        try:
            transport = await asyncio.get_running_loop().start_tls(
                self._transport, self, ssl_context, server_hostname=server_hostname
            )
        except OSError as error:  # ssl.SSLError is one
            raise InsecureError(str(error)) from error
        if transport is None:
            raise InsecureError("closed during the handshake")
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
