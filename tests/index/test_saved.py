"""The laws of saved searches."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

import search
from index import open_engine
from index.errors import SavedError
from index.saved import FILE, Saved, check_name, load, store
from tests.index.releases import ALL, CARBON, change, numbered

SAVED = Saved("carbon", "2021", None, ("acme",), 3)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    engine = open_engine(tmp_path / "index", create=True)
    engine.write(numbered(ALL))
    return tmp_path


@pytest.fixture
def posted() -> Iterator[tuple[str, list[bytes], list[int]]]:
    """A web address, what was posted to it, and the statuses it answers with."""
    bodies: list[bytes] = []
    statuses = [204]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(statuses[0])
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hook", bodies, statuses
    server.shutdown()
    thread.join()
    server.server_close()


def run(home: Path, *words: str) -> int:
    return search.main([*words, "--home", str(home)])


def news(home: Path, number: int) -> None:
    open_engine(home / "index").write([change(number, replace(CARBON, id=f"new{number}"))])


def test_searches_are_read_as_they_were_written(tmp_path: Path) -> None:
    assert load(tmp_path) == {}
    store(tmp_path, {"a": SAVED})
    assert load(tmp_path) == {"a": SAVED}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 9}', '{"version": 1, "searches": {"a": {}}}'])
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(SavedError, match=FILE):
        load(tmp_path)


@pytest.mark.parametrize("name", ["", "A", "a b", "../a", "-a", "a" * 65])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(SavedError, match="cannot be a name"):
        check_name(name)


def test_watching_tells_only_what_is_new(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, "save", "steel", "carbon", "steel", "--source", "acme") == search.FOUND
    assert run(home, "watch") == search.NOTHING
    news(home, 9)
    capsys.readouterr()
    assert run(home, "watch", "steel", "--format", "{id}") == search.FOUND
    assert capsys.readouterr().out == "new9\n"
    assert run(home, "watch") == search.NOTHING


def test_saved_searches_are_listed_and_forgotten(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(home, "save", "a", '"carbon neutrality"', "--since", "2021", "--source", "acme")
    assert run(home, "saved") == search.FOUND
    assert capsys.readouterr().out == 'a\t"carbon neutrality"\t--since 2021\t--source acme\n'
    assert run(home, "forget", "a") == search.FOUND
    assert run(home, "saved") == search.NOTHING
    assert run(home, "forget", "a") == search.BAD_CONFIGURATION


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(["save", "Bad Name", "a"], search.BAD_CONFIGURATION, id="bad name"),
        pytest.param(["save", "a", '"unclosed'], search.MISUSE, id="bad question"),
        pytest.param(["save", "a"], search.MISUSE, id="no question"),
        pytest.param(["save"], search.BAD_CONFIGURATION, id="nothing"),
        pytest.param(["watch", "nobody"], search.BAD_CONFIGURATION, id="unknown name"),
    ],
)
def test_what_cannot_be_saved_or_watched_is_refused(home: Path, words: list[str], code: int) -> None:
    assert run(home, *words) == code
    assert load(home) == {}


def test_a_quoted_command_is_a_word(home: Path) -> None:
    assert run(home, '"watch"') == search.NOTHING


def test_news_are_posted_and_then_seen(home: Path, posted: tuple[str, list[bytes], list[int]]) -> None:
    url, bodies, statuses = posted
    run(home, "save", "a", "carbon")
    news(home, 9)
    for status in (500, 302):
        statuses[0] = status
        assert run(home, "watch", "--webhook", url) == search.BAD_CONFIGURATION
    statuses[0] = 204
    assert run(home, "watch", "--webhook", url) == search.FOUND
    assert run(home, "watch", "--webhook", url) == search.NOTHING
    assert len(bodies) == 3
    answer = json.loads(bodies[-1])
    assert (answer["query"], [hit["id"] for hit in answer["hits"]]) == ("a", ["new9"])


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.com/", "nothing"])
def test_only_the_web_is_posted_to(home: Path, url: str) -> None:
    run(home, "save", "a", "carbon")
    news(home, 9)
    assert run(home, "watch", "--webhook", url) == search.BAD_CONFIGURATION


def test_news_are_handed_to_a_program_without_a_shell(home: Path, tmp_path: Path) -> None:
    run(home, "save", "a", "carbon")
    news(home, 9)
    assert run(home, "watch", "--exec", "false") == search.BAD_CONFIGURATION
    assert run(home, "watch", "--exec", f"tee '{tmp_path / 'a; b'}'") == search.FOUND
    assert json.loads((tmp_path / "a; b").read_text())["total"] == 1


def test_a_feed_holds_the_newest_hits_seen_or_not(home: Path) -> None:
    run(home, "save", "a", "carbon")
    assert run(home, "watch", "a", "--feed", str(home / "a.xml")) == search.NOTHING
    assert (home / "a.xml").read_text().count("<entry>") == 2
    assert run(home, "carbon", "--feed", str(home / "missing" / "a.xml")) == search.BAD_CONFIGURATION
