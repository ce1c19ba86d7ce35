"""Collect what speaks for each day that a page tells, and doubt days by what else is told.  Pure.

What a program tells of a page is often the day it was set up, or changed: so a day counts less where nothing
prints it, and where another is told to be the first.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from crawler.extract.date.printed import Sighting
from crawler.extract.date.said import Label
from crawler.extract.date.standing import FIRST
from crawler.extract.date.told import IN_JSONLD, OPEN_GRAPH, PUBLISHED, WITH_HOUR, Claim, Told
from crawler.extract.document.jsonld import types
from crawler.extract.document.parse import Document
from crawler.extract.title.places import LONGEST_ADDRESS, NEWS_PATH
from crawler.model import Link

#: Points of a claim in metadata, each kind once a day.
CLAIMS: Final[dict[Claim, float]] = {
    "published": 3.6,
    "stated": 2.7,
    "address": 3.0,
    "dated": 3.0,
    "page": 2.0,
    "created": 1.0,
    "modified": 0.8,
}
LINK: Final = 4.0  # what the listing or feed says
AGAIN: Final = 0.3  # each further place that prints the day
MOST_AGAIN: Final = 2
CHANGED: Final = -1.0  # the day of the last change, where another is told to be the first
#: The same, where the page says "updated" soon after the first, or Open Graph tells the first: a text was
#: mended.  Of 27 pages that print no other day, 17 of 19 whose first day JSON-LD alone tells were guides kept
#: up, and 2 of 8 whose first day Open Graph tells.
MENDED: Final = -5.0
SOON: Final = timedelta(days=90)
NO_ARTICLE: Final = -2.0  # a single claim, nowhere printed, on a page that calls itself no article
ONCE: Final = -1.0  # the same of JSON-LD, on all but news; of 10 such days 1 was that of publication
SERVICE: Final = -4.0  # what is told and nowhere printed of a page among services: when it was set up

#: Addresses of what a firm offers: /services/cleaning, /cleaning-services/; headlines have more words.
SERVICE_PATH: Final = re.compile(
    r"/(?:services|solutions)/|/(?:[^/-]+-){0,3}(?:services|solutions)/?$", re.IGNORECASE
)
#: JSON-LD types, as their names end, that are news.
NEWS: Final = ("newsarticle", "pressrelease", "newsitem")


@dataclass(slots=True)
class Case:
    """What speaks for one day."""

    #: Kind of claim → points.
    told: dict[str, float] = field(default_factory=dict)
    #: Names of the claims' places.
    rules: dict[str, None] = field(default_factory=dict)
    #: Places that print it, with points.
    shown: list[tuple[float, Sighting]] = field(default_factory=list)
    moment: datetime | None = None
    #: Points for and against that belong to the day itself.
    other: float = 0.0

    @property
    def best(self) -> float:
        """Give the points of the place that prints it best; 0 where none does."""
        return max((score for score, _ in self.shown), default=0.0)

    @property
    def score(self) -> float:
        """Add up all that speaks for the day and against it."""
        again = AGAIN * min(MOST_AGAIN, len(self.shown) - 1) if self.best > 0 else 0.0
        return sum(self.told.values()) + max(0.0, self.best) + again + self.other


def cases_of(claims: Iterable[Told], link: Link | None) -> dict[date, Case]:
    """Open a case for every day that is told."""
    cases: dict[date, Case] = {}
    for claim in claims:
        case = cases.setdefault(claim.day, Case())
        case.told.setdefault(claim.claim, CLAIMS[claim.claim])
        case.rules[claim.rule] = None
        if claim.claim in WITH_HOUR:
            case.moment = case.moment or claim.moment
    if link and link.published:
        case = cases.setdefault(link.published.day, Case())
        case.told["link"] = LINK
        case.rules["link"] = None
        case.moment = case.moment or link.published.moment
    return cases


def doubt_unprinted(cases: dict[date, Case], document: Document) -> None:
    """Doubt the days that nothing prints: those told of a service, and those told once."""
    unprinted = [case for case in cases.values() if not case.shown and "link" not in case.told]
    if not unprinted:
        return
    address = document.url[:LONGEST_ADDRESS]
    is_filed = bool(NEWS_PATH.search(address))
    is_service = not is_filed and bool(SERVICE_PATH.search(address))
    is_article = may_be_article(document)
    for case in unprinted:
        if is_service:
            case.other += SERVICE
        elif not is_article:
            case.other += NO_ARTICLE * (len(case.told.keys() - {"modified"}) == 1)
        elif [*case.rules] == [IN_JSONLD] and not (is_filed or _is_news(document)):
            case.other += ONCE


def merge_neighbours(cases: dict[date, Case], claims: Iterable[Told]) -> None:
    """Let an instant told in UTC speak for the day before or after it that is printed at the headline."""
    for claim in claims:
        own = cases[claim.day]
        if not claim.utc or claim.moment is None or claim.claim not in WITH_HOUR or own.best > FIRST:
            continue
        # Offsets go from -12 to +14 hours.
        steps = [1] * (claim.moment.hour >= 10) + [-1] * (claim.moment.hour < 12)  # noqa: PLR2004
        for step in steps:
            other = cases.get(claim.day + timedelta(days=step))
            if other and other.best > FIRST:
                other.told |= {kind: score for kind, score in own.told.items() if kind != "address"}
                other.rules |= own.rules
                other.moment = own.moment
                own.told = {kind: score for kind, score in own.told.items() if kind == "address"}
                break


def doubt_changes(cases: dict[date, Case], claims: Sequence[Told]) -> None:
    """Doubt the day that is told to be that of the last change, where another is told to be the first."""
    published = {claim.day for claim in claims if claim.claim in PUBLISHED} | _printed_as(cases, "published")
    changed = {claim.day for claim in claims if claim.claim == "modified"}
    first = min(published, default=date.max)
    is_told = any(claim.day == first and claim.rule.endswith(OPEN_GRAPH) for claim in claims)
    for day in changed - published:
        if first < day:
            said = any(sighting.label == "updated" for _, sighting in cases[day].shown)
            cases[day].other += MENDED if said and (is_told or day - first <= SOON) else CHANGED


def _printed_as(cases: dict[date, Case], label: Label) -> set[date]:
    """List the days that are printed with this label where it counts."""
    return {
        day
        for day, case in cases.items()
        if any(score > 0 and sighting.label == label for score, sighting in case.shown)
    }


def may_be_article(document: Document) -> bool:
    """Say whether nothing tells that a page is no article; news calls itself news, whatever else it says."""
    return (document.meta("og:type") or "").casefold() != "website" or _is_news(document)


def _is_news(document: Document) -> bool:
    return any(kind.endswith(NEWS) for entry in document.jsonld for kind in types(entry))
