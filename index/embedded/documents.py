"""Turn a change into the fields of a document, and what is stored of it back into a hit's.  Pure."""

import json
import re
import zlib
from typing import Any, Final, NamedTuple

from crawler.model import Change, Release
from index.embedded.sections import SIGNATURE
from index.stems import DEFAULT_LANGUAGE
from index.text import Word, fold, words

#: Parts of a release that say the same each time: found, but no reason to come first.
BOILERPLATE: Final = frozenset({"about", "contact", "forward-looking", "non-gaap", "notes"})
#: Language of an address, which is in none.
NO_LANGUAGE: Final = "und"
#: Characters of a paragraph that tells texts apart; shorter ones are labels and names.
TELLING: Final = 60

_PARAGRAPH: Final = re.compile(r"\n\s*")
_NOT_WORD: Final = re.compile(r"[\W_]+")


class Text(NamedTuple):
    """The words of one field."""

    words: list[Word]
    language: str
    #: Stretches of boilerplate, as positions (first, behind the last), in order.
    faint: tuple[tuple[int, int], ...] = ()


def document(change: Change, *, past: int = 0) -> dict[str, Any]:
    """Give the fields of a release's version; ``past`` says when the next took its place, 0: not yet."""
    release = change.release
    published = release.published
    language = (release.language or DEFAULT_LANGUAGE).casefold()
    return {
        "key": spell_key(release.id).decode(),
        "title": Text(words(release.title), language),
        "body": body_of(release, language),
        "url": Text(words(release.url), NO_LANGUAGE),
        "day": published.day.toordinal() if published else 0,
        "known": int(change.at.timestamp()),
        "number": change.number,
        "source": release.source.casefold(),
        "lang": (release.language or "").casefold(),
        "certainty": published.certainty if published else "",
        "withdrawn": int(change.kind == "withdrawn"),
        "headline": _hash(release.title),
        "past": past,
        "signature": signature(release.body),
        "record": json.dumps(record(change), ensure_ascii=False, separators=(",", ":")).encode(
            "utf-8", "replace"
        ),
    }


def body_of(release: Release, language: str) -> Text:
    """Cut a body into words, and remember which of them are boilerplate."""
    found: list[Word] = []
    faint: list[tuple[int, int]] = []
    at = 0
    for part in release.parts:
        if part.label in BOILERPLATE and at <= part.start <= part.end <= len(release.body):
            found += words(release.body[at : part.start])
            first = len(found)
            found += words(release.body[part.start : part.end])
            faint.append((first, len(found)))
            at = part.end
    found += words(release.body[at:])
    return Text(found, language, tuple(faint))


def record(change: Change) -> dict[str, Any]:
    """Give what is stored of a version: all that a hit shows."""
    release = change.release
    published = release.published
    return {
        "id": release.id,
        "source": release.source,
        "url": release.url,
        "title": release.title,
        "moment": published.moment.isoformat() if published and published.moment else None,
        "language": release.language,
        "digest": release.digest,
        "body": release.body,
    }


def spell_key(release_id: str) -> bytes:
    """Spell a release's id as the key it is found by."""
    return release_id.replace("\n", " ").encode("utf-8", "replace")


def signature(body: str) -> list[int]:
    """Give the smallest hashes of a text's telling paragraphs; near copies share most of them.

    Broder, On the Resemblance and Containment of Documents (1997), with paragraphs for shingles: a wire and a
    newsroom print the same paragraphs, and whole ones.
    """
    hashes = {_hash(paragraph) for paragraph in _PARAGRAPH.split(body) if len(paragraph) >= TELLING}
    return (sorted(hashes - {0})[:SIGNATURE] + [0] * SIGNATURE)[:SIGNATURE]


def _hash(text: str) -> int:
    return zlib.crc32(_NOT_WORD.sub("", fold(text)).encode("utf-8", "replace"))
