"""The laws of saved searches."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

import search
from index import open_engine
from index.errors import SavedError, UsageError
from index.saved import FILE, Saved, check_name, load, store
from tests.index.releases import ALL, CARBON, change, numbered

ROOT = Path(search.__file__).parent
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
    with pytest.raises(UsageError, match="cannot be a name"):
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
    assert run(home, "forget", "a") == search.MISUSE


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(["save", "Bad Name", "a"], search.MISUSE, id="bad name"),
        pytest.param(["save", "a", '"unclosed'], search.MISUSE, id="bad question"),
        pytest.param(["save", "a"], search.MISUSE, id="no question"),
        pytest.param(["save"], search.MISUSE, id="nothing"),
        pytest.param(["watch", "nobody"], search.MISUSE, id="unknown name"),
        pytest.param(["forget"], search.MISUSE, id="nothing to forget"),
        pytest.param(["save", "a", "carbon", "--limit", "5"], search.MISUSE, id="what is not kept"),
        pytest.param(["watch", "--limit", "5"], search.MISUSE, id="a part of what is new"),
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


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.com/", "nothing", "https://"])
def test_only_the_web_is_posted_to(home: Path, url: str) -> None:
    run(home, "save", "a", "carbon")
    assert run(home, "watch", "--webhook", url) == search.MISUSE


@pytest.mark.parametrize("command", ["/no/such/program", "'unclosed", " "])
def test_a_program_that_cannot_be_started_is_refused_before_there_is_news(home: Path, command: str) -> None:
    run(home, "save", "a", "carbon")
    assert run(home, "watch", "--exec", command) == search.MISUSE


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


def test_a_feed_holds_one_search(home: Path) -> None:
    run(home, "save", "a", "carbon")
    run(home, "save", "b", "steel")
    assert run(home, "watch", "--feed", str(home / "a.xml")) == search.MISUSE
    assert run(home, "watch", "b", "--feed", str(home / "b.xml")) == search.NOTHING


def test_a_feed_may_go_to_stdout(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, "carbon", "--feed", "-") == search.FOUND
    assert capsys.readouterr().out.count("<entry>") == 2


def test_all_that_is_new_is_told_however_much(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(home, "save", "a", "carbon")
    for number in range(9, 34):
        news(home, number)
    capsys.readouterr()
    assert run(home, "watch", "--no-fold", "--format", "{id}") == search.FOUND
    assert len(capsys.readouterr().out.split()) == 25


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk is played by /dev/full")
def test_what_could_not_be_written_is_told_again(home: Path) -> None:
    run(home, "save", "a", "carbon")
    news(home, 9)
    command = [sys.executable, "search.py", "watch", "--home", str(home)]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        told = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, cwd=ROOT, timeout=60)
    assert told.returncode == search.BAD_CONFIGURATION
    assert told.stderr.decode().splitlines()[-1] == "press-search: the answer: No space left on device"
    assert run(home, "watch") == search.FOUND


def test_a_search_that_was_saved_anew_says_what_it_was(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(home, "save", "a", "carbon")
    run(home, "save", "a", "steel")
    assert "in place of: carbon" in capsys.readouterr().err
    assert load(home)["a"].question == "steel"


@pytest.mark.parametrize("command", ["watch", "saved"])
def test_where_nothing_is_saved_it_is_said(
    home: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, command) == search.NOTHING
    assert "press-search save" in capsys.readouterr().err
