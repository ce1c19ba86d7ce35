"""Keep the searches that are watched, in ``searches.json`` of the home folder.  Asks no engine."""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from index.errors import SavedError, UsageError

FILE: Final = "searches.json"
VERSION: Final = 1
#: Names go on command lines and into feeds.
NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class Saved:
    """One search that is watched."""

    #: The question as typed.
    question: str
    #: As typed for --since, --until and --source.
    since: str | None
    until: str | None
    sources: tuple[str, ...]
    #: Last change of the archive that the search has been told of.
    seen: int


def check_name(name: str) -> str:
    """Give a name back when it may be one.

    Raises:
        UsageError: it may not; says what may.
    """
    if not NAME.fullmatch(name):
        raise UsageError(f"'{name}' cannot be a name: use lower-case letters, digits, '.', '_' and '-'")
    return name


def load(home: Path) -> dict[str, Saved]:
    """Read the saved searches by name; none where there is no file.

    Raises:
        SavedError: the file is there and cannot be used.
    """
    path = home / FILE
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["version"] != VERSION:
            raise SavedError(f"{path}: written by another version of this program")
        return {
            name: Saved(one["question"], one["since"], one["until"], tuple(one["sources"]), int(one["seen"]))
            for name, one in kept["searches"].items()
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SavedError(f"{path}: cannot be read ({error}); mend it or remove it") from error


def store(home: Path, searches: Mapping[str, Saved]) -> None:
    """Replace the saved searches, all or nothing.

    Raises:
        SavedError: the file cannot be written.
    """
    path = home / FILE
    temporary = path.with_name(FILE + ".new")
    kept = {"version": VERSION, "searches": {name: asdict(one) for name, one in sorted(searches.items())}}
    try:
        with temporary.open("w", encoding="utf-8") as file:
            json.dump(kept, file, ensure_ascii=False, indent=2)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise SavedError(f"{path}: cannot be written: {error.strerror}") from error
