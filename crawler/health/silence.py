"""Judge from the days on which a source published whether it has fallen silent.  Pure: is given today.

Each source is measured by its own pauses.  Days on which much of the world is on holiday count a quarter: who
has followed a source since spring cannot know whether it publishes in August.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Final, Literal

DAYS: Final = 4  # distinct days of publishing from which a rhythm can be told: three gaps
STALE: Final = 6  # × the median gap; of the sources measured a healthy one reached 5.0, a dead one 31.8
STALE_DAYS: Final = 21  # never before: the longest usual holidays take 17 days
LONGEST: Final = 3  # × the longest gap so far: at 2, four of 123 companies of a newswire seemed dead
GAPS: Final = 20  # the fewer gaps are known, the less the longest of them says
QUIET: Final = 0.5  # of what makes it stale
QUIET_DAYS: Final = 10  # never before: a week of holidays and its weekends
SILENT_DAYS: Final = 365  # a source without a rhythm is quiet after a year

YEAR: Final = timedelta(days=365)  # a past as long has seen its own holidays
HOLIDAY: Final = 0.25  # of a day: what one counts in the holidays
#: First day of a year, from 0, and number of days: to Epiphany and the week after; July to early September;
#: the second half of December.
HOLIDAYS: Final = ((0, 10), (181, 69), (348, 17))


@dataclass(frozen=True, slots=True)
class Silence:
    """Whether a source has fallen silent."""

    state: Literal["ok", "quiet", "stale"]
    #: One sentence that names the figures behind it.
    evidence: str


def judge(days: Iterable[date], today: date) -> Silence:
    """Judge by the days on which a source published; what lies more than a day ahead is passed over."""
    ordered = sorted({day for day in days if day <= today + timedelta(days=1)})
    if not ordered:
        return Silence("ok", "no release with a date yet")
    age = max((today - ordered[-1]).days, 0)
    newest = f"newest release of {ordered[-1].isoformat()}, {age} day{'' if age == 1 else 's'} ago"
    if len(ordered) < DAYS:
        return Silence("quiet" if age > SILENT_DAYS else "ok", newest)
    gaps = [(later - earlier).days for earlier, later in pairwise(ordered)]
    gap = median(gaps)
    usual = f"usually one every {'day' if gap == 1 else f'{gap:g} days'}, never more than {max(gaps)} apart"
    stale = max(STALE * gap, STALE_DAYS, LONGEST * max(gaps) * max(1, GAPS / len(gaps)))
    knows_holidays = ordered[-1] - ordered[0] >= YEAR
    silent = age if knows_holidays else _counted(ordered[-1], today)
    if silent > stale:
        return Silence("stale", f"{newest}; {usual}")
    is_quiet = silent > max(QUIET * stale, QUIET_DAYS)
    return Silence("quiet" if is_quiet else "ok", f"{newest}; {usual}")


def _counted(first: date, last: date) -> float:
    """Count the days between two, those in the holidays a quarter."""
    return (last - first).days - (1 - HOLIDAY) * (_holidays(last) - _holidays(first))


def _holidays(day: date) -> int:
    """Count the holidays before a day, from an age ago; leap days are let pass."""
    place = (day - date(day.year, 1, 1)).days
    so_far = sum(min(max(place - first, 0), count) for first, count in HOLIDAYS)
    return so_far + day.year * sum(count for _, count in HOLIDAYS)
