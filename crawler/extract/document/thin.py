"""Thin lxml's tree out to what readers need: no scripts, menus, markup within a line.  Judges no text.

Most of a page is no text.  Still in C, scripts, menus and buttons are dropped and inline markup is melted
into its paragraph.  Links leave brackets (LINK, UNLINK) and line breaks a mark (BREAK) in the text.
"""

import re
from typing import Any, Final

from lxml import etree

from crawler.extract.document.markup import BREAK, LINK, UNLINK
from crawler.extract.document.planter import HIDING

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


ILLEGAL: Final = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\U00010000-\U0010ffff]")
LENGTH: Final = etree.XPath("string-length(.)")
LINKED: Final = etree.XPath("descendant::a//text()", smart_strings=False)
#: Dropped elements that hold paragraphs where they were never closed.
SWALLOWERS: Final = ("button", "select", "object", "svg", "noscript")


def thin(root: Any) -> None:
    """Drop what is no text and melt what is no block, in lxml's own tree."""
    etree.strip_elements(root, "script", "style", with_tail=False)
    _drop_menus(root)
    etree.strip_elements(root, *DROPPED, with_tail=False)
    for element in list(root.iter(*MARKED)):  # a walk would end inside the first span that is cleared
        MARKED[element.tag](element)
    etree.strip_tags(root, *MELTED)


def _mark(line_break: Any) -> None:
    _set_tail(line_break, BREAK + (line_break.tail or ""))


def _bracket(link: Any) -> None:
    """Put the marks of a link around its text, and part it from one that touches it."""
    if link.get("href") is None:
        return
    if len(link):
        _set_text(link, LINK + (link.text or ""))
        _set_tail(link, UNLINK + (link.tail or " "))
        return
    _set_text(link, f"{LINK}{link.text or ''}{UNLINK}")
    if link.tail is None:
        link.tail = " "


def _sift(span: Any) -> None:
    """Clear a hidden span, melt one that tells nothing, and part it from one that touches it."""
    if span.tail is None and span.getnext() is not None:
        span.tail = " "
    found = dict(span.items())
    if "style" in found and HIDING.search(found["style"]):
        span.clear(keep_tail=True)
    elif "itemprop" not in found and not TELLING.search(found.get("class", "") + found.get("id", "")):
        span.tag = "melted"


#: What is done with each element that stands in a line and may leave a mark there.
MARKED: Final = {"a": _bracket, "br": _mark, "span": _sift}


def _set_text(element: Any, text: str) -> None:
    """Set a text without the control characters that lxml's parser lets in and its setters do not."""
    try:
        element.text = text
    except ValueError:
        element.text = ILLEGAL.sub("", text)


def _set_tail(element: Any, text: str) -> None:
    try:
        element.tail = text
    except ValueError:
        element.tail = ILLEGAL.sub("", text)


def _drop_menus(root: Any) -> None:
    """Drop menus, and keep what only looks like one: an element never closed that swallowed the page."""
    menus = list(root.iter(*MENUS))
    menus += [found for found in root.iter(*SWALLOWERS) if next(found.iter("p"), None) is not None]
    sizes = [LENGTH(menu) for menu in menus]
    if max(sizes, default=0) > (long := MENU_CHARS):
        long = max(long, MENU_SHARE * LENGTH(root))
    prose: float | None = None
    weighed = 0
    for menu, size in zip(menus, sizes, strict=True):
        if menu.getparent() is None or _within(menu, MENUS):
            continue
        if weighed < MOST_MENUS and size > long:
            weighed += 1
            prose = _prose(root) if prose is None else prose
            if _prose(menu) > MENU_SHARE * prose:
                menu.tag = "div"
                continue
        menu.clear(keep_tail=True)


def _within(element: Any, names: tuple[str, ...]) -> bool:
    return next(element.iterancestors(*names), None) is not None


def _prose(element: Any) -> float:
    """Count the characters of text outside links."""
    return float(LENGTH(element)) - len("".join(LINKED(element)))
