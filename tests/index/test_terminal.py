"""The laws of a terminal: what fits, what is coloured, and what goes through the pager."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from index import open_engine
from index.width import cells, lines
from tests.index.releases import CHINESE, numbered, release

ROOT = Path(__file__).resolve().parents[2]
STEERING = re.compile(r"\x1b\[[\d;]*m|\x1b\]8;;[^\x1b]*\x1b\\")
LONG = "Helium and argon are gases of which the announcement speaks at length. " * 9
ROWS = 24
CHANGING = {"NO_COLOR", "COLUMNS", "LINES", "LESS"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    engine = open_engine(tmp_path / "index", create=True)
    gases = [release(f"r{number}", f"Gas report {number} on helium", LONG) for number in range(20)]
    engine.write(numbered([*gases, CHINESE]))
    engine.close()
    return tmp_path


def shown(home: Path, *words: str, columns: int = 80, **environment: str) -> str:
    """Give what press-search shows on a terminal of its own."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, columns, 0, 0))
    command = [sys.executable, "search.py", *words, "--no-fold", "--home", str(home)]
    ambient = {name: value for name, value in os.environ.items() if name not in CHANGING}
    environment = {**ambient, "TERM": "xterm", "PAGER": "", "PYTHONUTF8": "1", **environment}
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL, cwd=ROOT, env=environment):
        os.close(theirs)
        text = b""
        while True:
            try:
                piece = os.read(ours, 1 << 16)
            except OSError:  # Linux says so when the other end is closed
                break
            if not piece:
                break
            text += piece
    os.close(ours)
    return text.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("columns", [30, 40, 80, 200])
def test_no_line_of_a_hit_is_wider_than_the_terminal(home: Path, columns: int) -> None:
    text = STEERING.sub("", shown(home, "helium OR 松江区", "--limit", "21", columns=columns))
    wide = [line for line in text.split("\n") if cells(line) > columns and "https://" not in line]
    assert wide == []
    assert text.count("https://") == 21


def test_words_found_are_marked_and_titles_can_be_clicked(home: Path) -> None:
    text = shown(home, "argon", "--limit", "1")
    assert "\x1b[1;33margon\x1b[0m" in text
    assert re.search(r"\x1b\]8;;https://acme\.example/news/r\d+\x1b\\\x1b\[1mGas report", text)


def test_a_terminal_that_wants_no_colour_gets_none(home: Path) -> None:
    assert "\x1b" not in shown(home, "argon", NO_COLOR="1")
    assert "\x1b" not in shown(home, "argon", TERM="dumb")


def test_what_does_not_fit_goes_through_the_pager_whole(home: Path) -> None:
    kept = home / "paged"
    assert "https://" not in shown(home, "helium", PAGER=f"cp /dev/stdin '{kept}'")
    assert kept.read_text().count("https://acme.example") == 10
    assert "https://" in shown(home, "helium", "--limit", "2", PAGER="false")


@pytest.mark.parametrize(
    ("name", "version", "links"),
    [("less", "less 590 (GNU regex)", 10), ("less", "less 551", 0), ("more", "less 590", 0), ("less", "", 0)],
)
def test_only_a_pager_that_knows_links_gets_them(home: Path, name: str, version: str, links: int) -> None:
    pager, kept = home / name, home / "paged"
    pager.write_text(f"#!/bin/sh\n[ \"$1\" = --version ] && echo '{version}' || cat > '{kept}'\n")
    pager.chmod(0o755)
    shown(home, "helium", PAGER=f"'{pager}'")
    text = kept.read_text()
    assert text.count("\x1b]8;;https") == links
    assert text.count("\x1b[1mGas report") == 10


def test_without_a_pager_the_answer_is_shown(home: Path) -> None:
    assert shown(home, "helium", PAGER="/no/such/pager").count("Gas report") == 10
    assert shown(home, "helium", PAGER="'").count("Gas report") == 10


def test_a_pager_that_is_left_early_is_no_error(home: Path) -> None:
    assert shown(home, "*", "--format", "{title}\\n" * 900, PAGER="true") == ""


@pytest.mark.parametrize(
    ("text", "width", "broken"),
    [
        pytest.param("", 9, [], id="nothing"),
        pytest.param("one two three", 8, ["one two", "three"], id="at spaces"),
        pytest.param("one two three", 99, ["one two three"], id="fits"),
        pytest.param("a onewordtoolong", 6, ["a onew", "ordtoo", "long"], id="through a word"),
        pytest.param("松江区政府", 5, ["松江", "区政", "府"], id="wide"),
        pytest.param("松江区", 1, ["松", "江", "区"], id="never nothing"),
        pytest.param("e\u0301e\u0301e", 2, ["e\u0301e\u0301", "e"], id="accents of their own"),
    ],
)
def test_a_text_is_broken_where_it_fits(text: str, width: int, broken: list[str]) -> None:
    assert [text[start:end] for start, end in lines(text, width)] == broken
