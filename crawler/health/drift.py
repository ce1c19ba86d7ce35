"""See in the releases themselves that a source is no longer read as it was.  Pure.

Each sign compares the latest releases, as many in a row as show it, with the ones before; none shows before
there are enough of both.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import Final, TypeVar

from crawler.model import Trace, Visit

LATEST: Final = 4  # releases; three of one kind may be chance, or the work of one day
BEFORE: Final = 10  # releases before them; fewer are no habit
USUALLY: Final = 0.9  # share of the earlier releases that had what the latest lack
SHORT: Final = 1 / 3  # of the usual length; and shorter than all before
SHIFT: Final = timedelta(minutes=28)  # the least that two zones differ by, less what clocks are off
ZONES: Final = timedelta(hours=26)  # the most that two zones differ by; what lies further off is no zone
CLOCK: Final = timedelta(minutes=10)  # by which clocks and pages in caches are off

Seen = TypeVar("Seen")

#: What stands between a headline and words that all headlines of a page share.
_SEPARATED: Final = re.compile(r"\s+[|\u2013\u2014\u00b7:>\u00bb\u2022-]+\s+|\s*[|\uff5c]\s*")


def signs(traces: Sequence[Trace], visits: Sequence[Visit]) -> str | None:
    """Name what has changed about a source's latest releases, with its figures; None when nothing has.

    Args:
        traces: of its releases, the latest seen first.
        visits: the latest ones to it, newest first.
    """
    ordered = sorted(traces, key=lambda trace: (trace.seen, trace.day or trace.seen.date()), reverse=True)
    if len(ordered) < LATEST + BEFORE:
        return None
    return _undated(ordered) or _short(ordered) or _titled(ordered) or _shifted(ordered, visits)


def _parted(ordered: Sequence[Seen], is_odd: Callable[[Seen], bool]) -> tuple[int, Sequence[Seen]] | None:
    """Count the latest in a row that are odd, and give those before; None when either are too few."""
    odd = next((place for place, one in enumerate(ordered) if not is_odd(one)), len(ordered))
    return (odd, ordered[odd:]) if odd >= LATEST and len(ordered) - odd >= BEFORE else None


def _undated(ordered: Sequence[Trace]) -> str | None:
    parted = _parted(ordered, lambda trace: trace.day is None)
    if parted is None:
        return None
    latest, before = parted
    dated = sum(trace.day is not None for trace in before)
    if dated < USUALLY * len(before):
        return None
    return f"none of its latest {latest} releases has a date; {dated} of {len(before)} before had"


def _short(ordered: Sequence[Trace]) -> str | None:
    usual = median(trace.size for trace in ordered[LATEST:])
    parted = _parted(ordered, lambda trace: trace.size < usual * SHORT)
    if parted is None:
        return None
    latest, before = parted
    longest = max(trace.size for trace in ordered[:latest])
    if longest >= min(trace.size for trace in before):
        return None
    most = f"the bodies of its latest {latest} releases have {longest} characters at most"
    return f"{most}; usual are {usual:g}"


def _titled(ordered: Sequence[Trace]) -> str | None:
    places: tuple[tuple[str, Callable[[str], str]], ...] = (("ends", _end), ("begins", _beginning))
    for verb, part in places:
        parts = [part(trace.title) for trace in ordered]
        words = parts[0]
        parted = _parted(parts, words.__eq__) if words else None
        if parted and words not in parted[1]:
            return f"each of its latest {parted[0]} titles {verb} with {words!r}; none before did"
    return None


def _shifted(ordered: Sequence[Trace], visits: Sequence[Visit]) -> str | None:
    """See that stated instants no longer fit the visits that found, or did not find, the releases."""
    looks = sorted(visit.started for visit in visits if visit.outcome != "failed")
    shifts = [shift for trace in ordered if trace.moment and (shift := _shift(trace, looks)) is not None]
    late = bool(shifts) and shifts[0] > timedelta()
    parted = _parted(shifts, lambda shift: shift > SHIFT if late else shift < -SHIFT)
    if parted is None or any(abs(shift) > SHIFT for shift in parted[1]):
        return None
    latest = parted[0]
    hours = sorted(shifts[:latest])[latest // 2] / timedelta(hours=1)
    when = f"{abs(hours):.1f} hours {'after they were seen' if hours > 0 else 'before they came'}"
    return f"its latest {latest} releases are dated {when}; its time zone may have changed"


def _shift(trace: Trace, looks: Sequence[datetime]) -> timedelta | None:
    """Give how far an instant lies outside the time its release must have come in; None when not known."""
    place = bisect_left(looks, trace.seen)
    if trace.moment is None or place < 2:  # noqa: PLR2004 - the visit that found it, and the one before
        return None
    late, early = trace.moment - trace.seen, looks[place - 2] - trace.moment
    shift = late if late > CLOCK else -early if early > CLOCK else timedelta()
    return shift if abs(shift) < ZONES else None


def _end(title: str) -> str:
    return _SEPARATED.split(title)[-1] if _SEPARATED.search(title) else ""


def _beginning(title: str) -> str:
    return _SEPARATED.split(title)[0] if _SEPARATED.search(title) else ""
