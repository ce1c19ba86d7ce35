"""Serve every misbehaviour of a web server we can think of, each on a loopback address of its own.

::

    with Hostile() as hostile:
        for trick in TRICKS:
            ... hostile.url(trick) ...         # each on a host of its own: HOSTS[trick.name]

A trick is a name, what the server does, and how the fetcher must call it: the kind of its error, or ``page``
where the answer is odd but good enough to read.
"""

import asyncio
import gzip
import os
import socket
import struct
import subprocess
import sys
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from subprocess import PIPE
from types import TracebackType
from typing import Final, Literal, Self

import brotli

from crawler.errors import FetchKind

ROOT: Final = Path(__file__).resolve().parents[1]
BOMB: Final = b"\0" * 8_000_000
PAUSE_S: Final = 0.02  # between the bytes of a dribble
HTML: Final = b"<!doctype html><title>A release</title><p>Acme announces.</p>"

Pieces = AsyncIterator[bytes]


@dataclass(frozen=True, slots=True)
class Trick:
    """One misbehaviour."""

    name: str
    #: What the fetcher must make of it.
    verdict: FetchKind | Literal["page"]
    #: Plays it: the path asked for and our own address → what is sent, piece by piece.
    play: Callable[[str, str], Pieces]
    #: What happens to the connection afterwards: an orderly close, a reset, or nothing (it stays open).
    after: Literal["close", "reset", "hold"] = "close"


def answer(*headers: str, body: bytes = HTML, status: str = "200 OK", version: str = "HTTP/1.1") -> bytes:
    """Give a whole answer with just these headers."""
    lines = [f"{version} {status}", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def sized(*headers: str, body: bytes = HTML, status: str = "200 OK") -> bytes:
    """Give a whole answer with a right Content-Length."""
    return answer(*headers, f"Content-Length: {len(body)}", body=body, status=status)


def say(*pieces: bytes) -> Callable[[str, str], Pieces]:
    """Send pieces, and that is all."""

    async def play(path: str, host: str) -> Pieces:
        del path, host
        for piece in pieces:
            yield piece

    return play


def endless(head: bytes, piece: bytes, *, pause_s: float = 0.0) -> Callable[[str, str], Pieces]:
    """Send a piece again and again."""

    async def play(path: str, host: str) -> Pieces:
        del path, host
        yield head
        while True:
            yield piece
            await asyncio.sleep(pause_s)

    return play


def redirect(target: str, status: str = "302 Found") -> Callable[[str, str], Pieces]:
    """Redirect to a target, in which {host} is our own host and port."""

    async def play(path: str, host: str) -> Pieces:
        del path
        yield sized(f"Location: {target.format(host=host)}", status=status, body=b"")

    return play


async def _circle(path: str, host: str) -> Pieces:
    del host
    yield sized(f"Location: {'/a' if path.endswith('/b') else '/b'}", status="301 Moved", body=b"")


async def _ladder(path: str, host: str) -> Pieces:
    del host
    yield sized(f"Location: {path}x", status="301 Moved", body=b"")


async def _growing_headers(path: str, host: str) -> Pieces:
    del path, host
    yield b"HTTP/1.1 200 OK\r\n"
    for number in count():
        yield f"X-{number}: {'a' * 500}\r\n".encode()
        await asyncio.sleep(0)


def packed(encoding: str, body: bytes) -> bytes:
    """Give an answer whose body is said to be packed."""
    return sized(f"Content-Encoding: {encoding}", "Content-Type: text/html", body=body)


CHUNKED: Final = answer("Transfer-Encoding: chunked", body=b"")

TRICKS: Final[tuple[Trick, ...]] = (
    # nothing, or nothing that is HTTP
    Trick("says nothing", "timeout", say(), "hold"),
    Trick("hangs up", "truncated", say()),
    Trick("resets", "truncated", say(), "reset"),
    Trick("talks nonsense", "protocol", say(bytes(range(256)) * 50 + b"\r\n\r\n")),
    Trick("talks TLS", "protocol", say(b"\x15\x03\x01\x00\x02\x02\x28"), "hold"),
    Trick("talks HTTP/0.9", "protocol", say(HTML + b"\r\n\r\n")),
    Trick("talks HTTP/2", "protocol", say(answer(version="HTTP/2"))),
    Trick("greets by mail", "protocol", say(b"220 mail.example ESMTP\r\n\r\n")),
    # the status line and the headers
    Trick("drips the status line", "timeout", endless(b"HTTP/1.1 200 ", b"O", pause_s=PAUSE_S)),
    Trick("never ends the status line", "protocol", endless(b"HTTP/1.1 200 ", b"O" * 10_000)),
    Trick("stops in the headers", "truncated", say(b"HTTP/1.1 200 OK\r\nContent-")),
    Trick("stalls in the headers", "timeout", say(b"HTTP/1.1 200 OK\r\nContent-"), "hold"),
    Trick("has endless headers", "protocol", _growing_headers),
    Trick("has one endless header", "protocol", endless(b"HTTP/1.1 200 OK\r\nX: ", b"a" * 10_000)),
    Trick("drips headers", "timeout", endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", pause_s=PAUSE_S)),
    Trick("has a header without colon", "protocol", say(answer("Content-Type text/html"))),
    Trick("has a NUL in a header", "protocol", say(answer("X: a\0b"))),
    Trick("has no header name", "protocol", say(answer(": a"))),
    Trick("has a status of letters", "protocol", say(answer(status="abc OK"))),
    Trick("has a status of five digits", "protocol", say(answer(status="20000 OK"))),
    Trick("has status 999", "status", say(sized(status="999 Request Denied"))),
    Trick("has status 0", "protocol", say(sized(status="000 Nothing"))),
    Trick("continues for ever", "protocol", endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 50)),
    Trick("switches protocols", "protocol", say(answer("Upgrade: h2c", status="101 Switching", body=b""))),
    Trick("sets cookies by the thousand", "page", say(sized(*[f"Set-Cookie: c{i}=1" for i in range(4000)]))),
    Trick("folds headers", "page", say(sized("X: a\r\n b"))),
    Trick("ends lines with LF", "page", say(sized().replace(b"\r\n", b"\n"))),
    Trick("speaks HTTP/1.0", "page", say(answer(version="HTTP/1.0"))),
    # lengths
    Trick("promises more than comes", "truncated", say(answer("Content-Length: 9999"))),
    Trick("promises more and resets", "truncated", say(answer("Content-Length: 9999")), "reset"),
    Trick("sends more than promised", "page", say(answer("Content-Length: 10", body=HTML * 20))),
    Trick("promises two lengths", "protocol", say(answer("Content-Length: 1", "Content-Length: 2"))),
    Trick("promises a negative length", "protocol", say(answer("Content-Length: -1"))),
    Trick("promises a length of words", "protocol", say(answer("Content-Length: many"))),
    Trick("promises a length of 5,000 digits", "protocol", say(answer(f"Content-Length: {'9' * 5000}"))),
    Trick("promises a terabyte", "size", say(answer("Content-Length: 1000000000000")), "hold"),
    Trick("stalls in the body", "timeout", say(answer("Content-Length: 9999")), "hold"),
    Trick("drips the body", "timeout", endless(answer(body=b""), b"x", pause_s=PAUSE_S)),
    Trick("never ends the body", "size", endless(answer(body=b""), b"x" * 50_000)),
    Trick(
        "replaces itself for ever",
        "size",
        endless(
            answer("Content-Type: multipart/x-mixed-replace; boundary=b", body=b""), b"--b\r\n\r\n" * 9000
        ),
    ),
    # chunks
    Trick("has a chunk size of words", "protocol", say(CHUNKED + b"many\r\n" + HTML)),
    Trick("has a negative chunk size", "protocol", say(CHUNKED + b"-5\r\n" + HTML)),
    Trick("has a chunk size without end", "protocol", endless(CHUNKED, b"1" * 10_000)),
    Trick("has endless chunk extensions", "protocol", endless(CHUNKED + b"5;", b"a" * 10_000)),
    Trick("has a chunk longer than its size", "protocol", say(CHUNKED + b"5\r\nhello world\r\n0\r\n\r\n")),
    Trick("has a chunk of exabytes", "truncated", say(CHUNKED + b"ffffffffffffffff\r\n" + HTML)),
    Trick("ends between chunks", "truncated", say(CHUNKED + b"5\r\nhello\r\n")),
    Trick("stalls between chunks", "timeout", say(CHUNKED + b"5\r\nhello\r\n"), "hold"),
    Trick("sends chunks of one byte", "protocol", endless(CHUNKED, b"1\r\nx\r\n" * 2000)),
    Trick("has endless trailers", "protocol", endless(CHUNKED + b"0\r\n", b"X: y\r\n" * 2000)),
    Trick(
        "has both length and chunks",
        "page",
        say(answer("Content-Length: 3", "Transfer-Encoding: chunked", body=b"5\r\nhello\r\n0\r\n\r\n")),
    ),
    Trick("has an unknown transfer encoding", "protocol", say(answer("Transfer-Encoding: gzip, chunked"))),
    # packing
    Trick("is a gzip bomb", "size", say(packed("gzip", gzip.compress(BOMB)))),
    Trick("is a deflate bomb", "size", say(packed("deflate", zlib.compress(BOMB)))),
    Trick("is a brotli bomb", "size", say(packed("br", brotli.compress(BOMB, quality=3)))),
    Trick("is a bomb in a bomb", "encoding", say(packed("gzip, gzip", gzip.compress(gzip.compress(BOMB))))),
    Trick("has broken gzip", "encoding", say(packed("gzip", gzip.compress(HTML)[:-12] + b"x" * 12))),
    Trick("has half a gzip", "encoding", say(packed("gzip", gzip.compress(HTML * 9)[:-20]))),
    Trick("has broken brotli", "encoding", say(packed("br", b"\xff" * 50))),
    Trick("says gzip of plain text", "encoding", say(packed("gzip", HTML))),
    Trick("packs unasked", "encoding", say(packed("compress", HTML))),
    Trick("packs in nothing known", "encoding", say(packed("x" * 5000, HTML))),
    Trick("has a charset for an encoding", "page", say(packed("utf-8", HTML))),
    Trick("lies about the charset", "page", say(sized("Content-Type: text/html; charset=klingon"))),
    # redirects
    Trick("redirects to itself", "redirect", redirect("http://{host}/")),
    Trick("redirects in a circle", "redirect", _circle),
    Trick("redirects for ever", "redirect", _ladder),
    Trick("redirects to nowhere", "redirect", say(sized(status="301 Moved"))),
    Trick("redirects to a file", "redirect", redirect("file:///etc/passwd")),
    Trick("redirects to a script", "redirect", redirect("javascript:alert(1)")),
    Trick("redirects to bytes", "redirect", redirect("http://\xff\xfe[/")),
    Trick("redirects very far", "redirect", redirect("/" + "a" * 50_000)),
    Trick("redirects to a private address", "address", redirect("http://10.255.255.1/")),
    Trick("redirects to the metadata service", "address", redirect("http://169.254.169.254/latest/")),
    Trick("redirects to loopback in IPv6", "address", redirect("http://[::ffff:127.0.0.1]/")),
    Trick("redirects to loopback in octal", "redirect", redirect("http://0177.0.0.01/")),
    Trick("redirects to mail", "address", redirect("http://{host}:25/".replace("{host}", "127.0.1.1"))),
    Trick("redirects with credentials", "address", redirect("http://admin:admin@{host}/")),
    # statuses
    Trick("is unchanged unasked", "protocol", say(answer(status="304 Not Modified", body=b""))),
    Trick(
        "gives a part unasked", "protocol", say(sized("Content-Range: bytes 0-9/99", status="206 Partial"))
    ),
    Trick(
        "is gone in an endless body",
        "status",
        endless(answer(status="404 Not Found", body=b""), b"x" * 50_000),
    ),
    Trick("fails and stalls", "status", say(answer("Content-Length: 99", status="500 Oops")), "hold"),
    Trick("asks to wait for ever", "status", say(sized(f"Retry-After: {'9' * 60}", status="429 Slow"))),
    Trick("answers too early", "page", say(sized() + sized(body=b"<p>an answer to no question</p>"))),
    Trick("closes without saying so", "page", say(sized())),
)

#: Where each trick is played: 127.0.0.2 and following.
HOSTS: Final = {trick.name: f"127.0.0.{place}" for place, trick in enumerate(TRICKS, start=2)}


class Hostile:
    """A server of tricks, in a process of its own so that it does not fatten ours; a context manager."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.hostile"], stdin=PIPE, stdout=PIPE, text=True, cwd=ROOT
        )
        assert self._process.stdout
        self._port = int(self._process.stdout.readline())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate("", timeout=10)

    def url(self, trick: Trick) -> str:
        """Give the address of a trick."""
        return f"http://{HOSTS[trick.name]}:{self._port}/"


async def serve() -> None:
    """Serve all tricks on one port, say which, and end with the standard input."""
    port = 0
    servers = []
    for trick in TRICKS:
        server = await asyncio.start_server(_handler(trick), HOSTS[trick.name], port, backlog=16)
        port = port or server.sockets[0].getsockname()[1]
        servers.append(server)
    print(port, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    os._exit(0)  # its connections are in the middle of their tricks, and would all have to be told


def _handler(trick: Trick) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            request = await reader.readuntil(b"\r\n\r\n")
            path = request.split(b" ")[1].decode("latin-1")
            host, port = writer.get_extra_info("sockname")[:2]
            async for piece in trick.play(path, f"{host}:{port}"):
                writer.write(piece)
                await writer.drain()
            if trick.after == "hold":
                await reader.read()
        if trick.after == "reset":
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.close()

    return handle


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(serve())
