"""Fixtures of the pages: a home with a dozen releases, and a visitor."""

import shutil
from pathlib import Path

import pytest

from crawler.model import Source
from index.serve.searcher import Searcher
from index.serve.views import Room
from tests.makers import later
from tests.serve.visitor import Visitor, fill


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a home that nobody changes."""
    folder = tmp_path_factory.mktemp("filled")
    fill(folder)
    return folder


@pytest.fixture
def home(filled: Path, tmp_path: Path) -> Path:
    """Give a home that a test may change."""
    return Path(shutil.copytree(filled, tmp_path / "home"))


@pytest.fixture
def visit(home: Path) -> Visitor:
    followed = [Source(name, f"https://{name}.example/news") for name in ("acme", "bolt", "fresh")]
    return Visitor(Room(home / "archive.db", Searcher(home / "index"), lambda: followed, later))
