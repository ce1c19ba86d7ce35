"""Teach Whoosh to write our segments: field types, the pool of postings, and the codec.  Reads nothing."""

import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeAlias

from whoosh.codec import base
from whoosh.fields import FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Existence

from index.embedded.documents import Text
from index.embedded.sections import (
    COLUMNS,
    NAMED,
    SUFFIX,
    TEXT_FIELDS,
    URL_MARK,
    Postings,
    SectionWriter,
    id_type,
    pack_bare,
)
from index.embedded.weight import impact, together, weighed
from index.stems import has_stems, stems
from index.text import Word

#: Of zlib; the next level takes a third longer for 2 % less.
COMPRESSION: Final = 5


@dataclass(slots=True)
class Families:
    """The words of each language by the stems they share, gathered while documents are added."""

    by_language: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    _seen: dict[str, set[Word]] = field(default_factory=dict)

    def add(self, words: Iterable[Word], language: str) -> None:
        """Take in the words of one text."""
        seen = self._seen.setdefault(language, set())
        new = set(words) - seen
        seen |= new
        families = self.by_language.setdefault(language, {})
        for word in new:
            for shared in stems(word, language):
                families.setdefault(shared, set()).add(word.folded)


class WordsField(FieldType):  # type: ignore[misc]
    """Text with positions; takes a ``Text``, cut into words already."""

    def __init__(self, name: str, families: Families) -> None:
        super().__init__(format=Existence(), analyzer=None, scorable=True)
        self._name = name
        self._families = families

    def index(self, value: Text, **_: object) -> Iterator[tuple[bytes, int, int, Any]]:
        """Give (word, frequency, impact, places) for each word of a text."""
        words, language, faint = value
        places: dict[str, list[int]] = {}
        for at, word in enumerate(words):
            folded = word[0]
            if folded in places:
                places[folded].append(at)
            else:
                places[folded] = [at]
        if has_stems(language):
            self._families.add(words, language)
        length = weighed(range(len(words)), faint)
        mark = URL_MARK if self._name == "url" else b""
        for folded, found in places.items():
            count = weighed(found, faint) if faint else len(found)
            yield mark + folded.encode(), len(found), impact(self._name, count, length), found


class ValueField(FieldType):  # type: ignore[misc]
    """A value that is kept in a column or in the record, and not searched by Whoosh."""

    def __init__(self) -> None:
        super().__init__(format=Existence(), analyzer=None, stored=True)
        self.indexed = False


def schema(families: Families) -> Schema:
    """Give the fields of a document."""
    values = dict.fromkeys((*COLUMNS, "key", "record", "signature", "past"), ValueField())
    return Schema(**{name: WordsField(name, families) for name in TEXT_FIELDS}, **values)


#: Documents, impacts, counts and places of one word.
Lists: TypeAlias = "tuple[array[int], bytearray, array[int], array[int]]"


class Pool:
    """Gathers the postings of a segment in memory; takes the place of Whoosh's pool, which sorts tuples."""

    def __init__(self) -> None:
        self.by_field: dict[str, dict[bytes, Lists]] = {name: {} for name in TEXT_FIELDS}

    def add(self, posting: tuple[str, bytes, int, int, list[int]]) -> None:
        """Take one posting: field, word, document, impact, places."""
        name, word, doc, weight, places = posting
        words = self.by_field[name]
        lists = words.get(word)
        if lists is None:
            words[word] = lists = (array("I"), bytearray(), array("I"), array("I"))
        lists[0].append(doc)
        lists[1].append(int(weight))
        lists[2].append(len(places))
        lists[3].extend(places)

    def iter_postings(self) -> "Pool":
        """Hand the pool to the field writer as it is."""
        return self

    def cleanup(self) -> None:
        """Forget what was gathered."""
        self.by_field = {}


class Segment(base.Segment):  # type: ignore[misc]
    """Whoosh's name for a segment that is being written."""

    def __init__(self, index_name: str) -> None:
        super().__init__(index_name)
        self.count = 0

    def should_assemble(self) -> bool:
        """Tell Whoosh that a segment is one file already."""
        return False

    def set_doc_count(self, count: int) -> None:
        """Remember how many documents were written."""
        self.count = count


class Codec(base.Codec):  # type: ignore[misc]
    """Writes one segment's file; a new codec for each writer."""

    length_stats = False

    def __init__(self, families: Families) -> None:
        self.families = families
        self.folder: Path
        self.file: BinaryIO
        self.out: SectionWriter
        self.names: dict[str, list[str]] = {}
        self.count = 0

    def new_segment(self, storage: FileStorage, index_name: str) -> Segment:
        """Name a segment."""
        self.folder = Path(storage.folder)
        return Segment(index_name)

    def per_document_writer(self, _storage: FileStorage, segment: Segment) -> "DocumentWriter":
        """Begin the file with what is kept of each document."""
        path = self.folder / segment.make_filename(SUFFIX)
        self.file = path.open("wb")
        self.out = SectionWriter(self.file)
        return DocumentWriter(self, self.out)

    def field_writer(self, _storage: FileStorage, _segment: Segment) -> "FieldWriter":
        """Go on with words and postings."""
        return FieldWriter(self, self.out)

    def postings_writer(self, *_: object) -> None:
        """Refuse: the field writer writes postings whole, and reading is no matter of Whoosh's."""
        raise NotImplementedError

    postings_reader = automata = terms_reader = per_document_reader = postings_writer


class DocumentWriter(base.PerDocumentWriter):  # type: ignore[misc]
    """Writes records as they come, and columns at the end."""

    def __init__(self, codec: Codec, out: SectionWriter) -> None:
        self._codec = codec
        self._out = out
        self._values: dict[str, Any] = {}
        self._starts = array("Q", [0])
        self._columns = {name: array(kind) for name, kind in COLUMNS.items()}
        self._names: dict[str, dict[str, int]] = {name: {} for name in NAMED}
        self._keys: dict[bytes, list[int]] = {}
        self._past: dict[int, int] = {}
        self._signatures = array("I")
        self.is_closed = False

    def start_doc(self, _doc: int) -> None:
        """Begin a document."""
        self._values = {}

    def add_field(self, name: str, _field: FieldType, value: Any, _length: int) -> None:
        """Take the value of one field."""
        if value is not None:
            self._values[name] = value

    def finish_doc(self) -> None:
        """Write the record, keep the rest for the end."""
        values = self._values
        doc = self._codec.count
        self._codec.count += 1
        self._starts.append(self._out.append(zlib.compress(values["record"], COMPRESSION)))
        for name, column in self._columns.items():
            value = values.get(name, "" if name in NAMED else 0)
            if name in NAMED:
                value = self._names[name].setdefault(value, len(self._names[name]))
            column.append(value)
        self._keys.setdefault(values["key"].encode(), []).append(doc)
        if values.get("past"):
            self._past[doc] = values["past"]
        self._signatures.extend(values["signature"])

    def close(self) -> None:
        """Write columns, keys and signatures."""
        self.is_closed = True
        out = self._out
        out.end("records")
        out.numbers("records.at", self._starts)
        for name, column in self._columns.items():
            out.numbers(name, column)
        out.families("keys", self._keys)
        out.numbers("past", array("I", self._past))
        out.numbers("past.times", array("q", self._past.values()))
        out.numbers("signature", self._signatures)
        self._codec.names = {name: list(table) for name, table in self._names.items()}


class FieldWriter(base.FieldWriter):  # type: ignore[misc]
    """Writes words, postings and stems."""

    def __init__(self, codec: Codec, out: SectionWriter) -> None:
        self._codec = codec
        self._out = out
        self.is_closed = False

    def add_postings(self, _schema: Schema, _lengths: object, pool: Pool) -> None:
        """Write all that a pool has gathered."""
        words = sorted(set().union(*pool.by_field.values()))
        kind = id_type(self._codec.count)
        for name, by_word in pool.by_field.items():
            self._out.postings(name, (_packed(by_word.get(word), kind) for word in words))
        self._out.strings("words", words)
        numbers = {word: number for number, word in enumerate(words)}
        for language, families in self._codec.families.by_language.items():
            spelled = {shared.encode(): sorted(map(str.encode, forms)) for shared, forms in families.items()}
            members = {shared: [numbers[word] for word in forms] for shared, forms in spelled.items()}
            self._out.families(f"stems-{language}", members)
            lists = (_shared(pool, spelled[shared], kind) for shared in sorted(spelled))
            self._out.postings(f"any-{language}", lists)

    def close(self) -> None:
        """Write the directory, and make the file last."""
        self.is_closed = True
        codec = self._codec
        languages = sorted(codec.families.by_language)
        self._out.finish(codec.count, names=codec.names, languages=languages)

    start_field = start_term = add = finish_term = close


def _shared(pool: Pool, words: Sequence[bytes], kind: str) -> bytes:
    """Give the list of a family of words in title and body; empty where it is one word of the body."""
    found = [
        (name, lists[0], bytes(lists[1]))
        for name in ("title", "body")
        for word in words
        if (lists := pool.by_field[name].get(word))
    ]
    if len(found) == 1 and found[0][0] == "body":
        return b""
    return pack_bare(*together(found), kind)


def _packed(lists: "Lists | None", kind: str) -> bytes:
    if lists is None:
        return b""
    ids, impacts, counts, places = lists
    return Postings(ids, bytes(impacts), counts, places).packed(kind)
