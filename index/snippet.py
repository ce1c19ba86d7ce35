"""Choose the stretch of a text that shows why it was found, and mark the words in it.  Pure."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from operator import itemgetter
from typing import Final

from index.text import SPELLINGS, places

Spans = tuple[tuple[int, int], ...]

#: Characters of a snippet: three lines of a terminal.
WIDTH: Final = 240
#: Characters of a body that are looked through: a page of hits must be quick.
LOOKED_AT: Final = 20_000
#: Words found after which the looking ends.
ENOUGH: Final = 40

#: Words up to which looking for each is faster than cutting the text into words.
FEW: Final = 12

_SPACE: Final = re.compile(r"\s+")
_WORD_END: Final = re.compile(r"[^\W_]*")
_ACCENTED: Final = re.compile(r"[^\W\d_A-Za-z]")
_RESPELLED: Final = frozenset(SPELLINGS.values())


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words that a text is shown for, folded."""

    words: frozenset[str]
    #: Beginnings of more.
    begins: tuple[str, ...] = ()

    def __contains__(self, word: str) -> bool:
        return word in self.words or word.startswith(self.begins)


def marked(text: str, wanted: Wanted) -> Spans:
    """Give the (start, end) of the wanted words, in order; those that touch become one."""
    return _joined([(start, end) for _, start, end in _found(text, wanted)])


def snippet(body: str, wanted: Wanted) -> tuple[str, Spans]:
    """Cut out the stretch with the most different wanted words, white space folded; else the beginning."""
    found = _found(body[:LOOKED_AT], wanted)
    begin = _begin(body, found)
    piece = body[begin : begin + WIDTH]
    if begin + WIDTH < len(body) and not body[begin + WIDTH].isspace() and " " in piece[WIDTH // 2 :]:
        piece = piece[: piece.rindex(" ")]
    last = begin + len(piece)
    spans = [(start - begin, end - begin) for _, start, end in found if begin <= start and end <= last]
    return _folded(piece, spans)


def _found(text: str, wanted: Wanted) -> list[tuple[str, int, int]]:
    """List the wanted words of a text with their places."""
    if not wanted.words and not wanted.begins:
        return []
    lower = text.lower()
    if (
        len(lower) == len(text)
        and len(wanted.words) <= FEW
        and all(map(_is_plain, (*wanted.words, *wanted.begins)))
    ):
        literal = [_literally(lower, word, is_whole=True) for word in wanted.words]
        begun = [_literally(lower, word, is_whole=False) for word in wanted.begins]
        found = sorted(chain(*literal, *begun), key=itemgetter(1))
        if found and not _ACCENTED.search(text):
            return found[:ENOUGH]
    cut = ((word.folded, start, end) for word, start, end in places(text) if word.folded in wanted)
    return list(islice(cut, ENOUGH))


def _is_plain(word: str) -> bool:
    """Tell whether a word stands in a text as it is, accents apart."""
    return word.isascii() and word.isalpha() and word not in _RESPELLED


def _literally(lower: str, word: str, *, is_whole: bool) -> Iterator[tuple[str, int, int]]:
    """List the places of a plain word or beginning: ten times as fast as cutting the text into words."""
    at = lower.find(word)
    for _ in range(ENOUGH):
        if at < 0:
            return
        end = at + len(word)
        if not lower[at - 1 : at].isalnum():
            rest = _WORD_END.match(lower, end)
            last = rest.end() if rest else end
            if last == end or not is_whole:
                yield lower[at:last], at, last
        at = lower.find(word, end)


def _joined(spans: Iterable[tuple[int, int]]) -> Spans:
    """Make one of spans that touch."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


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
    return text, _joined((moved(start), moved(end)) for start, end in spans)
