"""Learn when a source publishes, and say when to look at it again.  Pure: reads no clock, draws no chance.

What is expected of a source at any time is a rate, releases an hour::

    rate = usual rate x (1 - echo) x share of this time of the week
         + what the latest releases let follow

The share of a time of the week starts as what is usual for companies (``DAY_SHARES``, ``HOUR_SHARES``), and
moves to the source's own weekdays, hours and minutes the more releases are known.  A look costs a request and
the delays of the releases that waited for it; the cheapest moment for the next one is chosen (``_costs``), so
that a source is asked often where it publishes, right after its usual minute, and seldom where it is silent.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from itertools import accumulate, pairwise
from typing import Final
from zoneinfo import ZoneInfo

from crawler.model import Trace, Visit

STEP_S: Final = 300  # releases are timed to the minute and appear some minutes later
STEPS: Final = 3600 // STEP_S  # of an hour
WEEK_H: Final = 7 * 24
HOUR: Final = timedelta(hours=1)

#: What is usual before anything is known: press releases come out on weekdays, most of them in the morning.
DAY_SHARES: Final = (0.19, 0.205, 0.205, 0.205, 0.165, 0.015, 0.015)
_BY_HOUR: Final = (1, 1, 1, 1, 1, 1, 5, 10, 15, 15, 15, 15, 13, 13, 13, 10, 10, 7, 5, 3, 3, 2, 2, 1)
HOUR_SHARES: Final = tuple(share / sum(_BY_HOUR) for share in _BY_HOUR)

# The constants below were set together on tests/bench/schedule.py.
REQUEST_H: Final = 0.1  # a request is worth six minutes of one release's delay
USUAL: Final = 16.0  # releases that weigh as much as what is usual for companies
HALF_LIFE: Final = timedelta(days=180)  # after which a release counts half: habits change by the year
MEMORY: Final = timedelta(days=120)  # over which the usual rate is measured: a quarter and its neighbours
AT_FIRST: Final = (0.25, timedelta(days=7))  # a release a month, until more is known
RAREST: Final = timedelta(days=14)  # what publishes more rarely is looked at as if it did: rare news is news
ECHO_H: Final = (1.0, 48.0)  # within as long as one release usually takes, one brings others; within these
MOST_ECHO: Final = 0.8  # share of releases that others brought; at 1 they would never end
ECHO_DOUBT: Final = 4  # gaps that must be short before echoes are believed
AROUND: Final = STEPS // 2  # steps before and after one whose rate is taken for its own
WIDEST: Final = timedelta(hours=30)  # a day of any zone; a wider window tells nothing of an hour


@dataclass(frozen=True, slots=True)
class Sighting:
    """When one release was published, as narrowly as is known."""

    #: The instant, aware UTC; the latest possible one where it is not known.
    until: datetime
    #: Steps since a Monday long ago, by the zone's clock, and its share in each; sums to 1.  Where no minute
    #: is known, the first of each hour.
    spread: tuple[tuple[int, float], ...]
    #: Whether the instant is known.
    exact: bool


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a source publishes, as far as its releases tell."""

    #: Zone whose hours its releases follow.
    zone: ZoneInfo
    #: Share of its releases on each weekday, in each hour of a day, in each step of an hour.
    days: tuple[float, ...]
    hours: tuple[float, ...]
    steps: tuple[float, ...]
    #: Releases an hour, averaged over the week.
    rate: float
    #: Share of its releases that others brought.
    echo: float
    #: Within how many of its hours (``_busy_h``) one brings others.
    echo_h: float
    #: How many releases may still bring others, as of ``at``; one counts less the longer it is past.
    warmth: float
    at: datetime


def sightings(traces: Iterable[Trace], visits: Sequence[Visit], zone: str) -> list[Sighting]:
    """Say when each release was published, as narrowly as is known, in order.

    A stated instant is taken at its word, unless it is midnight, which stands for a day.  A day is narrowed
    by the visits: what a visit did not find came later.

    Args:
        traces: of the releases.
        visits: the latest ones to the source, newest first.
        zone: IANA zone whose days and hours its releases follow.
    """
    looks = sorted(visit.started for visit in visits if visit.outcome != "failed")
    found = [_sighting(trace, looks, ZoneInfo(zone)) for trace in traces]
    return sorted((one for one in found if one), key=lambda one: one.until)


def learn(seen: Sequence[Sighting], zone: str, at: datetime) -> Rhythm:
    """Learn a source's rhythm from what was seen of it up to an instant.

    Args:
        seen: in order.
        zone: the one they were made with.
        at: aware; what came later is passed over.
    """
    seen = [one for one in seen if one.until <= at]
    days, hours, steps = [0.0] * 7, [0.0] * 24, [0.0] * STEPS
    for one in seen:
        weight = 0.5 ** ((at - one.until) / HALF_LIFE)
        for step, share in one.spread:
            days[step // STEPS // 24 % 7] += weight * share
            hours[step // STEPS % 24] += weight * share
        if one.exact:
            steps[one.spread[0][0] % STEPS] += weight
    rhythm = Rhythm(
        ZoneInfo(zone),
        _shares(days, DAY_SHARES),
        _shares(_blurred(hours), HOUR_SHARES),
        _shares(steps, [1 / STEPS] * STEPS),
        rate=_rate(seen, at),
        echo=0.0,
        echo_h=0.0,
        warmth=0.0,
        at=at,
    )
    return _with_echo(rhythm, seen)


def next_look(rhythm: Rhythm, last: datetime, *, soonest_s: float, latest_s: float) -> datetime:
    """Give the instant at which looking at a source again is worth a request.

    Args:
        rhythm: of the source.
        last: when it was looked at last; aware.
        soonest_s: least seconds after that.
        latest_s: most seconds after that.
    """
    late_s = last.timestamp() % STEP_S
    start = last - timedelta(seconds=late_s)
    least, most = math.ceil((soonest_s + late_s) / STEP_S), int((latest_s + late_s) / STEP_S)
    expected = _expected(rhythm, start, most + AROUND)
    step = min(range(least, most), key=_costs(expected, most).__getitem__, default=most)
    then = start + timedelta(seconds=step * STEP_S)
    return min(max(then, last + timedelta(seconds=soonest_s)), last + timedelta(seconds=latest_s))


def _costs(expected: Sequence[float], most: int) -> list[float]:
    """Give for each step what looking then costs, in hours, above what its time is worth.

    A look costs a request and the delays of all that waited.  For an even rate r and a request's worth c,
    looks at the best interval cost sqrt(2 c r) an hour: that is what time is worth, at the rate around it.
    """
    waiting = [0.0, *accumulate(expected)]
    cost, costs = REQUEST_H, []
    for step in range(most):
        costs.append(cost)
        first, last = max(step - AROUND, 0), step + AROUND
        rate = (waiting[last] - waiting[first]) * STEPS / (last - first)
        delays = waiting[step] + expected[step] / 2
        cost += (delays - math.sqrt(2 * REQUEST_H * rate)) / STEPS
    return costs


def _expected(rhythm: Rhythm, start: datetime, count: int) -> list[float]:
    """Give the releases expected in each of the steps from an instant on."""
    first = _step(start.astimezone(rhythm.zone))
    warmth, expected = rhythm.warmth, []
    for step in range(first, first + count):
        hour = rhythm.days[step // STEPS // 24 % 7] * rhythm.hours[step // STEPS % 24]
        busy_h = WEEK_H * hour * rhythm.steps[step % STEPS]
        cooled = warmth * math.exp(-busy_h / rhythm.echo_h)
        expected.append(rhythm.rate * (1 - rhythm.echo) * busy_h + rhythm.echo * (warmth - cooled))
        warmth = cooled
    return expected


def _with_echo(rhythm: Rhythm, seen: Sequence[Sighting]) -> Rhythm:
    """Add how often releases follow close on others, above what chance would have follow."""
    echo_h = min(max(1 / rhythm.rate, ECHO_H[0]), ECHO_H[1])
    passed = list(accumulate((share for share in _week(rhythm)), initial=0.0))

    def clock_h(step: int) -> float:
        """Tell the time by a clock that runs fast when the source is busy: a week of it is a week, too."""
        weeks, hour = divmod(step // STEPS, WEEK_H)
        part = step % STEPS / STEPS
        return WEEK_H * (weeks + passed[hour] * (1 - part) + passed[hour + 1] * part)

    times = [clock_h(one.spread[-1][0]) for one in seen]
    close = sum(later - earlier < echo_h for earlier, later in pairwise(times))
    close_share = close / (max(len(times) - 1, 0) + ECHO_DOUBT)
    chance = 1 - math.exp(-rhythm.rate * echo_h)
    now_h = clock_h(_step(rhythm.at.astimezone(rhythm.zone)))
    return replace(
        rhythm,
        echo=min(max((close_share - chance) / (1 - chance), 0.0), MOST_ECHO),
        echo_h=echo_h,
        warmth=sum(math.exp((min(at, now_h) - now_h) / echo_h) for at in times),
    )


def _week(rhythm: Rhythm) -> list[float]:
    """Give the share of each hour of the week."""
    return [day * hour for day in rhythm.days for hour in rhythm.hours]


def _sighting(trace: Trace, looks: Sequence[datetime], zone: ZoneInfo) -> Sighting | None:
    if trace.moment and trace.moment <= trace.seen and not _is_midnight(trace.moment, zone):
        return Sighting(trace.moment, ((_step(trace.moment.astimezone(zone)), 1.0),), exact=True)
    place = bisect_left(looks, trace.seen)
    since = looks[place - 2] if place > 1 else None  # the one before the visit that found it
    until = trace.seen
    if trace.day:
        midnight = datetime.combine(trace.day, time(), zone).astimezone(UTC)
        until = min(until, midnight + timedelta(days=1))
        since = since if since and midnight < since < until else midnight
    if since is None or not since < until <= since + WIDEST:
        return None
    return Sighting(until, _spread(since, until, zone), exact=False)


def _is_midnight(moment: datetime, zone: ZoneInfo) -> bool:
    return time() in {moment.time(), moment.astimezone(zone).time()}


def _spread(since: datetime, until: datetime, zone: ZoneInfo) -> tuple[tuple[int, float], ...]:
    """Spread a release over the hours it may have come in, as is usual for companies."""
    spread: list[tuple[int, float]] = []
    while since < until:
        local = since.astimezone(zone)
        rest = min(timedelta(seconds=3600 - since.timestamp() % 3600), until - since)
        spread.append((_step(local) // STEPS * STEPS, HOUR_SHARES[local.hour] * (rest / HOUR)))
        since += rest
    whole = sum(share for _, share in spread)
    return tuple((step, share / whole) for step, share in spread)


def _step(local: datetime) -> int:
    """Give the step of an instant by its own clock, counted from a Monday."""
    return ((local.toordinal() - 1) * 24 + local.hour) * STEPS + local.minute * 60 // STEP_S


def _shares(weights: Sequence[float], usual: Sequence[float]) -> tuple[float, ...]:
    whole = sum(weights) + USUAL
    return tuple((weight + USUAL * share) / whole for weight, share in zip(weights, usual, strict=True))


def _blurred(hours: Sequence[float]) -> list[float]:
    """Let each hour lend a little to its neighbours: what came at 8:55 may come at 9:05."""
    return [0.15 * hours[hour - 1] + 0.7 * hours[hour] + 0.15 * hours[(hour + 1) % 24] for hour in range(24)]


def _rate(seen: Sequence[Sighting], at: datetime) -> float:
    """Give the releases an hour of late, the older the less they count."""
    releases, span = AT_FIRST
    if seen:
        releases += sum(math.exp((one.until - at) / MEMORY) for one in seen)
        span += MEMORY * (1 - math.exp((seen[0].until - at) / MEMORY))
    return max(releases / (span / HOUR), 1 / (RAREST / HOUR))
