"""Compare what a newsroom shows by every way with what the archive holds.  Pure: asks and reads nothing."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from crawler.model import Link
from crawler.urls import canonical

KINDRED: Final = 0.5  # share of a further list's announcements that must be the newsroom's own
FEW: Final = 4  # announcements; a shorter list may be all new


@dataclass(frozen=True, slots=True)
class Way:
    """What one way showed."""

    #: ``feed``, ``sitemap``, ``listing`` or a platform's name; empty where it could not be read.
    name: str
    #: Address it begins at.
    url: str
    links: tuple[Link, ...] = ()
    #: Why it showed nothing, or not all; None where all went well.
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """What the archive holds of a source."""

    #: Canonical address → id of the release that it leads to.
    leads: Mapping[str, str]
    #: Id of each release that stands → its day, None where it has none, and its title.
    releases: Mapping[str, tuple[date | None, str]]
    #: Canonical addresses that were asked and are no announcements.
    others: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """An announcement that is shown and not held."""

    url: str
    title: str | None
    day: date | None
    #: Names of the ways that show it.
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """How much of a year is held."""

    #: None for announcements without a day.
    year: int | None
    shown: int
    held: int


@dataclass(frozen=True, slots=True)
class Part:
    """How much of what one way shows is held."""

    way: str
    url: str
    shown: int
    held: int
    trouble: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """How complete a source is."""

    parts: tuple[Part, ...]
    #: The latest first, the undated last.
    years: tuple[Year, ...]
    #: The newest first.
    missing: tuple[Missing, ...]
    #: Releases that are held and that no way shows (any more).
    shown_no_more: int


def compare(ways: Sequence[Way], holding: Holding, *, since: date | None = None) -> Comparison:
    """Count what is shown and held, by way and by year, and name what is missing.

    Two addresses are one announcement where both lead to one release, or where day and headline agree.

    Args:
        ways: the source's own way first.
        holding: what the archive holds.
        since: the day before which nothing counts; None for no limit.
    """
    known = _Known(holding)
    shown: dict[str, list[tuple[Link, str]]] = defaultdict(list)
    parts = []
    for way in ways:
        links = {known.key(link): link for link in way.links if canonical(link.url) not in holding.others}
        links = {key: link for key, link in links.items() if _counts(known.day(key, link), since)}
        for key, link in links.items():
            shown[key].append((link, way.name))
        held = sum(key in holding.releases for key in links)
        parts.append(Part(way.name, way.url, len(links), held, way.trouble))
    missing = [_missing(told) for key, told in shown.items() if key not in holding.releases]
    days = {key: known.day(key, *(link for link, _ in told)) for key, told in shown.items()}
    standing = [key for key, (day, _) in holding.releases.items() if _counts(day, since)]
    return Comparison(
        tuple(parts),
        _years(days, holding),
        tuple(sorted(missing, key=lambda each: each.day or date.min, reverse=True)),
        sum(key not in shown for key in standing),
    )


def is_kin(links: Sequence[Link], others: Iterable[Link], holding: Holding) -> bool:
    """Say whether a further list is the same newsroom's: most of it is shown by the others, or held."""
    known = _Known(holding)
    theirs = {known.key(link) for link in others} | set(holding.releases)
    shared = sum(known.key(link) in theirs for link in links)
    return len(links) < FEW or shared >= KINDRED * len(links)


class _Known:
    """Tells which announcement a link is."""

    def __init__(self, holding: Holding) -> None:
        self._holding = holding
        self._told = {
            (day, _folded(title)): release for release, (day, title) in holding.releases.items() if day
        }

    def key(self, link: Link) -> str:
        """Give the id of the release that a link leads to, by its address or by day and headline."""
        address = canonical(link.url)
        if held := self._holding.leads.get(address):
            return held
        if link.published is None or not link.title:
            return address
        return self._told.get((link.published.day, _folded(link.title)), address)

    def day(self, key: str, *links: Link) -> date | None:
        """Give the day of an announcement: as it is held, else as it is shown."""
        if key in self._holding.releases:
            return self._holding.releases[key][0]
        return next((link.published.day for link in links if link.published), None)


def _missing(told: Sequence[tuple[Link, str]]) -> Missing:
    links = [link for link, _ in told]
    return Missing(
        links[0].url,
        next((link.title for link in links if link.title), None),
        next((link.published.day for link in links if link.published), None),
        tuple(dict.fromkeys(way for _, way in told)),
    )


def _years(days: Mapping[str, date | None], holding: Holding) -> tuple[Year, ...]:
    counts: dict[int | None, list[int]] = defaultdict(lambda: [0, 0])
    for key, day in days.items():
        count = counts[day.year if day else None]
        count[0] += 1
        count[1] += key in holding.releases
    ordered = sorted(counts, key=lambda year: year or 0, reverse=True)
    return tuple(Year(year, *counts[year]) for year in ordered)


def _counts(day: date | None, since: date | None) -> bool:
    return since is None or day is None or day >= since


def _folded(title: str) -> str:
    return re.sub(r"\W+", " ", title.casefold()).strip()
