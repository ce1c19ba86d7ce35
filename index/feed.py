"""Write an answer as an Atom feed (RFC 4287).  Pure: the time is an argument."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Final
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from index.engine import Hit, Results

NAMESPACE: Final = "http://www.w3.org/2005/Atom"

#: Characters that no XML 1.0 document may hold, not even escaped (https://www.w3.org/TR/xml/#charsets).
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One announcement in a feed."""

    #: The release's id, of any form.
    id: str
    title: str
    url: str
    #: Who announced it.
    source: str
    summary: str
    #: When what it says last changed, as far as is known; aware.
    updated: datetime
    #: When it was published or first seen, aware; None when that is not known.
    published: datetime | None = None


def atom(results: Results, *, title: str, at: datetime) -> str:
    """Give the feed of an answer; ``at`` is when it was asked, aware."""
    entries = []
    for hit in results.hits:
        published = published_at(hit)
        entries.append(Entry(hit.id, hit.title, hit.url, hit.source, hit.snippet, published or at, published))
    return write(title, f"search:{title}", {}, entries, at=at)


def published_at(hit: Hit) -> datetime | None:
    """Give the instant a hit was published; where only a day is known, its beginning."""
    return hit.moment or (datetime.combine(hit.day, time(), UTC) if hit.day else None)


def write(title: str, name: str, links: Mapping[str, str], entries: Sequence[Entry], *, at: datetime) -> str:
    """Give a feed as XML.

    Args:
        title: for people.
        name: what tells the feed from others, always the same for it: its address, or any text.
        links: addresses by relation: ``self``, ``alternate``.
        entries: newest first.
        at: what the feed says of its last change when it has no entries; aware.
    """
    root = Element("feed", xmlns=NAMESPACE)
    _text(root, "title", title)
    _text(root, "id", identity(name))
    _text(root, "updated", _moment(max((entry.updated for entry in entries), default=at)))
    for relation, address in links.items():
        SubElement(root, "link", rel=relation, href=_clean(address))
    for entry in entries:
        _add(root, entry)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'


def identity(name: str) -> str:
    """Make an IRI of a name; one that is an address stays as it is."""
    if name.startswith(("https://", "http://")):
        return name
    return f"urn:x-pressdex:{quote(name.encode('utf-8', 'replace'), safe=':')}"


def _add(root: Element, entry: Entry) -> None:
    element = SubElement(root, "entry")
    _text(element, "title", entry.title)
    _text(element, "id", identity(entry.id))
    if entry.published:
        _text(element, "published", _moment(entry.published))
    _text(element, "updated", _moment(entry.updated))
    _text(SubElement(element, "author"), "name", entry.source)
    if entry.url.startswith(("https://", "http://")):
        SubElement(element, "link", rel="alternate", href=_clean(entry.url))
    _text(element, "summary", entry.summary)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _clean(text)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
