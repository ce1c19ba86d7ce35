"""Choose the stretch of a text that shows why it was found, and mark the words in it.  Pure."""

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import Final

from index.text import places

Spans = tuple[tuple[int, int], ...]

#: Characters of a snippet: three lines of a terminal.
WIDTH: Final = 240
#: Characters of a body that are looked through: a page of hits must be quick.
LOOKED_AT: Final = 20_000
#: Words found after which the looking ends.
ENOUGH: Final = 40

_SPACE: Final = re.compile(r"\s+")


def marked(text: str, is_wanted: Callable[[str], bool]) -> Spans:
    """Give the (start, end) of the wanted words, in order; those that touch become one."""
    spans: list[tuple[int, int]] = []
    for word, start, end in places(text):
        if not is_wanted(word.folded):
            continue
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return tuple(spans)


def snippet(body: str, is_wanted: Callable[[str], bool]) -> tuple[str, Spans]:
    """Cut out the stretch with the most different wanted words, white space folded; else the beginning."""
    found: list[tuple[str, int, int]] = []
    for word, start, end in places(body[:LOOKED_AT]):
        if is_wanted(word.folded):
            found.append((word.folded, start, end))
            if len(found) == ENOUGH:
                break
    begin = _begin(body, found)
    piece = body[begin : begin + WIDTH]
    if begin + WIDTH < len(body) and not body[begin + WIDTH].isspace() and " " in piece[WIDTH // 2 :]:
        piece = piece[: piece.rindex(" ")]
    spans = [
        (start - begin, end - begin)
        for _, start, end in found
        if begin <= start and end <= begin + len(piece)
    ]
    return _folded(piece, spans)


def _begin(body: str, found: list[tuple[str, int, int]]) -> int:
    """Choose where a snippet begins: at a sentence or word before the densest window of hits."""
    if not found:
        return 0
    best, most = 0, 0
    for first, (_, start, _) in enumerate(found):
        kinds = {word for word, _, end in found[first:] if end - start <= WIDTH * 3 // 4}
        if len(kinds) > most:
            best, most = first, len(kinds)
    start = found[best][1]
    if start < WIDTH // 4:
        return 0
    lead = body[start - WIDTH // 4 : start]
    cut = max(lead.rfind("\n"), lead.rfind(". ") + 1, lead.rfind("。"))
    if cut <= 0:
        cut = max(lead.find(" "), -1)
    return start - len(lead) + cut + 1


def _folded(piece: str, spans: list[tuple[int, int]]) -> tuple[str, Spans]:
    """Make each run of white space one space, and move the spans with it."""
    removed_at: list[int] = []
    removed: list[int] = [0]
    for match in _SPACE.finditer(piece):
        gone = match.end() - match.start() - (match.start() > 0)
        if gone:
            removed_at.append(match.end())
            removed.append(removed[-1] + gone)

    def moved(offset: int) -> int:
        return offset - removed[bisect_right(removed_at, offset)]

    text = _SPACE.sub(" ", piece).strip()
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        at, to = moved(start), moved(end)
        if merged and at <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(to, merged[-1][1]))
        else:
            merged.append((at, to))
    return text, tuple(merged)
