"""Find the day a page was published: weigh what it tells machines and what it prints for people.  Pure.

A day collects points: from metadata by trust, from the places that print it by how much they look like
a date of publication.  The best day wins if it has enough; None beats a guess.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from crawler.extract.addressed import address_month, address_year
from crawler.extract.digits import in_order
from crawler.extract.document import Document
from crawler.extract.jsonld import types
from crawler.extract.places import LONGEST_ADDRESS, NEWS_PATH
from crawler.extract.printed import Sighting, printed, yearless
from crawler.extract.said import Label
from crawler.extract.standing import FIRST, PARAGRAPH, Ground, distance, first, ground_of, in_text, points
from crawler.extract.title import Title
from crawler.extract.told import (
    IN_JSONLD,
    OPEN_GRAPH,
    PUBLISHED,
    WITH_HOUR,
    Claim,
    Told,
    attributed,
    scripted,
    told,
    told_days,
)
from crawler.model import Certainty, Habits, Link, Published

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
MONTH: Final = 1.5  # the address carries the month
AGAIN: Final = 0.3  # each further place that prints the day
MOST_AGAIN: Final = 2
CHANGED: Final = -1.0  # the day of the last change, where another is told to be the first
#: The same, where the page says "updated" soon after the first, or Open Graph tells the first: a text was
#: mended.  Of 24 pages that print no other day, 16 of 18 whose first day JSON-LD alone tells were guides kept
#: up, and 2 of 6 whose first day Open Graph tells.
MENDED: Final = -5.0
SOON: Final = timedelta(days=90)
NO_ARTICLE: Final = -2.0  # a single claim, nowhere printed, on a page that calls itself no article
ONCE: Final = -1.0  # the same of JSON-LD, on all but news; of 10 such days 1 was that of publication
SERVICE: Final = -4.0  # what is told and nowhere printed of a page among services: when it was set up
ENOUGH: Final = 2.9  # points that a day needs
ENOUGH_IN_TEXT: Final = 2.2  # the same for a day in the first sentence, where nothing else is known
FIRST_SENTENCE: Final = 20  # characters of a text before such a day
MOST_CANDIDATES: Final = 12  # shown to people

#: Claims that tell a day well enough to doubt that today's date above a headline is the text's.
TOLD_APART: Final = PUBLISHED | {"dated", "address"}
#: Addresses of what a firm offers: /services/cleaning, /cleaning-services/.
SERVICE_PATH: Final = re.compile(r"/(?:services|solutions)/|(?:services|solutions)/?$", re.IGNORECASE)
#: JSON-LD types, as their names end, that are news.
NEWS: Final = ("newsarticle", "pressrelease", "newsitem")


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """One day that could be the day of publication."""

    day: date
    #: Aware UTC; None when only the day is known.
    moment: datetime | None
    #: The evidence, best first, joined by `` + ``.
    rule: str
    score: float
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Dated:
    """The day of publication and how it was found."""

    #: None where no day has enough evidence.
    published: Published | None
    #: Best first.
    candidates: tuple[DateCandidate, ...]


@dataclass(slots=True)
class _Case:
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
        return max((score for score, _ in self.shown), default=0.0)

    @property
    def score(self) -> float:
        again = AGAIN * min(MOST_AGAIN, len(self.shown) - 1) if self.best > 0 else 0.0
        return sum(self.told.values()) + max(0.0, self.best) + again + self.other


def read_date(
    document: Document,
    *,
    fetched: datetime,
    title: Title | None = None,
    link: Link | None = None,
    habits: Habits | None = None,
) -> Dated:
    """Find the day of publication, which is never later than the day after the page was fetched.

    An hour of metadata or print without a zone is in ``habits.zone``; without one there is only a day.
    """
    habits = habits or Habits()
    claims = list(told(document, zone=habits.zone, order=habits.date_order))
    sightings = printed(document, zone=habits.zone, order=habits.date_order)
    if habits.date_order is None:
        sightings, claims = in_order(sightings, claims, lang=document.lang, url=document.url)
    headline = title.position if title else None
    dated = weigh(document, claims, sightings, fetched=fetched, headline=headline, link=link)
    if dated.published is not None:
        return dated
    claims += _unseen(document, {each.stamp.day for each in sightings if each.machine})
    sightings += yearless(document, address_year(document.url))
    return weigh(document, claims, sightings, fetched=fetched, headline=headline, link=link)


def weigh(
    document: Document,
    claims: Sequence[Told],
    sightings: Sequence[Sighting],
    *,
    fetched: datetime,
    headline: int | None,
    link: Link | None,
) -> Dated:
    """Give each day its points and name the best; ``headline`` is the position of the headline's block."""
    today = fetched.date()
    told_apart = {claim.day for claim in claims if claim.claim in TOLD_APART}
    is_other = bool(told_apart) and today not in told_apart
    ground = ground_of(document, headline, sightings, today=today if is_other else None)
    cases = _cases(claims, link)
    _look(cases, document, sightings, ground)
    _doubt_unprinted(cases, document)
    _merge_neighbours(cases, claims)
    _doubt_changes(cases, claims)
    latest = fetched.date() + timedelta(days=1)
    ranked = sorted((day for day in cases if day <= latest), key=lambda day: (-cases[day].score, day))
    candidates = tuple(_candidate(day, cases[day]) for day in ranked[:MOST_CANDIDATES])
    best = next((each for each in candidates if _is_enough(each, cases[each.day], ground)), None)
    return Dated(Published(best.day, best.moment, best.rule, best.certainty) if best else None, candidates)


def _unseen(document: Document, known: Collection[date]) -> list[Told]:
    """Look into scripts and attributes, which say the day of whatever a page is: not of a product's page."""
    if not _may_be_article(document):
        return []
    html = document.html
    found = scripted(html)
    if found and found.day in told_days(document):
        return []
    found = found or attributed(html, known)
    return [found] if found else []


def _may_be_article(document: Document) -> bool:
    """Say whether nothing tells that a page is no article; news calls itself news, whatever else it says."""
    return (document.meta("og:type") or "").casefold() != "website" or _is_news(document)


def _is_news(document: Document) -> bool:
    return any(kind.endswith(NEWS) for entry in document.jsonld for kind in types(entry))


def _cases(claims: Iterable[Told], link: Link | None) -> dict[date, _Case]:
    """Open a case for every day that is told."""
    cases: dict[date, _Case] = {}
    for claim in claims:
        case = cases.setdefault(claim.day, _Case())
        case.told.setdefault(claim.claim, CLAIMS[claim.claim])
        case.rules[claim.rule] = None
        if claim.claim in WITH_HOUR:
            case.moment = case.moment or claim.moment
    if link and link.published:
        case = cases.setdefault(link.published.day, _Case())
        case.told["link"] = LINK
        case.rules["link"] = None
        case.moment = case.moment or link.published.moment
    return cases


def _look(
    cases: dict[date, _Case], document: Document, sightings: Sequence[Sighting], ground: Ground
) -> None:
    """Add what is printed to the cases."""
    nearest = first(sightings, ground)
    for sighting in sightings:
        score = points(sighting, ground, is_first=sighting is nearest)
        cases.setdefault(sighting.stamp.day, _Case()).shown.append((score, sighting))
    month = address_month(document.url)
    for day, case in cases.items():
        if (day.year, day.month) == month:
            case.other += MONTH


def _doubt_unprinted(cases: dict[date, _Case], document: Document) -> None:
    """Doubt the days that nothing prints: those told of a service, and those told once."""
    address = document.url[:LONGEST_ADDRESS]
    is_filed = bool(NEWS_PATH.search(address))
    is_service = not is_filed and bool(SERVICE_PATH.search(address))
    for case in cases.values():
        if case.shown or "link" in case.told:
            continue
        if is_service:
            case.other += SERVICE
        elif not _may_be_article(document):
            case.other += NO_ARTICLE * (len(case.told.keys() - {"modified"}) == 1)
        elif [*case.rules] == [IN_JSONLD] and not (is_filed or _is_news(document)):
            case.other += ONCE


def _merge_neighbours(cases: dict[date, _Case], claims: Iterable[Told]) -> None:
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


def _doubt_changes(cases: dict[date, _Case], claims: Sequence[Told]) -> None:
    """Doubt the day that is told to be that of the last change, where another is told to be the first."""
    published = {claim.day for claim in claims if claim.claim in PUBLISHED} | _printed_as(cases, "published")
    changed = {claim.day for claim in claims if claim.claim == "modified"}
    first = min(published, default=date.max)
    is_told = any(claim.day == first and claim.rule.endswith(OPEN_GRAPH) for claim in claims)
    for day in changed - published:
        if first < day:
            said = any(sighting.label == "updated" for _, sighting in cases[day].shown)
            cases[day].other += MENDED if said and (is_told or day - first <= SOON) else CHANGED


def _printed_as(cases: dict[date, _Case], label: Label) -> set[date]:
    """List the days that are printed with this label where it counts."""
    return {
        day
        for day, case in cases.items()
        if any(score > 0 and sighting.label == label for score, sighting in case.shown)
    }


def _candidate(day: date, case: _Case) -> DateCandidate:
    rules = list(case.rules)
    certainty: Certainty = "stated"
    moment = case.moment
    shown = max(case.shown, key=lambda each: each[0], default=None)
    if shown and shown[0] > 0:
        sighting = shown[1]
        dateline = sighting.dateline and sighting.length >= PARAGRAPH
        rules.append("dateline" if dateline else "running text" if in_text(sighting) else "printed")
        moment = moment or next((each.stamp.moment for _, each in case.shown if each.stamp.moment), None)
        if not any(CLAIMS.get(kind, LINK) > 1 for kind in case.told):  # type: ignore[call-overload]
            certainty = "dateline" if dateline else "mentioned" if in_text(sighting) else "stated"
    return DateCandidate(day, moment, " + ".join(rules), case.score, certainty)


def _is_enough(candidate: DateCandidate, case: _Case, ground: Ground) -> bool:
    if candidate.certainty != "mentioned":
        return candidate.score >= ENOUGH
    opens = any(
        sighting.before <= FIRST_SENTENCE and distance(sighting, ground) > 0 and score > 0
        for score, sighting in case.shown
    )
    return candidate.score >= (ENOUGH_IN_TEXT if opens else ENOUGH)
