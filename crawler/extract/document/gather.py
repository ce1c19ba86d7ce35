"""Cut a thinned page into blocks and plant the elements that hold them, in one walk.  Judges no text."""

import re
from collections.abc import Iterable
from typing import Any, Final

from crawler.extract.document.blocks import Block, Moment
from crawler.extract.document.markup import BREAK, LINK, UNLINK
from crawler.extract.document.planter import Planter, described
from crawler.extract.document.thin import INLINE, KNOWN, PARAGRAPHS

DEEPEST: Final = 120  # levels; what lies deeper is text of the last one.  Real pages: up to 60
MOST_BLOCKS: Final = 7_000  # of one page; more are no announcement, and cost memory
LINK_LIST: Final = 4  # entries; shorter lists may be part of a text
LONGEST_CELL: Final = 250  # characters; a table with longer cells lays out a page, it is no table of figures

HEADINGS: Final = {f"h{n}": n for n in range(1, 7)}
LISTS: Final = frozenset({"ul", "ol"})
#: What lists of links hold between the links.
OUTSIDE_LINKS: Final = re.compile(f"{LINK}[^{LINK}{UNLINK}]*{UNLINK}|[\\s{BREAK}|·•,/>-]+")
BRACKETS: Final = re.compile(f"([{LINK}{UNLINK}])")
INVISIBLE: Final = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")


class Gatherer:
    """The blocks and moments of one page, in its order."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.times: list[Moment] = []
        self._in_link = False

    def gather(self, elements: Iterable[Any], soup: Any) -> None:
        """Cut the text of lxml's elements into blocks and hang what holds it into a soup."""
        self._planter = Planter(soup)
        for element in elements:
            name = element.tag
            if name in INLINE and _is_inline(element, 0):
                told: list[str] = []
                self._close(soup, [self._inline(element, told, 0)], told)
            else:
                self._grow(element, name, element.text, soup, 0)

    def _grow(self, element: Any, name: str, text: str | None, parent: Any, depth: int) -> None:
        """Plant an element, whose name and text were read before, and cut what it holds."""
        tag = self._planter.element(name, element.items(), parent)
        if tag is None:
            return
        if depth >= DEEPEST:
            self._close(tag, ["".join(element.itertext())], [])
        elif name == "tr":
            self._row(element, tag, depth)
        elif name in LISTS and (listed := _listed_links(element)):
            self._close(tag, [listed], [])
        elif len(element):
            self._cut(element, text, tag, depth + 1)
        elif text:
            self._close(tag, [text], [])

    def _cut(self, element: Any, text: str | None, tag: Any, depth: int) -> None:
        pieces = [] if text is None or text.isspace() else [text]
        told: list[str] = []
        in_paragraph = tag.name in PARAGRAPHS
        for child in element:
            text = child.text
            inside = len(child)
            if inside or (text and not text.isspace()):
                name = child.tag
                if name in INLINE and _is_inline(child, depth):
                    pieces.append(self._inline(child, told, depth))
                elif in_paragraph and not inside and text and name not in KNOWN:
                    pieces.append(text)
                else:
                    if pieces:
                        self._close(tag, pieces, told)
                        pieces, told = [], []
                    self._grow(child, name, text, tag, depth)
            text = child.tail
            if text and (pieces or not text.isspace()):
                pieces.append(text)
        if pieces:
            self._close(tag, pieces, told)

    def _row(self, element: Any, row: Any, depth: int) -> None:
        """Make one block of a table row, unless its cells are too long for a table of figures."""
        start, cells = len(self.blocks), 0
        for cell in element:
            before = len(self.blocks)
            self._grow(cell, cell.tag, cell.text, row, depth + 1)
            inside = self.blocks[before:]
            if len(inside) > 2 or sum(len(block.text) for block in inside) > LONGEST_CELL:  # noqa: PLR2004
                cells = -1_000
            cells += bool(inside)
        if cells > 1:
            parts = self.blocks[start:]
            del self.blocks[start:]
            text = " | ".join(part.text.replace("\n", " ") for part in parts)
            links = sum(part.link_chars for part in parts)
            told = " ".join(filter(None, [row.marks, *(part.marks for part in parts)]))
            self.blocks.append(Block(start, text, "tr", row, links, 0, told, row.unseen or parts[0].hidden))

    def _inline(self, element: Any, told: list[str], depth: int) -> str:
        """Give the text of an inline element; a ``<time>`` within is noted and kept apart."""
        kept, own = described(element.items())
        if own:
            told.append(own)
        if depth >= DEEPEST:
            text = "".join(element.itertext())
        else:
            pieces = [element.text]
            for child in element:
                if len(child) or not _blank(child.text):
                    known = child.tag in KNOWN
                    pieces.append(self._inline(child, told, depth + 1) if known else child.text)
                pieces.append(child.tail)
            text = "".join(filter(None, pieces))
        if element.tag == "time" or "datetime" in kept:
            self._note_time(kept, own, text)
            return f" {text} "
        return text

    def _note_time(self, kept: dict[str, str], own: str, text: str) -> None:
        machine = kept.get("datetime") or kept.get("content")
        visible = " ".join(BRACKETS.sub("", text).replace(BREAK, " ").split())
        self.times.append(Moment(machine or None, visible, own, len(self.blocks)))

    def _close(self, tag: Any, pieces: list[str], told: list[str]) -> None:
        """Make one block of the text between two edges."""
        if len(self.blocks) >= MOST_BLOCKS:
            return
        name = tag.name
        raw = "".join(pieces)
        links = self._linked(raw) if self._in_link or LINK in raw else 0
        text = _bare(raw, name)
        if not text:
            return
        own = tag.marks
        if told:
            own = " ".join(filter(None, (own, *told)))
        level = HEADINGS.get(name, 0)
        self.blocks.append(
            Block(len(self.blocks), text, name, tag, min(links, len(text)), level, own, tag.unseen)
        )

    def _linked(self, raw: str) -> int:
        """Count the characters between the brackets of links, which may close in a later block."""
        parts = raw.split(LINK)
        inside = parts if self._in_link else parts[1:]
        self._in_link = UNLINK not in inside[-1]
        return sum(len(" ".join(part.partition(UNLINK)[0].split())) for part in inside)


def _bare(raw: str, name: str) -> str:
    """Take the brackets of links and what is invisible out of an element's text, and fold its spaces."""
    if LINK in raw or UNLINK in raw:
        raw = raw.replace(LINK, "").replace(UNLINK, "")
    text = raw.strip()
    if text.isprintable() and "  " not in text:  # the only white space that counts as printable is a blank
        return text
    text = _folded(raw, name)
    if text.isascii() or text.isprintable():
        return text
    return _folded(INVISIBLE.sub("", raw), name)


def _folded(raw: str, name: str) -> str:
    """Fold spaces, and line breaks but those of ``<br>`` and, in ``<pre>``, the text's own."""
    verbatim = name == "pre"
    if BREAK not in raw and not (verbatim and "\n" in raw):
        return " ".join(raw.split())
    lines = raw.replace("\n", BREAK if verbatim else " ").split(BREAK)
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def _blank(text: str | None) -> bool:
    return not text or text.isspace()


def _is_inline(element: Any, depth: int) -> bool:
    """Say whether a span or time holds no block."""
    if depth >= DEEPEST or not len(element):
        return True
    return all(
        _is_inline(child, depth + 1)
        if child.tag in INLINE
        else not len(child) and (_blank(child.text) or child.tag not in KNOWN)
        for child in element
    )


def _listed_links(element: Any) -> str | None:
    """Give the lines of a list that holds links and nothing else: a menu, a row of tags, related pages."""
    if len(element) < LINK_LIST or next(element.iterancestors(*LISTS), None) is not None:
        return None
    lines: list[str] = []
    _read_lines(element, lines, 0)
    text = "".join(lines)
    if text.count(LINK) < LINK_LIST:
        return None
    size = len(text) - text.count(BREAK)
    return text if len(OUTSIDE_LINKS.sub("", text)) * 10 <= size else None


def _read_lines(element: Any, lines: list[str], depth: int) -> None:
    """Collect the text of an element, with a mark behind each paragraph."""
    lines.append(element.text or "")
    if depth < DEEPEST:
        for child in element:
            _read_lines(child, lines, depth + 1)
            lines.append((BREAK if child.tag in PARAGRAPHS else "") + (child.tail or ""))
