"""Keep the index in a folder, with Whoosh: the only ``import whoosh``.  Decides nothing about the grammar.

One document a release.  Terms are stems; the release itself is stored once, as JSON.
"""

import json
import math
import os
import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from whoosh import fields, formats
from whoosh.columns import NumericColumn
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex, LockError
from whoosh.index import IndexError as DamagedError
from whoosh.reading import IndexReader, TermNotFound
from whoosh.writing import SegmentWriter

from crawler.model import Change, Release
from index.engine import Hit, Results
from index.errors import EngineError
from index.query import (
    TOO_FEW,
    And,
    Days,
    Equals,
    Everything,
    Node,
    Not,
    Or,
    Pattern,
    Query,
    Text,
    asked,
)
from index.snippet import marked, snippet
from index.stems import stem
from index.text import Word, words

#: Says that a folder is ours and how far it follows the archive; written last.
MARKER: Final = "pressdex.json"
#: Raised whenever what is written changes; an older folder is made anew from the archive.
FORMAT: Final = 1
#: Seconds a writer waits for another one.
PATIENCE_S: Final = 60.0
#: What a word in the title counts beside one in the body.
TITLE_WEIGHT: Final = 2.0
K1: Final = 1.2
B: Final = 0.75
#: Terms a pattern may stand for.
WIDEST: Final = 2000


class _Words(fields.FieldType):  # type: ignore[misc]
    """Text with positions, cut by our own words: takes ``(text, language)``."""

    def __init__(self) -> None:
        super().__init__(format=formats.Positions(), analyzer=None, scorable=True)

    def index(self, value: tuple[str, str | None], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        text, language = value
        places: defaultdict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(words(text)):
            places[stem(word, language)].append(at)
        for term, positions in places.items():
            yield term.encode(), len(positions), float(len(positions)), self.format.encode(positions)


class _Value(fields.FieldType):  # type: ignore[misc]
    """One value, compared whole."""

    def __init__(self) -> None:
        super().__init__(format=formats.Existence(), analyzer=None)

    def index(self, value: str, **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        yield value.encode(), 1, 1.0, b""


def _schema() -> fields.Schema:
    day = fields.COLUMN(NumericColumn("i", default=0))
    return fields.Schema(
        key=_Value(),
        title=_Words(),
        body=_Words(),
        url=_Words(),
        source=_Value(),
        lang=_Value(),
        certainty=_Value(),
        day=day,
        record=fields.STORED,
    )


class WhooshEngine:
    """The Whoosh engine on one folder."""

    def __init__(self, where: Path, *, create: bool = False) -> None:
        self._where = where
        self._open: tuple[IndexReader, _Asked] | None = None
        marker = where / MARKER
        if not marker.exists():
            if where.exists() and any(where.iterdir()):
                raise EngineError(f"{where}: not an index of this program; name another folder")
            if not create:
                raise EngineError(
                    f"{where}: there is no index yet; run 'press-crawl run' or 'press-index rebuild'"
                )
            where.mkdir(parents=True, exist_ok=True)
            FileIndex.create(FileStorage(str(where)), _schema())
            self._mark(0)
        if self._marker()["format"] != FORMAT:
            raise EngineError(f"{where}: made by another version of this program; run 'press-index rebuild'")
        with self._translated():
            self._index = FileIndex(FileStorage(str(where)), _schema())

    def cursor(self) -> int:
        """Give the number of the last change committed; 0 when the index is empty."""
        return int(self._marker()["cursor"])

    def write(self, changes: Sequence[Change]) -> None:
        """Take changes in order, commit them, then move the cursor."""
        if not changes:
            return
        documents = {change.release.id: _document(change) for change in changes}
        with self._translated():
            writer = SegmentWriter(self._index, timeout=PATIENCE_S)
            try:
                reader = writer.reader()
                for key, document in documents.items():
                    for doc in _ids(reader, "key", key):
                        writer.delete_document(doc)
                    writer.add_document(**document)
                writer.commit()
            except BaseException:
                writer.cancel()
                raise
            self._mark(changes[-1].number)

    def search(self, query: Query) -> Results:
        """Answer a query from what is committed."""
        with self._translated():
            asked_of = self._reader()
            return asked_of.answer(query)

    def close(self) -> None:
        """Release files; a second call does nothing."""
        if self._open:
            self._open[0].close()
            self._open = None

    def _reader(self) -> "_Asked":
        if self._open and self._open[0].generation() != self._index.latest_generation():
            self.close()
        if self._open is None:
            reader = self._index.reader()
            self._open = (reader, _Asked(reader))
        return self._open[1]

    def _marker(self) -> dict[str, Any]:
        try:
            marker = json.loads((self._where / MARKER).read_text(encoding="utf-8"))
            return {"format": int(marker["format"]), "cursor": int(marker["cursor"])}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EngineError(f"{self._where}: the index is damaged; run 'press-index rebuild'") from error

    def _mark(self, cursor: int) -> None:
        temporary = self._where / (MARKER + ".new")
        with temporary.open("w", encoding="utf-8") as file:
            json.dump({"format": FORMAT, "cursor": cursor}, file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self._where / MARKER)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn what Whoosh raises about a damaged or locked folder into one error."""
        try:
            yield
        except LockError as error:
            raise EngineError(
                f"{self._where}: another run has been writing the index for too long"
            ) from error
        except (DamagedError, OSError, zlib.error, EOFError, KeyError, ValueError) as error:
            raise EngineError(
                f"{self._where}: the index is damaged ({error}); run 'press-index rebuild'"
            ) from error


def _document(change: Change) -> dict[str, Any]:
    """Check a release and turn it into fields, before the writer sees any of it."""
    release = change.release
    published = release.published
    fields_: dict[str, Any] = {
        "key": release.id,
        "title": (release.title, release.language),
        "body": (release.body, release.language),
        "url": (release.url, "und"),
        "source": release.source.casefold(),
        "day": published.day.toordinal() if published else 0,
        "record": _record(release, is_withdrawn=change.kind == "withdrawn"),
    }
    if release.language:
        fields_["lang"] = release.language.casefold()
    if published:
        fields_["certainty"] = published.certainty
    return fields_


def _record(release: Release, *, is_withdrawn: bool) -> str:
    published = release.published
    return json.dumps(
        {
            "id": release.id,
            "source": release.source,
            "url": release.url,
            "title": release.title,
            "day": published.day.isoformat() if published else None,
            "moment": published.moment.isoformat() if published and published.moment else None,
            "certainty": published.certainty if published else None,
            "language": release.language,
            "withdrawn": is_withdrawn,
            "body": release.body,
        }
    )


def _ids(reader: IndexReader, field: str, term: str) -> Iterator[int]:
    try:
        matcher = reader.postings(field, term.encode())
    except TermNotFound:
        return iter(())
    return matcher.all_ids()  # type: ignore[no-any-return]


class _Asked:
    """Questions to one state of the index; remembers nothing of an answer."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        self._days = reader.column_reader("day") if reader.has_column("day") else None
        self._languages = [term.decode() for term in self._terms("lang")]

    def answer(self, query: Query) -> Results:
        scores = self._scores(query.node)
        notes = list(query.notes)
        if query.loose is not None and len(scores) < TOO_FEW:
            loose = self._scores(query.loose)
            if len(loose) > len(scores):
                many = "no release has" if not scores else f"only {len(scores)} have"
                notes.append(f"{many} all the words; shown are those with any of them")
                scores = loose
        order = self._ordered(scores, query)
        wanted = self._wanted(query.node)
        page = order[query.offset : query.offset + query.limit]
        return Results(tuple(self._hit(doc, scores[doc], wanted) for doc in page), len(scores), tuple(notes))

    def _ordered(self, scores: dict[int, float], query: Query) -> list[int]:
        day = self._day
        match query.sort:
            case "newest":
                return sorted(scores, key=lambda doc: (-day(doc), -scores[doc], doc))
            case "oldest":
                return sorted(scores, key=lambda doc: (day(doc) or math.inf, -scores[doc], doc))
            case _:
                return sorted(scores, key=lambda doc: (-scores[doc], -day(doc), doc))

    def _day(self, doc: int) -> int:
        return int(self._days[doc]) if self._days is not None else 0

    def _scores(self, node: Node) -> dict[int, float]:  # noqa: C901 - one case a node
        """Give every document that answers, with its score."""
        match node:
            case Text():
                return self._text(node)
            case Pattern():
                return self._weighed(
                    [self._found(field, self._like(field, node)) for field in _fields(node.field)]
                )
            case Equals(field, value):
                return dict.fromkeys(self._alive(_ids(self._reader, field, value)), 0.0)
            case Days(since, until):
                return dict.fromkeys(self._between(since, until), 0.0)
            case Everything():
                return dict.fromkeys(self._all(), 0.0)
            case And(parts):
                return self._every([self._scores(part) for part in parts if not isinstance(part, Not)], parts)
            case Or(parts):
                total: dict[int, float] = {}
                for part in parts:
                    for doc, score in self._scores(part).items():
                        total[doc] = total.get(doc, 0.0) + score
                return total
            case Not(part):
                without = self._scores(part)
                return {doc: 0.0 for doc in self._all() if doc not in without}

    def _every(self, wanted: list[dict[int, float]], parts: Iterable[Node]) -> dict[int, float]:
        wanted.sort(key=len)
        first = wanted[0] if wanted else dict.fromkeys(self._all(), 0.0)
        total = {
            doc: score + sum(other[doc] for other in wanted[1:])
            for doc, score in first.items()
            if all(doc in other for other in wanted[1:])
        }
        for part in parts:
            if isinstance(part, Not):
                for doc in self._scores(part.part):
                    total.pop(doc, None)
        return total

    def _all(self) -> Iterator[int]:
        return self._reader.all_doc_ids()  # type: ignore[no-any-return]

    def _alive(self, docs: Iterable[int]) -> Iterator[int]:
        return (doc for doc in docs if not self._reader.is_deleted(doc))

    def _between(self, since: date | None, until: date | None) -> Iterator[int]:
        first = since.toordinal() if since else 1
        last = until.toordinal() if until else date.max.toordinal()
        return (doc for doc in self._all() if first <= self._day(doc) <= last)

    def _text(self, node: Text) -> dict[int, float]:
        return self._weighed([self._phrase(field, node) for field in _fields(node.field)])

    def _phrase(self, field: str, node: Text) -> dict[int, float]:
        """Give how often a field has the words, by document."""
        if len(node.words) == 1:
            return self._found(field, self._forms(field, node.words[0]))
        positions = [self._positions(field, self._forms(field, word)) for word in node.words]
        shared = set(positions[0]).intersection(*positions[1:])
        counts = {
            doc: occurrences([each[doc] for each in positions], node.offsets, node.slop) for doc in shared
        }
        return {doc: float(count) for doc, count in counts.items() if count}

    def _weighed(self, by_field: list[dict[int, float]]) -> dict[int, float]:
        """Score by BM25 each field apart."""
        total: dict[int, float] = {}
        count = self._reader.doc_count_all()
        for field, found in zip(("title", "body"), by_field, strict=False):
            if not found:
                continue
            idf = math.log(1 + (count - len(found) + 0.5) / (len(found) + 0.5))
            average = (self._reader.field_length(field) or 1) / max(count, 1)
            boost = TITLE_WEIGHT if field == "title" else 1.0
            for doc, tf in found.items():
                length = self._reader.doc_field_length(doc, field, 1) or 1
                score = boost * idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * length / average))
                total[doc] = total.get(doc, 0.0) + score
        return total

    def _terms(self, field: str, prefix: str = "") -> Iterator[bytes]:
        for name, term in self._reader.terms_from(field, prefix.encode()):
            if name != field or not term.startswith(prefix.encode()):
                return
            yield term

    def _forms(self, field: str, word: Word) -> list[bytes]:
        """Give the terms that a word may be indexed under."""
        if len(word.folded) == 1 and not word.folded.isascii():
            return [term for term in self._terms(field, word.folded) if len(term.decode()) <= 2]  # noqa: PLR2004
        languages = {None, *self._languages}
        return sorted({stem(word, language).encode() for language in languages} | {word.folded.encode()})

    def _like(self, field: str, node: Pattern) -> list[bytes]:
        if node.kind == "prefix":
            return list(self._terms(field, node.word))[:WIDEST]
        if node.kind == "wild":
            shape = re.compile(
                "".join({"*": ".*", "?": "."}.get(sign, re.escape(sign)) for sign in node.word)
            )
            return [term for term in self._terms(field) if shape.fullmatch(term.decode())][:WIDEST]
        return [term for term in self._terms(field) if _is_near(term.decode(), node.word)][:WIDEST]

    def _found(self, field: str, terms: Iterable[bytes]) -> dict[int, float]:
        found: dict[int, float] = {}
        for term in terms:
            try:
                matcher = self._reader.postings(field, term)
            except TermNotFound:
                continue
            while matcher.is_active():
                doc = matcher.id()
                found[doc] = found.get(doc, 0.0) + matcher.weight()
                matcher.next()
        return found

    def _positions(self, field: str, terms: Iterable[bytes]) -> dict[int, list[int]]:
        found: defaultdict[int, list[int]] = defaultdict(list)
        for term in terms:
            try:
                matcher = self._reader.postings(field, term)
            except TermNotFound:
                continue
            while matcher.is_active():
                found[matcher.id()].extend(matcher.value_as("positions"))
                matcher.next()
        return found

    def _wanted(self, node: Node) -> Callable[[str], bool]:
        terms: set[str] = set()
        for leaf in asked(node):
            for field in _fields(leaf.field):
                if isinstance(leaf, Pattern):
                    terms.update(term.decode() for term in self._like(field, leaf))
                else:
                    terms.update(term.decode() for word in leaf.words for term in self._forms(field, word))
        languages = (None, *self._languages)
        known: dict[str, bool] = {}

        def is_wanted(word: str) -> bool:
            if word not in known:
                spelled = Word(word, word)
                known[word] = word in terms or any(stem(spelled, language) in terms for language in languages)
            return known[word]

        return is_wanted

    def _hit(self, doc: int, score: float, wanted: Callable[[str], bool]) -> Hit:
        record = json.loads(self._reader.stored_fields(doc)["record"])
        cut, spans = snippet(record["body"], wanted)
        return Hit(
            id=record["id"],
            source=record["source"],
            url=record["url"],
            title=record["title"],
            day=date.fromisoformat(record["day"]) if record["day"] else None,
            moment=datetime.fromisoformat(record["moment"]) if record["moment"] else None,
            certainty=record["certainty"],
            language=record["language"],
            withdrawn=record["withdrawn"],
            score=score,
            snippet=cut,
            spans=spans,
            title_spans=marked(record["title"], wanted),
        )


def occurrences(positions: list[list[int]], offsets: tuple[int, ...], slop: int | None) -> int:
    """Count where words stand at their offsets; with slop, tell whether they stand near each other."""
    if slop is None:
        starts = set(positions[0])
        for places, offset in zip(positions[1:], offsets[1:], strict=True):
            starts.intersection_update([place - offset for place in places])
        return len(starts)
    return int(narrowest(positions) <= offsets[-1] + 1 + slop)


def narrowest(positions: list[list[int]]) -> float:
    """Give the width in words of the narrowest stretch with a place of each list."""
    places = sorted((place, which) for which, each in enumerate(positions) for place in each)
    last: dict[int, int] = {}
    best = math.inf
    for place, which in places:
        last[which] = place
        if len(last) == len(positions):
            best = min(best, place - min(last.values()) + 1)
    return best


def _fields(field: str | None) -> tuple[str, ...]:
    return (field,) if field else ("title", "body")


def _is_near(term: str, word: str) -> bool:
    """Tell whether two words are one slip apart."""
    if abs(len(term) - len(word)) > 1 or term == word:
        return term == word
    short, long = sorted((term, word), key=len)
    same = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[same:] == long[same + 1 :]
    swapped = long[same + 1 : same + 2] + long[same : same + 1] + long[same + 2 :]
    return short[same + 1 :] == long[same + 1 :] or short[same:] == swapped
