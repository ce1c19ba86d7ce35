"""Learn a source's habits from several of its pages: its names, the order of its dates, its zone.  Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from crawler.extract.digits import order_of
from crawler.extract.document import Document
from crawler.extract.names import learn as learn_names
from crawler.extract.printed import printed
from crawler.extract.told import WITH_HOUR, told
from crawler.model import DateOrder, Habits

ENOUGH_PAGES: Final = 2  # that agree, and none against, before an order or a zone is believed
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


def trace(document: Document) -> Trace:
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
    return Trace(document.head_title, order, tuple(sorted(offsets)))


def _offset(wall: datetime, instant: datetime) -> int | None:
    """Give the minutes a wall's clock is ahead of UTC; None when the two hours are not of one moment."""
    ahead = round((wall - instant) / timedelta(minutes=1))
    offset = round(ahead / STEP_MIN) * STEP_MIN
    on_earth = FURTHEST_MIN[0] <= offset <= FURTHEST_MIN[1]
    return offset if on_earth and abs(ahead - offset) <= SLACK_MIN else None


def learn(traces: Sequence[Trace], known: Habits | None = None) -> Habits:
    """Give the habits that the pages of one source show, what is known already kept where they show none.

    Ten pages are plenty.  A habit that pages contradict is not learned.
    """
    known = known or Habits()
    names = learn_names([each.title for each in traces])
    return Habits(
        site_names=(*names, *(name for name in known.site_names if name not in names)),
        date_order=known.date_order or _order(traces),
        zone=known.zone or _zone(offset for each in traces for offset in each.offsets),
    )


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
    for name in ZONES:
        zone = ZoneInfo(name)
        if all(instant.astimezone(zone).utcoffset() == timedelta(minutes=offset) for instant, offset in seen):
            return name
    return None
