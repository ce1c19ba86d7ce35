"""Cut a release's body into paragraphs, lists and tables.  Pure."""

import re
from dataclasses import dataclass
from typing import Final

from crawler.model import Release

#: Characters of a body that a page shows; the longest real announcements, annual reports, have less.
LONGEST: Final = 400_000
#: What stands between two cells of a table in a body.
CELLS: Final = " | "

_BLOCKS: Final = re.compile(r"[^\n]+(?:\n[^\n]+)*")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list or a table."""

    #: Lines as the release has them.
    text: str
    #: The cells of a table, row by row; empty where it is none.
    rows: tuple[tuple[str, ...], ...]
    #: Whether it lies in a part beside the announcement: about, contact, forward-looking …
    is_aside: bool


def blocks(release: Release) -> list[Block]:
    """Cut the body at its empty lines."""
    asides = [part for part in release.parts if part.label != "dateline"]  # stands within the first paragraph
    found: list[Block] = []
    for match in _BLOCKS.finditer(release.body[:LONGEST]):
        is_aside = any(part.start <= match.start() < part.end for part in asides)
        if text := match[0].strip():
            found.append(Block(text, _rows(text), is_aside))
    return found


def _rows(text: str) -> tuple[tuple[str, ...], ...]:
    """Give the cells of a table; nothing where not all of the lines, two at least, have some."""
    rows = tuple(tuple(cell.strip() for cell in line.split(CELLS)) for line in text.splitlines())
    return rows if len(rows) > 1 and all(len(row) > 1 for row in rows) else ()
