"""Weigh how much a document is about a word: BM25F with its statistics fixed.  Pure numbers.

Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), 3.5.  A count is
divided by how long its field is beside what is usual; the fields' shares are added; the sum saturates.  What
is usual is a constant, so that a weight is known when a document is written and can be kept in a byte, and
merging segments moves no score.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

# The numbers below are calibrated as a set: tests/bench/relevance.py.  Within a fifth of each, nDCG@10 on
# Cranfield stays between .409 and .411.

#: Saturation.
K1: Final = 1.6
#: How much a field's length counts.
B: Final = {"title": 0.6, "body": 0.75, "url": 0.0}
#: Words of a usual field.
USUAL: Final = {"title": 9, "body": 150, "url": 12}
#: Part of the usual below which a field counts as this long: a caption is not all about its five words.
SHORTEST: Final = 0.25
#: What a word of the boilerplate counts beside one of the news.  A company's every release says what the
#: company does: a word must find them all, and put first those that are news about it.
FAINT: Final = 0.25
#: What a word in a field counts beside one in the body.
SHARE: Final = {"title": 3.0, "body": 1.0, "url": 1.0}


def weighed(places: Sequence[int], faint: Sequence[tuple[int, int]]) -> float:
    """Count places, ascending, those in stretches of boilerplate for less."""
    behind = sum(bisect_left(places, end) - bisect_left(places, first) for first, end in faint)
    return len(places) - (1 - FAINT) * behind


@lru_cache(maxsize=1 << 16)
def impact(field: str, count: float, length: float) -> int:
    """Give 1 to 255: the saturated weight of a word that stands ``count`` times among ``length`` words."""
    relative = max(length / USUAL[field], SHORTEST)
    return kept(count / (1 - B[field] + B[field] * relative))


def kept(share: float) -> int:
    """Give a share as the byte that is kept."""
    return max(1, round(255 * share / (share + K1)))


def _share(byte: int) -> float:
    part = min(byte, 254.5) / 255
    return K1 * part / (1 - part)


#: For each field, and for title and body together: what an impact adds to the sum of the shares.
SHARES: Final = {
    field: tuple(weight * _share(byte) for byte in range(256))
    for field, weight in (*SHARE.items(), ("any", 1.0))
}


def together(lists: Iterable[tuple[str, Sequence[int], bytes]]) -> tuple[list[int], bytes]:
    """Add up lists of (field, documents, impacts): all documents, ascending, and their impacts."""
    shares: dict[int, float] = {}
    for field, ids, impacts in lists:
        worth = SHARES[field]
        if not shares:
            shares = dict(zip(ids, map(worth.__getitem__, impacts), strict=True))
            continue
        for doc, byte in zip(ids, impacts, strict=True):
            shares[doc] = shares.get(doc, 0.0) + worth[byte]
    documents = sorted(shares)
    return documents, bytes([kept(shares[doc]) for doc in documents])


def saturated(share: float) -> float:
    """Give the weight of the shares of all fields together, below K1 + 1."""
    return share * (K1 + 1) / (share + K1)


def rarity(documents: int, having: int) -> float:
    """Give the inverse document frequency; above 0, and near it for a word that all have."""
    return math.log1p((documents - having + 0.5) / (having + 0.5))
