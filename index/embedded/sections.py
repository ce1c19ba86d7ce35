"""Lay out one segment's file: sections, string tables, postings.  Knows no Whoosh and no query.

A file is a magic word, sections one after the other, a directory of them in JSON, and a footer that leads to
the directory and holds its checksum.  Numbers are native arrays: reading a list copies memory and decodes
nothing.  The manifest refuses an index of the other byte order.
"""

import json
import struct
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from mmap import mmap
from typing import Any, BinaryIO, Final, TypeAlias

Buffer: TypeAlias = "bytes | bytearray | memoryview[int]"

SUFFIX: Final = ".seg"
#: Fields whose words are indexed.
TEXT_FIELDS: Final = ("title", "body", "url")
#: Begins the words of addresses in the table of words, behind all others: patterns pass them over.
URL_MARK: Final = b"\xff"
#: Columns, one number a document, with the type of the number.
COLUMNS: Final = {
    "day": "i",  # proleptic ordinal of the day of publication; 0: none
    "known": "q",  # when the version was recorded, seconds since 1970
    "number": "q",  # of the change that brought it
    "source": "H",  # index into the directory's names
    "lang": "H",
    "certainty": "H",
    "withdrawn": "B",
    "headline": "I",  # hash of the title: copies in one source share it
}
#: Columns whose numbers stand for names, which the directory lists.
NAMED: Final = ("source", "lang", "certainty")
#: Numbers of a document's signature, by which near copies are known.
SIGNATURE: Final = 8

MAGIC: Final = b"PRESSEG2"
FOOTER: Final = struct.Struct("<QII8s")  # directory's offset, length and CRC-32, magic
_LIST: Final = struct.Struct("=IB")  # documents, shape
_WIDE_COUNTS: Final = 1  # counts are 4 bytes, not 1
_NO_COUNTS: Final = 2  # each count is 1
_WIDE_PLACES: Final = 4  # places are 4 bytes, not 2


_NOWHERE: Final = array("H")


def id_type(count: int) -> str:
    """Give the type of document numbers in a segment of so many documents."""
    return "H" if count <= 0x10000 else "I"  # noqa: PLR2004 - what 16 bits hold


class SectionWriter:
    """Writes a segment's file, section by section."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._sections: dict[str, tuple[int, int, str, int]] = {}
        self._at = file.write(MAGIC)
        self._begun = self._at
        self._crc = 0

    def append(self, blob: Buffer) -> int:
        """Add to the section that is being written; give its length so far."""
        self._at += self._file.write(blob)
        self._crc = zlib.crc32(blob, self._crc)
        return self._at - self._begun

    def end(self, name: str, kind: str = "B") -> None:
        """End the section and name it."""
        self._sections[name] = (self._begun, self._at - self._begun, kind, self._crc)
        self._begun, self._crc = self._at, 0

    def numbers(self, name: str, numbers: "array[int]") -> None:
        """Write one section of numbers."""
        self.append(numbers.tobytes())
        self.end(name, numbers.typecode)

    def strings(self, name: str, strings: Sequence[bytes]) -> None:
        """Write a table of strings, sorted, none with a line feed in it."""
        self.append(b"\n".join(strings))
        self.end(name)
        self.numbers(f"{name}.at", array("I", accumulate((len(one) + 1 for one in strings), initial=0)))

    def families(self, name: str, families: Mapping[bytes, Sequence[int]]) -> None:
        """Write a table of strings, each with its numbers."""
        strings = sorted(families)
        self.strings(name, strings)
        members = [families[one] for one in strings]
        self.numbers(f"{name}.members", array("I", chain.from_iterable(members)))
        self.numbers(f"{name}.members.at", array("I", accumulate(map(len, members), initial=0)))

    def postings(self, field: str, lists: Iterable[bytes]) -> None:
        """Write the packed postings of a field, one list a word; empty where the field has it not."""
        starts = array("Q", [0])
        for packed in lists:
            starts.append(self.append(packed) if packed else starts[-1])
        self.end(field)
        if starts[-1] <= 0xFFFFFFFF:  # noqa: PLR2004 - what 32 bits hold
            starts = array("I", starts)
        self.numbers(f"{field}.at", starts)

    def finish(self, count: int, **more: Any) -> None:
        """Write directory and footer."""
        directory = json.dumps({"count": count, "sections": self._sections, **more}).encode()
        self._file.write(directory)
        self._file.write(FOOTER.pack(self._at, len(directory), zlib.crc32(directory), MAGIC))


@dataclass(frozen=True, slots=True)
class Postings:
    """Where one word stands in one field."""

    #: Documents, ascending.
    ids: "array[int]"
    #: For each document how much it is about the word: see ``codec.impact``.
    impacts: bytes
    #: For each document how often it has the word; None: once each.
    counts: "Sequence[int] | None"
    #: Positions of the first document, then of the second …
    places: "array[int]"

    def by_document(self, wanted: Iterable[int]) -> "dict[int, array[int]]":
        """Give the places in these documents; each must be in the list."""
        if self.counts is None:
            return {doc: self.places[at : at + 1] for doc, at in self._find(wanted)}
        ends = list(accumulate(self.counts))
        return {doc: self.places[ends[at] - self.counts[at] : ends[at]] for doc, at in self._find(wanted)}

    def _find(self, wanted: Iterable[int]) -> Iterable[tuple[int, int]]:
        return ((doc, bisect_left(self.ids, doc)) for doc in wanted)

    def packed(self, kind: str) -> bytes:
        """Give the list as it is written, document numbers in type ``kind``."""
        shape = 0
        counts = b""
        if self.counts is None or max(self.counts) == 1:
            shape |= _NO_COUNTS
        elif max(self.counts) > 0xFF:  # noqa: PLR2004 - what a byte holds
            shape |= _WIDE_COUNTS
            counts = array("I", self.counts).tobytes()
        else:
            counts = array("B", self.counts).tobytes()
        places = self.places
        if max(places) > 0xFFFF:  # noqa: PLR2004 - what two bytes hold
            shape |= _WIDE_PLACES
        elif places.typecode != "H":
            places = array("H", places)
        ids = self.ids if self.ids.typecode == kind else array(kind, self.ids)
        parts = (_LIST.pack(len(ids), shape), ids.tobytes(), self.impacts, counts, places.tobytes())
        return b"".join(parts)


def pack_bare(ids: Sequence[int], impacts: bytes, kind: str) -> bytes:
    """Give a list without places as it is written."""
    return array(kind, ids).tobytes() + impacts


def unpack_bare(blob: bytes, kind: str) -> Postings:
    """Read one list as ``pack_bare`` wrote it."""
    ids = array(kind)
    count = len(blob) // (ids.itemsize + 1)
    ids.frombytes(blob[: count * ids.itemsize])
    return Postings(ids, blob[count * ids.itemsize :], None, _NOWHERE)


def unpack_ids(blob: bytes | mmap, at: int, kind: str) -> "array[int]":
    """Read the documents alone of a list that begins at a place."""
    count, _ = _LIST.unpack_from(blob, at)
    ids = array(kind)
    at += _LIST.size
    ids.frombytes(blob[at : at + count * ids.itemsize])
    return ids


def unpack(blob: bytes, kind: str) -> Postings:
    """Read one list as ``Postings.packed`` wrote it."""
    count, shape = _LIST.unpack_from(blob)
    ids = array(kind)
    at = _LIST.size
    to = at + count * ids.itemsize
    ids.frombytes(blob[at:to])
    impacts = blob[to : to + count]
    to += count
    counts: Sequence[int] | None = None
    if not shape & _NO_COUNTS:
        width = 4 if shape & _WIDE_COUNTS else 1
        counts = blob[to : to + count * width]
        if width > 1:
            counts = array("I", counts)
        to += count * width
    places = array("I" if shape & _WIDE_PLACES else "H")
    places.frombytes(blob[to:])
    return Postings(ids, impacts, counts, places)
