"""Read the addresses that a sitemap lists.  Pure: expands no entity, loads no DTD, follows no reference.

The format is sitemaps.org's: ``urlset`` or ``sitemapindex``, plain or in gzip, with Google's ``news:``
names; or a text of one address a line. ``lastmod`` is a hint of a change and never taken for a date of
publication.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from crawler.dates.find import stamp
from crawler.errors import UnreadableError
from crawler.model import Link, Listing, Page, Published
from crawler.urls import canonical, related, resolve

LARGEST_BYTES: Final = 50 * 1024 * 1024  # sitemaps.org: 50 MiB unpacked …
MOST_ENTRIES: Final = 50_000  # … and 50,000 addresses
CHUNK_BYTES: Final = 64 * 1024  # fed to the parser at once, so that memory follows the entries, not the file
SNIFFED_BYTES: Final = 4_096

GZIP: Final = b"\x1f\x8b"
ROOT: Final = re.compile(rb"<(?:\w{1,20}:)?(?:urlset|sitemapindex)[\s>]")
DECLARATION: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
ADDRESSES: Final = re.compile(rb"(?:https?://[^\s<>]{1,2000}\s+)*https?://[^\s<>]{1,2000}\s*")
#: An address that needs no mending; nine of ten, and judging them so is ten times as fast.
PLAIN: Final = re.compile(r"[\w:/.?=&%~+,;@!()-]{1,2000}", re.ASCII)


@dataclass(slots=True)
class _Found:
    links: dict[str, Link] = field(default_factory=dict)
    #: Address of a further sitemap → its ``lastmod`` as printed, or an empty string.
    more: dict[str, str] = field(default_factory=dict)
    foreign: int = 0
    cut: str | None = None


def looks_like_sitemap(body: bytes) -> bool:
    """Say whether a body, plain or in gzip, opens like a sitemap."""
    head = _head(body)
    return bool(ROOT.search(head)) or _is_text(head)


def sitemap(page: Page) -> Listing:
    """List the addresses of a sitemap, or in ``more`` the sitemaps of an index, newest ``lastmod`` first.

    Addresses of other sites are left out, and so is the sitemap's own.  Only ``news:publication_date`` is a
    date.  What goes beyond the format's limits is cut, with a warning.

    Raises:
        UnreadableError: the body is no sitemap, or declares entities.
    """
    head = _head(page.body)
    if DECLARATION.search(head) and ROOT.search(head):
        raise UnreadableError(page.final_url, "not a sitemap", "it declares a document type")
    found = _Found()
    if ROOT.search(head):
        _read_xml(page, found)
    elif _is_text(head):
        _read_text(page, found)
    else:
        raise UnreadableError(page.final_url, "not a sitemap", "neither urlset nor sitemapindex is in it")
    more = sorted(found.more, key=lambda url: found.more[url], reverse=True)
    return Listing("sitemap", tuple(found.links.values()), None, tuple(more), _warning(found))


def _head(body: bytes) -> bytes:
    if body.startswith(GZIP):
        try:
            body = zlib.decompressobj(wbits=31).decompress(body[: 4 * SNIFFED_BYTES], SNIFFED_BYTES)
        except zlib.error:
            return b""
    return body[:SNIFFED_BYTES].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")


def _is_text(head: bytes) -> bool:
    whole = head if len(head) < SNIFFED_BYTES else head[: head.rfind(b"\n") + 1]
    return bool(ADDRESSES.fullmatch(whole))


def _chunks(page: Page, found: _Found) -> Iterator[bytes]:
    """Give the body unpacked in pieces, at most ``LARGEST_BYTES`` in all."""
    given = 0
    for chunk in _unpack(page) if page.body.startswith(GZIP) else _slices(page.body):
        given += len(chunk)
        if given > LARGEST_BYTES:
            found.cut = f"cut after {LARGEST_BYTES >> 20} MiB"
            return
        yield chunk


def _slices(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), CHUNK_BYTES):
        yield body[start : start + CHUNK_BYTES]


def _unpack(page: Page) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(wbits=31)
    packed = page.body
    try:
        while packed and not unpacker.eof:
            yield unpacker.decompress(packed, CHUNK_BYTES)
            packed = unpacker.unconsumed_tail
    except zlib.error as error:
        raise UnreadableError(page.final_url, "not a sitemap", f"its gzip is broken: {error}") from error


def _read_xml(page: Page, found: _Found) -> None:
    parser = etree.XMLPullParser(
        events=("end",),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    for chunk in _chunks(page, found):
        parser.feed(chunk)
        for _, element in parser.read_events():
            name = _name(element)
            if name in {"url", "sitemap"}:
                _take(element, page.final_url, found, is_index=name == "sitemap")
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        if found.cut:
            return


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _take(element: etree._Element, base: str, found: _Found, *, is_index: bool) -> None:
    fields = {
        _name(child): (child.text or "").strip()
        for part in element
        for child in (part, *(part if _name(part) == "news" else ()))
    }
    url = _own(fields.get("loc", ""), base, found)
    if url is None:
        return
    if len(found.links) + len(found.more) >= MOST_ENTRIES:
        found.cut = f"cut after {MOST_ENTRIES} addresses"
    elif is_index:
        found.more.setdefault(url, fields.get("lastmod", ""))
    else:
        found.links.setdefault(url, Link(url, fields.get("title") or None, _published(fields)))


def _own(text: str, base: str, found: _Found) -> str | None:
    """Give an address of the sitemap's site; None for another's, which is counted, and for its own."""
    root = base[: base.find("/", 8) + 1]  # behind ``https://``
    if PLAIN.fullmatch(text) and root and text.startswith(root):
        return text if text != base else None
    url = resolve(base, text)
    if url is None or canonical(url) == canonical(base):
        return None
    if not related(url, base):
        found.foreign += 1
        return None
    return url


def _published(fields: dict[str, str]) -> Published | None:
    given = stamp(fields["publication_date"]) if fields.get("publication_date") else None
    return Published(given.day, given.moment, "news:publication_date", "stated") if given else None


def _read_text(page: Page, found: _Found) -> None:
    text = b"".join(_chunks(page, found)).decode("utf-8-sig", errors="replace")
    for line in text.split(maxsplit=MOST_ENTRIES)[:MOST_ENTRIES]:
        if url := _own(line, page.final_url, found):
            found.links.setdefault(url, Link(url))


def _warning(found: _Found) -> str | None:
    parts = [found.cut] if found.cut else []
    if found.foreign:
        parts.append(f"{found.foreign} addresses of other sites left out")
    return "sitemap: " + ", ".join(parts) if parts else None
