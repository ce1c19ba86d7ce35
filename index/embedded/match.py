"""Decide which documents of a segment answer a question.  Knows no Whoosh; ranks nothing.

Sets of document numbers, made by the cheapest part first and narrowed by the others.  A document is one
version of a release; which versions count is the caller's to say.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain, repeat
from operator import add, mul, sub
from typing import Final

from index.embedded.lookup import Lookup, Place
from index.embedded.sections import Postings
from index.embedded.segment import Segment
from index.proximity import is_near
from index.query import And, Days, Equals, Everything, Node, Not, Or, Pattern, Text

#: How many times shorter a set must be than a list, for looking each up in the list to be the quicker way.
SHORTER: Final = 16
#: Bits of a place: four billion words.
_BITS: Final = 32
_NEVER: Final = date.max.toordinal()


class Matcher:
    """Answers the nodes of one question in one segment."""

    def __init__(self, segment: Segment, lookup: Lookup) -> None:
        self._segment = segment
        self._lookup = lookup

    def documents(self, node: Node, within: set[int] | None = None) -> set[int]:
        """Give the documents that answer a node, of those in ``within``; None: of all."""
        match node:
            case Text() if len(node.words) > 1:
                return self._phrase(node, within)
            case Text(field, words):
                return _union(self._lookup.anywhere(field, words[0]), within)
            case Pattern():
                found = self._lookup.having(node)
                return found if within is None else found & within
            case And(parts):
                return self._all_of(parts, within)
            case Or(parts):
                return set().union(*(self.documents(part, within) for part in parts))
            case Not(part):
                return self._everything(within) - self.documents(part, within)
            case Everything():
                return self._everything(within)
            case Equals() | Days():
                return self._in_column(node, within)

    def _everything(self, within: set[int] | None) -> set[int]:
        return set(range(self._segment.count)) if within is None else within

    def _all_of(self, parts: Iterable[Node], within: set[int] | None) -> set[int]:
        left = within
        for part in sorted(parts, key=self._cost):
            if isinstance(part, Not):
                left = self._everything(left) - self.documents(part.part, left)
            else:
                left = self.documents(part, left)
            if not left:
                break
        return left if left is not None else self._everything(None)

    def _cost(self, node: Node) -> int:
        """Estimate how many documents a node brings; what only narrows comes last."""
        count = self._segment.count
        match node:
            case Text():
                return min(self._frequency(node, at) for at in range(len(node.words)))
            case Pattern():
                return len(self._lookup.having(node))
            case And(parts):
                return min(map(self._cost, parts))
            case Or(parts):
                return sum(map(self._cost, parts))
            case Not():
                return count + 2
            case _:
                return count + 1

    def _frequency(self, text: Text, at: int) -> int:
        return sum(len(place.postings.ids) for place in self._lookup.anywhere(text.field, text.words[at]))

    def _phrase(self, text: Text, within: set[int] | None) -> set[int]:
        found: set[int] = set()
        for field in self._lookup.fields(text.field):
            found |= self._phrase_in(field, text, within)
        return found

    def _phrase_in(self, field: str, text: Text, within: set[int] | None) -> set[int]:
        by_word = [self._lookup.places(field, self._lookup.forms(field, word)) for word in text.words]
        if not all(by_word):
            return set()
        if text.slop is None:
            found = _in_row(by_word, text.offsets)
            return found if within is None else found & within
        left = within
        for places in sorted(by_word, key=_size):
            left = _union(places, left)
        positions = [self._lookup.positions(field, word, left or set()) for word in text.words]
        width = text.offsets[-1] + 1 + text.slop
        return {doc for doc in left or () if is_near([each[doc] for each in positions], width)}

    def _in_column(self, node: Equals | Days, within: set[int] | None) -> set[int]:
        if isinstance(node, Equals):
            names = self._segment.names[node.field]
            if node.value not in names:
                return set()
            column = self._segment.column(node.field)
            first = last = names.index(node.value)
        else:
            column = self._segment.column("day")
            first = node.since.toordinal() if node.since else 1
            last = node.until.toordinal() if node.until else _NEVER
        if within is None:
            return {doc for doc, number in enumerate(column) if first <= number <= last}
        return {doc for doc in within if first <= column[doc] <= last}


def _union(places: Sequence[Place], within: set[int] | None) -> set[int]:
    """Give the documents of any of the lists, of those in ``within``."""
    lists = [place.postings.ids for place in places]
    if within is None:
        return set().union(*lists)
    if len(within) * SHORTER < sum(map(len, lists)):
        return {doc for doc in within if any(_has(ids, doc) for ids in lists)}
    return within.intersection(chain.from_iterable(lists))


def _has(ids: Sequence[int], doc: int) -> bool:
    at = bisect_left(ids, doc)
    return at < len(ids) and ids[at] == doc


def _in_row(by_word: Sequence[Sequence[Place]], offsets: Sequence[int]) -> set[int]:
    """Find the documents where the words stand at their offsets.

    A document and a place in it are one number, so that sets of them are compared at once, the rarest first.
    """
    first, *others = sorted(range(len(by_word)), key=lambda at: _size(by_word[at]))
    starts = set(chain.from_iterable(_spots(place.postings, 0) for place in by_word[first]))
    for at in others:
        offset = offsets[at] - offsets[first]
        wanted: set[int] | None = None
        if len(starts) * SHORTER < _size(by_word[at]):
            wanted = {spot >> _BITS for spot in starts}
        spots = (_spots(place.postings, offset, wanted) for place in by_word[at])
        starts.intersection_update(chain.from_iterable(spots))
        if not starts:
            break
    return {spot >> _BITS for spot in starts}


def _spots(postings: Postings, offset: int, wanted: set[int] | None = None) -> Iterable[int]:
    """List where a phrase would begin, given one of its words: document and place in one number."""
    if wanted is not None:
        found = postings.by_document(wanted.intersection(postings.ids))
        return ((doc << _BITS) + place - offset for doc, places in found.items() for place in places)
    firsts: Iterable[int] = map(mul, postings.ids, repeat(1 << _BITS))
    if postings.counts is not None:
        firsts = chain.from_iterable(map(repeat, firsts, postings.counts))
    spots = map(add, firsts, postings.places)
    return map(sub, spots, repeat(offset)) if offset else spots


def _size(places: Sequence[Place]) -> int:
    return sum(len(place.postings.places) for place in places)
