"""Be a user who may not write everywhere, and close folders to writing: for tests that may run as root."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65_534


@contextmanager
def unprivileged() -> Iterator[None]:
    """Lose root's right to write everywhere, where the tests have it."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def closed(folder: Path) -> Iterator[None]:
    """Let nobody write in a folder, nor its files; everybody may read."""
    paths = [*folder.iterdir(), folder]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        yield
    finally:
        for path in paths:
            path.chmod(0o755 if path.is_dir() else 0o644)
