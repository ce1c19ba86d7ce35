"""Find the headline and the best link of each card of a listing.  Pure."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from crawler.discover.anchors import GENERIC, LONGEST_LABEL_WORDS, SHELF, Anchor, fold, is_headline
from crawler.discover.carddates import Dated, cut
from crawler.discover.cards import Card, Cards
from crawler.discover.markup import HEADINGS, Node, Run, Tree, join
from crawler.urls import is_file, same_site

#: Signs that part a headline from what stands beside it.
EDGES: Final = " |–—-•·,:;›»→>«‹▸▶"
#: What is said of a file behind its headline: ``(PDF, 210 KB)``, ``[PDF]``.
SUFFIX: Final = re.compile(r"\s*[\[(]\s*(?:PDF|DOCX?|XLSX?|ZIP)\b[^\])]{0,30}[\])]?\s*$", re.IGNORECASE)
LONGEST_HEADLINE: Final = 400  # characters; the longest seen, of a drug's approval, had 310
LABEL_SHARE: Final = 0.3  # of the cards; a category that three in ten carry is no headline
FEWEST_FOR_LABELS: Final = 3  # cards; below it, repeating says nothing
BOLD: Final = frozenset({"b", "strong"})


@dataclass(frozen=True, slots=True)
class Words:
    """What a run of cards prints again and again."""

    #: Folded texts that many cards share.
    labels: frozenset[str]
    #: Places (path and class) whose texts are few and repeat: columns of categories.
    columns: frozenset[tuple[int, str]]

    def is_label(self, run: Run) -> bool:
        """Say whether a run names a category or a button, not the announcement."""
        label = fold(run.text)
        return label in GENERIC or label in self.labels or _place(run) in self.columns


def words(tree: Tree, run: Cards) -> Words:
    """Learn the labels of a run of cards: short texts that its cards share."""
    if len(run.cards) < FEWEST_FOR_LABELS:
        return Words(frozenset(), frozenset())
    counts: Counter[str] = Counter()
    columns: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for card in run.cards:
        pieces = tree.runs[card.first : card.last]
        counts.update({fold(piece.text) for piece in pieces})
        for piece in pieces:
            columns[_place(piece)].append(fold(piece.text))
    wanted = max(2, LABEL_SHARE * len(run.cards))
    return Words(
        frozenset(
            label
            for label, count in counts.items()
            if count >= wanted and len(label) > 1 and len(label.split()) <= LONGEST_LABEL_WORDS
        ),
        frozenset(place for place, texts in columns.items() if _is_column(texts)),
    )


def _place(run: Run) -> tuple[int, str]:
    return run.node.path, _plain(run.node.attrs.get("class", ""))


@lru_cache(maxsize=1_024)
def _plain(names: str) -> str:
    return re.sub(r"\d+", "#", names)


def _is_column(texts: list[str]) -> bool:
    """Say whether a column holds categories: few different texts, all short."""
    few = len(texts) >= 2 * FEWEST_FOR_LABELS and len(set(texts)) <= len(texts) / 2
    return few and max(len(text.split()) for text in texts) <= LONGEST_LABEL_WORDS


def _order(anchor: Anchor) -> int:
    return anchor.node.order


def best_anchor(card: Card, anchors: list[Anchor], url: str) -> Anchor:
    """Choose the link of a card that leads to the announcement: a headline's first, a file last."""
    first = bisect_left(anchors, card.node.order, key=_order)
    inside = list(anchors[first : bisect_right(anchors, card.node.end, key=_order)]) or [card.anchor]
    counts = Counter(anchor.key for anchor in inside)

    def worth(anchor: Anchor) -> float:
        in_heading = any(_is_heading(node) for node in _within(anchor.node, card.node))
        holds_heading = any(_is_heading(node) for node in _below(anchor.node))
        shelf = "tag" in anchor.node.attrs.get("rel", "").split() or bool(SHELF.search(anchor.url))
        return (
            4 * (in_heading or holds_heading)
            + 3 * anchor.strong
            + min(counts[anchor.key], 3)
            + 2 * same_site(anchor.url, url)
            + (anchor is card.anchor)
            - 3 * is_file(anchor.url)
            - 6 * shelf
        )

    return max(inside, key=worth)


def headline(tree: Tree, card: Card, anchor: Anchor, known: Words, dated: Dated | None) -> str | None:
    """Give the headline of a card, without its date and labels; None when the card prints none."""
    found = _headline(tree, card, anchor, known, dated)
    if found is None and dated and dated.whole:  # the line with the date was the headline
        found = _headline(tree, card, anchor, known, None)
    return SUFFIX.sub("", found).strip(EDGES) if found else None


def _headline(tree: Tree, card: Card, anchor: Anchor, known: Words, dated: Dated | None) -> str | None:
    whole = dated.whole if dated else frozenset()
    glued = dated.glued if dated else None
    blocks = [
        _Block(node, runs, _text(runs, tree, glued)) for node, runs in _blocks(tree, card, known, whole)
    ]
    inner = range(anchor.node.first, anchor.node.last)
    own = [block for block in blocks if any(at in inner for at in block.runs)]
    in_heading = any(_is_heading(node) for node in _within(anchor.node, card.node))
    if not in_heading:
        own = (
            sorted((block for block in own if _is_heading(block.node)), key=lambda block: block.node.tag)
            or own
        )
    around = [block for block in blocks if _is_heading(block.node)]
    bold = [block for block in blocks if all(_is_bold(tree.runs[at]) for at in block.runs)]
    for candidates in (own, around, bold, blocks):
        for block in candidates:
            text = _inside(block, inner, tree, glued) if candidates is own else block.text
            if is_headline(text) and len(text) <= LONGEST_HEADLINE:
                return text
    return _spoken(anchor) or next((block.text for block in own if block.text), None)


@dataclass(frozen=True, slots=True)
class _Block:
    node: Node
    runs: list[int]
    text: str


def _blocks(tree: Tree, card: Card, known: Words, whole: frozenset[int]) -> Iterator[tuple[Node, list[int]]]:
    """Give the text of a card by blocks, without dates and labels."""
    node: Node | None = None
    runs: list[int] = []
    for at in range(card.first, card.last):
        run = tree.runs[at]
        if run.node.block is not node:
            if node is not None and runs:
                yield node, runs
            node, runs = run.node.block, []
        if at not in whole and not (run.node.tag not in BOLD and known.is_label(run)):
            runs.append(at)
    if node is not None and runs:
        yield node, runs


def _text(runs: list[int], tree: Tree, glued: tuple[int, int, int] | None) -> str:
    pieces = [tree.runs[at] for at in runs]
    if glued and glued[0] in runs:
        at = runs.index(glued[0])
        pieces[at] = Run(cut(pieces[at].text, *glued[1:]), pieces[at].node, pieces[at].apart)
    return join(pieces).strip(EDGES)


def _inside(block: _Block, inner: range, tree: Tree, glued: tuple[int, int, int] | None) -> str:
    """Give of a block what stands within the link, where the link is only a part of it."""
    return _text([at for at in block.runs if at in inner], tree, glued)


def _spoken(anchor: Anchor) -> str | None:
    """Give what a link says to those who cannot see it: its title, its label, its picture's text."""
    spoken = [anchor.node.attrs.get("title", ""), anchor.node.attrs.get("aria-label", "")]
    spoken += [node.attrs.get("alt", "") for node in _below(anchor.node)]
    for text in (" ".join(each.split()) for each in spoken):
        if is_headline(text) and len(text) <= LONGEST_HEADLINE:
            return text
    return None


def _within(node: Node, outer: Node) -> Iterator[Node]:
    """Give a node and its ancestors up to and with ``outer``."""
    yield node
    for each in node.ancestors():
        if each.order < outer.order:
            return
        yield each


def _below(node: Node) -> Iterator[Node]:
    waiting = list(node.children)
    while waiting:
        inner = waiting.pop(0)
        yield inner
        waiting[:0] = inner.children


def _is_heading(node: Node) -> bool:
    return node.tag in HEADINGS or node.attrs.get("role") == "heading"


def _is_bold(run: Run) -> bool:
    return run.node.tag in BOLD or any(node.tag in BOLD for node in list(run.node.ancestors())[:2])
