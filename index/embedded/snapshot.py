"""Hold one committed state of the index open, and answer questions from it.  Knows no Whoosh."""

import heapq
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from operator import itemgetter
from pathlib import Path

from index.embedded.lookup import Lookup, Place
from index.embedded.manifest import Entry, Manifest
from index.embedded.match import Matcher
from index.embedded.rank import Term, freshness, leading
from index.embedded.sections import SUFFIX
from index.embedded.segment import Segment
from index.embedded.weight import rarity
from index.query import Facet, Node, Pattern, asked
from index.snippet import Wanted


@dataclass(frozen=True, slots=True)
class Found:
    """One document of an answer."""

    part: "Part"
    doc: int
    score: float


class Part:
    """One segment, with what has become of its documents since."""

    def __init__(self, where: Path, entry: Entry) -> None:
        self.segment = Segment(where / (entry.name + SUFFIX), entry.size_bytes)
        #: When a later version took a document's place, seconds since 1970.
        self.past = {**dict(self.segment.past()), **dict(entry.past)}

    def hidden(self, as_of: datetime | None) -> set[int]:
        """Give the documents that are no answer: those that are past, or were not there yet."""
        if as_of is None:
            return set(self.past)
        at = as_of.timestamp()
        then = {doc for doc, past in self.past.items() if past <= at}
        return then | {doc for doc, known in enumerate(self.segment.column("known")) if known > at}

    @cached_property
    def newest(self) -> int:
        """The newest day of publication, as an ordinal; 0 where none has one."""
        return max(self.segment.column("day"), default=0)


class Snapshot:
    """One committed state."""

    def __init__(self, where: Path, manifest: Manifest) -> None:
        self.manifest = manifest
        self.parts = [Part(where, entry) for entry in manifest.segments]
        self.count = sum(part.segment.count for part in self.parts)

    @cached_property
    def newest(self) -> int:
        """The newest day of publication."""
        return max((part.newest for part in self.parts), default=0)


class Asked:
    """One question to one state; what its words stand for is looked up once."""

    def __init__(self, snapshot: Snapshot, as_of: datetime | None) -> None:
        self._snapshot = snapshot
        self._lookups = [Lookup(part.segment) for part in snapshot.parts]
        self._matchers = [
            Matcher(part.segment, lookup) for part, lookup in zip(snapshot.parts, self._lookups, strict=True)
        ]
        self._hidden = [part.hidden(as_of) for part in snapshot.parts]

    def matching(self, node: Node) -> list[set[int]]:
        """Give the documents that answer, by segment."""
        return [
            matcher.documents(node) - hidden if hidden else matcher.documents(node)
            for matcher, hidden in zip(self._matchers, self._hidden, strict=True)
        ]

    def ranked(self, node: Node, found: Sequence[set[int]], needed: int) -> list[Found]:
        """Give the ``needed`` best of the documents found, best first; the newer of equals first."""
        candidates: list[tuple[float, int, int, int]] = []
        terms = self._terms(node)
        newest = self._snapshot.newest
        for which, part in enumerate(self._snapshot.parts):
            days = part.segment.column("day")
            here = [Term(idf, places[which]) for idf, places in terms]
            for doc, score in leading(found[which], here, days, needed).items():
                candidates.append((score * freshness(days[doc], newest), days[doc], which, doc))
        candidates.sort(key=lambda one: (-one[0], -one[1], one[2:]))
        parts = self._snapshot.parts
        return [Found(parts[which], doc, score) for score, _, which, doc in candidates[:needed]]

    def by_day(self, found: Sequence[set[int]], needed: int, *, newest_first: bool) -> list[Found]:
        """Give the newest or oldest of the documents found; those without a day come last."""
        choose = heapq.nlargest if newest_first else heapq.nsmallest
        candidates: list[tuple[int, int, int]] = []
        for which, part in enumerate(self._snapshot.parts):
            days = part.segment.column("day")
            dated: Collection[int] = found[which]
            if not newest_first:
                dated = [doc for doc in dated if days[doc]]
            candidates += [(days[doc], which, doc) for doc in choose(needed, dated, key=days.__getitem__)]
        order = choose(needed, candidates, key=itemgetter(0))
        if not newest_first and len(order) < needed:
            order += self._undated(found)
        return [Found(self._snapshot.parts[which], doc, 0.0) for _, which, doc in order[:needed]]

    def _undated(self, found: Sequence[set[int]]) -> Iterator[tuple[int, int, int]]:
        for which, part in enumerate(self._snapshot.parts):
            days = part.segment.column("day")
            yield from ((0, which, doc) for doc in sorted(found[which]) if not days[doc])

    def wanted(self, node: Node) -> Wanted:
        """Give the words that a hit is shown for."""
        words: set[str] = set()
        begins: set[str] = set()
        for leaf in asked(node):
            if isinstance(leaf, Pattern) and leaf.kind == "prefix":
                begins.add(leaf.word)
                continue
            for lookup in self._lookups:
                if isinstance(leaf, Pattern):
                    words |= lookup.spelled(lookup.alike(leaf))
                else:
                    words |= lookup.spelled(number for word in leaf.words for number in lookup.forms(word))
        return Wanted(frozenset(words), tuple(sorted(begins)))

    def counts(self, found: Sequence[set[int]], facet: Facet) -> dict[str, int]:
        """Count the documents found by the values of a facet; those without a value under an empty string."""
        total: Counter[str] = Counter()
        for part, docs in zip(self._snapshot.parts, found, strict=True):
            if facet in {"year", "month"}:
                days = part.segment.column("day")
                per_day = Counter(map(days.__getitem__, docs))
                cut = 4 if facet == "year" else 7
                for day, count in per_day.items():
                    total[date.fromordinal(day).isoformat()[:cut] if day else ""] += count
            else:
                names = part.segment.names[facet]
                for number, count in Counter(map(part.segment.column(facet).__getitem__, docs)).items():
                    total[names[number]] += count
        return dict(total)

    def _terms(self, node: Node) -> list[tuple[float, list[Sequence[Place]]]]:
        """Give each word that was asked for with its rarity, and its places by segment.  Each counts once."""
        terms: dict[object, list[Sequence[Place]]] = {}
        for leaf in asked(node):
            if isinstance(leaf, Pattern):
                terms[leaf] = [lookup.titles(leaf) for lookup in self._lookups]
                continue
            for word in leaf.words:
                terms[leaf.field, word] = [lookup.anywhere(leaf.field, word) for lookup in self._lookups]
        count = self._snapshot.count
        return [(rarity(count, min(count, _frequency(places))), places) for places in terms.values()]


def _frequency(by_segment: Sequence[Sequence[Place]]) -> int:
    """Estimate how many documents have a term: exact for one list, the field with most for several."""
    totals: Counter[str] = Counter()
    for places in by_segment:
        for place in places:
            totals["title" if place.field == "title" else "other"] += len(place.postings.ids)
    return max(totals.values(), default=0)
