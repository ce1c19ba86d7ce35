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
from lxml import etree

from crawler.extract.planter import HIDING, Planter

LONGEST_TAG: Final = 3_000  # characters outside quotes; libxml2 needs quadratic time for one tag's attributes
TAME_CHARS: Final = 150_000  # of a page; below it no tag can cost more than half a second
CROWD: Final = 15_000  # elements; the fullest of 1,336 real pages has 9,748
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
MOST_MENUS: Final = 20  # that are measured; real pages have one or two that are long enough
MENU_CHARS: Final = 500  # a menu with fewer is one, however short the page

#: Elements that belong in a head.
IN_HEAD: Final = frozenset(
    {"title", "meta", "link", "script", "style", "base", "noscript", "template", "object"}
)
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

KNOWN: Final = KNOWN_BLOCKS | INLINE

#: A tag as the HTML standard cuts it: quotes count only behind ``=``.
TAG: Final = re.compile(r"""<[a-zA-Z](?:[^=>]++|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))*+""")
ILLEGAL: Final = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\U00010000-\U0010ffff]")
QUOTED: Final = re.compile(r""""[^"]*"|'[^']*'""")
#: What lists of links hold between the links.
OUTSIDE_LINKS: Final = re.compile(f"{LINK}[^{LINK}{UNLINK}]*{UNLINK}|[\\s{BREAK}|·•,/>-]+")
LINK_LIST: Final = 4  # entries; shorter lists may be part of a text
MICRODATA: Final = etree.XPath("//*[@itemprop]")
JSON_LD: Final = etree.XPath("//script[contains(@type, 'ld+json')]")
PROGRAMS: Final = etree.XPath("count(//script[not(contains(@type, 'json'))])")
CANONICAL: Final = etree.XPath("//link[@rel='canonical']/@href")
ELEMENTS: Final = etree.XPath("count(//*)")
LENGTH: Final = etree.XPath("string-length(.)")
#: Dropped elements with paragraphs in them: most often one that was never closed.
SWALLOWERS: Final = etree.XPath(
    "//button[.//p] | //select[.//p] | //object[.//p] | //svg[.//p] | //noscript[.//p]"
)
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
    #: Number of scripts that are no ld+json.
    programs: int = 0


def grow(html: str) -> tuple[BeautifulSoup, Head]:
    """Parse a page into the thinned tree and its head; HTML of any kind gives some tree."""
    head = Head()
    marked = any(mark in html for mark in (LINK, UNLINK, BREAK))
    markup = "<!doctype html>" + _tame(PRIVATE.sub("", html) if marked else html)
    return BeautifulSoup(markup, builder=ThinningTreeBuilder(head)), head


def fell(soup: BeautifulSoup) -> None:
    """Take a tree apart, so that its memory is free at once: nothing of it can be used afterwards."""
    node: Any = soup
    while node is not None:
        following = node.next_element
        node.__dict__.clear()
        node = following


@contextmanager
def without_collecting() -> Iterator[None]:
    """Pause the garbage collector: in a tree, one web of references, it finds nothing."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _tame(html: str) -> str:
    """Cut tags with more attributes than any real one to their name."""
    if len(html) <= TAME_CHARS or max(map(len, TAG.findall(html)), default=0) <= LONGEST_TAG:
        return html
    return TAG.sub(lambda tag: tag[0] if len(QUOTED.sub("", tag[0])) <= LONGEST_TAG else "<div", html)


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
        crowded = ELEMENTS(root) > CROWD
        _thin(root)
        if crowded:  # each melted element left a text node, and lxml joins those of one in quadratic time
            thinned = etree.tostring(root, encoding="utf-8", method="html")
            del root  # one tree at a time fits into memory
            root = etree.fromstring(thinned, parser)
        planter = Planter(self.soup)
        for child in root:
            if child.tag != "head":
                planter.plant(child, self.soup, 0)
                continue
            for inner in child:  # a page without <body> that begins with an element the parser does not know
                if inner.tag not in IN_HEAD:
                    planter.plant(inner, self.soup, 0)


def _read_head(root: Any, head: Head) -> None:
    head.lang = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    for element in root.iter("meta"):
        _read_meta(element, head)
    for element in root.iter("title"):
        if not _within(element, ("svg",)):
            head.title = "".join(element.itertext())
            break
    head.canonical = next((found for found in CANONICAL(root) if found), None)
    head.programs = int(PROGRAMS(root))
    room = LARGEST_JSON
    for element in JSON_LD(root):
        text = element.text or ""
        if len(text) <= room:
            room -= len(text)
            head.scripts.append(text)
    for element in MICRODATA(root):
        value = element.get("content") or element.get("datetime") or "".join(element.itertext())[:400]
        head.microdata.append((element.get("itemprop").casefold(), " ".join(value.split())))


def _read_meta(element: Any, head: Head) -> None:
    found = element.attrib
    content = found.get("content")
    if content:
        for key in ("name", "property", "itemprop", "http-equiv"):
            if name := found.get(key):
                head.metas.append((name.strip().casefold(), content))


def _thin(root: Any) -> None:
    """Drop what is no text and melt what is no block, in lxml's own tree."""
    etree.strip_elements(root, "script", "style", with_tail=False)
    _drop_menus(root)
    etree.strip_elements(root, *DROPPED, with_tail=False)
    _sift_spans(root)
    for element in root.iter("a", "br"):
        tail = element.tail
        if element.tag == "br":
            element.tail = BREAK + _legal(tail or "")
        elif element.get("href") is not None:
            element.text = LINK + _legal(element.text or "")
            element.tail = UNLINK + _legal(tail or " ")
    etree.strip_tags(root, *MELTED)
    _melt_strange(root)
    _fold_link_lists(root)


def _legal(text: str) -> str:
    """Drop control characters, which lxml's parser lets in and its setters do not."""
    return text if text.isprintable() else ILLEGAL.sub("", text)


def _melt_strange(root: Any) -> None:
    """Melt elements that HTML does not know where they stand inside a paragraph."""
    strange = [found for found in root.iter() if found.tag not in KNOWN]
    for element in strange:
        if element.getparent() is not None and element.getparent().tag in PARAGRAPHS and not len(element):
            element.tag = "melted"
    if strange:
        etree.strip_tags(root, "melted")


def _fold_link_lists(root: Any) -> None:
    """Make one block of each list that holds links and nothing else: a menu, a row of tags, related pages."""
    for found in list(root.iter("ul", "ol")):
        if len(found) < LINK_LIST or _within(found, ("ul", "ol", "melted")):
            continue
        text = "".join(found.itertext())
        if text.count(LINK) < LINK_LIST or len(OUTSIDE_LINKS.sub("", text)) * 10 > len(text):
            continue
        for inner in found.iterdescendants():
            if inner.tag in PARAGRAPHS:
                inner.tail = BREAK + _legal(inner.tail or "")
            inner.tag = "melted"
        etree.strip_tags(found, "melted")


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
    """Drop menus, and keep what only looks like one: an element never closed that swallowed the page."""
    long = max(MENU_CHARS, MENU_SHARE * LENGTH(root))
    prose: float | None = None
    weighed = 0
    for menu in (*root.iter(*MENUS), *SWALLOWERS(root)):
        if menu.getparent() is None or _within(menu, MENUS):
            continue
        if weighed < MOST_MENUS and LENGTH(menu) > long:
            weighed += 1
            prose = _prose(root) if prose is None else prose
            if _prose(menu) > MENU_SHARE * prose:
                menu.tag = "div"
                continue
        menu.clear(keep_tail=True)


def _within(element: Any, names: tuple[str, ...]) -> bool:
    return next(element.iterancestors(*names), None) is not None


def _prose(element: Any) -> int:
    """Count the characters of text outside links."""
    text = sum(map(len, element.itertext()))
    return text - sum(len(part) for link in element.iter("a") for part in link.itertext())
