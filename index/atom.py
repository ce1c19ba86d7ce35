"""Write an Atom feed (RFC 4287) of announcements.  Pure: reads no clock, asks nobody."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

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
    #: When it was published or first seen; aware.
    published: datetime
    #: When what it says last changed; aware.
    updated: datetime


def feed(title: str, address: str, page: str, entries: Sequence[Entry], empty: datetime) -> bytes:
    """Write a feed as UTF-8 bytes.

    Args:
        title: for people.
        address: of the feed itself; its id too.
        page: address of the same for people.
        entries: newest first.
        empty: what the feed says of its last change when it has no entries; aware.
    """
    root = Element("feed", xmlns=NAMESPACE)
    _text(root, "title", title)
    _text(root, "id", address)
    _text(root, "updated", max((entry.updated for entry in entries), default=empty).isoformat())
    SubElement(root, "link", rel="self", href=_clean(address))
    SubElement(root, "link", rel="alternate", href=_clean(page))
    for entry in entries:
        _entry(root, entry)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(root: Element, entry: Entry) -> None:
    element = SubElement(root, "entry")
    _text(element, "title", entry.title)
    _text(element, "id", identity(entry.id))
    _text(element, "published", entry.published.isoformat())
    _text(element, "updated", entry.updated.isoformat())
    _text(SubElement(element, "author"), "name", entry.source)
    if entry.url.startswith(("https://", "http://")):
        SubElement(element, "link", rel="alternate", href=_clean(entry.url))
    _text(element, "summary", entry.summary)


def identity(release: str) -> str:
    """Make an IRI of a release's id: an address stays as it is."""
    if release.startswith(("https://", "http://")):
        return release
    return f"urn:x-pressdex:{quote(release.encode('utf-8', 'replace'), safe=':')}"


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _clean(text)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
