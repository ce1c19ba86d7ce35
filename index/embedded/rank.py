"""Score the documents that answer.  Knows no Whoosh, and of a question only the words to weigh."""

import heapq
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from index.embedded.lookup import Place
from index.embedded.weight import K1, SHARES

#: How many times shorter the answer must be than a list, for looking each up to be the quicker way.
SHORTER: Final = 8
#: Documents of a list up to which scoring each is quicker than looking for the best impacts first.
SHORT: Final = 1000
#: What the newest release gains beside one without a date; half of it after ``HALF_LIFE`` days.
FRESH: Final = 0.1
HALF_LIFE: Final = 730


@dataclass(frozen=True, slots=True)
class Term:
    """A word that was asked for, in one segment."""

    #: Inverse document frequency over all segments.
    rarity: float
    places: Sequence[Place]


def freshness(day: int, newest: int) -> float:
    """Give the factor for a release of a day, by proleptic ordinals; 0 is no day."""
    return 1 + FRESH * 2 ** ((day - newest) / HALF_LIFE) if day else 1.0


def leading(found: set[int], terms: Sequence[Term], days: Sequence[int], needed: int) -> dict[int, float]:
    """Score at least the ``needed`` best of the documents found, whatever their freshness.

    Documents without any of the terms answer by a pattern or a field alone: they score nothing, and the
    newest of them come first.
    """
    if len(terms) == 1 and len(terms[0].places) == 1 and _length(terms[0]) > SHORT:
        scores = dict(_descending(terms[0], found, days, needed))
    else:
        scores = _best(scored(found, terms), needed)
    if len(scores) < needed and len(scores) < len(found):
        rest = (doc for doc in found if doc not in scores)
        scores.update(dict.fromkeys(heapq.nlargest(needed, rest, key=days.__getitem__), 0.0))
    return scores


def _best(scores: dict[int, float], needed: int) -> dict[int, float]:
    """Leave out what freshness cannot lift among the ``needed`` best."""
    if len(scores) <= needed:
        return scores
    least = heapq.nlargest(needed, scores.values())[-1] / (1 + FRESH)
    return {doc: score for doc, score in scores.items() if score >= least}


def scored(found: set[int], terms: Sequence[Term]) -> dict[int, float]:
    """Score each of the documents found that has one of the terms."""
    total: dict[int, float] = {}
    for term in sorted(terms, key=_length, reverse=True):
        gain = term.rarity * (K1 + 1)
        if len(term.places) == 1:
            _add(total, found, term.places[0], _gains(gain, term.places[0].field))
            continue
        for doc, share in _shares(found, term.places).items():
            total[doc] = total.get(doc, 0.0) + gain * share / (share + K1)
    return total


def reason(term: Term, doc: int) -> tuple[float, float]:
    """Give how much one document is about a term, and what that adds to its score."""
    share = _shares({doc}, term.places).get(doc, 0.0)
    return share, term.rarity * (K1 + 1) * share / (share + K1)


def _length(term: Term) -> int:
    return sum(len(place.postings.ids) for place in term.places)


def _gains(gain: float, field: str) -> list[float]:
    """Give what each impact is worth where a term has one list."""
    return [gain * share / (share + K1) for share in SHARES[field]]


def _add(total: dict[int, float], found: set[int], place: Place, worth: Sequence[float]) -> None:
    """Add what a list is worth to each of the documents found."""
    ids, impacts = place.postings.ids, place.postings.impacts
    if len(found) * SHORTER < len(ids):
        for doc in found:
            at = bisect_left(ids, doc)
            if at < len(ids) and ids[at] == doc:
                total[doc] = total.get(doc, 0.0) + worth[impacts[at]]
    elif not total:
        total.update(zip(ids, map(worth.__getitem__, impacts), strict=True))
        for doc in total.keys() - found:
            del total[doc]
    else:
        for doc, byte in zip(ids, impacts, strict=True):
            if doc in found:
                total[doc] = total.get(doc, 0.0) + worth[byte]


def _shares(found: set[int], places: Sequence[Place]) -> dict[int, float]:
    """Add up what the forms and fields of a term are to each document found."""
    shares: dict[int, float] = {}
    for place in places:
        _add(shares, found, place, SHARES[place.field])
    return shares


def _descending(term: Term, found: set[int], days: Sequence[int], needed: int) -> Iterator[tuple[int, float]]:
    """List the documents of one list with their scores, best first, until no more can matter.

    Looks for one impact after the other: each is a byte, so that finding it is the work of the C library.  Of
    those with the same impact the newest are enough.
    """
    (place,) = term.places
    ids, impacts = place.postings.ids, place.postings.impacts
    worth = _gains(term.rarity * (K1 + 1), place.field)
    given, least = 0, 0.0
    for impact in range(255, 0, -1):
        if worth[impact] < least:
            return
        alike = [doc for doc in _having(impact, ids, impacts) if doc in found]
        given += len(alike)
        for doc in heapq.nlargest(needed, alike, key=days.__getitem__):
            yield doc, worth[impact]
        if given >= needed and not least:
            least = worth[impact] / (1 + FRESH)


def _having(impact: int, ids: Sequence[int], impacts: bytes) -> Iterator[int]:
    at = impacts.find(impact)
    while at >= 0:
        yield ids[at]
        at = impacts.find(impact, at + 1)
