"""Set a difference in lines, each with the words that differ.  Pure; bounded, however much differs."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from typing import Final, TypeAlias

from crawler.diff import Edit, Op

#: Lines and characters of a difference that a page shows.
MOST_LINES: Final = 2_000
MOST_SIGNS: Final = 400_000
#: Words of one line × words of the other, summed over lines, up to which they are compared: half a second.
MOST_PAIRS: Final = 10_000_000
#: Share of words in common from which two lines are the same one, changed.
ALIKE: Final = 0.4

_WORDS: Final = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line, in both versions or in one."""

    text: str
    is_changed: bool


Pieces: TypeAlias = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a difference."""

    op: Op
    pieces: Pieces


def first(edits: Sequence[Edit | None]) -> Sequence[Edit | None]:
    """Give as many lines as a page shows; the last may be cut short."""
    signs = 0
    for place, edit in enumerate(edits[:MOST_LINES]):
        length = len(edit.text) if edit else 0
        if edit and signs + length > MOST_SIGNS:
            return [*edits[:place], Edit(edit.op, edit.text[: MOST_SIGNS - signs] + "…")]
        signs += length
    return edits[:MOST_LINES]


def lines(edits: Sequence[Edit | None]) -> list[Line | None]:
    """Set a difference in lines; None where unchanged lines were left out.

    A line that was changed rather than replaced shows which of its words are others.
    """
    marked = dict(_marked(edits))
    return [
        Line(edit.op, marked.get(place) or (Piece(edit.text, is_changed=False),)) if edit else None
        for place, edit in enumerate(edits)
    ]


def _marked(edits: Sequence[Edit | None]) -> Iterator[tuple[int, Pieces]]:
    """Give the pieces of changed lines, each with its place, until comparing has become too much work."""
    left = MOST_PAIRS
    for gone, new in _partners(edits):
        before, after = (_WORDS.findall(edit.text) if (edit := edits[one]) else [] for one in (gone, new))
        left -= len(before) * len(after)
        if left < 0:
            return
        if pair := compare(before, after):
            yield gone, pair[0]
            yield new, pair[1]


def _partners(edits: Sequence[Edit | None]) -> Iterator[tuple[int, int]]:
    """Pair the places of gone lines with those of the new ones that follow them, in order."""
    runs = [
        (op, [place for place, _ in run])
        for op, run in groupby(enumerate(edits), key=lambda placed: placed[1] and placed[1].op)
    ]
    for (op, gone), (next_op, new) in pairwise(runs):
        if (op, next_op) == ("gone", "new"):
            yield from zip(gone, new, strict=False)


def compare(before: Sequence[str], after: Sequence[str]) -> tuple[Pieces, Pieces] | None:
    """Mark the words that two lines do not share; None where they are different lines altogether."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.quick_ratio() < ALIKE or matcher.ratio() < ALIKE:
        return None
    codes = matcher.get_opcodes()
    return (
        tuple(_pieces(("".join(before[a:b]), op != "equal") for op, a, b, _, _ in codes)),
        tuple(_pieces(("".join(after[a:b]), op != "equal") for op, _, _, a, b in codes)),
    )


def _pieces(stretches: Iterable[tuple[str, bool]]) -> Iterator[Piece]:
    return (Piece(text, is_changed=is_changed) for text, is_changed in stretches if text)
