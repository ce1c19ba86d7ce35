"""Thin a page out while it is parsed, so that BeautifulSoup builds only what readers need.  Judges no text.

Most of a page is no text.  lxml parses it; then, still in C, scripts, menus and buttons are dropped and
inline markup is melted into its paragraph; what is left goes to BeautifulSoup by its TreeBuilder interface.
Links leave brackets (LINK, UNLINK) and line breaks a mark (BREAK) in the text.
"""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from bs4 import BeautifulSoup
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import NavigableString, Tag
from lxml import etree

LONGEST_TAG: Final = 60_000  # characters; libxml2 needs quadratic time for the attributes of one tag
DEEPEST: Final = 120  # levels; what lies deeper is text of the last one.  Real pages: up to 60
LARGEST_JSON: Final = 400_000  # characters of all ld+json of a page

#: Brackets around the text of links, and the mark of a line break: noncharacters, which no text may use.
LINK: Final = "\ufdd0"
UNLINK: Final = "\ufdd1"
BREAK: Final = "\ufdd2"

#: Dropped with all they hold.
DROPPED: Final = (
    *(
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "canvas",
        "iframe",
        "object",
        "embed",
        "applet",
        "map",
    ),
    *("audio", "video", "select", "datalist", "textarea", "input", "button", "math", "noembed", "noframes"),
)
#: Dropped unless they hold much of the page's text outside links: some pages never close their menu.
MENUS: Final = ("nav", "footer", "menu")
MENU_SHARE: Final = 0.3
MENU_PARAGRAPHS: Final = 3  # or line breaks; a menu with fewer is not even counted

#: Melted into the text around them.
MELTED: Final = (
    *(
        "a",
        "b",
        "i",
        "em",
        "strong",
        "font",
        "u",
        "s",
        "small",
        "sup",
        "sub",
        "abbr",
        "acronym",
        "wbr",
        "ins",
    ),
    *("big", "tt", "code", "kbd", "samp", "var", "cite", "q", "dfn", "bdi", "bdo", "strike", "nobr", "label"),
    *("ruby", "rb", "rt", "rp", "img", "picture", "source", "track", "link", "meta", "base", "param", "br"),
    *("mark", "data", "col", "colgroup", "area", "melted"),
)
#: Kept inside a line for what their names and attributes say.
INLINE: Final = frozenset({"span", "time"})
#: A span whose class, id or itemprop matches this is kept; the others melt.
TELLING: Final = re.compile(
    r"dat[eu]|time|publi|post|author|byline|day|month|year|title|head|xn-", re.IGNORECASE
)
#: Edges of blocks; an unknown element (``<chron>``, ``<app-card>``) is one unless inside a paragraph.
PARAGRAPHS: Final = frozenset(
    {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt", "dd", "pre", "span"}
)
KNOWN_BLOCKS: Final = PARAGRAPHS | {
    *(
        "div",
        "section",
        "article",
        "main",
        "aside",
        "header",
        "footer",
        "nav",
        "menu",
        "hgroup",
        "address",
        "form",
    ),
    *(
        "ul",
        "ol",
        "dl",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "caption",
        "figure",
        "figcaption",
        "blockquote",
    ),
    *(
        "fieldset",
        "legend",
        "details",
        "summary",
        "center",
        "hr",
        "body",
        "html",
        "head",
        "title",
        "dialog",
        "dir",
    ),
}

#: Attributes that some reader asks for.
KEPT: Final = ("class", "id", "itemprop", "itemtype", "role", "datetime", "content")
HIDING: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

#: A tag as the HTML standard cuts it: quotes count only behind ``=``.
TAG: Final = re.compile(r"""<[a-zA-Z](?:[^=>]++|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))*+""")
PRIVATE: Final = re.compile(f"[{LINK}{UNLINK}{BREAK}]")


@dataclass(slots=True)
class Head:
    """What the page says of itself outside its text; filled in while it is parsed."""

    #: ``(key, content)`` of meta elements; key is name, property, itemprop or http-equiv in lower case.
    metas: list[tuple[str, str]] = field(default_factory=list)
    #: Texts of ld+json scripts.
    scripts: list[str] = field(default_factory=list)
    #: Text of the first ``<title>``.
    title: str = ""
    lang: str | None = None
    #: ``href`` of ``<link rel=canonical>``, as written.
    canonical: str | None = None
    #: ``(itemprop, value)`` of microdata; value is content, datetime or text.
    microdata: list[tuple[str, str]] = field(default_factory=list)
    #: Characters of scripts.
    script_chars: int = 0


def grow(html: str) -> tuple[BeautifulSoup, Head]:
    """Parse a page into the thinned tree and its head; HTML of any kind gives some tree."""
    head = Head()
    marked = any(mark in html for mark in (LINK, UNLINK, BREAK))
    markup = "<!doctype html>" + _tame(PRIVATE.sub("", html) if marked else html)
    return BeautifulSoup(markup, builder=ThinningTreeBuilder(head)), head


@contextmanager
def without_collecting() -> Iterator[None]:
    """Pause the garbage collector: a tree is one web of references, in which it looks often and finds nothing."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _tame(html: str) -> str:
    """Cut tags that are longer than any real one to their name."""
    if max(map(len, TAG.findall(html)), default=0) <= LONGEST_TAG:
        return html
    return TAG.sub(lambda tag: tag[0] if len(tag[0]) <= LONGEST_TAG else "<div", html)


class ThinningTreeBuilder(LXMLTreeBuilder):
    """BeautifulSoup's builder for lxml, fed from a tree that was thinned out first."""

    def __init__(self, head: Head) -> None:
        super().__init__(multi_valued_attributes=None)
        self._head = head

    def prepare_markup(self, markup: Any, *_: Any, **__: Any) -> Iterator[Any]:
        """Take the text as it is: it was decoded before."""
        yield markup, None, None, False

    def feed(self, markup: Any) -> None:
        """Parse, thin out, and plant what is left."""
        parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
        try:
            root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
        except etree.LxmlError:
            return
        if root is None:
            return
        root.extend(list(root.itersiblings()))  # text behind an early </html>
        _read_head(root, self._head)
        _thin(root)
        planter = _Planter(self.soup)
        for child in root:
            if child.tag != "head":
                planter.plant(child, self.soup, 0)


class _Planter:
    """Make BeautifulSoup's elements from lxml's.

    BeautifulSoup spends 6 µs on an element, most of it on questions that a thinned tree does not ask; an element
    cloned from one it made itself, and linked here, takes a quarter of that.
    """

    def __init__(self, soup: Any) -> None:
        self._last: Any = soup
        self._pattern = soup.new_tag("div").__dict__

    def plant(self, element: Any, parent: Any, depth: int) -> None:
        tag = Tag.__new__(Tag)
        fields = tag.__dict__
        fields.update(self._pattern)
        fields["name"] = element.tag
        fields["attrs"] = _attributes(element)
        fields["contents"] = []
        self._link(tag, parent)
        if depth >= DEEPEST:
            self._link(NavigableString("".join(element.itertext())), tag)
            return
        text = element.text
        if text and not text.isspace():
            self._link(NavigableString(text), tag)
        for child in element:
            text = child.text
            if len(child) or (text and not text.isspace()):
                self.plant(child, tag, depth + 1)
            text = child.tail
            if text and not text.isspace():
                self._link(NavigableString(text), tag)

    def _link(self, node: Any, parent: Any) -> None:
        siblings = parent.contents
        before = siblings[-1] if siblings else None
        node.parent, node.previous_element, node.next_element = parent, self._last, None
        node.previous_sibling, node.next_sibling = before, None
        if before is not None:
            before.next_sibling = node
        self._last.next_element = self._last = node
        siblings.append(node)


def _attributes(element: Any) -> dict[str, str]:
    found = element.attrib
    if not found:
        return {}
    kept = {name: found[name] for name in KEPT if name in found}
    if "hidden" in found or HIDING.search(found.get("style", "")):
        kept["hidden"] = ""
    return kept


def _read_head(root: Any, head: Head) -> None:
    head.lang = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    room = LARGEST_JSON
    for element in root.iter("meta", "title", "link", "script"):
        if element.tag == "meta":
            _read_meta(element, head)
        elif element.tag == "title":
            inside_picture = element.getparent() is not None and element.getparent().tag in {
                "svg",
                "symbol",
                "g",
            }
            head.title = head.title or ("" if inside_picture else "".join(element.itertext()))
        elif element.tag == "link":
            if "canonical" in element.get("rel", "").casefold().split():
                head.canonical = head.canonical or element.get("href")
        elif text := element.text:
            head.script_chars += len(text)
            if "ld+json" in element.get("type", "").casefold() and len(text) <= room:
                room -= len(text)
                head.scripts.append(text)
    for element in root.iterfind(".//*[@itemprop]"):
        value = element.get("content") or element.get("datetime") or "".join(element.itertext())[:400]
        head.microdata.append((element.get("itemprop").casefold(), " ".join(value.split())))


def _read_meta(element: Any, head: Head) -> None:
    content = element.get("content")
    if content:
        head.metas.extend(
            (element.get(key).strip().casefold(), content)
            for key in ("name", "property", "itemprop", "http-equiv")
            if element.get(key)
        )


def _thin(root: Any) -> None:
    """Drop what is no text and melt what is no block, in lxml's own tree."""
    etree.strip_elements(root, *DROPPED, with_tail=False)
    _drop_menus(root)
    _sift_spans(root)
    for element in root.iter("a", "br"):
        tail = element.tail
        if element.tag == "br":
            element.tail = BREAK + (tail or "")
        elif element.get("href") is not None:
            element.text = LINK + (element.text or "")
            element.tail = UNLINK + (tail or " ")
    etree.strip_tags(root, *MELTED)
    strange = [found for found in root.iter() if found.tag not in KNOWN_BLOCKS and found.tag not in INLINE]
    for element in strange:
        if element.getparent() is not None and element.getparent().tag in PARAGRAPHS and not len(element):
            element.tag = "melted"
    if strange:
        etree.strip_tags(root, "melted")


def _sift_spans(root: Any) -> None:
    """Clear hidden spans, melt those that tell nothing, and part those that touch."""
    for span in root.iter("span"):
        if span.tail is None and span.getnext() is not None:
            span.tail = " "
        found = span.attrib
        if not found:
            span.tag = "melted"
        elif HIDING.search(found.get("style", "")):
            span.clear(keep_tail=True)
        elif "itemprop" not in found and not TELLING.search(found.get("class", "") + found.get("id", "")):
            span.tag = "melted"


def _drop_menus(root: Any) -> None:
    total = None
    for menu in root.iter(*MENUS):
        if menu.getparent() is None or _within(menu, MENUS):
            continue
        if sum(1 for _ in menu.iter("p", "br")) >= MENU_PARAGRAPHS:
            total = total or _prose(root)
            if _prose(menu) > MENU_SHARE * total:
                menu.tag = "div"
                continue
        menu.clear(keep_tail=True)


def _within(element: Any, names: tuple[str, ...]) -> bool:
    return next(element.iterancestors(*names), None) is not None


def _prose(element: Any) -> int:
    """Count the characters of text outside links."""
    text = sum(map(len, element.itertext()))
    return text - sum(len(part) for link in element.iter("a") for part in link.itertext())
