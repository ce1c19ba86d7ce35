"""Find the day a page was published: weigh what it tells machines and what it prints for people.  Pure.

A day collects points: from metadata by trust, from the places that print it by how much they look like
a date of publication.  The best day wins if it has enough; None beats a guess.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from crawler.extract.date.addressed import address_month, address_year
from crawler.extract.date.case import (
    CLAIMS,
    LINK,
    Case,
    cases_of,
    doubt_changes,
    doubt_unprinted,
    may_be_article,
    merge_neighbours,
)
from crawler.extract.date.digits import in_order
from crawler.extract.date.printed import Sighting, printed, yearless
from crawler.extract.date.standing import PARAGRAPH, Ground, distance, first, ground_of, in_text, points
from crawler.extract.date.told import PUBLISHED, Told, attributed, scripted, told, told_days
from crawler.extract.document.parse import Document
from crawler.extract.title.read import Title
from crawler.model import Certainty, Habits, Link, Published

MONTH: Final = 1.5  # the address carries the month
ENOUGH: Final = 2.9  # points that a day needs
ENOUGH_IN_TEXT: Final = 2.2  # the same for a day in the first sentence, where nothing else is known
FIRST_SENTENCE: Final = 20  # characters of a text before such a day
MOST_CANDIDATES: Final = 12  # shown to people

#: Claims that tell a day well enough to doubt that today's date above a headline is the text's.
TOLD_APART: Final = PUBLISHED | {"dated", "address"}


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
    if not claims:
        sightings = _changes_as_days(sightings)
    claims += _unseen(document, {each.stamp.day for each in sightings if each.machine})
    sightings += yearless(document, address_year(document.url))
    return weigh(document, claims, sightings, fetched=fetched, headline=headline, link=link)


def _changes_as_days(sightings: Iterable[Sighting]) -> list[Sighting]:
    """Take lines of their own that tell of the last change for all that is told of a page's day."""
    return [
        replace(each, label="published")
        if each.label == "updated" and each.alone and not each.machine
        else each
        for each in sightings
    ]


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
    cases = cases_of(claims, link)
    _look(cases, document, sightings, ground)
    doubt_unprinted(cases, document)
    merge_neighbours(cases, claims)
    doubt_changes(cases, claims)
    latest = fetched.date() + timedelta(days=1)
    ranked = sorted((day for day in cases if day <= latest), key=lambda day: (-cases[day].score, day))
    candidates = tuple(_candidate(day, cases[day]) for day in ranked[:MOST_CANDIDATES])
    best = next((each for each in candidates if _is_enough(each, cases[each.day], ground)), None)
    return Dated(Published(best.day, best.moment, best.rule, best.certainty) if best else None, candidates)


def _unseen(document: Document, known: Collection[date]) -> list[Told]:
    """Look into scripts and attributes, which say the day of whatever a page is: not of a product's page."""
    if not may_be_article(document):
        return []
    html = document.html
    found = scripted(html)
    if found and found.day in told_days(document):
        return []
    found = found or attributed(html, known)
    return [found] if found else []


def _look(cases: dict[date, Case], document: Document, sightings: Sequence[Sighting], ground: Ground) -> None:
    """Add what is printed to the cases."""
    nearest = first(sightings, ground)
    for sighting in sightings:
        score = points(sighting, ground, is_first=sighting is nearest)
        cases.setdefault(sighting.stamp.day, Case()).shown.append((score, sighting))
    month = address_month(document.url)
    for day, case in cases.items():
        if (day.year, day.month) == month:
            case.other += MONTH


def _candidate(day: date, case: Case) -> DateCandidate:
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


def _is_enough(candidate: DateCandidate, case: Case, ground: Ground) -> bool:
    if candidate.certainty != "mentioned":
        return candidate.score >= ENOUGH
    opens = any(
        sighting.before <= FIRST_SENTENCE and distance(sighting, ground) > 0 and score > 0
        for score, sighting in case.shown
    )
    return candidate.score >= (ENOUGH_IN_TEXT if opens else ENOUGH)
