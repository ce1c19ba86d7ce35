"""Cut a release's text into blocks, and two versions of a line into the words that differ.  Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final

from crawler.diff import Edit, Op
from crawler.model import Release

#: Characters of a body that a page shows; the longest real announcements, annual reports, have less.
LONGEST: Final = 400_000
#: What stands between two cells of a table in a body.
CELLS: Final = " | "
#: Lines of a difference that a page shows.
MOST_LINES: Final = 2_000
#: Words of a line up to which it is compared word by word: that is quadratic at worst.
MOST_WORDS: Final = 600
#: Share of words in common from which two lines are the same one, changed.
ALIKE: Final = 0.4

_WORDS: Final = re.compile(r"\s+|\w+|[^\w\s]")
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


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line, in both versions or in one."""

    text: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a difference."""

    op: Op
    pieces: tuple[Piece, ...]


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


def lines(edits: Iterable[Edit | None]) -> list[Line | None]:
    """Set a difference in lines; None where unchanged lines were left out.

    A line that was changed rather than replaced shows which of its words are others.
    """
    shown: list[Line | None] = []
    for op, run in groupby(edits, key=lambda edit: edit.op if edit else None):
        if op is None:
            shown += [None for _ in run]
        elif op == "new" and shown and (last := shown[-1]) and last.op == "gone":
            shown += _against(shown, [edit.text for edit in run if edit])
        else:
            shown += [Line(op, (Piece(edit.text, is_changed=False),)) for edit in run if edit]
    return shown


def _against(shown: list[Line | None], new: Sequence[str]) -> list[Line]:
    """Set new lines against the gone ones they follow, which are marked in place."""
    first = len(shown)
    while first and (line := shown[first - 1]) and line.op == "gone":
        first -= 1
    gone = [line.pieces[0].text for line in shown[first:] if line]
    set_: list[Line] = []
    for place, text in enumerate(new):
        pair = compare(gone[place], text) if place < len(gone) else None
        if pair:
            shown[first + place] = Line("gone", pair[0])
        set_.append(Line("new", pair[1] if pair else (Piece(text, is_changed=False),)))
    return set_


def compare(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]] | None:
    """Mark the words that two lines do not share; None where they are different lines altogether."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        return None
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE:
        return None
    codes = matcher.get_opcodes()
    return (
        tuple(_pieces((("".join(old[a:b]), op != "equal") for op, a, b, _, _ in codes))),
        tuple(_pieces((("".join(new[a:b]), op != "equal") for op, _, _, a, b in codes))),
    )


def _pieces(stretches: Iterable[tuple[str, bool]]) -> Iterator[Piece]:
    for text, is_changed in stretches:
        if text:
            yield Piece(text, is_changed=is_changed)
