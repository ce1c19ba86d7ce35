"""Make one segment of several, document for document in their order.  Knows no Whoosh and no query."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import BinaryIO, Final

from index.embedded.manifest import Entry
from index.embedded.sections import COLUMNS, NAMED, TEXT_FIELDS, Postings, SectionWriter, id_type, pack_bare
from index.embedded.segment import Segment
from index.embedded.weight import together

#: Segments of about the same size that become one: fewer and writing gets slow, more and asking does.
WIDTH: Final = 8
#: Bytes read of segments before they may leave memory: a merge of 67,000 releases held 198 MB at its end
#: without that, and holds 45 with it, for the same CPU.
SPARED: Final = 4 * 1024 * 1024


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
    words = _Words(parts, firsts, id_type(total))
    for field in TEXT_FIELDS:
        out.postings(field, _sparing(words.postings(field), parts))
    out.strings("words", words.words)
    languages = sorted(set(chain.from_iterable(part.languages for part in parts)))
    for language in languages:
        families = words.families(language)
        out.families(f"stems-{language}", families)
        lists = (words.shared(language, stem, families[stem]) for stem in sorted(families))
        out.postings(f"any-{language}", _sparing(lists, parts))
    out.finish(total, names=names, languages=languages)
    return total


def _sparing(blobs: Iterable[bytes], parts: Sequence[Segment]) -> Iterator[bytes]:
    """Give what is made of segments, and let what was read of them leave memory now and then."""
    size = 0
    for blob in blobs:
        yield blob
        size += len(blob)
        if size > SPARED:
            size = 0
            for part in parts:
                part.forget()


def _records(out: SectionWriter, parts: Iterable[Segment]) -> None:
    starts = array("Q", [0])
    for part in parts:
        base = starts[-1]
        starts.extend(base + end for end in part.section("records.at")[1:])
        records = part.section("records")
        for at in range(0, len(records), SPARED):
            out.append(records[at : at + SPARED])
            part.forget()
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


class _Words:
    """The words of several segments as those of one."""

    def __init__(self, parts: Sequence[Segment], firsts: Sequence[int], kind: str) -> None:
        self._parts = parts
        self._firsts = firsts
        self._kind = kind
        self._tables = [part.words.all() for part in parts]
        self.words = sorted(set(chain.from_iterable(self._tables)))
        self._numbers = {word: number for number, word in enumerate(self.words)}
        #: For each word, the segments that have it, each with the word's number there.
        self._homes: list[list[tuple[int, int]]] = [[] for _ in self.words]
        for which, table in enumerate(self._tables):
            for number, word in enumerate(table):
                self._homes[self._numbers[word]].append((which, number))

    def postings(self, field: str) -> Iterator[bytes]:
        """Give the packed postings of each word in turn."""
        for homes in self._homes:
            found = (
                (self._parts[which].postings(field, number), self._firsts[which]) for which, number in homes
            )
            lists = [(postings, first) for postings, first in found if postings]
            yield joined(lists).packed(self._kind) if lists else b""

    def families(self, language: str) -> dict[bytes, list[int]]:
        """Give the words of each stem of a language."""
        families: dict[bytes, set[int]] = {}
        for part, table in zip(self._parts, self._tables, strict=True):
            for stem, members in part.families(language):
                families.setdefault(stem, set()).update(self._numbers[table[member]] for member in members)
        return {stem: sorted(members) for stem, members in families.items()}

    def shared(self, language: str, stem: bytes, members: Sequence[int]) -> bytes:
        """Give the list of a family; empty where it is one word that stands in bodies alone."""
        present: dict[int, list[int]] = {}
        for member in members:
            for which, number in self._homes[member]:
                present.setdefault(which, []).append(number)
        ids, impacts = array("I"), b""
        is_needed = len(members) > 1
        for which, numbers in sorted(present.items()):
            here, added, is_plain = _together(self._parts[which], language, stem, numbers)
            ids.extend(doc + self._firsts[which] for doc in here)
            impacts += added
            is_needed = is_needed or not is_plain
        return pack_bare(ids, impacts, self._kind) if is_needed else b""


def _together(
    part: Segment, language: str, stem: bytes, numbers: Sequence[int]
) -> tuple[Sequence[int], bytes, bool]:
    """Add up the words of a family in one segment; tell whether it is one word in bodies alone.

    A segment may have a word in a language's family and not have the language: then the family is not there.
    """
    family = part.family(language, stem)
    if family >= 0 and len(part.members(language, family)) == len(numbers):
        kept = part.shared(language, family)
        if kept:
            return kept.ids, kept.impacts, False
    lists = [
        (field, postings.ids, postings.impacts)
        for field in ("title", "body")
        for number in numbers
        if (postings := part.postings(field, number))
    ]
    if len(lists) == 1 and lists[0][0] == "body":
        return lists[0][1], lists[0][2], True
    ids, impacts = together(lists)
    return ids, impacts, not lists


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
