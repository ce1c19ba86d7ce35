"""Find the day a page was published: weigh what it tells machines and what it prints for people.  Pure.

A day collects points: from metadata by trust, from the places that print it by how
much they look like a date of publication.  The best day wins if it has enough; None beats a guess.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

from crawler.extract.document import Document
from crawler.extract.printed import Sighting, printed
from crawler.extract.title import Title
from crawler.extract.told import Claim, Told, address_month, told
from crawler.model import Certainty, Habits, Link, Published
from crawler.urls import host

#: Points of a claim in metadata.  All points were set as one by tests/bench on half of the pages of
#: press, web and dates, starting from a logistic regression over the same features.
CLAIMS: Final[dict[Claim, float]] = {
    "published": 3.6,
    "address": 3.0,
    "dated": 2.3,
    "page": 2.0,
    "created": 1.0,
    "modified": 0.5,
}
LINK: Final = 4.0  # what the listing or feed says
MONTH: Final = 0.6  # the address carries its month
ENOUGH: Final = 3.3  # points a day needs

#: Points by distance in blocks from the headline, first match: (from, to, points).
DISTANCES: Final = (
    (0, 0, 0.5),
    (1, 2, 2.0),
    (3, 5, 1.2),
    (-2, -1, 1.0),
    (6, 10, 0.5),
    (-6, -3, 0.2),
)
ABOVE: Final = 0.6  # further up than all of them
FAR: Final = 0.5  # further down
NEAR: Final = (-6, 10)  # blocks from the headline within which the first date counts more
FIRST: Final = 3.4  # the first date there
FIRST_IN_TEXT: Final = 1.2  # the same, in running text
ALONE_NEAR: Final = 1.2  # nothing else in its line
ALONE_FAR: Final = 0.3
MARKED_FAR: Final = 0.9  # the element is called date, and stands far from the headline
LABELS_NEAR: Final = {"published": 0.6, "updated": -0.6, "other": -0.8, "": 0.0}
LABELS_FAR: Final = {"published": 1.6, "updated": 0.3, "other": 0.0, "": 0.0}
DATELINE: Final = 0.0  # a date as datelines print it, in a paragraph
IN_START: Final = -0.8  # at the start of a paragraph
IN_TEXT: Final = -2.5  # within one
LISTED: Final = -1.5  # one of many such lines
ELSEWHERE: Final = -2.0  # in a box about other texts
MOST_ALIKE: Final = 3  # lines of the same kind with a date; more are a list
PARAGRAPH: Final = 160  # characters; a shorter block is a line
START: Final = 60  # characters of a paragraph that are its start
AGAIN: Final = 0.3  # each further place that prints the day
MOST_AGAIN: Final = 2


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """One day that could be the day of publication."""

    day: date
    moment: datetime | None
    #: The evidence, best first, joined by `` + ``.
    rule: str
    score: float
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Dated:
    """The day of publication and how it was found."""

    published: Published | None
    #: Best first.
    candidates: tuple[DateCandidate, ...]


@dataclass(slots=True)
class _Case:
    """What speaks for one day."""

    told: dict[str, float] = field(default_factory=dict)
    shown: list[tuple[float, Sighting]] = field(default_factory=list)
    moment: datetime | None = None
    month: float = 0.0

    @property
    def score(self) -> float:
        best = max((points for points, _ in self.shown), default=0.0)
        again = AGAIN * min(MOST_AGAIN, max(0, len(self.shown) - 1)) if best > 0 else 0.0
        return sum(self.told.values()) + max(0.0, best) + again + self.month


def read_date(
    document: Document,
    *,
    fetched: datetime,
    title: Title | None = None,
    link: Link | None = None,
    habits: Habits | None = None,
) -> Dated:
    """Find the day of publication, which is never later than the day after the page was fetched."""
    habits = habits or Habits()
    claims = list(told(document, zone=habits.zone, order=habits.date_order))
    sightings = printed(document, zone=habits.zone, order=habits.date_order)
    if habits.date_order is None:
        sightings = in_order(sightings, claims, document)
    return weigh(
        document, claims, sightings, fetched=fetched, headline=title.position if title else None, link=link
    )


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
    cases: dict[date, _Case] = {}
    for claim in claims:
        case = cases.setdefault(claim.day, _Case())
        case.told.setdefault(claim.rule if claim.claim != "published" else "published", CLAIMS[claim.claim])
        if claim.claim in {"published", "dated", "page"}:
            case.moment = case.moment or claim.moment
    if link and link.published:
        case = cases.setdefault(link.published.day, _Case())
        case.told["link"] = LINK
        case.moment = case.moment or link.published.moment
    anchor = headline if headline is not None else _anchor(document)
    first = True
    for sighting in sightings:
        points = _points(sighting, anchor, first=first)
        if _is_near(sighting, anchor) and not sighting.hidden and not sighting.elsewhere:
            first = False
        cases.setdefault(sighting.stamp.day, _Case()).shown.append((points, sighting))
    month = address_month(document.url)
    for day, case in cases.items():
        case.month = MONTH if (day.year, day.month) == month else 0.0
    _merge_neighbours(cases, claims)
    latest = fetched.date() + timedelta(days=1)
    ranked = sorted(((case.score, day) for day, case in cases.items() if day <= latest), reverse=True)
    candidates = tuple(_candidate(day, cases[day]) for _, day in ranked[:12])
    best = candidates[0] if candidates and candidates[0].score >= ENOUGH else None
    return Dated(Published(best.day, best.moment, best.rule, best.certainty) if best else None, candidates)


def _anchor(document: Document) -> int | None:
    """Give the block that stands for a headline that none shows: the first heading, else the first text."""
    for block in document.blocks:
        if block.heading in {1, 2} and not block.hidden:
            return block.position
    for block in document.blocks:
        if len(block.text) > PARAGRAPH and block.link_density < 0.5:  # noqa: PLR2004
            return block.position
    return None


def _is_near(sighting: Sighting, anchor: int | None) -> bool:
    return anchor is not None and NEAR[0] <= sighting.position - anchor <= NEAR[1]


def _points(sighting: Sighting, anchor: int | None, *, first: bool) -> float:
    """Weigh one printed date by where it stands."""
    if sighting.hidden:
        return 0.0
    near = _is_near(sighting, anchor)
    distance = sighting.position - anchor if anchor is not None else 99
    points = next(
        (each for low, high, each in DISTANCES if low <= distance <= high), ABOVE if distance < 0 else FAR
    )
    text = sighting.length >= PARAGRAPH
    if near:
        if first and not sighting.elsewhere:
            points += FIRST_IN_TEXT if text and not sighting.dateline else FIRST
        points += LABELS_NEAR[sighting.label] + (ALONE_NEAR if sighting.alone else 0.0)
    else:
        points += LABELS_FAR[sighting.label] + (ALONE_FAR if sighting.alone else 0.0)
        points += MARKED_FAR if sighting.marked else 0.0
    if text:
        points += DATELINE if sighting.dateline else IN_START if sighting.before < START else IN_TEXT
    if sighting.alike > MOST_ALIKE:
        points += LISTED
    if sighting.elsewhere:
        points += ELSEWHERE
    return points


def _merge_neighbours(cases: dict[date, _Case], claims: Iterable[Told]) -> None:
    """Let an instant that is told in UTC speak for the day before or after it that is printed."""
    for claim in claims:
        if not claim.utc or claim.claim not in {"published", "page"} or claim.moment is None:
            continue
        own = cases[claim.day]
        if any(points > FIRST for points, _ in own.shown):
            continue
        for step in (1, -1):
            other = cases.get(claim.day + timedelta(days=step))
            if other and any(points > FIRST for points, _ in other.shown):
                other.told |= own.told
                other.moment = own.moment
                own.told = {}


def _candidate(day: date, case: _Case) -> DateCandidate:
    shown = sorted(case.shown, key=lambda each: -each[0])
    rules = sorted(case.told, key=lambda rule: -case.told[rule])
    certainty: Certainty = "stated"
    moment = case.moment
    if shown and shown[0][0] > 0:
        best = shown[0][1]
        name = (
            "dateline"
            if best.dateline and best.length >= PARAGRAPH
            else "text"
            if best.length >= PARAGRAPH
            else "printed"
        )
        rules.append(name)
        moment = moment or next((each.stamp.moment for _, each in shown if each.stamp.moment), None)
        if not case.told and name != "printed":
            certainty = "dateline" if name == "dateline" else "mentioned"
    return DateCandidate(day, moment, " + ".join(rules), case.score, certainty)


def in_order(sightings: list[Sighting], claims: Sequence[Told], document: Document) -> list[Sighting]:
    """Read dates of digits that could be read both ways as the page itself suggests."""
    unclear = [each for each in sightings if each.stamp.ambiguous]
    if not unclear:
        return sightings
    days = {claim.day for claim in claims}
    votes = sum((_turned(each.stamp.day) in days) - (each.stamp.day in days) for each in unclear)
    if votes < 0 or (votes == 0 and not _is_american(document)):
        return sightings
    return [
        replace(each, stamp=replace(each.stamp, day=_turned(each.stamp.day)))
        if each.stamp.ambiguous
        else each
        for each in sightings
    ]


def _turned(day: date) -> date:
    return day.replace(month=day.day, day=day.month) if day.day <= 12 else day  # noqa: PLR2004


#: Ends of hosts whose English pages print the day first.
DAY_FIRST_HOSTS: Final = (
    ".uk",
    ".au",
    ".nz",
    ".ie",
    ".in",
    ".za",
    ".sg",
    ".hk",
    ".my",
    ".eu",
    ".int",
    ".ae",
    ".ng",
    ".ke",
)


def _is_american(document: Document) -> bool:
    lang = (document.lang or "").casefold().replace("_", "-")
    if lang.startswith("en-"):
        return lang.startswith(("en-us", "en-ca"))
    return lang in {"", "en"} and not host(document.url).endswith(DAY_FIRST_HOSTS)
