"""Turn a change into the fields of a document, and what is stored of it back into a hit's.  Pure."""

import json
import re
import zlib
from typing import Any, Final

from crawler.model import Change
from index.embedded.sections import SIGNATURE
from index.stems import DEFAULT_LANGUAGE
from index.text import fold, words

#: Language of an address, which is in none.
NO_LANGUAGE: Final = "und"
#: Characters of a paragraph that tells texts apart; shorter ones are labels and names.
TELLING: Final = 60

_PARAGRAPH: Final = re.compile(r"\n\s*")
_NOT_WORD: Final = re.compile(r"[\W_]+")


def document(change: Change, *, past: int = 0) -> dict[str, Any]:
    """Give the fields of a release's version; ``past`` says when the next took its place, 0: not yet."""
    release = change.release
    published = release.published
    language = (release.language or DEFAULT_LANGUAGE).casefold()
    return {
        "key": spell_key(release.id).decode(),
        "title": (words(release.title), language),
        "body": (words(release.body), language),
        "url": (words(release.url), NO_LANGUAGE),
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
