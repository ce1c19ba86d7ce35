"""What every command of press-crawl needs: the home folder, its configuration, its archive, a voice."""

import argparse
import json
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, is_dataclass
from datetime import UTC, date, datetime
from enum import IntEnum
from pathlib import Path
from typing import Any

from crawler.archive import Archive
from crawler.config import toml
from crawler.config.toml import Config
from crawler.errors import ConfigError, CrawlError
from crawler.home import home


class Exit(IntEnum):
    """Exit codes, the same for all three commands."""

    DONE = 0
    NOTHING = 1
    MISUSE = 2
    SOME_FAILED = 3
    CONFIG = 4
    UNHEALTHY = 5
    LOCKED = 6
    INTERRUPTED = 130


class NothingError(CrawlError):
    """What was asked for is not there; the message names it and says where names come from."""


class LockedError(CrawlError):
    """Another run holds the home folder; the message names it."""


@dataclass(frozen=True, slots=True)
class Context:
    """Where the user's things are."""

    home: Path

    @property
    def sources_path(self) -> Path:
        """The configuration file; it may not exist yet."""
        return self.home / "sources.toml"

    @property
    def archive_path(self) -> Path:
        """The database; it may not exist yet."""
        return self.home / "archive.db"

    @property
    def index_path(self) -> Path:
        """The index folder; it may not exist yet."""
        return self.home / "index"

    def config(self) -> Config:
        """Read ``sources.toml``; an absent file is an empty configuration.

        Raises:
            ConfigError: the file cannot be read or used.
        """
        return toml.load(self.sources_text(), str(self.sources_path))

    def sources_text(self) -> str:
        """Give the text of ``sources.toml``; an empty one where there is none.

        Raises:
            ConfigError: the file cannot be read.
        """
        try:
            return self.sources_path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""
        except OSError as error:
            message = f"{self.sources_path}: cannot be read: {error.strerror}; let this user read it"
            raise ConfigError(message) from error
        except UnicodeDecodeError as error:
            message = f"{self.sources_path}: no UTF-8 at byte {error.start}; save it as UTF-8"
            raise ConfigError(message) from error

    def stamp(self) -> tuple[int, int, int] | None:
        """Give what changes whenever ``sources.toml`` does; None while there is none."""
        try:
            stat = self.sources_path.stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_size, stat.st_ino

    @contextmanager
    def archive(self, *, create: bool = True) -> Iterator[Archive]:
        """Open the archive for the time of a ``with`` block."""
        if create:
            self.make_home()
        with Archive.open(self.archive_path, create=create) as archive:
            yield archive

    def make_home(self) -> None:
        """Create the home folder where it is missing."""
        try:
            self.home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = f"{self.home}: cannot be made: {error.strerror}; name another folder with --home"
            raise ConfigError(message) from error


def command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace, Context], int],
    *,
    help: str,  # noqa: A002 - argparse's own word
    description: str,
    examples: str,
) -> argparse.ArgumentParser:
    """Add a command to the parser of press-crawl; what it runs gives the exit code."""
    parser = commands.add_parser(
        name,
        help=help,
        description=description,
        epilog=f"examples:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    return parser


def named(archive: Archive, text: str) -> str:
    """Give the id of the release that a user names: its id, or any of its addresses.

    Raises:
        NothingError: there is none.
    """
    found = archive.find(text)
    if found is None:
        message = f"no release has the id {text!r}; ids are the addresses that press-search prints"
        raise NothingError(message)
    return found


def find_home(flag: str | None) -> Path:
    """Give the home folder: flag, then ``$PRESS_HOME``, then the platform's data folder."""

    def default() -> Path:
        from platformdirs import user_data_path  # noqa: PLC0415 - 10 ms that --home saves

        return user_data_path("pressdex")

    return home(flag, os.environ, default)


def now() -> datetime:
    """Give the present instant, aware UTC."""
    return datetime.now(UTC)


def say(*words: object) -> None:
    """Talk to the person: one line on stderr."""
    print("press-crawl:", *words, file=sys.stderr)


def answer(*words: object) -> None:
    """Give a result on stdout, what steers a terminal taken out."""
    print(plain(" ".join(map(str, words))))


def plain(text: str) -> str:
    """Give a text without control characters: pages are strangers' and may hold a terminal's commands."""
    return "".join(
        " " if unicodedata.category(char) == "Cc" and char not in "\n\t" else char for char in text
    )


def at(moment: datetime) -> str:
    """Write an instant for people."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def answer_json(kind: str, rows: Iterable[object], **others: Iterable[object]) -> None:
    """Give results, of one kind or more, as one JSON document with a version that scripts may rely on."""
    kinds = {kind: rows} | others
    document = {"version": 1} | {name: [_plain(row) for row in each] for name, each in kinds.items()}
    print(json.dumps(document, ensure_ascii=False))


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date | datetime) else value
