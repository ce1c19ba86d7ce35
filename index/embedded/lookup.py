"""Find the words of a segment that a question means, and where they stand.  Ranks nothing."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from index.distance import near
from index.embedded.sections import URL_MARK, Postings
from index.embedded.segment import Segment
from index.query import Pattern
from index.stems import stems
from index.text import Word, is_unspaced

#: Words that a pattern may stand for in one segment; those in most documents are kept.
WIDEST: Final = 5000

#: One character in UTF-8.
_ONE: Final = b"[\\x20-\\xf7][\\x80-\\xbf]*+"
_LITERAL: Final = re.compile(r"[^*?]+")


@dataclass(frozen=True, slots=True)
class Place:
    """The postings of one form of a word in one field."""

    field: str
    postings: Postings


class Lookup:
    """What the words of one question stand for in one segment; each is looked up once."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._forms: dict[tuple[Word, bool], Sequence[int]] = {}
        self._places: dict[tuple[str | None, Word], list[Place]] = {}
        self._alike: dict[Pattern, Sequence[int]] = {}
        self._having: dict[Pattern, set[int]] = {}
        self._lists: dict[tuple[str, int], Postings | None] = {}

    def fields(self, field: str | None) -> tuple[str, ...]:
        """Name the fields that a leaf of a question looks into."""
        return (field,) if field else ("title", "body")

    def forms(self, field: str | None, word: Word) -> Sequence[int]:
        """Give the words, by number, that count as this one: itself and those with its stem.

        The words of addresses are in no language: there it is itself alone.
        """
        key = (word, field == "url")
        if key not in self._forms:
            self._forms[key] = self._in_addresses(word) if field == "url" else self._find_forms(word)
        return self._forms[key]

    def alike(self, pattern: Pattern) -> Sequence[int]:
        """Give the words, by number, that look like a pattern."""
        if pattern not in self._alike:
            self._alike[pattern] = self._find_alike(pattern)
        return self._alike[pattern]

    def places(self, field: str, words: Sequence[int]) -> list[Place]:
        """Give the postings of words in a field; those that are not in it are left out."""
        found = (self._postings(field, word) for word in words)
        return [Place(field, postings) for postings in found if postings]

    def anywhere(self, field: str | None, word: Word) -> list[Place]:
        """Give the postings of a word in a field; None: in title or body, added up where they can be."""
        key = (field, word)
        if key not in self._places:
            shared = self._shared(word) if field is None else None
            self._places[key] = (
                [Place("any", shared)] if shared else self._apart(field, self.forms(field, word))
            )
        return self._places[key]

    def having(self, pattern: Pattern) -> set[int]:
        """Give the documents with a word that looks like a pattern."""
        if pattern not in self._having:
            words = self.alike(pattern)
            found = (self._segment.having(name, words) for name in self.fields(pattern.field))
            self._having[pattern] = set().union(*found)
        return self._having[pattern]

    def titles(self, pattern: Pattern) -> list[Place]:
        """Give the postings in titles of the words that look like a pattern: all that it is ranked by."""
        if pattern.field not in {None, "title"}:
            return []
        return self.places("title", self._segment.present("title", self.alike(pattern)))

    def _apart(self, field: str | None, words: Sequence[int]) -> list[Place]:
        return [place for name in self.fields(field) for place in self.places(name, words)]

    def positions(self, field: str, word: Word, wanted: set[int]) -> dict[int, Sequence[int]]:
        """Give where any of the forms of a word stands in a field of these documents; in no order."""
        found: dict[int, Sequence[int]] = {}
        for place in self.places(field, self.forms(field, word)):
            shared = wanted.intersection(place.postings.ids)
            for doc, positions in place.postings.by_document(shared).items():
                found[doc] = (*found[doc], *positions) if doc in found else positions
        return found

    def frequencies(self, words: Iterable[int]) -> dict[str, int]:
        """Give words, by number, as they are indexed, with how many documents have each."""
        found = {}
        for word in words:
            places = self._apart(None, [word])
            if places:
                found[self._segment.words[word].decode()] = max(len(place.postings.ids) for place in places)
        return found

    def spelled(self, words: Iterable[int]) -> set[str]:
        """Give words, by number, as they are indexed."""
        return {self._segment.words[number].removeprefix(URL_MARK).decode() for number in words}

    def _postings(self, field: str, word: int) -> Postings | None:
        key = (field, word)
        if key not in self._lists:
            self._lists[key] = self._segment.postings(field, word)
        return self._lists[key]

    def _in_addresses(self, word: Word) -> Sequence[int]:
        number = self._segment.words.find(URL_MARK + word.folded.encode())
        return [number] if number >= 0 else []

    def _find_forms(self, word: Word) -> Sequence[int]:
        segment = self._segment
        if len(word.folded) == 1 and is_unspaced(word.folded):
            pairs = segment.words.beginning(word.folded.encode())
            return [number for number in pairs if len(segment.words[number].decode()) <= 2]  # noqa: PLR2004
        itself = segment.words.find(word.folded.encode())
        found = {itself} if itself >= 0 else set()
        for language, family in self._families(word):
            found.update(segment.members(language, family))
        return sorted(found)

    def _shared(self, word: Word) -> Postings | None:
        """Give the list of a word's only family, where all of its forms are in it."""
        families = self._families(word)
        if len(families) != 1:
            return None
        itself = self._segment.words.find(word.folded.encode())
        if itself >= 0 and itself not in self._segment.members(*families[0]):
            return None
        return self._segment.shared(*families[0])

    def _families(self, word: Word) -> list[tuple[str, int]]:
        """Give the families of a word; each language has its stems."""
        segment = self._segment
        found = (
            (language, segment.family(language, shared.encode()))
            for language in segment.languages
            for shared in stems(word, language)
        )
        return [(language, family) for language, family in found if family >= 0]

    def _find_alike(self, pattern: Pattern) -> Sequence[int]:
        words = self._segment.words
        literal = _LITERAL.match(pattern.word)
        begin = pattern.word[:1] if pattern.kind == "fuzzy" else literal[0] if literal else ""
        mark = URL_MARK if pattern.field == "url" else b""
        candidates = words.beginning(mark + begin.encode())
        if not mark and not begin:
            candidates = range(words.beginning(URL_MARK).start)
        match pattern.kind:
            case "prefix":
                found: Sequence[int] = candidates
            case "wild":
                found = words.matching(candidates, mark + _shape(pattern.word))
            case _:
                spelled = ((number, word[len(mark) :].decode()) for number, word in words.slice(candidates))
                found = near(pattern.word, spelled)
        return found if len(found) <= WIDEST else self._commonest(found)

    def _commonest(self, words: Sequence[int]) -> Sequence[int]:
        """Keep the words with the longest postings, which have most documents."""
        starts = self._segment.section("body.at")
        size: Callable[[int], int] = lambda word: starts[word + 1] - starts[word]  # noqa: E731
        return sorted(sorted(words, key=size, reverse=True)[:WIDEST])


def _shape(typed: str) -> bytes:
    """Write a pattern as a regular expression for words in UTF-8.

    Each star but the last takes as little as it can and never more: linear in the word.
    """
    first, *rest = (
        b"".join(_ONE if sign == "?" else re.escape(sign.encode()) for sign in part)
        for part in re.split(r"\*+", typed)
    )
    if not rest:
        return first
    *middle, last = rest
    return first + b"".join(b"(?>.*?" + part + b")" for part in middle) + b".*" + last
