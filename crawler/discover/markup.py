"""Parse a listing page once into light nodes with numbered text runs.  Pure: judges nothing.

Only what a list of announcements can be told by is kept: tags, a few attributes, visible text. Scripts,
styles, drawings and the like never become nodes: they cost most of the parsing and hold none of the text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from bs4 import BeautifulSoup, Tag
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import NavigableString

#: Elements whose whole content is never visible text of a list.
DROPPED: Final = frozenset(
    {
        "script", "style", "svg", "noscript", "template", "iframe", "object", "video", "audio", "canvas",
        "math", "meta", "source", "select", "textarea", "input",
    }
)  # fmt: skip
#: Attributes that tell something; all others are dropped while parsing.
KEPT: Final = frozenset(
    {
        "href", "class", "id", "rel", "title", "datetime", "role", "type", "alt", "lang", "style",
        "aria-label", "aria-current", "aria-disabled",
    }
)  # fmt: skip
#: Elements that flow within a line; all others begin a block.
INLINE: Final = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "img", "ins",
        "kbd", "label", "mark", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
        "u", "var", "wbr", "br", "picture", "source", "o:p",
    }
)  # fmt: skip
HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

INVISIBLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
DOCTYPE: Final = "<!doctype html>"  # before it, an XML declaration makes BeautifulSoup warn of XHTML
ZERO_WIDTH: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\xad"))

LONGEST_STYLE: Final = 400  # characters of a style attribute that is looked into
MOST_NODES: Final = 60_000  # ten times the fullest page seen; what follows is not read
DEEPEST: Final = 250  # libxml2's own limit is 256


@dataclass(slots=True, eq=False)
class Node:
    """One element; ``order`` and ``end`` number it and its subtree in document order."""

    tag: str
    attrs: dict[str, str]
    parent: "Node | None"
    #: Names the tags from the root down to here, the same number for the same path.
    path: int
    order: int
    #: Index of the first text run at or behind this node.
    first: int
    #: Nearest ancestor or self that is a block.
    block: "Node" = field(init=False)
    children: list["Node"] = field(default_factory=list)
    #: Order of the last node within.
    end: int = 0
    #: Index behind the last text run within.
    last: int = 0

    def __post_init__(self) -> None:
        flows = self.tag in INLINE and self.parent is not None
        self.block = self.parent.block if flows and self.parent else self

    def holds(self, other: "Node") -> bool:
        """Say whether ``other`` is this node or lies within."""
        return self.order <= other.order <= self.end

    def ancestors(self) -> Iterator["Node"]:
        """Give the parents, nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


@dataclass(frozen=True, slots=True)
class Run:
    """One stretch of visible text without markup inside, white space folded."""

    text: str
    node: Node
    #: Whether white space or the edge of a block stands before it.
    apart: bool


@dataclass(frozen=True, slots=True)
class Tree:
    """A page: its nodes in document order, and its text."""

    root: Node
    nodes: tuple[Node, ...]
    runs: tuple[Run, ...]
    #: How many scripts were dropped.
    scripts: int
    #: How many elements lie within each other at most.
    depth: int

    def text(self, node: Node) -> str:
        """Give the visible text of a node on one line."""
        return join(self.runs[node.first : node.last])


def join(runs: Iterable[Run]) -> str:
    """Give the text of runs on one line, with blanks where the page has them."""
    return "".join(f" {run.text}" if run.apart else run.text for run in runs).strip()


class _Builder(LXMLTreeBuilder):
    """Beautiful Soup's builder, which lets dropped elements fall while the parser's events arrive.

    It speaks to the soup at once: what its parent does about namespaces costs a third of a page's parsing.
    """

    def __init__(self) -> None:
        super().__init__(multi_valued_attributes=None)
        self.dropping = 0
        self.scripts = 0

    def start(self, tag: Any, attrs: Any, nsmap: Any = None) -> None:  # noqa: ARG002 - HTML has no namespaces
        if self.dropping or tag in DROPPED or (tag == "img" and not attrs.get("alt")):
            self.dropping += 1
            self.scripts += tag == "script"
        elif self.soup is not None:
            kept = {key: value for key, value in attrs.items() if key in KEPT} if attrs else {}
            self.soup.handle_starttag(tag, None, None, kept)

    def end(self, tag: Any) -> None:
        if self.dropping:
            self.dropping -= 1
        elif self.soup is not None:
            self.soup.handle_endtag(tag)

    def data(self, data: Any) -> None:
        if not self.dropping:
            super().data(data)

    def comment(self, text: Any) -> None:
        """Let comments fall."""

    def pi(self, target: str, data: str) -> None:
        """Let processing instructions fall."""


def parse(html: str) -> Tree:
    """Parse a page; broken, deep or endless markup gives a smaller tree, never an error."""
    builder = _Builder()
    soup = BeautifulSoup(DOCTYPE + html.replace("\0", ""), builder=builder)
    return _tree(soup, builder.scripts)


def _tree(soup: BeautifulSoup, scripts: int) -> Tree:
    paths: dict[tuple[int, str], int] = {}
    root = Node("", {}, None, 0, 0, 0)
    nodes, runs, apart = [root], list[Run](), True
    waiting: list[tuple[Node, Iterator[Any]]] = [(root, iter(soup.contents))]
    depth = 0
    while waiting:
        node, contents = waiting[-1]
        depth = max(depth, len(waiting))
        child = next(contents, None)
        if child is None:
            node.end, node.last = len(nodes) - 1, len(runs)
            apart = apart or node.block is node or node.tag == "br"
            waiting.pop()
        elif isinstance(child, Tag):
            attrs: dict[str, str] = child.attrs  # type: ignore[assignment]
            if len(nodes) >= MOST_NODES or len(waiting) > DEEPEST or _is_hidden(attrs):
                continue
            path = paths.setdefault((node.path, child.name), len(paths) + 1)
            inner = Node(child.name, attrs, node, path, len(nodes), len(runs))
            apart = apart or inner.block is inner
            node.children.append(inner)
            nodes.append(inner)
            waiting.append((inner, iter(child.contents)))
        elif type(child) is NavigableString:
            raw = str(child) if child.isascii() else child.translate(ZERO_WIDTH)
            if text := " ".join(raw.split()):
                runs.append(Run(text, node, apart or raw[0].isspace()))
            apart = raw[-1].isspace() if text else apart or bool(raw)
    return Tree(root, tuple(nodes), tuple(runs), scripts, depth)


def _is_hidden(attrs: dict[str, str]) -> bool:
    return (
        "style" in attrs and len(attrs["style"]) <= LONGEST_STYLE and bool(INVISIBLE.search(attrs["style"]))
    )
