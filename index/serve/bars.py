"""Count hits by source and by month, and draw the counts as bars that are links.  Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from index.engine import Hit
from index.serve.wish import Wish

#: Hits that are counted: a thousand show the shape of an answer, and cost less than a second.
COUNTED: Final = 1000
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


@dataclass(frozen=True, slots=True)
class Counts:
    """How many hits have each value."""

    #: By source.
    sources: Mapping[str, int]
    #: By month, as ``2024-03``.
    months: Mapping[str, int]


def count(hits: Iterable[Hit]) -> Counts:
    """Count hits; one without a day has no month."""
    hits = tuple(hits)
    return Counts(
        Counter(hit.source for hit in hits), Counter(hit.day.isoformat()[:7] for hit in hits if hit.day)
    )


def bars(counts: Counts, wish: Wish) -> tuple[Bars, ...]:
    """Draw counts by source, the most first, and by month, the newest first; leave out what has none."""
    kinds = (
        _kind(
            "Sources",
            dict(sorted(counts.sources.items(), key=lambda pair: (-pair[1], pair[0]))),
            lambda name: wish.toggled(name).address(),
            lambda name: name in wish.sources,
        ),
        _kind(
            "Months",
            dict(sorted(counts.months.items(), reverse=True)),
            lambda month: wish.within(month).address(),
            lambda month: (wish.since, wish.until) == (month, month),
        ),
    )
    return tuple(kind for kind in kinds if kind.bars)


def _kind(
    title: str, counts: Mapping[str, int], link: Callable[[str], str], is_chosen: Callable[[str], bool]
) -> Bars:
    longest = max(counts.values(), default=1)
    made = [
        Bar(label, count, max(1, round(100 * count / longest)), link(label), is_chosen(label))
        for label, count in counts.items()
    ]
    return Bars(title, tuple(made[:SHOWN]), tuple(made[SHOWN:MOST]))
