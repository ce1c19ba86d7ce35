"""Find the words that a slip of the finger turns into another.  Pure."""

from collections.abc import Iterable, Sequence
from typing import Final

#: Letters from which on two slips are forgiven: in shorter words two make another word of it.
LONG: Final = 6


def slips(word: str) -> int:
    """Give how many slips are forgiven in a word."""
    return 1 if len(word) < LONG else 2


def near(word: str, words: Iterable[tuple[int, str]]) -> list[int]:
    """Choose from numbered words those within the slips that are forgiven, the word itself included.

    The first letter must be right: hardly anyone slips there, and it spares looking at all words.
    """
    most = slips(word)
    lengths = range(len(word) - most, len(word) + most + 1)
    letters = set(word)
    return [
        number
        for number, other in words
        if len(other) in lengths
        and other[0] == word[0]
        and len(letters.symmetric_difference(other)) <= 2 * most  # a slip changes two letters at most
        and distance(word, other, most) <= most
    ]


def distance(one: str, other: str, most: int) -> int:
    """Count the slips between two words: a letter more, less or other, or two swapped; ``most`` + 1 for more.

    Optimal string alignment of what is left between a common beginning and a common end, row by row, given
    up when a row is all above ``most``.
    """
    one, other = _unlike(one, other)
    before: Sequence[int] = ()
    row: Sequence[int] = range(len(other) + 1)
    for i, a in enumerate(one, 1):
        new = [i]
        for j, b in enumerate(other, 1):
            best = row[j - 1] if a == b else 1 + min(row[j], new[-1], row[j - 1])
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, before[j - 2] + 1)
            new.append(best)
        if min(new) > most:
            return most + 1
        before, row = row, new
    return min(row[-1], most + 1)


def _unlike(one: str, other: str) -> tuple[str, str]:
    """Take a common beginning and a common end off two words."""
    shorter = min(len(one), len(other))
    first = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    one, other = one[first:], other[first:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return one, other
