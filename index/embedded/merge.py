"""Make one segment of several, document for document in their order.  Knows no Whoosh and no query."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import BinaryIO, Final

from index.embedded.manifest import Entry
from index.embedded.sections import COLUMNS, NAMED, TEXT_FIELDS, Postings, SectionWriter, id_type, pack_bare
from index.embedded.segment import Segment

#: Segments of about the same size that become one: fewer and writing gets slow, more and asking does.
WIDTH: Final = 8


def mergeable(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Choose the segments to make one of: all up to the first size of which there are too many; none is fine.

    The sizes are powers of ``WIDTH``, so that a document is rewritten once for each of them.
    """
    by_size: dict[int, list[Entry]] = {}
    for entry in entries:
        by_size.setdefault(_size(entry.count), []).append(entry)
    for size in sorted(by_size):
        smaller = [entry for entry in entries if _size(entry.count) <= size]
        if len(by_size[size]) >= WIDTH or len(smaller) > 2 * WIDTH:
            return smaller
    return ()


def _size(count: int) -> int:
    size = 0
    while count >= WIDTH:
        count //= WIDTH
        size += 1
    return size


def merge(segments: Sequence[tuple[Segment, Entry]], file: BinaryIO) -> int:
    """Write one segment that holds what several hold; give the number of its documents."""
    out = SectionWriter(file)
    parts = [segment for segment, _ in segments]
    firsts = list(accumulate((part.count for part in parts), initial=0))
    total = firsts.pop()
    _records(out, parts)
    names = _columns(out, parts)
    out.families("keys", _keys(parts, firsts))
    past = {
        first + doc: at
        for (part, entry), first in zip(segments, firsts, strict=True)
        for doc, at in chain(part.past(), entry.past)
    }
    out.numbers("past", array("I", past))
    out.numbers("past.times", array("q", past.values()))
    out.numbers("signature", array("I", chain.from_iterable(part.section("signature") for part in parts)))
    languages = _words(out, parts, firsts, id_type(total))
    out.finish(total, names=names, languages=languages)
    return total


def _records(out: SectionWriter, parts: Iterable[Segment]) -> None:
    starts = array("Q", [0])
    for part in parts:
        base = starts[-1]
        starts.extend(base + end for end in part.section("records.at")[1:])
        out.append(part.section("records"))
    out.end("records")
    out.numbers("records.at", starts)


def _columns(out: SectionWriter, parts: Sequence[Segment]) -> dict[str, list[str]]:
    """Write the columns; names are numbered anew."""
    names: dict[str, dict[str, int]] = {name: {} for name in NAMED}
    for column, kind in COLUMNS.items():
        numbers = array(kind)
        for part in parts:
            if column in NAMED:
                table = names[column]
                anew = [table.setdefault(name, len(table)) for name in part.names[column]]
                numbers.extend(anew[number] for number in part.section(column))
            else:
                numbers.frombytes(part.section(column).cast("B"))
        out.numbers(column, numbers)
    return {column: list(table) for column, table in names.items()}


def _keys(parts: Sequence[Segment], firsts: Sequence[int]) -> dict[bytes, list[int]]:
    keys: dict[bytes, list[int]] = {}
    for part, first in zip(parts, firsts, strict=True):
        for key in part.keys.all():
            keys.setdefault(key, []).extend(first + doc for doc in part.documents(key))
    return keys


def _words(out: SectionWriter, parts: Sequence[Segment], firsts: Sequence[int], kind: str) -> list[str]:
    """Write words, postings and stems; give the languages of the stems."""
    tables = [part.words.all() for part in parts]
    words = sorted(set(chain.from_iterable(tables)))
    numbers = {word: number for number, word in enumerate(words)}
    homes: list[list[tuple[int, int]]] = [[] for _ in words]
    for which, table in enumerate(tables):
        for number, word in enumerate(table):
            homes[numbers[word]].append((which, number))
    for field in TEXT_FIELDS:
        out.postings(field, _joined(field, parts, firsts, homes, kind))
    out.strings("words", words)
    languages = sorted(set(chain.from_iterable(part.languages for part in parts)))
    for language in languages:
        families: dict[bytes, set[int]] = {}
        homes_of: dict[bytes, list[tuple[int, int]]] = {}
        for which, (part, table) in enumerate(zip(parts, tables, strict=True)):
            for number, (stem, members) in enumerate(part.families(language)):
                families.setdefault(stem, set()).update(numbers[table[member]] for member in members)
                homes_of.setdefault(stem, []).append((which, number))
        out.families(f"stems-{language}", {stem: sorted(members) for stem, members in families.items()})
        lists = (
            _shared(language, parts, firsts, homes_of[stem], kind, is_one_word=len(families[stem]) == 1)
            for stem in sorted(families)
        )
        out.postings(f"any-{language}", lists)
    return languages


def _shared(
    language: str,
    parts: Sequence[Segment],
    firsts: Sequence[int],
    homes: Iterable[tuple[int, int]],
    kind: str,
    *,
    is_one_word: bool,
) -> bytes:
    """Give the list of a family; empty where it is one word of the body in all of the segments."""
    lists: list[tuple[Postings, int]] = []
    for which, family in homes:
        shared = parts[which].shared(language, family)
        if shared is None:
            (word,) = parts[which].members(language, family)
            shared = parts[which].postings("body", word)
        else:
            is_one_word = False
        if shared:
            lists.append((shared, firsts[which]))
    if is_one_word:
        return b""
    ids = array("I", chain.from_iterable((doc + first for doc in shared.ids) for shared, first in lists))
    return pack_bare(ids, b"".join(shared.impacts for shared, _ in lists), kind)


def _joined(
    field: str,
    parts: Sequence[Segment],
    firsts: Sequence[int],
    homes: Iterable[Sequence[tuple[int, int]]],
    kind: str,
) -> Iterator[bytes]:
    """Give the packed postings of each word in turn."""
    for places in homes:
        found = ((parts[which].postings(field, number), firsts[which]) for which, number in places)
        lists = [(postings, first) for postings, first in found if postings]
        yield joined(lists).packed(kind) if lists else b""


def joined(lists: Sequence[tuple[Postings, int]]) -> Postings:
    """Put lists one behind the other; each comes with what is added to its document numbers."""
    if len(lists) == 1 and not lists[0][1]:
        return lists[0][0]
    ids, places, counts = array("I"), array("I"), array("I")
    for postings, first in lists:
        ids.extend(doc + first for doc in postings.ids)
        places.extend(iter(postings.places))
        counts.extend(postings.counts or [1] * len(postings.ids))
    return Postings(ids, b"".join(postings.impacts for postings, _ in lists), counts, places)
