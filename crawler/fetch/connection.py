"""Speak HTTP/1.1 over one stream, one exchange at a time.  h11 knows the protocol; here is only the traffic.

HTTP/1.1 alone: with one request at a time a second stream within a connection is of no use.
"""

from collections.abc import AsyncIterator
from typing import Final

import h11

from crawler.fetch.stream import Stream

#: Bytes of an answer before its body, interim answers (1xx) included; browsers stop at 256 KiB.
HEAD_BYTES: Final = 256 * 1024

#: Scheme, host and port.
Origin = tuple[str, str, int]
Headers = list[tuple[bytes, bytes]]


class HungUpError(Exception):
    """The server closed the connection before an answer was complete."""


class Connection:
    """One connection to one origin."""

    def __init__(self, stream: Stream, origin: Origin) -> None:
        self._stream = stream
        self._protocol = h11.Connection(h11.CLIENT)
        #: Where it leads.
        self.origin = origin
        #: Bytes received in the present exchange.
        self.received = 0

    def is_ready(self) -> bool:
        """Say whether another exchange can begin: the last one ended well, and nothing has come since."""
        return self._protocol.our_state is h11.IDLE and not self._stream.is_readable()

    async def ask(self, target: bytes, headers: Headers) -> h11.Response:
        """Send a GET and wait for the head of its answer.

        Raises:
            HungUpError, h11.RemoteProtocolError, OSError: no answer, or none that is HTTP.
        """
        request = h11.Request(method=b"GET", target=target, headers=headers)
        self._stream.write(
            (self._protocol.send(request) or b"") + (self._protocol.send(h11.EndOfMessage()) or b"")
        )
        self.received = 0
        while True:
            event = await self._event()
            if isinstance(event, h11.Response):
                return event
            if self.received > HEAD_BYTES:
                raise h11.RemoteProtocolError("too much before the body")

    async def body(self) -> AsyncIterator[bytes]:
        """Give the body in pieces as they come, content encoding not undone.

        Raises:
            HungUpError, h11.RemoteProtocolError, OSError: the body broke off.
        """
        while True:
            event = await self._event()
            if isinstance(event, h11.Data):
                yield bytes(event.data)
            elif isinstance(event, h11.EndOfMessage):
                return

    def end(self) -> None:
        """End the exchange: the connection is kept if it ended well, and closed otherwise."""
        states = self._protocol.states.values()
        if all(state is h11.DONE for state in states) and not self._protocol.trailing_data[0]:
            self._protocol.start_next_cycle()
        else:
            self._stream.close()

    def close(self) -> None:
        """Close the connection at once."""
        self._stream.close()

    async def _event(self) -> h11.Event:
        while True:
            event = self._protocol.next_event()
            if event is h11.PAUSED or isinstance(event, h11.ConnectionClosed):
                raise HungUpError("ended before the answer")
            if isinstance(event, h11.Event):
                return event
            came = await self._stream.read()
            if not came and self._protocol.their_state is h11.SEND_RESPONSE:
                raise HungUpError("closed before the answer")
            self.received += len(came)
            self._protocol.receive_data(came)
