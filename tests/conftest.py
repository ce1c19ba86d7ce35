"""Fixtures of all rooms: a shell with a home of its own, and the newsroom to crawl."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import Shell
from tests.newsroom import Newsroom


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Give a shell with an empty home and a configuration that allows this machine."""
    shell = Shell(tmp_path / "home", capsys)
    shell.configure()
    return shell


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    """Give the loopback newsroom, fresh for each test."""
    with Newsroom() as site:
        yield site
