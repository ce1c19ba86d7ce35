"""Grow a page's tree: lxml parses, what is no text is thinned out, BeautifulSoup takes the rest."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from bs4 import BeautifulSoup
from bs4.builder._lxml import LXMLTreeBuilder
from lxml import etree

from crawler.extract.document.markup import LARGEST_JSON
from crawler.extract.document.thin import thin

PARSER: Final = etree.HTMLParser(
    encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
)
CROWD: Final = 15_000  # elements; the fullest of 1,336 real pages has 9,748

#: Elements that belong in a head.
IN_HEAD: Final = frozenset(
    {"title", "meta", "link", "script", "style", "base", "noscript", "template", "object"}
)
META_KEYS: Final = ("name", "property", "itemprop", "http-equiv")
ANNOTATION: Final = re.compile(b"item[pP]rop")
MICRODATA: Final = etree.XPath("//*[@itemprop]")
ELEMENTS: Final = etree.XPath("count(//*)")
BEGINNING: Final = etree.XPath("substring(., 1, 400)", smart_strings=False)


#: Hangs elements of lxml's, with what is in them, into a soup.
Plant = Callable[[list[Any], Any], None]


@dataclass(slots=True)
class Head:
    """What the page says of itself outside its text; filled in while it is parsed."""

    #: ``(key, content)`` of meta elements; key is name, property, itemprop or http-equiv in lower case.
    metas: list[tuple[str, str]] = field(default_factory=list)
    #: Texts of ld+json scripts.
    scripts: list[str] = field(default_factory=list)
    #: Text of the first ``<title>``; None when there is none.
    title: str | None = None
    lang: str | None = None
    #: ``href`` of ``<link rel=canonical>``, as written.
    canonical: str | None = None
    #: ``(itemprop, value)`` of microdata; value is content, datetime or text.
    microdata: list[tuple[str, str]] = field(default_factory=list)
    #: Number of scripts that are no JSON.
    programs: int = 0
    #: Characters of ld+json that may still be read.
    room: int = LARGEST_JSON


def grow(markup: bytes, plant: Plant) -> tuple[BeautifulSoup, Head]:
    """Parse markup in UTF-8 into its thinned tree and its head; markup of any kind gives some tree."""
    head = Head()
    return BeautifulSoup(b"<!doctype html>" + markup, builder=ThinningTreeBuilder(head, plant)), head


def fell(soup: BeautifulSoup) -> None:
    """Take a tree apart, so that its memory is free at once: nothing of it can be used afterwards."""
    node: Any = soup
    while node is not None:
        following = node.next_element
        node.__dict__.clear()
        node = following


class ThinningTreeBuilder(LXMLTreeBuilder):
    """BeautifulSoup's builder for lxml, fed from a tree that was thinned out first."""

    def __init__(self, head: Head, plant: Plant) -> None:
        super().__init__(multi_valued_attributes=None)
        self._head = head
        self._plant = plant

    def prepare_markup(self, markup: Any, *_: Any, **__: Any) -> Iterator[Any]:
        """Take the markup as it is: it was recoded before."""
        yield markup, None, None, False

    def feed(self, markup: Any) -> None:
        """Parse, thin out, and plant what is left."""
        try:
            root = etree.fromstring(markup, PARSER)
        except etree.LxmlError:
            return
        if root is None:
            return
        root.extend(list(root.itersiblings()))  # text behind an early </html>
        _read_head(root, self._head, annotated=ANNOTATION.search(markup) is not None)
        crowded = markup.count(b"<") > CROWD and ELEMENTS(root) > CROWD
        thin(root)
        if crowded:  # each melted element left a text node, and lxml joins those of one in quadratic time
            thinned = etree.tostring(root, encoding="utf-8", method="html")
            del root  # one tree at a time fits into memory
            root = etree.fromstring(thinned, PARSER)
        self._plant(list(_roots(root)), self.soup)


def _roots(root: Any) -> Iterator[Any]:
    for child in root:
        if child.tag != "head":
            yield child
            continue
        for inner in child:  # a page without <body> that begins with an element the parser does not know
            if inner.tag not in IN_HEAD:
                yield inner


def _read_head(root: Any, head: Head, *, annotated: bool) -> None:
    head.lang = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    for element in root.iter("meta", "title", "link", "script"):
        HEADS[element.tag](element, head)
    if not annotated:
        return
    for element in MICRODATA(root):
        value = element.get("content") or element.get("datetime") or BEGINNING(element)
        head.microdata.append((element.get("itemprop").casefold(), " ".join(value.split())))


def _read_meta(element: Any, head: Head) -> None:
    content = element.get("content")
    if content:
        for key in META_KEYS:
            if name := element.get(key):
                head.metas.append((name.strip().casefold(), content))


def _read_title(element: Any, head: Head) -> None:
    if head.title is None and next(element.iterancestors("svg"), None) is None:
        head.title = "".join(element.itertext())


def _read_link(element: Any, head: Head) -> None:
    if not head.canonical and element.get("rel") == "canonical":
        head.canonical = element.get("href")


def _read_script(element: Any, head: Head) -> None:
    kind = element.get("type", "")
    if "json" not in kind:
        head.programs += 1
    elif "ld+json" in kind:
        text = element.text or ""
        if len(text) <= head.room:
            head.room -= len(text)
            head.scripts.append(text)


HEADS: Final = {"meta": _read_meta, "title": _read_title, "link": _read_link, "script": _read_script}
