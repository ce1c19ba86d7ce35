"""Read one segment's file.  Knows no Whoosh and no query."""

import json
import mmap
import re
import struct
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from index.embedded.manifest import damaged
from index.embedded.sections import (
    COLUMNS,
    FOOTER,
    MAGIC,
    SIGNATURE,
    Postings,
    id_type,
    unpack,
    unpack_bare,
    unpack_ids,
)


class Strings:
    """A sorted table of strings in a segment's file."""

    def __init__(self, blob: memoryview, starts: memoryview) -> None:
        self._blob = blob
        self._starts = starts

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, at: int) -> bytes:
        return bytes(self._blob[self._starts[at] : self._starts[at + 1] - 1])

    def find(self, string: bytes) -> int:
        """Give the number of a string, or -1."""
        at = bisect_left(self, string)
        return at if at < len(self) and self[at] == string else -1

    def beginning(self, prefix: bytes) -> range:
        """Give the numbers of the strings that begin so."""
        first = bisect_left(self, prefix)
        return range(first, bisect_left(self, prefix + b"\xff", first)) if prefix else range(len(self))

    def all(self) -> list[bytes]:
        """Give all strings; their places in the list are their numbers."""
        return bytes(self._blob).split(b"\n") if len(self) else []

    def matching(self, numbers: range, shape: bytes) -> list[int]:
        """Give the numbers of the strings of a range that a regular expression matches whole."""
        if not numbers:
            return []
        begun = self._starts[numbers.start]
        blob = bytes(self._blob[begun : self._starts[numbers.stop] - 1])
        found: list[int] = []
        number, at = numbers.start, 0
        # What ends alike is looked for at the ends: with a literal ahead that takes a third of the time.
        ends_alike = shape.startswith(b".*") and not shape.startswith(b".*[")
        for match in re.finditer((shape[2:] if ends_alike else b"^" + shape) + b"$", blob, re.MULTILINE):
            number += blob.count(b"\n", at, match.start())
            at = match.start()
            found.append(number)
        return found

    def slice(self, numbers: range) -> Iterable[tuple[int, bytes]]:
        """List the strings of a range with their numbers."""
        if not numbers:
            return ()
        blob = bytes(self._blob[self._starts[numbers.start] : self._starts[numbers.stop] - 1])
        return zip(numbers, blob.split(b"\n"), strict=True)


class Segment:
    """An open segment."""

    def __init__(self, path: Path, size_bytes: int) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.path = path
        try:
            directory = self._directory(size_bytes)
        except (ValueError, struct.error) as error:
            self._map.close()
            raise damaged(path.parent, f"{path.name} is not as it was written") from error
        self._sections: dict[str, tuple[int, int, str, int]] = directory["sections"]
        self._view = memoryview(self._map)
        self.count: int = directory["count"]
        #: The names that the numbers of a named column stand for.
        self.names: dict[str, list[str]] = directory["names"]
        #: Languages with a table of stems.
        self.languages: list[str] = directory["languages"]
        self.words = self._strings("words")
        self.keys = self._strings("keys")
        self._id_type = id_type(self.count)
        self._columns: dict[str, array[int]] = {}

    def _directory(self, size_bytes: int) -> Any:
        if len(self._map) != size_bytes:
            raise ValueError(size_bytes)
        at, length, crc, magic = FOOTER.unpack_from(self._map, size_bytes - FOOTER.size)
        directory = self._map[at : at + length]
        if magic != MAGIC or zlib.crc32(directory) != crc:
            raise ValueError(magic)
        return json.loads(directory)

    def section(self, name: str) -> memoryview:
        """Give a section as numbers of its type."""
        at, length, kind, _ = self._sections[name]
        return self._view[at : at + length].cast(kind)  # type: ignore[call-overload,no-any-return]

    def column(self, name: str) -> "array[int]":
        """Give a column: one number a document; read once."""
        if name not in self._columns:
            numbers = array(COLUMNS[name])
            numbers.frombytes(self.section(name).cast("B"))
            self._columns[name] = numbers
        return self._columns[name]

    def value(self, name: str, doc: int) -> str:
        """Give what a named column says of a document; empty where it says nothing."""
        return self.names[name][self.column(name)[doc]]

    def postings(self, field: str, word: int) -> Postings | None:
        """Give where a word, by number, stands in a field; None: nowhere."""
        starts = self.section(f"{field}.at")
        at, to = starts[word], starts[word + 1]
        if at == to:
            return None
        begun = self._sections[field][0]
        return unpack(self._map[begun + at : begun + to], self._id_type)

    def present(self, field: str, words: Sequence[int]) -> list[int]:
        """Choose the words that stand in a field."""
        starts = self._starts(field)
        return [word for word in words if starts[word] < starts[word + 1]]

    def having(self, field: str, words: Sequence[int]) -> set[int]:
        """Give the documents that have any of the words in a field: quicker than asking for the postings."""
        starts = self._starts(field)
        begun = self._sections[field][0]
        found: set[int] = set()
        for word in self.present(field, words):
            found.update(unpack_ids(self._map, begun + starts[word], self._id_type))
        return found

    def _starts(self, field: str) -> "array[int]":
        """Give where the postings of each word begin, read once: for questions about many words."""
        if field not in self._columns:
            at, length, kind, _ = self._sections[f"{field}.at"]
            starts = array(kind)
            starts.frombytes(self._map[at : at + length])
            self._columns[field] = starts
        return self._columns[field]

    def family(self, language: str, stem: bytes) -> int:
        """Give the number of the family of words that share a stem in a language, or -1."""
        return self._strings(f"stems-{language}").find(stem) if language in self.languages else -1

    def members(self, language: str, family: int) -> Sequence[int]:
        """Give the words of a family, by number; it may be one."""
        starts = self.section(f"stems-{language}.members.at")
        return self.section(f"stems-{language}.members")[starts[family] : starts[family + 1]]

    def shared(self, language: str, family: int) -> Postings | None:
        """Give where any word of a family stands in title or body, without places; None: ask for each."""
        starts = self.section(f"any-{language}.at")
        at, to = starts[family], starts[family + 1]
        if at == to:
            return None
        begun = self._sections[f"any-{language}"][0]
        return unpack_bare(self._map[begun + at : begun + to], self._id_type)

    def families(self, language: str) -> Iterable[tuple[bytes, Sequence[int]]]:
        """List the stems of a language with their words by number; none where it has no table."""
        if language not in self.languages:
            return
        members = self.section(f"stems-{language}.members")
        starts = self.section(f"stems-{language}.members.at")
        for at, stem in enumerate(self._strings(f"stems-{language}").all()):
            yield stem, members[starts[at] : starts[at + 1]]

    def documents(self, key: bytes) -> Sequence[int]:
        """Give the documents of a release."""
        at = self.keys.find(key)
        if at < 0:
            return ()
        starts = self.section("keys.members.at")
        return self.section("keys.members")[starts[at] : starts[at + 1]]

    def key(self, doc: int) -> bytes:
        """Give the key of a document's release; slow, for a few."""
        members = self.section("keys.members")
        at = next(at for at, member in enumerate(members) if member == doc)
        return self.keys[bisect_right(self.section("keys.members.at"), at) - 1]

    def past(self) -> Iterable[tuple[int, int]]:
        """List the documents that a later version has taken the place of, with when."""
        return zip(self.section("past"), self.section("past.times"), strict=True)

    def record(self, doc: int) -> bytes:
        """Give what is stored of a document, as it was written."""
        starts = self.section("records.at")
        begun = self._sections["records"][0]
        return self._map[begun + starts[doc] : begun + starts[doc + 1]]

    def signature(self, doc: int) -> memoryview:
        """Give the numbers by which near copies are known."""
        return self.section("signature")[doc * SIGNATURE : (doc + 1) * SIGNATURE]

    def _strings(self, name: str) -> Strings:
        return Strings(self.section(name), self.section(f"{name}.at"))

    def forget(self) -> None:
        """Let what was read of the file leave this process's memory; it is read again where it is needed."""
        if hasattr(mmap, "MADV_DONTNEED"):  # not on Windows
            self._map.madvise(mmap.MADV_DONTNEED)

    def verify(self) -> bool:
        """Tell whether every section is as it was written; reads the whole file."""
        return all(
            zlib.crc32(self._view[at : at + length]) == crc for at, length, _, crc in self._sections.values()
        )
