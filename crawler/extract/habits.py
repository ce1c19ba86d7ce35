"""Learn a source's habits from several of its pages: its names, the order of its dates, its zone.  Pure.

What is known stays while pages agree with it or say nothing of it; where the newest ones say otherwise, the
source has changed its ways, and what they say holds from then on.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import Final
from zoneinfo import ZoneInfo

from crawler.extract.date.digits import order_of
from crawler.extract.date.printed import printed
from crawler.extract.date.told import WITH_HOUR, told
from crawler.extract.document.parse import Document
from crawler.extract.title.names import learn as learn_names
from crawler.model import DateOrder, Habits

ENOUGH_PAGES: Final = 2  # that agree, and none against, before an order or a zone is believed
NEWEST: Final = 3  # pages that say otherwise in one voice, before a known order or zone is given up
LATEST: Final = 5  # pages whose shared names are names, though they were not those of the pages before
MOST_NAMES: Final = 12  # of a site that are remembered; the newest ones
MOST_REGIMES: Final = 4  # habits of older pages that are remembered; a site is redesigned every few years
STEP_MIN: Final = 15  # minutes; all offsets of this century are multiples
SLACK_MIN: Final = 2  # minutes by which a printed hour may miss the instant told
FURTHEST_MIN: Final = (-12 * 60, 14 * 60)  # offsets on earth

#: Zones that newsrooms print hours in, the likeliest of those with the same clock first.
ZONES: Final = (
    *("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Sao_Paulo"),
    *("Europe/London", "Europe/Berlin", "Europe/Helsinki", "Europe/Istanbul", "Asia/Dubai", "Asia/Kolkata"),
    *("Asia/Bangkok", "Asia/Shanghai", "Asia/Tokyo", "Australia/Brisbane", "Australia/Sydney"),
    *("Pacific/Auckland", "America/Phoenix", "America/Bogota", "America/Halifax", "Africa/Lagos"),
)


@dataclass(frozen=True, slots=True)
class Trace:
    """What one page tells of its source's habits."""

    #: Text of ``<title>``.
    title: str
    #: The order that its dates of digits were printed in; None where nothing tells.
    order: DateOrder | None
    #: Instants whose hour on the source's wall is known, each with its offset from UTC in minutes.
    offsets: tuple[tuple[datetime, int], ...]
    #: When the page came; aware UTC.
    came: datetime | None = None


def trace(document: Document, came: datetime | None = None) -> Trace:
    """Take down what a page tells of its source's habits."""
    claims = list(told(document, zone=None, order=None))
    stamps = [each.stamp for each in printed(document, zone=None, order=None) if not each.machine]
    instants = [claim.moment for claim in claims if claim.claim in WITH_HOUR and claim.moment]
    walls = [(each.day, each.clock) for each in stamps if not each.moment]
    walls += [(claim.day, claim.clock) for claim in claims if not claim.utc]
    offsets = {
        (instant, offset)
        for instant in instants
        for day, clock in walls
        if clock and (offset := _offset(datetime.combine(day, clock, tzinfo=UTC), instant)) is not None
    }
    digits = [stamp for stamp in stamps if stamp.form == "digits"]
    order = order_of(digits, {claim.day for claim in claims if not claim.ambiguous})
    return Trace(document.head_title, order, tuple(sorted(offsets)), came)


def _offset(wall: datetime, instant: datetime) -> int | None:
    """Give the minutes a wall's clock is ahead of UTC; None when the two hours are not of one moment."""
    ahead = round((wall - instant) / timedelta(minutes=1))
    offset = round(ahead / STEP_MIN) * STEP_MIN
    on_earth = FURTHEST_MIN[0] <= offset <= FURTHEST_MIN[1]
    return offset if on_earth and abs(ahead - offset) <= SLACK_MIN else None


def learn(traces: Sequence[Trace], known: Habits | None = None) -> Habits:
    """Give the habits that the pages of one source show, what is known already kept where they show none.

    Ten pages are plenty.  A habit that pages contradict is not learned, and a known one only replaced where
    the newest pages agree against it: then what was known is kept for the pages before.

    Args:
        traces: of its pages, the newest first.
        known: what was learned before.
    """
    known = known or Habits()
    titles = [each.title for each in traces if each.title]
    found = (*learn_names(titles[:LATEST]), *learn_names(titles))
    names = tuple(dict.fromkeys((*found, *known.site_names)))[:MOST_NAMES]
    order, zone = _new_order(traces, known.date_order), _new_zone(traces, known.zone)
    habits = replace(
        known,
        site_names=names,
        date_order=order or known.date_order or _order(traces),
        zone=zone or known.zone or _zone(offset for each in traces for offset in each.offsets),
    )
    if not order and not zone:
        return habits
    given_up = Habits(date_order=known.date_order if order else None, zone=known.zone if zone else None)
    newer = takewhile(lambda each: _is_after(each, known.learned) and not _shows(each, given_up), traces)
    since = min((each.came for each in newer if each.came), default=None)
    return replace(habits, since=since, before=_shortened(known, MOST_REGIMES))


def _new_order(traces: Iterable[Trace], known: DateOrder | None) -> DateOrder | None:
    """Give the order that the newest pages that tell one agree on against a known one."""
    newest = [each.order for each in traces if each.order][:NEWEST]
    if known is None or len(newest) < NEWEST or known in newest or len(set(newest)) > 1:
        return None
    return newest[0]


def _new_zone(traces: Iterable[Trace], known: str | None) -> str | None:
    """Give the zone of the newest pages that tell hours where the known one fits none of them."""
    newest = [each.offsets for each in traces if each.offsets][:NEWEST]
    offsets = {offset for each in newest for offset in each}
    if known is None or len(newest) < NEWEST or any(_fits(known, offset) for offset in offsets):
        return None
    return _zone(offsets)


def _is_after(each: Trace, learned: datetime | None) -> bool:
    return each.came is None or learned is None or each.came > learned


def _shows(each: Trace, habits: Habits) -> bool:
    """Say whether a page still shows one of some habits."""
    if habits.date_order and each.order == habits.date_order:
        return True
    zone = habits.zone
    return zone is not None and any(_fits(zone, offset) for offset in each.offsets)


def _shortened(habits: Habits, regimes: int) -> Habits:
    before = habits.before and _shortened(habits.before, regimes - 1) if regimes > 1 else None
    return replace(habits, before=before)


def _order(traces: Iterable[Trace]) -> DateOrder | None:
    counted = Counter(each.order for each in traces if each.order is not None)
    if len(counted) != 1:
        return None
    order, pages = counted.most_common(1)[0]
    return order if pages >= ENOUGH_PAGES else None


def _zone(offsets: Iterable[tuple[datetime, int]]) -> str | None:
    """Give the first zone whose clock showed all of the offsets; an offset of nothing may be a machine's."""
    seen = set(offsets)
    if len(seen) < ENOUGH_PAGES or not any(offset for _, offset in seen):
        return None
    return next((name for name in ZONES if all(_fits(name, offset) for offset in seen)), None)


def _fits(zone: str, offset: tuple[datetime, int]) -> bool:
    instant, minutes = offset
    return instant.astimezone(ZoneInfo(zone)).utcoffset() == timedelta(minutes=minutes)
