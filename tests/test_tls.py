"""Certificates are verified: only a good one, for this host, from a known authority, and in time."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from crawler.errors import FetchError
from crawler.fetch import Fetcher
from crawler.model import Page

NOW = datetime(2025, 11, 3, 12, 0, tzinfo=UTC)
PAST = datetime(2001, 1, 1, tzinfo=UTC)


Handler = Callable[[socket.socket], None]


def answer(client: socket.socket) -> None:
    client.recv(10_000)
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")


def say_nothing(client: socket.socket) -> None:
    while client.recv(10_000):
        pass


def hang_up(client: socket.socket) -> None:
    client.recv(10)


def behind(certificate: trustme.LeafCert) -> Handler:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)

    def handle(client: socket.socket) -> None:
        with context.wrap_socket(client, server_side=True) as wrapped:
            answer(wrapped)

    return handle


@contextmanager
def listening(handler: Handler) -> Iterator[int]:
    """Serve one connection; give the port."""

    def serve() -> None:
        client, _ = door.accept()
        with client, suppress(OSError):
            handler(client)

    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = threading.Thread(target=serve)
        thread.start()
        yield door.getsockname()[1]
        thread.join()


async def ask(port: int, timeout_s: float) -> str:
    async with Fetcher(
        agent="pressdex", clock=lambda: NOW, timeout_s=timeout_s, allow=["localhost"]
    ) as fetcher:
        try:
            page = await fetcher.fetch(f"https://localhost:{port}/")
        except FetchError as error:
            return error.kind
        assert isinstance(page, Page)
        return page.body.decode()


def meet(handler: Handler, timeout_s: float = 10) -> str:
    with listening(handler) as port:
        return asyncio.run(ask(port, timeout_s))


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """Give an authority that this machine trusts."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return authority


def test_a_good_certificate_is_taken(authority: trustme.CA) -> None:
    assert meet(behind(authority.issue_cert("localhost"))) == "ok"


def test_a_certificate_for_another_host_is_not(authority: trustme.CA) -> None:
    assert meet(behind(authority.issue_cert("other.example"))) == "tls"


def test_an_expired_certificate_is_not(authority: trustme.CA) -> None:
    assert meet(behind(authority.issue_cert("localhost", not_after=PAST))) == "tls"


@pytest.mark.usefixtures("authority")
def test_a_certificate_of_an_unknown_authority_is_not() -> None:
    assert meet(behind(trustme.CA().issue_cert("localhost"))) == "tls"


@pytest.mark.parametrize(
    ("handler", "timeout_s", "kind"),
    [(answer, 10, "tls"), (hang_up, 10, "tls"), (say_nothing, 0.2, "timeout")],
    ids=["plain HTTP", "hangs up", "says nothing"],
)
def test_what_is_no_tls_is_told(handler: Handler, timeout_s: float, kind: str) -> None:
    assert meet(handler, timeout_s) == kind
