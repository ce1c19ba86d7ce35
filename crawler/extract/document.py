"""Parse one page once, and hold what every reader of it needs.  Decides nothing about what a release is."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from bs4 import BeautifulSoup, Tag

from crawler.charset import decode
from crawler.errors import UnreadableError
from crawler.extract.jsonld import objects
from crawler.extract.tree import BREAK, INLINE, LINK, UNLINK, fell, grow, without_collecting
from crawler.model import Page
from crawler.urls import resolve

LARGEST_CHARS: Final = (
    4_000_000  # 2 s of CPU are allowed a page; the largest of 1,300 real pages has 2.9 million
)
MOST_TAGS: Final = (
    50_000  # "<" of a page: a tree of more takes over 300 MB; the fullest of 1,336 real pages has 19,437
)
MOST_BLOCKS: Final = 7_000  # of one page; more are no announcement, and cost memory
LONGEST_CELL: Final = 250  # characters; a table with longer cells lays out a page, it is no table of figures

#: First bytes of files that servers send as pages.
NOT_HTML: Final = (
    b"%PDF",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"{\\rtf",
    b"\xd0\xcf\x11\xe0",
)
FEED: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.DOTALL
)

HEADINGS: Final = {f"h{n}": n for n in range(1, 7)}
BRACKETS: Final = re.compile(f"([{LINK}{UNLINK}])")
#: What the other readers call an element of the tree.
Element = Tag
INVISIBLE: Final = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A paragraph, heading, list item, table row or other stretch of text between two edges of blocks."""

    #: Place in ``Document.blocks``, from 0.
    position: int
    #: Visible text, spaces folded; lines (``<br>``) separated by ``\\n``, cells of a table row by `` | ``.
    text: str
    #: Name of the element: ``p``, ``li``, ``tr``, ``h2``, ``div`` …
    tag: str
    #: The element in the thinned tree; for text between two blocks the element that holds both.
    element: Tag
    #: Characters of ``text`` that are links.
    link_chars: int
    #: 1 to 6 for h1 to h6, else 0.
    heading: int
    #: Class, id, itemprop and role of the element and of its inline elements, lower case.
    marks: str
    #: The element, or one around it, is not displayed.
    hidden: bool

    @property
    def link_density(self) -> float:
        """Give the share of the text that is links, 0 to 1."""
        return min(1.0, self.link_chars / len(self.text)) if self.text else 0.0


@dataclass(frozen=True, slots=True)
class Moment:
    """A ``<time>`` element or one with a ``datetime``."""

    #: Its ``datetime`` or ``content``; None when it has none.
    machine: str | None
    #: Its visible text.
    text: str
    #: Its class, id and itemprop, lower case.
    marks: str
    #: Position of the block that it stands in.
    position: int


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One page, parsed."""

    #: The address that answered.
    url: str
    #: The page as text, cut at LARGEST_CHARS.
    html: str
    #: The thinned tree.
    soup: BeautifulSoup
    #: Every stretch of visible text in the order of the page.
    blocks: tuple[Block, ...]
    #: ``(key, content)`` of meta elements, in order; key: name, property, itemprop or http-equiv, lower case.
    metas: tuple[tuple[str, str], ...]
    #: JSON-LD objects, ``@graph`` and arrays unpacked, an object before those inside it.
    jsonld: tuple[dict[str, Any], ...]
    #: Text of ``<title>``, spaces folded; empty when there is none.
    head_title: str
    #: ``lang`` of the page, as written; None when it has none.
    lang: str | None
    #: Absolute address of ``<link rel=canonical>``; None when it has none.
    canonical: str | None
    #: ``<time>`` elements in the order of the page.
    times: tuple[Moment, ...]
    #: ``(itemprop, value)`` of microdata, in order; value is content, datetime or text.
    microdata: tuple[tuple[str, str], ...]
    #: Number of scripts in the page.
    programs: int
    #: What was cut off, for people.
    remarks: tuple[str, ...] = ()

    def meta(self, *keys: str) -> str | None:
        """Give the first meta content, not empty, of the first of these keys that has one."""
        for key in keys:
            for name, content in self.metas:
                if name == key and content.strip():
                    return content.strip()
        return None

    @property
    def h1s(self) -> list[Block]:
        """List the blocks of first-level headings, those not displayed included."""
        return [block for block in self.blocks if block.heading == 1]


@contextmanager
def opened(page: Page) -> Iterator[Document]:
    """Parse a page for the time of a ``with`` block, and take its tree apart at the end.

    A tree is one web of references; left to the garbage collector, it costs a tenth of the time of a page and
    stays in memory long after it.
    """
    with without_collecting():
        document = parse(page)
        try:
            yield document
        finally:
            fell(document.soup)


def parse(page: Page) -> Document:
    """Parse the body of a page.

    Raises:
        UnreadableError: the body is no HTML: a picture, a PDF, a feed, nothing at all.
    """
    if page.body.startswith(NOT_HTML):
        raise UnreadableError(page.url, "not html", f"it begins with {page.body[:4]!r}")
    html = decode(page.body[: 4 * LARGEST_CHARS], page.header("content-type"))
    if FEED.match(html[:5_000]):
        raise UnreadableError(page.url, "not html", "it is a feed or a sitemap")
    if not html.strip():
        raise UnreadableError(page.url, "empty", "it has no text")
    return parse_html(html, page.final_url)


def parse_html(html: str, url: str) -> Document:
    """Parse a page that is text already; whatever the text is, some document comes out."""
    html, remarks = _bounded(html)
    gatherer = _Gatherer()
    soup, head = grow(html)
    gatherer.gather(soup, hidden=False)
    return Document(
        url=url,
        html=html,
        soup=soup,
        blocks=tuple(gatherer.blocks),
        metas=tuple(head.metas),
        jsonld=tuple(objects(head.scripts)),
        head_title=" ".join(INVISIBLE.sub("", head.title).split()),
        lang=head.lang,
        canonical=resolve(url, head.canonical or ""),
        times=tuple(gatherer.times),
        microdata=tuple(head.microdata),
        programs=head.programs,
        remarks=remarks,
    )


def _bounded(html: str) -> tuple[str, tuple[str, ...]]:
    """Cut the end off a page that is too large or too full, and say so."""
    room = min(len(html), LARGEST_CHARS)
    if html.count("<", 0, room) > MOST_TAGS:
        room -= len(html[:room].split("<", MOST_TAGS)[-1]) + 1
    if room == len(html):
        return html, ()
    return html[:room], (f"read only the first {room:,} characters",)


def marks(element: Tag) -> str:
    """Give class, id, itemprop and role of an element in one lower-case string."""
    found = element.attrs
    if not found:
        return ""
    return " ".join(str(found[key]) for key in ("class", "id", "itemprop", "role") if key in found).lower()


def lineage(element: Tag | None, levels: int = 99) -> Iterator[Tag]:
    """Yield an element and those around it, innermost first, without the document itself."""
    while element is not None and element.parent is not None and levels > 0:
        yield element
        element = element.parent
        levels -= 1


class _Gatherer:
    """Walk the thinned tree once and cut its text into blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.times: list[Moment] = []
        self._in_link = False

    def gather(self, element: Tag, *, hidden: bool) -> None:
        pieces: list[str] = []
        telling: list[str] = []
        hidden = hidden or "hidden" in element.attrs
        for child in element.contents:
            if not isinstance(child, Tag):
                pieces.append(str(child))
            elif child.name in INLINE and _is_inline(child):
                pieces.append(self._inline(child, telling))
            else:
                if pieces:
                    self._close(element, pieces, telling, hidden=hidden)
                    pieces, telling = [], []
                if child.name == "tr":
                    self._row(child, hidden=hidden)
                else:
                    self.gather(child, hidden=hidden)
        if pieces:
            self._close(element, pieces, telling, hidden=hidden)

    def _inline(self, element: Tag, telling: list[str]) -> str:
        """Give the text of an inline element; a ``<time>`` within is noted and kept apart."""
        told = marks(element)
        if told:
            telling.append(told)
        inner = (
            self._inline(child, telling) if isinstance(child, Tag) else str(child)
            for child in element.contents
        )
        text = "".join(inner)
        if element.name == "time" or "datetime" in element.attrs:
            self._note_time(element, text)
            return f" {text} "
        return text

    def _note_time(self, element: Tag, text: str) -> None:
        machine = element.attrs.get("datetime") or element.attrs.get("content")
        visible = " ".join(BRACKETS.sub("", text).replace(BREAK, " ").split())
        self.times.append(
            Moment(str(machine) if machine else None, visible, marks(element), len(self.blocks))
        )

    def _row(self, row: Tag, *, hidden: bool) -> None:
        """Make one block of a table row, unless its cells are too long for a table of figures."""
        start, cells = len(self.blocks), 0
        for cell in row.contents:
            before = len(self.blocks)
            if isinstance(cell, Tag):
                self.gather(cell, hidden=hidden or "hidden" in row.attrs)
            inside = self.blocks[before:]
            if len(inside) > 2 or sum(len(block.text) for block in inside) > LONGEST_CELL:  # noqa: PLR2004
                cells = -1_000
            cells += bool(inside)
        if cells > 1:
            parts = self.blocks[start:]
            del self.blocks[start:]
            text = " | ".join(part.text.replace("\n", " ") for part in parts)
            links = sum(part.link_chars for part in parts)
            told = " ".join(filter(None, [marks(row), *(part.marks for part in parts)]))
            self.blocks.append(Block(start, text, "tr", row, links, 0, told, hidden or parts[0].hidden))

    def _close(self, element: Tag, pieces: list[str], telling: list[str], *, hidden: bool) -> None:
        raw = "".join(pieces)
        if len(self.blocks) >= MOST_BLOCKS:
            return
        text, links = self._read(raw, verbatim=element.name == "pre")
        if text:
            told = " ".join(filter(None, [marks(element), *telling]))
            level = HEADINGS.get(element.name, 0)
            position = len(self.blocks)
            self.blocks.append(Block(position, text, element.name, element, links, level, told, hidden))

    def _read(self, raw: str, *, verbatim: bool) -> tuple[str, int]:
        """Fold the spaces of a text and take the brackets of links out of it, counting what they hold."""
        links = 0
        if LINK in raw or UNLINK in raw:
            parts = BRACKETS.split(raw)
            for part in parts:
                if part == LINK:
                    self._in_link = True
                elif part == UNLINK:
                    self._in_link = False
                elif self._in_link:
                    links += len(" ".join(part.split()))
            raw = "".join(parts[::2])
        elif self._in_link:
            links = len(raw)
        if not raw.isascii():
            raw = INVISIBLE.sub("", raw)
        if BREAK not in raw and not (verbatim and "\n" in raw):
            text = " ".join(raw.split())
        else:
            lines = raw.replace("\n", BREAK if verbatim else " ").split(BREAK)
            text = "\n".join(filter(None, (" ".join(line.split()) for line in lines)))
        return text, min(links, len(text))


def _is_inline(element: Tag) -> bool:
    """Say whether a span or time holds no block."""
    return all(
        not isinstance(child, Tag) or (child.name in INLINE and _is_inline(child))
        for child in element.contents
    )
