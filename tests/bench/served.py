"""Run ``tests.bench.site`` in a process of its own, and follow it from a home folder.  Measures nothing."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final, Self

from tests.bench.site import FIRST_HOST

ROOT: Final = Path(__file__).resolve().parents[2]


class Site:
    """The server's process; a context manager."""

    def __init__(self, hosts: int, pages: int, *, is_slim: bool = False) -> None:
        self.hosts = hosts
        self._command = [sys.executable, "-m", "tests.bench.site", str(hosts), str(pages)]
        self._command += ["--slim"] if is_slim else []

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        assert self._process.stdout
        self.port, self.pid = int(self._process.stdout.readline()), self._process.pid
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate("", timeout=30)

    def told(self) -> dict[str, Any]:
        """Give what the server has counted so far."""
        return self._ask("told")

    def sent(self) -> dict[str, int]:
        """Give how often each release was sent so far, by address."""
        return self._ask("sent")

    def _ask(self, word: str) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()
        counted: dict[str, Any] = json.loads(self._process.stdout.readline())
        return counted

    def follow(self, home: Path) -> None:
        """Write a home folder that follows all hosts, without delays."""
        places = [f"127.0.0.{place}" for place in range(FIRST_HOST, FIRST_HOST + self.hosts)]
        allow = ", ".join(f'"{place}"' for place in places)
        text = f'[crawl]\ndelay = "0s"\nallow = [{allow}]\n'
        for number, place in enumerate(places):
            text += f'[[source]]\nname = "host{number}"\nurl = "http://{place}:{self.port}/news/"\n'
        home.mkdir()
        (home / "sources.toml").write_text(text, encoding="utf-8")


def command(home: Path, *words: str) -> list[str]:
    """Give one of our commands as it is run: the module, then its words."""
    module, *rest = words
    return [sys.executable, "-m", module, "--home", str(home), *rest]
