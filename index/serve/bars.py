"""Draw counts by source and by month as bars that are links.  Pure: counts nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from index.engine import Count
from index.query import Facet
from index.serve.wish import Wish

#: What is counted, with what stands above its bars.
TITLES: Final[Mapping[Facet, str]] = {"source": "Sources", "month": "Months"}
#: Bars of one kind shown at once, and behind "more".
SHOWN: Final = 12
MOST: Final = 120


@dataclass(frozen=True, slots=True)
class Bar:
    """One value, and how many hits have it."""

    label: str
    count: int
    #: Length, 1 to 100, of the longest bar of its kind.
    share: int
    #: Address that narrows the answer to it, or widens it again.
    link: str
    #: Whether the answer is narrowed to it.
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Bars:
    """All bars of one kind."""

    title: str
    bars: tuple[Bar, ...]
    rest: tuple[Bar, ...]


def bars(facets: Iterable[tuple[Facet, Sequence[Count]]], wish: Wish) -> tuple[Bars, ...]:
    """Draw the counts of some facets as they come; leave out hits without a value."""
    kinds = (_kind(facet, [count for count in counts if count.value], wish) for facet, counts in facets)
    return tuple(kind for kind in kinds if kind.bars)


def _kind(facet: Facet, counts: Sequence[Count], wish: Wish) -> Bars:
    longest = max((count.releases for count in counts), default=1)
    made = [
        Bar(
            count.value,
            count.releases,
            max(1, round(100 * count.releases / longest)),
            *_way(facet, count.value, wish),
        )
        for count in counts
    ]
    return Bars(TITLES[facet], tuple(made[:SHOWN]), tuple(made[SHOWN:MOST]))


def _way(facet: Facet, value: str, wish: Wish) -> tuple[str, bool]:
    """Give the address that a value leads to, and whether it is chosen now."""
    if facet == "source":
        return wish.toggled(value).address(), value in wish.sources
    return wish.within(value).address(), (wish.since, wish.until) == (value, value)
