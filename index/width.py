"""Tell how many cells of a terminal a text fills, and where its lines end.  Pure: asks no terminal."""

import unicodedata
from collections.abc import Iterator
from typing import Final

#: Categories of characters that stand on the one before: accents, joiners.
_ABOVE: Final = frozenset({"Mn", "Me", "Cf"})


def cells(text: str) -> int:
    """Count the cells of a text: none for an accent of its own, two for a wide character.

    Wide is what Unicode calls so (https://www.unicode.org/reports/tr11/).
    """
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(sign: str) -> int:
    if unicodedata.category(sign) in _ABOVE:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def lines(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Give (start, end) of each line of a text that is broken to a width, at spaces where there are some."""
    start = 0
    while start < len(text):
        fits = _fitting(text, start, width)
        space = text.rfind(" ", start, fits + 1) if fits < len(text) else -1
        end = space if space > (start + fits) // 2 else fits
        yield start, end
        start = end + (text[end : end + 1] == " ")


def _fitting(text: str, start: int, width: int) -> int:
    """Give the end of what fits from a place on; one character always does."""
    left = width
    for at in range(start, len(text)):
        left -= _cells(text[at])
        if left < 0 and at > start:
            return at
    return len(text)


def around(text: str, at: int, width: int) -> tuple[str, int]:
    """Cut a text to a width round one place; give it with the cells before that place."""
    if cells(text) <= width:
        return text, cells(text[:at])
    begin = max(0, at - width // 4)
    before = ("…" if begin else "") + text[begin:at]
    room = width - cells(before)
    end = _fitting(text, at, room) if at < len(text) else at
    return before + text[at:end] + ("…" if end < len(text) else ""), cells(before)
