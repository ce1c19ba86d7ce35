"""The laws of press-search serve as a program: where it listens, what it says, how it ends."""

import http.client
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import search
from index.serve import command

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def serving(home: Path) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """Run the real command on a free port; give its address and its process."""
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "search.py"), "serve", "--home", str(home), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    try:
        yield process.stdout.readline().strip(), process
    finally:
        process.terminate()
        process.communicate(timeout=20)


def ask(address: str, target: str = "/", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    try:
        connection.request("GET", target, headers=headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def test_the_command_serves_this_machine_until_it_is_told_to_end(home: Path) -> None:
    with serving(home) as (address, process):
        assert address.startswith("http://127.0.0.1:")
        status, headers, body = ask(address, "/?q=plant")
        assert (status, headers["Server"]) == (200, "pressdex")
        assert b"<mark>" in body
        assert ask(address, Host="evil.example")[0] == 421
        assert ask(address, "/?" + "a" * 20_000)[0] in {414, 431}
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (command.DONE, "")
    assert err == "press-search: serving this machine alone; Ctrl-C ends it\n"


def test_ctrl_c_is_the_way_to_end_it(home: Path) -> None:
    with serving(home) as (_, process):
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == command.DONE


def test_a_client_that_says_nothing_holds_up_no_other(home: Path) -> None:
    with serving(home) as (address, _):
        there = urlsplit(address)
        with socket.create_connection((there.hostname, there.port)) as slow:
            slow.send(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
            assert ask(address)[0] == 200


def test_a_taken_port_is_told_in_a_sentence(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert search.main(["serve", "--home", str(home), "--port", str(port)]) == command.BAD_CONFIGURATION
    assert f"--port {port}: cannot be served" in capsys.readouterr().err


@pytest.mark.parametrize("argv", ["serve --home {}", "--home {} serve", "--home={} serve"])
def test_without_an_index_it_does_not_start(
    tmp_path: Path, argv: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert search.main(argv.format(tmp_path).split()) == command.BAD_CONFIGURATION
    assert "press-index rebuild" in capsys.readouterr().err


@pytest.mark.parametrize(
    "argv", [["--port", "99999"], ["--port", "x"], ["the", "customer"], ["--host", "::"]], ids=" ".join
)
def test_misuse_is_told(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        search.main(["serve", *argv])
    assert "usage: press-search serve" in capsys.readouterr().err


def test_the_word_itself_can_be_searched_for(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert search.main(["--home", str(home), "--", "serve"]) == search.NOTHING
    assert "nothing found" in capsys.readouterr().err
