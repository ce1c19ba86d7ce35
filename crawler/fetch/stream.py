"""Carry bytes over one TCP or TLS connection.  No time-outs: the caller holds the only clock."""

import asyncio
import ssl
from typing import Final, cast

#: Bytes buffered for a reader before the socket is told to wait.
BUFFER_BYTES: Final = 256 * 1024


class InsecureError(Exception):
    """A certificate or a TLS handshake is not good."""


class Stream(asyncio.Protocol):
    """One connection; asyncio's own streams cost twice as much a read."""

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

    async def secure(self, context: ssl.SSLContext, host: str) -> None:
        """Make the connection a TLS one with the certificate of ``host``.

        Raises:
            InsecureError: the certificate or the handshake is not good.
        """
        if self._transport is None or self._is_over:
            raise InsecureError("closed before the handshake")
        loop = asyncio.get_running_loop()
        try:
            transport = await loop.start_tls(self._transport, self, context, server_hostname=host)
        except OSError as error:  # ssl.SSLError is one
            raise InsecureError(str(error) or "closed during the handshake") from error
        if transport is None:
            raise InsecureError("closed during the handshake")
        self._transport = transport

    async def read(self) -> bytes:
        """Give what has come, at least a byte; nothing at the end.

        Raises:
            OSError: the connection broke.
        """
        if self._buffer:
            await asyncio.sleep(0)  # a server that never lets us wait must not keep others from their turn
        elif not self._is_over:
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        if not self._buffer and self._error:
            raise ConnectionError(str(self._error)) from self._error
        taken = bytes(self._buffer)
        self._buffer.clear()
        if self._is_paused and self._transport:
            self._is_paused = False
            self._transport.resume_reading()
        return taken

    def write(self, data: bytes) -> None:
        """Send bytes; requests have no body and are small, so nothing waits for them to leave.

        Raises:
            OSError: the connection is closed.
        """
        if self._transport is None or self._is_over:
            raise ConnectionError("closed")
        self._transport.write(data)

    def is_readable(self) -> bool:
        """Say whether a read would give something at once: for a kept connection, its end."""
        return self._is_over or bool(self._buffer)

    def close(self) -> None:
        """Close at once, without a farewell that a hostile server could delay."""
        self._is_over = True
        if self._transport:
            self._transport.abort()

    def _wake(self) -> None:
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)
