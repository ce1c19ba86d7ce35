"""Run our commands as a user does, in this process, and give back what they print."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import search
from crawler.__main__ import main as press_crawl
from index.__main__ import main as press_index

PROGRAMS: dict[str, Callable[[list[str]], int]] = {
    "press-crawl": press_crawl,
    "press-index": press_index,
    "press-search": search.main,
}


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


class Shell:
    """A shell in which every command has one home folder."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self._capsys = capsys

    def __call__(self, program: str, *arguments: str) -> Said:
        self._capsys.readouterr()
        try:
            code = PROGRAMS[program](["--home", str(self.home), *arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        told = self._capsys.readouterr()
        return Said(int(code), told.out, told.err)

    def configure(self, text: str = "") -> None:
        """Write a configuration that allows this machine and asks it without delay."""
        self.home.mkdir(exist_ok=True)
        settings = '[crawl]\ncontact = "test@example.org"\ndelay = "0s"\nallow = ["127.0.0.1"]\n'
        (self.home / "sources.toml").write_text(settings + text, encoding="utf-8")
