"""Real newsroom pages, served on this machine, go the whole way through the real commands."""

import gzip
import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from xml.sax.saxutils import escape

import pytest

from tests.commands import Shell
from tests.shared import SHARED, needs_shared

PRESS = SHARED / "pages" / "press"
FOUND_AT_LEAST = 10  # pages, of some forty; tests/bench measures how well each is read


def details() -> list[dict[str, Any]]:
    with (PRESS / "truth.jsonl").open(encoding="utf-8") as lines:
        return [truth for truth in map(json.loads, lines) if "body_first" in truth]


class Pages(BaseHTTPRequestHandler):
    """Serve saved pages by their id, and a feed that links to them all."""

    def __init__(self, ids: list[str], *args: Any) -> None:
        self.ids = ids
        super().__init__(*args)

    def do_GET(self) -> None:
        name = self.path.removeprefix("/").removesuffix(".html")
        if self.path == "/feed.xml":
            entries = "".join(
                f"<item><title>{escape(one)}</title><link>/{escape(one)}.html</link></item>"
                for one in self.ids
            )
            feed = f'<rss version="2.0"><channel><title>Press</title>{entries}</channel></rss>'
            self.answer(200, "application/rss+xml", feed.encode())
        elif name in self.ids:
            self.answer(200, "text/html", gzip.decompress((PRESS / "html" / f"{name}.html.gz").read_bytes()))
        else:
            self.answer(404, "text/plain", b"no such page")

    def answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the base class
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, [truth["id"] for truth in details()]))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@needs_shared
def test_real_pages_are_crawled_and_found_by_words_of_their_bodies(shell: Shell, site: str) -> None:
    assert shell("press-crawl", "add", f"{site}/feed.xml", "--name", "press").code == 0
    assert shell("press-crawl", "run").code == 0
    found = []
    for truth in details():
        words = " ".join(truth["body_first"].replace('"', " ").split())
        said = shell("press-search", f'"{words}"', "--json")
        if said.code == 0 and any(hit["url"].endswith(f"/{truth['id']}.html") for hit in said.json()["hits"]):
            found.append(truth["id"])
    assert len(found) >= FOUND_AT_LEAST, found
