"""Name the segments that make the index, and how far it follows the archive: the commit point.

The file's first line names the program, the format and a checksum of the second, which is JSON.  It is
replaced whole: what it names was on the disk before.
"""

import json
import os
import sys
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from index.errors import EngineError

NAME: Final = "MANIFEST"
#: Raised whenever what is written changes; an index of another format is made anew from the archive.
FORMAT: Final = 4
_PROGRAM: Final = "pressdex-index"


@dataclass(frozen=True, slots=True)
class Entry:
    """One segment of the index."""

    #: Name of its file without the suffix.
    name: str
    #: Documents in it; a document is one version of one release, and none is ever taken out.
    count: int
    #: Length of its file.
    size_bytes: int
    #: Documents whose release has got a later version since the file was written, with when that was
    #: recorded, as (document, seconds since 1970).
    past: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """One state of the index."""

    #: Last change taken in; 0 when none was.
    cursor: int = 0
    #: Counts the commits.
    generation: int = 0
    segments: tuple[Entry, ...] = ()


def read(where: Path) -> Manifest:
    """Read the manifest of an index folder.

    Raises:
        EngineError: there is no index; or it is foreign, damaged or of another format.
    """
    try:
        text = (where / NAME).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise EngineError(_missing(where)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise damaged(where, f"{NAME} cannot be read") from error
    first, _, second = text.partition("\n")
    program, _, rest = first.partition(" ")
    if program != _PROGRAM:
        raise EngineError(f"{where}: not an index of this program ({NAME} is foreign); name another folder")
    written_format, _, checksum = rest.partition(" ")
    if written_format != f"{FORMAT}/{sys.byteorder}":
        raise EngineError(f"{where}: made by another version of this program; run 'press-index rebuild'")
    if checksum != _checksum(second):
        raise damaged(where, f"{NAME} is not as it was written")
    values = json.loads(second)
    entries = tuple(
        Entry(one["name"], one["count"], one["size_bytes"], tuple(map(tuple, one["past"])))
        for one in values["segments"]
    )
    return Manifest(values["cursor"], values["generation"], entries)


def write(where: Path, manifest: Manifest) -> None:
    """Commit: what the manifest names is on the disk, then the manifest, then the folder."""
    second = json.dumps(asdict(manifest), separators=(",", ":"))
    text = f"{_PROGRAM} {FORMAT}/{sys.byteorder} {_checksum(second)}\n{second}"
    temporary = where / (NAME + ".new")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(where / NAME)
    flush_folder(where)


def flush_folder(where: Path) -> None:
    """Make the names in a folder last; a system that cannot (Windows) needs no such thing."""
    if os.name == "posix":
        folder = os.open(where, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def damaged(where: Path, what: str) -> EngineError:
    """Say that an index is damaged, and the way out."""
    return EngineError(f"{where}: the index is damaged: {what}; run 'press-index rebuild'")


def _missing(where: Path) -> str:
    if where.is_dir() and any(where.iterdir()):
        return f"{where}: not an index of this program, or a damaged one; run 'press-index rebuild'"
    return f"{where}: there is no index yet; run 'press-crawl run' or 'press-index rebuild'"


def _checksum(text: str) -> str:
    return f"{zlib.crc32(text.encode()):08x}"
