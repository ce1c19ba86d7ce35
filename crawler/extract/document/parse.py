"""Parse one page once, and hold what every reader of it needs.  Decides nothing about what a release is."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from bs4 import BeautifulSoup

from crawler.charset import utf8
from crawler.errors import UnreadableError
from crawler.extract.document.blocks import Block, Element, Moment, lineage, marks
from crawler.extract.document.gather import INVISIBLE, Gatherer
from crawler.extract.document.jsonld import objects
from crawler.extract.document.markup import worth_parsing
from crawler.extract.document.tree import fell, grow
from crawler.garbage import without_collecting
from crawler.model import Page
from crawler.urls import resolve

__all__ = ["Block", "Document", "Element", "Moment", "lineage", "marks", "opened", "parse", "parse_html"]

LARGEST_BYTES: Final = 16_000_000  # of a page; the largest of 1,336 real pages has 2.2 million
TOO_LARGE: Final = "read only its beginning: it is larger than any announcement"

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
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.DOTALL
)
#: All bytes but the controls that no text has.
TEXT: Final = bytes(code for code in range(256) if code in b"\t\n\f\r\x1b" or (code >= 32 and code != 127))  # noqa: PLR2004
MOST_CONTROLS: Final = (
    8  # kinds of them where a page begins: bytes at random have 27, of 1,336 real pages none any
)
#: Answers to programs.
JSON: Final = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])")


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One page, parsed."""

    #: The address that answered.
    url: str
    #: The page in UTF-8.
    source: bytes
    #: The thinned tree: elements alone, for their texts are the blocks'.
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
        found = {name: content for name, content in reversed(self.metas) if name in keys and content.strip()}
        return next((found[key].strip() for key in keys if key in found), None)

    @property
    def html(self) -> str:
        """Give the page as text, decoded anew each time."""
        return self.source.decode("utf-8", "replace")

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
    source = utf8(page.body[:LARGEST_BYTES], page.header("content-type"))
    start = source[:5_000]
    if FEED.match(start):
        raise UnreadableError(page.url, "not html", "it is a feed or a sitemap")
    if JSON.match(source[:200]):
        raise UnreadableError(page.url, "not html", "it is JSON")
    if len(set(start.translate(None, TEXT))) > MOST_CONTROLS:
        raise UnreadableError(page.url, "not html", "it is no text")
    if not source or source.isspace():
        raise UnreadableError(page.url, "empty", "it has no text")
    return _parse(source, page.final_url)


def parse_html(html: str, url: str) -> Document:
    """Parse a page that is text already; whatever the text is, some document comes out."""
    return _parse(html.encode("utf-8", "replace"), url)


def _parse(source: bytes, url: str) -> Document:
    markup, cut = worth_parsing(source)
    gatherer = Gatherer()
    soup, head = grow(markup, gatherer.gather)
    return Document(
        url=url,
        source=source,
        soup=soup,
        blocks=tuple(gatherer.blocks),
        metas=tuple(head.metas),
        jsonld=tuple(objects(head.scripts)),
        head_title=" ".join(INVISIBLE.sub("", head.title or "").split()),
        lang=head.lang,
        canonical=resolve(url, head.canonical or ""),
        times=tuple(gatherer.times),
        microdata=tuple(head.microdata),
        programs=head.programs,
        remarks=(TOO_LARGE,) if cut else (),
    )
