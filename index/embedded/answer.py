"""Answer a question from one state of the index: match, loosen, order, fold, show.  Knows no Whoosh."""

import json
import zlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, cast

from index.embedded.asked import Asked, Found
from index.embedded.copies import Text, folded
from index.embedded.rank import freshness
from index.embedded.snapshot import Snapshot
from index.engine import Copy, Count, Hit, Results
from index.query import TOO_FEW, Facet, Query, values
from index.snippet import Wanted, marked, snippet

if TYPE_CHECKING:  # 8 ms of a search, for nothing but names
    from crawler.model import Certainty

#: How many documents more than a page needs are looked at for copies; twice as many when that is too few.
SPARE: Final = 10


def answer(snapshot: Snapshot, query: Query) -> Results:
    """Answer a question."""
    asked = Asked(snapshot, query.as_of)
    notes = [*query.notes, *_unknown_values(snapshot, query)]
    found = asked.matching(query.node, query.new_since)
    total = sum(map(len, found))
    suggestion = _suggestion(asked, query) if total < TOO_FEW else None
    if query.loose is not None and total < TOO_FEW:
        any_of = asked.matching(query.loose)
        if (more := sum(map(len, any_of))) > total:
            having = "no release has" if not total else f"only {total} {'have' if total > 1 else 'has'}"
            notes.append(f"{having} all the words; shown are those with any of them")
            found, total = any_of, more
    groups = _page(asked, query, found, total)
    wanted = asked.wanted(query.node)
    hits = tuple(_hit(asked, query, group, wanted) for group in groups)
    facets = tuple((facet, _counts(asked, found, facet)) for facet in query.facets)
    return Results(hits, total, tuple(notes), suggestion, facets, snapshot.manifest.cursor)


def _page(asked: Asked, query: Query, found: Sequence[set[int]], total: int) -> list[list[Found]]:
    """Give the page of hits asked for, each with its copies."""
    last = query.offset + query.limit
    if not query.limit or query.offset >= total:
        return []
    looked_at = last + SPARE * query.is_folding
    while True:
        order = asked.ordered(query.node, found, query.sort, looked_at)
        if not query.is_folding:
            return [[one] for one in order[query.offset : last]]
        groups = folded(map(_text, order))
        if len(groups) >= last or looked_at >= total:
            return [[order[place] for place in group] for group in groups[query.offset : last]]
        looked_at *= 2


def _text(found: Found) -> Text:
    segment, doc = found.segment, found.doc
    return Text(
        source=segment.value("source", doc),
        day=segment.column("day")[doc],
        headline=segment.column("headline")[doc],
        signature=frozenset(number for number in segment.signature(doc) if number),
    )


def _hit(asked: Asked, query: Query, group: Sequence[Found], wanted: Wanted) -> Hit:
    first, *others = group
    segment, doc = first.segment, first.doc
    record = _record(first)
    day = segment.column("day")[doc]
    cut, spans = snippet(record["body"], wanted)
    return Hit(
        id=record["id"],
        source=record["source"],
        url=record["url"],
        title=record["title"],
        day=date.fromordinal(day) if day else None,
        moment=datetime.fromisoformat(record["moment"]) if record["moment"] else None,
        certainty=cast("Certainty | None", segment.value("certainty", doc) or None),
        language=record["language"],
        withdrawn=bool(segment.column("withdrawn")[doc]),
        score=first.score,
        snippet=cut,
        spans=spans,
        title_spans=marked(record["title"], wanted),
        also=tuple(Copy(copy["source"], copy["url"]) for copy in map(_record, others)),
        reasons=tuple(asked.reasons(query.node, first)) if query.is_explaining else (),
        freshness=freshness(day, asked.newest) if query.sort == "relevance" else 1.0,
    )


def _record(found: Found) -> dict[str, str]:
    return cast("dict[str, str]", json.loads(zlib.decompress(found.segment.record(found.doc))))


def _counts(asked: Asked, found: Sequence[set[int]], facet: Facet) -> tuple[Count, ...]:
    counts = asked.counts(found, facet)
    is_time = facet in {"year", "month"}
    order = sorted(counts, reverse=True) if is_time else sorted(counts, key=lambda one: (-counts[one], one))
    return tuple(Count(value, counts[value]) for value in order)


def _suggestion(asked: Asked, query: Query) -> str | None:
    """Put words of the index in the place of those that are not in it."""
    better = query.text
    for typed, word in asked.corrections(query.node):
        better = better.replace(typed, word)
    return better if better != query.text else None


def _unknown_values(snapshot: Snapshot, query: Query) -> Iterable[str]:
    """Say which sources and languages that were asked for no release has."""
    for one in values(query.node):
        known = snapshot.names(one.field)
        if one.value in known:
            continue
        import difflib  # noqa: PLC0415 - 5 ms that only a mistake pays

        near = difflib.get_close_matches(one.value, known, n=1)
        hint = f"; did you mean '{near[0]}'?" if near else ""
        yield f"no release has the {one.field} '{one.value}'{hint}"
