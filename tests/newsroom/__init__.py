"""Serve a web site with five invented newsrooms on loopback, and note every request made to it.

::

    with Newsroom() as newsroom:
        ... f"{newsroom.url}/halden/news/" ...
        assert newsroom.asked("/robots.txt") == 1

Deterministic: the same stories give the same bytes, and nothing depends on the clock.  Standalone:
``python -m tests.newsroom [PORT]``.
"""

import gzip
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Final, Self

from tests.newsroom.answer import Answer, address
from tests.newsroom.pages import revised, site
from tests.newsroom.stories import COMPANIES, Company, Story, company

#: Where each newsroom is entered: three listings, a feed and a sitemap.
STARTS: Final[Mapping[str, str]] = {
    "sep": "/sep/news/",
    "halden": "/halden/news/",
    "norvia": "/norvia/atom.xml",
    "xinghe": "/xinghe/xwzx/",
    "brightwater": "/brightwater/sitemap.xml",
}

LONGEST_WAIT_S: Final = 20.0  # a test that waits so long has failed

__all__ = ["Answer", "Newsroom", "Request"]


@dataclass(frozen=True, slots=True)
class Request:
    """One request as the site saw it."""

    method: str
    #: Path with query.
    path: str
    #: Names in lower case.
    headers: dict[str, str]
    #: What was answered.
    status: int
    #: The client's port: requests over one connection share it.
    connection: int
    #: When it came, in seconds on the site's own clock; for measuring gaps.
    at: float
    #: Connections that were open then, this one included.
    open: int


class Newsroom:
    """A running web site; a context manager."""

    starts = STARTS

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        self.log: list[Request] = []
        self._lock = threading.Lock()
        self._noted = threading.Condition(self._lock)
        self._held: set[str] = set()
        self._companies: dict[str, Company] = {key: company(key) for key in COMPANIES}
        self._overrides: dict[str, Answer] = {}
        self._server = _Server((host, port), _Handler)
        self._server.newsroom = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        #: Scheme, host and port, without a trailing slash.
        self.url = f"http://{host}:{self._server.server_address[1]}"
        self._answers: dict[str, Answer] = {}
        self._lay_out()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def stories(self) -> dict[str, Story]:
        """Every story by its path on the site."""
        return {address(c, story): story for c in self._companies.values() for story in c.stories}

    def asked(self, path: str) -> int:
        """Count the requests for a path (with query) so far."""
        with self._lock:
            return sum(request.path == path for request in self.log)

    def forget(self) -> None:
        """Empty the log."""
        with self._lock:
            self.log.clear()

    def publish(
        self, key: str, path: str, headline: str, body: Sequence[str], *, day: date = date(2025, 11, 4)
    ) -> str:
        """Add a story to a company's newsroom, its feed and sitemap; give its path on the site."""
        story = Story(path, day, headline, tuple(body), place="Loopback")
        old = self._companies[key]
        stories = sorted((*old.stories, story), key=lambda one: one.day, reverse=True)
        self._companies[key] = replace(old, stories=tuple(stories))
        self._lay_out()
        return address(old, story)

    def revise(self, path: str, *, headline: str | None = None, body: Sequence[str] | None = None) -> None:
        """Change a story under its path on the site."""
        key = path.split("/")[1]
        old = self._companies[key]
        self._companies[key] = replace(
            old,
            stories=tuple(
                revised(story, headline=headline, body=body) if address(old, story) == path else story
                for story in old.stories
            ),
        )
        self._lay_out()

    def remove(self, path: str, *, status: int = 410, listed: bool = False) -> None:
        """Take a page down; its entries in listings and feeds go too unless ``listed``."""
        self.answer(path, Answer(b"<h1>Not here</h1>", status=status))
        key = path.split("/")[1]
        if not listed and key in self._companies:
            old = self._companies[key]
            stories = tuple(story for story in old.stories if address(old, story) != path)
            self._companies[key] = replace(old, stories=stories)
            self._lay_out()

    def answer(self, path: str, answer: Answer) -> None:
        """Put any answer under any path, before all others."""
        with self._lock:
            self._overrides[path] = answer

    def look_up(self, path: str) -> Answer:
        """Give the answer for a path with query; unknown queries are ignored, as most servers do."""
        with self._lock:
            answers = self._answers | self._overrides
        return (
            answers.get(path)
            or answers.get(path.partition("?")[0])
            or Answer(b"<!doctype html><title>404</title><h1>Page not found</h1>", status=404)
        )

    def note(self, request: Request) -> None:
        """Add a request to the log, and keep it waiting while its path is held."""
        with self._noted:
            self.log.append(request)
            self._noted.notify_all()
            self._noted.wait_for(lambda: request.path not in self._held, LONGEST_WAIT_S)

    def wait_for(self, *, requests: int) -> None:
        """Return as soon as so many requests have come since the log was emptied.

        Raises:
            TimeoutError: they did not come.
        """
        with self._noted:
            if not self._noted.wait_for(lambda: len(self.log) >= requests, LONGEST_WAIT_S):
                raise TimeoutError(f"{len(self.log)} of {requests} requests came")

    @contextmanager
    def held(self, path: str) -> Iterator[None]:
        """Let requests for a path wait for the time of a ``with`` block."""
        with self._noted:
            self._held.add(path)
        try:
            yield
        finally:
            with self._noted:
                self._held.discard(path)
                self._noted.notify_all()

    def _lay_out(self) -> None:
        answers = site(list(self._companies.values()), self.url)
        with self._lock:
            self._answers = answers


class _Server(ThreadingHTTPServer):
    newsroom: Newsroom
    daemon_threads = True
    request_queue_size = 128
    connections = 0
    counting = threading.Lock()

    def count(self, change: int) -> None:
        """Count a connection that opens or closes."""
        with self.counting:
            self.connections += change


class _Handler(BaseHTTPRequestHandler):
    """HTTP/1.1 with keep-alive, conditional requests and gzip."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def setup(self) -> None:
        self.server.count(1)
        super().setup()

    def finish(self) -> None:
        try:
            super().finish()
        finally:
            self.server.count(-1)

    def do_GET(self) -> None:
        newsroom = self.server.newsroom
        answer = newsroom.look_up(self.path)
        status = 304 if answer.status == 200 and self._is_current(answer) else answer.status
        headers = {key.lower(): value for key, value in self.headers.items()}
        newsroom.note(
            Request(
                self.command,
                self.path,
                headers,
                status,
                self.client_address[1],
                time.monotonic(),
                self.server.connections,
            )
        )
        self._send(answer, status)

    do_HEAD = do_GET  # noqa: N815 - the name http.server calls

    def _is_current(self, answer: Answer) -> bool:
        tag, since = self.headers["If-None-Match"], self.headers["If-Modified-Since"]
        if tag:
            return answer.etag in tag
        return bool(since) and parsedate_to_datetime(since) >= answer.modified

    def _send(self, answer: Answer, status: int) -> None:
        body = answer.body if status != 304 else b""
        self.send_response_only(status)
        if "gzip" in self.headers.get("Accept-Encoding", "") and len(body) > 500:
            body = gzip.compress(body, compresslevel=6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.location:
            self.send_header("Location", answer.location)
        if status in {200, 304}:
            self.send_header("ETag", answer.etag)
            self.send_header("Last-Modified", format_datetime(answer.modified, usegmt=True))
        if status != 304:
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Stay silent: the log is a list."""
