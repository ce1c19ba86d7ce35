"""Ask one question of one state of the index, segment by segment.  Knows no Whoosh; shows nothing."""

import heapq
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Final

from index.distance import distance
from index.embedded.lookup import Lookup, Place
from index.embedded.match import Matcher
from index.embedded.rank import Term, freshness, leading, reason
from index.embedded.segment import Segment
from index.embedded.snapshot import Snapshot
from index.embedded.weight import rarity
from index.engine import Reason
from index.query import Facet, Node, Pattern, Sort, Text, asked
from index.snippet import Wanted

#: Letters below which a word is not corrected: anything is a slip away from it.
SHORTEST_CORRECTED: Final = 4


@dataclass(frozen=True, slots=True)
class Found:
    """One document of an answer."""

    #: Which of the segments.
    which: int
    segment: Segment
    doc: int
    score: float


class Asked:
    """One question to one state; what its words stand for is looked up once."""

    def __init__(self, snapshot: Snapshot, as_of: datetime | None) -> None:
        self._parts = snapshot.parts
        self._count = snapshot.count
        #: The newest day of publication in the index, as an ordinal; 0 where no release has one.
        self.newest = snapshot.newest
        self._lookups = [Lookup(part.segment) for part in snapshot.parts]
        self._matchers = [
            Matcher(part.segment, lookup) for part, lookup in zip(snapshot.parts, self._lookups, strict=True)
        ]
        self._hidden = [part.hidden(as_of) for part in snapshot.parts]

    def matching(self, node: Node, new_since: int | None = None) -> list[set[int]]:
        """Give the documents that answer, by segment; of those that did not answer after a change."""
        every = [matcher.documents(node) for matcher in self._matchers]
        found = [docs - hidden for docs, hidden in zip(every, self._hidden, strict=True)]
        if new_since is None:
            return found
        return [
            {doc for doc in docs if self._is_new(part.segment, doc, every, new_since)}
            for part, docs in zip(self._parts, found, strict=True)
        ]

    def _is_new(self, segment: Segment, doc: int, every: Sequence[set[int]], since: int) -> bool:
        """Tell whether no version of a document's release up to a change answers."""
        if segment.column("number")[doc] <= since:
            return False
        key = segment.key(doc)
        return not any(
            other in answering and part.segment.column("number")[other] <= since
            for part, answering in zip(self._parts, every, strict=True)
            for other in part.segment.documents(key)
        )

    def ordered(self, node: Node, found: Sequence[set[int]], sort: Sort, needed: int) -> list[Found]:
        """Give the first ``needed`` of the documents found."""
        if sort == "relevance":
            return self._ranked(node, found, needed)
        return self._by_day(found, needed, newest_first=sort == "newest")

    def _ranked(self, node: Node, found: Sequence[set[int]], needed: int) -> list[Found]:
        """Give the ``needed`` best of the documents found, best first; the newer of equals first."""
        candidates: list[tuple[float, int, int, int]] = []
        terms = self._terms(node)
        newest = self.newest
        for which, part in enumerate(self._parts):
            days = part.segment.column("day")
            here = [Term(idf, places[which]) for idf, places in terms]
            for doc, score in leading(found[which], here, days, needed).items():
                candidates.append((score * freshness(days[doc], newest), days[doc], which, doc))
        candidates.sort(key=lambda one: (-one[0], -one[1], one[2:]))
        return [self._found(which, doc, score) for score, _, which, doc in candidates[:needed]]

    def _by_day(self, found: Sequence[set[int]], needed: int, *, newest_first: bool) -> list[Found]:
        """Give the newest or oldest of the documents found; those without a day come last."""
        choose = heapq.nlargest if newest_first else heapq.nsmallest
        candidates: list[tuple[int, int, int]] = []
        for which, part in enumerate(self._parts):
            days = part.segment.column("day")
            dated: Collection[int] = found[which]
            if not newest_first:
                dated = [doc for doc in dated if days[doc]]
            candidates += [(days[doc], which, doc) for doc in choose(needed, dated, key=days.__getitem__)]
        order = choose(needed, candidates, key=itemgetter(0))
        if not newest_first and len(order) < needed:
            order += self._undated(found)
        return [self._found(which, doc, 0.0) for _, which, doc in order[:needed]]

    def _found(self, which: int, doc: int, score: float) -> Found:
        return Found(which, self._parts[which].segment, doc, score)

    def _undated(self, found: Sequence[set[int]]) -> Iterator[tuple[int, int, int]]:
        for which, part in enumerate(self._parts):
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
                    words |= lookup.spelled(
                        number for word in leaf.words for number in lookup.forms(leaf.field, word)
                    )
        return Wanted(frozenset(words), tuple(sorted(begins)))

    def counts(self, found: Sequence[set[int]], facet: Facet) -> dict[str, int]:
        """Count the documents found by the values of a facet; those without a value under an empty string."""
        total: Counter[str] = Counter()
        for part, docs in zip(self._parts, found, strict=True):
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

    def reasons(self, node: Node, found: Found) -> Iterator[Reason]:
        """Say what each word has added to the score of one document."""
        for leaf, (idf, places) in self._weighed(node).items():
            share, points = reason(Term(idf, places[found.which]), found.doc)
            yield Reason(leaf, min(self._count, _frequency(places)), idf, share, points)

    def corrections(self, node: Node) -> Iterator[tuple[str, str]]:
        """Give, for each word that is not in the index, the commonest of the nearest that are."""
        for leaf in asked(node):
            if isinstance(leaf, Text) and len(leaf.words) == 1:
                word = leaf.words[0].folded
                if not any(lookup.forms(leaf.field, leaf.words[0]) for lookup in self._lookups):
                    near = self._near(word)
                    if near:
                        best = min(near, key=lambda other: (distance(word, other, 2), -near[other], other))
                        yield leaf.typed, best

    def _near(self, word: str) -> Counter[str]:
        """Count the documents of the words that are a slip or two from this one."""
        near: Counter[str] = Counter()
        if len(word) < SHORTEST_CORRECTED or not word.isalpha():
            return near
        pattern = Pattern(None, "fuzzy", word, word)
        for lookup in self._lookups:
            near.update(lookup.frequencies(lookup.alike(pattern)))
        return near

    def _terms(self, node: Node) -> list[tuple[float, Sequence[Sequence[Place]]]]:
        return list(self._weighed(node).values())

    def _weighed(self, node: Node) -> dict[str, tuple[float, Sequence[Sequence[Place]]]]:
        """Give each word that was asked for with its rarity, and its places by segment.  Each counts once."""
        terms: dict[str, tuple[float, Sequence[Sequence[Place]]]] = {}
        for leaf in asked(node):
            field = f"{leaf.field}:" if leaf.field else ""
            if isinstance(leaf, Pattern):
                titles = [lookup.titles(leaf) for lookup in self._lookups]
                terms[field + leaf.typed] = (self._rarity(titles), titles)
                continue
            for word in leaf.words:
                places = [lookup.anywhere(leaf.field, word) for lookup in self._lookups]
                terms[field + word.folded] = (self._rarity(places), places)
        return terms

    def _rarity(self, by_segment: Sequence[Sequence[Place]]) -> float:
        return rarity(self._count, min(self._count, _frequency(by_segment)))


def _frequency(by_segment: Sequence[Sequence[Place]]) -> int:
    """Estimate how many documents have a term: exact for one list, the field with most for several."""
    totals: Counter[str] = Counter()
    for places in by_segment:
        for place in places:
            totals["title" if place.field == "title" else "other"] += len(place.postings.ids)
    return max(totals.values(), default=0)
