"""One connection a host, to the address that was looked at, and asked again only where that helps."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

import pytest

from crawler.errors import FetchError
from crawler.fetch import Fetcher, lanes
from tests.newsroom import Newsroom

NOW = datetime(2025, 11, 3, 12, 0, tzinfo=UTC)
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@contextmanager
def scripted(*connections: list[bytes]) -> Iterator[tuple[int, list[int]]]:
    """Serve connections, each with answers to its requests, then hang up.  Gives port and requests."""
    asked: list[int] = []

    def serve() -> None:
        for number, answers in enumerate(connections):
            with suppress(OSError):
                client, _ = door.accept()
                with client:
                    for answer in answers:
                        asked.append(number)
                        assert client.recv(10_000)
                        client.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield door.getsockname()[1], asked
        thread.join(5)


def kinds(port: int, times: int) -> list[str]:
    """Ask an address some times in a row; say what came."""

    async def inside() -> list[str]:
        found: list[str] = []
        async with Fetcher(agent="p", clock=lambda: NOW, timeout_s=5, allow=["127.0.0.1"]) as fetcher:
            for _ in range(times):
                try:
                    await fetcher.fetch(f"http://127.0.0.1:{port}/")
                except FetchError as error:
                    found.append(error.kind)
                else:
                    found.append("page")
        return found

    return asyncio.run(inside())


def test_a_kept_connection_that_died_is_replaced_once() -> None:
    with scripted([OK, b""], [OK]) as (port, asked):
        assert kinds(port, 2) == ["page", "page"]
        assert asked == [0, 0, 1]


def test_a_new_connection_that_dies_is_not_replaced() -> None:
    with scripted([b""], [OK]) as (port, asked):
        assert kinds(port, 1) == ["truncated"]
        assert asked == [0]
        assert kinds(port, 1) == ["page"]


@pytest.mark.parametrize("surplus", [b"left over", OK], ids=["noise", "an answer"])
def test_what_comes_behind_an_answer_is_not_taken_for_the_next(surplus: bytes) -> None:
    with scripted([OK + surplus], [OK]) as (port, asked):
        assert kinds(port, 2) == ["page", "page"]
        assert asked == [0, 1]


def answers(*addresses: str) -> Iterator[list[tuple[int, int, int, str, tuple[str, int]]]]:
    for address in addresses:
        yield [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 80)) for one in address.split()]


def resolve_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Let names lead to addresses, another answer for each time they are looked up."""
    found = answers(*addresses)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: next(found))


async def fetch(url: str, *allow: str) -> str:
    async with Fetcher(agent="p", clock=lambda: NOW, timeout_s=5, allow=allow) as fetcher:
        try:
            await fetcher.fetch(url)
        except FetchError as error:
            return error.reason
    return "page"


def test_a_public_name_with_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with Newsroom() as newsroom:
        port = newsroom.url.rpartition(":")[2]
        resolve_to(monkeypatch, "127.0.0.1 10.0.0.1")
        reason = asyncio.run(fetch(f"http://acme.example:{port}/"))
        assert reason == "127.0.0.1 is not a public address (loopback)"
        assert not newsroom.log


def test_a_name_is_looked_up_once_and_what_was_found_is_connected_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Newsroom() as newsroom:
        port = newsroom.url.rpartition(":")[2]
        resolve_to(monkeypatch, "127.0.0.1")  # a second look-up would find nothing and fail
        assert asyncio.run(fetch(f"http://acme.example:{port}/", "acme.example")) == "page"
        assert newsroom.log[0].headers["host"] == f"acme.example:{port}"


def test_a_dead_address_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    with Newsroom() as newsroom:
        port = newsroom.url.rpartition(":")[2]
        resolve_to(monkeypatch, "127.0.0.254 127.0.0.1")
        assert asyncio.run(fetch(f"http://acme.example:{port}/", "acme.example")) == "page"


def test_idle_connections_are_closed_when_there_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "MOST_LANES", 2)

    async def visit(newsroom: Newsroom) -> None:
        port = newsroom.url.rpartition(":")[2]
        async with Fetcher(agent="p", clock=lambda: NOW, allow=["a", "b", "c"]) as fetcher:
            for host in ("a", "b", "a", "c", "a", "b"):
                await fetcher.fetch(f"http://{host}:{port}/")

    with Newsroom() as newsroom:
        resolve_to(monkeypatch, *["127.0.0.1"] * 6)
        asyncio.run(visit(newsroom))
        ports = [request.connection for request in newsroom.log]
        assert ports[0] == ports[2] == ports[4]  # a, used most, was kept
        assert len(set(ports)) == 4  # b was closed for c
