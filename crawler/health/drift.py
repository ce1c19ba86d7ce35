"""See in the releases themselves that a source is no longer read as it was.  Pure.

Each sign compares the latest releases with the ones before; none shows before there are enough of both.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from crawler.model import Trace, Visit

LATEST: Final = 4  # releases; three of one kind may be chance, or the work of one day
BEFORE: Final = 10  # releases before them; fewer are no habit
USUALLY: Final = 0.9  # share of the earlier releases that had what the latest lack
SHORT: Final = 1 / 3  # of the usual length; and shorter than all before
SHIFT: Final = timedelta(minutes=28)  # the least that two zones differ by, less what clocks are off
ZONES: Final = timedelta(hours=26)  # the most that two zones differ by; what lies further off is no zone
CLOCK: Final = timedelta(minutes=10)  # by which clocks and pages in caches are off

#: What stands between a headline and words that all headlines of a page share.
_SEPARATED: Final = re.compile(r"\s+[|\u2013\u2014\u00b7:>\u00bb\u2022-]+\s+|\s*[|\uff5c]\s*")


def signs(traces: Sequence[Trace], visits: Sequence[Visit]) -> str | None:
    """Name what has changed about a source's latest releases, with its figures; None when nothing has.

    Args:
        traces: of its releases, the latest seen first.
        visits: the latest ones to it, newest first.
    """
    ordered = sorted(traces, key=lambda trace: (trace.seen, trace.day or trace.seen.date()), reverse=True)
    latest, before = ordered[:LATEST], ordered[LATEST:]
    if len(latest) < LATEST or len(before) < BEFORE:
        return None
    return (
        _undated(latest, before)
        or _short(latest, before)
        or _titled(latest, before)
        or _shifted([trace for trace in ordered if trace.moment], visits)
    )


def _undated(latest: Sequence[Trace], before: Sequence[Trace]) -> str | None:
    dated = sum(trace.day is not None for trace in before)
    if any(trace.day for trace in latest) or dated < USUALLY * len(before):
        return None
    return f"none of its latest {len(latest)} releases has a date; {dated} of {len(before)} before had"


def _short(latest: Sequence[Trace], before: Sequence[Trace]) -> str | None:
    sizes, usual = [trace.size for trace in latest], median(trace.size for trace in before)
    if max(sizes) >= min(usual * SHORT, *(trace.size for trace in before)):
        return None
    most = f"the bodies of its latest {len(latest)} releases have {max(sizes)} characters at most"
    return f"{most}; usual are {usual:g}"


def _titled(latest: Sequence[Trace], before: Sequence[Trace]) -> str | None:
    places: tuple[tuple[str, Callable[[str], str]], ...] = (("ends", _end), ("begins", _beginning))
    for verb, part in places:
        shared = {part(trace.title) for trace in latest}
        words = shared.pop() if len(shared) == 1 else ""
        if words and all(part(trace.title) != words for trace in before):
            return f"each of its latest {len(latest)} titles {verb} with {words!r}; none before did"
    return None


def _shifted(dated: Sequence[Trace], visits: Sequence[Visit]) -> str | None:
    """See that stated instants no longer fit the visits that found, or did not find, the releases."""
    looks = sorted(visit.started for visit in visits if visit.outcome != "failed")
    shifts = [shift for trace in dated if (shift := _shift(trace, looks)) is not None]
    latest, before = shifts[:LATEST], shifts[LATEST:]
    if len(latest) < LATEST or len(before) < BEFORE or any(abs(shift) > SHIFT for shift in before):
        return None
    if min(latest) > SHIFT or max(latest) < -SHIFT:
        hours = sorted(latest)[len(latest) // 2] / timedelta(hours=1)
        when = f"{abs(hours):.1f} hours {'after they were seen' if hours > 0 else 'before they came'}"
        return f"its latest {len(latest)} releases are dated {when}; its time zone may have changed"
    return None


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
