"""Find the repeated cards of a listing page from its structure alone.  Pure: knows no names and no words.

Links whose tags lead down from the root by the same path are one group. A link's card is the largest element
around it that holds no other target of its group; cards under one parent are a run. Where the cards are bare
links in one flat element, what stands between two of them belongs to the one before or behind, whichever
holds the dates.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from crawler.discover.anchors import Anchor, fold
from crawler.discover.markup import Node

HALF: Final = 0.5  # share of cards
FEWEST_ROWS: Final = 3  # rows alike; two may be so by chance
WIDEST_ROW: Final = 4  # links of a row: company, headline, PDF, another language
REGULAR: Final = 0.8  # share of rows with as many links as most


@dataclass(slots=True, eq=False)
class Card:
    """One repeated element with the link that made it a card."""

    node: Node
    anchor: Anchor
    #: Text runs that belong to it: from ``first`` to before ``last``.
    first: int
    last: int


@dataclass(slots=True, eq=False)
class Cards:
    """A run of cards under one parent, in document order."""

    parent: Node
    cards: list[Card]
    #: Whether the links' own texts could be headlines.
    strong: bool


def runs(anchors: Sequence[Anchor], is_dated: Callable[[int, int], bool]) -> list[Cards]:
    """List the runs of cards on a page: those of strong links first, then those of weak ones.

    ``is_dated`` says whether a date stands alone in a stretch of text runs.
    """
    groups: dict[tuple[int, str], list[Anchor]] = defaultdict(list)
    for anchor in anchors:
        groups[anchor.node.path, "" if anchor.strong else "=" + fold(anchor.text)].append(anchor)
    alone = dict(zip(map(id, anchors), _heights(anchors), strict=True))
    found = [
        each
        for (_, label), group in groups.items()
        for each in _by_parent(_best_column(group, alone, is_dated), strong=not label)
    ]
    return sorted(found, key=lambda each: not each.strong)


def _best_column(
    group: list[Anchor], alone: dict[int, int], is_dated: Callable[[int, int], bool]
) -> list[Card]:
    """Give the cards of a group; of rows that hold as many of its links each, those of the longest column.

    So that a column of companies beside the headlines does not halve the rows.  A row is one card only where
    the date stands in the row and not beside each link: otherwise it is a row of cards.
    """
    cards = _cards(group, alone)
    if not group[0].strong or share([is_dated(card.first, card.last) for card in cards]) >= HALF:
        return cards
    rows: dict[int, list[Anchor]] = defaultdict(list)
    for anchor, height in zip(group, _heights(group), strict=True):
        rows[_up(anchor.node, height + 1).order].append(anchor)
    (width, regular), *_ = Counter(map(len, rows.values())).most_common(1)
    if len(rows) < FEWEST_ROWS or not 1 < width <= WIDEST_ROW or regular < REGULAR * len(rows):
        return cards
    columns = zip(*(row for row in rows.values() if len(row) == width), strict=True)
    widest = max(columns, key=lambda column: median(len(anchor.text) for anchor in column))
    whole = _cards(list(widest), alone)
    return whole if share([is_dated(card.first, card.last) for card in whole]) >= HALF else cards


def _cards(group: list[Anchor], alone: dict[int, int]) -> list[Card]:
    """Give each target of a group its card, none higher than most of the group's.

    A target alone in its group has the largest element around it without any other target of the page.
    """
    if len({anchor.key for anchor in group}) == 1:
        node = _up(group[0].node, alone[id(group[0])])
        return [Card(node, group[0], node.first, node.last)]
    heights = _heights(group)
    usual = Counter(heights).most_common(1)[0][0]
    cards: dict[int, Card] = {}
    for anchor, height in zip(group, heights, strict=True):
        node = _up(anchor.node, min(height, usual))
        cards.setdefault(node.order, Card(node, anchor, node.first, node.last))
    return [cards[order] for order in sorted(cards)]


def _heights(group: Sequence[Anchor]) -> list[int]:
    """Count for each link the steps up before the next one would take in another target of its group."""
    before = _neighbours(group)
    behind = _neighbours(group[::-1])[::-1]
    heights = []
    for anchor, floor, ceiling in zip(group, before, behind, strict=True):
        height = 0
        for outer in anchor.node.ancestors():
            alone = (floor is None or floor < outer.order) and (ceiling is None or outer.end < ceiling)
            if not alone or outer.tag in {"body", "html", ""}:
                break
            height += 1
        heights.append(height)
    return heights


def _neighbours(group: Sequence[Anchor]) -> list[int | None]:
    """Give for each link where the last one before it stands that leads elsewhere."""
    found: list[int | None] = []
    for last, anchor in zip([None, *group], group, strict=False):
        if last is None or last.key == anchor.key:
            found.append(found[-1] if last else None)
        else:
            found.append(last.node.order)
    return found


def _up(node: Node, steps: int) -> Node:
    for outer, _ in zip(node.ancestors(), range(steps), strict=False):
        node = outer
    return node


def _by_parent(cards: Iterable[Card], *, strong: bool) -> Iterator[Cards]:
    by_parent: dict[int, list[Card]] = defaultdict(list)
    for card in cards:
        by_parent[card.node.parent.order if card.node.parent else 0].append(card)
    for found in by_parent.values():
        yield Cards(found[0].node.parent or found[0].node, found, strong)


def gaps(run: Cards, *, before: bool) -> list[tuple[int, int]]:
    """Give for each card the text runs between it and its neighbour, on one side, within the parent."""
    edges = [
        run.parent.first,
        *(edge for card in run.cards for edge in (card.first, card.last)),
        run.parent.last,
    ]
    pairs = list(zip(edges[::2], edges[1::2], strict=True))
    return pairs[:-1] if before else pairs[1:]


def extend(run: Cards, *, before: bool) -> None:
    """Give the cards of a flat list what stands between them."""
    for card, (first, last) in zip(run.cards, gaps(run, before=before), strict=True):
        card.first, card.last = min(card.first, first), max(card.last, last)


def share(flags: Sequence[bool]) -> float:
    """Give the share of true values; 0 of none."""
    return sum(flags) / len(flags) if flags else 0.0
