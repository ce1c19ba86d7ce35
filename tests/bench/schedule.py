"""Replay a year of releases and measure how late they are found, beside a fixed interval of equal requests.

    python -m tests.bench.schedule [--json] [--seeds N]

Five invented rhythms: one year is known, the next is replayed; a page shows a release up to four minutes
after its stated instant.  The same with days for dates.  Where ``../shared`` lies beside the checkout, the
dates of its newswire corpus too: they are drawn evenly over day and night, so a rhythm can only not lose.
"""

import argparse
import json
import random
import sys
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import fmean
from typing import Final

from crawler.model import Source, Trace
from crawler.schedule.due import next_visit
from crawler.schedule.rhythm import Sighting, learn, sightings
from tests.bench.rhythms import RHYTHMS, newswire, published
from tests.makers import make_visit

FIRST, START, END = date(2024, 1, 1), datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
KNOWN: Final = 300  # releases that a schedule looks back on
VISITS: Final = 50
FIRST_SEED: Final = 20  # the constants of the rhythm were set on seeds below
LEAST: Final = 100  # releases of a rhythm: the mean of fewer is off by a fifth and more
LAG_S: Final = 240.0  # longest time between the stated instant and the page
TARGET: Final = 0.5  # of the mean delay of a fixed interval of equal requests

#: Given all releases known and all visits made, both in order of time: when to look next.
Policy = Callable[[Sequence[Trace], Sequence[datetime]], datetime]


@dataclass(frozen=True, slots=True)
class Measured:
    """How late the releases of one year were found."""

    requests: int
    mean_h: float
    p95_h: float


@dataclass(frozen=True, slots=True)
class Row:
    """One rhythm beside the fixed interval that spends as much; means over the seeds."""

    rhythm: str
    releases: float
    requests: float
    mean_h: float
    p95_h: float
    fixed_mean_h: float
    fixed_p95_h: float
    ratio: float
    decision_ms: float


def replay(times: Sequence[datetime], policy: Policy, *, days_only: bool = False, seed: int = 0) -> Measured:
    """Visit for a year as a policy says, and measure the delay of each release against its stated instant."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    shown = sorted((at + timedelta(seconds=chance.uniform(0, LAG_S)), at) for at in times)
    at_page = [shows for shows, _ in shown]
    known = [_trace(at, shows, days_only=days_only) for shows, at in shown if shows < START]
    now, visits, delays = START, [START], list[float]()
    while (now := policy(known, visits)) < END:
        visits.append(now)
        for _, at in shown[len(known) : bisect_right(at_page, now)]:
            delays.append((now - at) / timedelta(hours=1))
            known.append(_trace(at, now, days_only=days_only))
    delays.sort()
    return Measured(len(visits), fmean(delays), delays[int(0.95 * len(delays))])


def _trace(at: datetime, seen: datetime, *, days_only: bool) -> Trace:
    return Trace("", "", at.date(), None if days_only else at, seen, 0)


def in_rhythm(source: Source) -> Policy:
    """Look when the source's rhythm says."""

    zone = source.zone or "UTC"
    seen: list[Sighting] = []
    read = 0

    def policy(known: Sequence[Trace], visits: Sequence[datetime]) -> datetime:
        nonlocal read
        recent = [make_visit(started=at, ended=at) for at in reversed(visits[-VISITS:])]
        fresh = sightings(known[max(read, len(known) - KNOWN) :], recent, zone)
        read = len(known)
        seen[:] = sorted([*seen, *fresh], key=lambda one: one.until)[-KNOWN:]
        return next_visit(source, recent[0], visits[-1], rhythm=learn(seen, zone, visits[-1]))

    return policy


def every(seconds: float) -> Policy:
    """Look at a fixed interval."""
    return lambda _, visits: visits[-1] + timedelta(seconds=seconds)


def row(name: str, zone: str, years: Sequence[Sequence[datetime]], *, days_only: bool = False) -> Row:
    """Measure one rhythm over some years of it."""
    began = time.process_time()
    source = Source(name, "https://example.com/", zone=zone)
    ours = [replay(times, in_rhythm(source), days_only=days_only, seed=n) for n, times in enumerate(years)]
    spent_s = time.process_time() - began
    fixed = [
        replay(times, every((END - START).total_seconds() / one.requests), seed=n)
        for n, (times, one) in enumerate(zip(years, ours, strict=True))
    ]
    mean_h, requests = fmean(one.mean_h for one in ours), fmean(one.requests for one in ours)
    even_h = fmean((END - START) / timedelta(hours=2) / one.requests for one in ours) + LAG_S / 7200
    return Row(
        f"{name}, days only" if days_only else name,
        fmean(sum(START <= at < END for at in times) for times in years),
        requests,
        mean_h,
        fmean(one.p95_h for one in ours),
        even_h,
        fmean(one.p95_h for one in fixed),
        mean_h / even_h,
        spent_s / sum(one.requests for one in ours) * 1000,
    )


def rows(seeds: int) -> Iterator[Row]:
    """Measure every rhythm."""
    for days_only in (False, True):
        for name, (zone, _) in RHYTHMS.items():
            yield row(name, zone, _years(name, seeds), days_only=days_only)
    corpus = newswire()
    if corpus:
        busiest = sorted(corpus.values(), key=len)[-seeds:]
        yield row("corpus (no rhythm)", "UTC", [_folded(times) for times in busiest])


def _years(name: str, seeds: int) -> list[list[datetime]]:
    """Give some years of a rhythm; more of one whose releases are few."""
    years: list[list[datetime]] = []
    while len(years) < seeds or sum(at >= START for times in years for at in times) < LEAST:
        years.append(published(name, FIRST, END.date(), FIRST_SEED + len(years)))
    return years


def _folded(times: Sequence[datetime]) -> list[datetime]:
    """Lay the dates of many years over the two that are replayed; weekday and hour stay."""
    weeks = timedelta(weeks=52)
    return sorted(START + (at - START) % (2 * weeks) - weeks for at in times)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Measure how late releases are found.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seeds", type=int, default=3)
    args = parser.parse_args(arguments)
    if args.json:
        print(json.dumps({"version": 1, "schedule": [asdict(one) for one in rows(args.seeds)]}))
        return 0
    print(f"{'hours':28} releases requests   mean    p95 | fixed: mean    p95 | ratio  ms/decision")
    found = []
    for one in rows(args.seeds):
        found.append(one)
        ours = f"{one.releases:8.0f} {one.requests:8.0f} {one.mean_h:6.2f} {one.p95_h:6.2f}"
        fixed = f"       {one.fixed_mean_h:5.2f} {one.fixed_p95_h:6.2f}"
        print(f"{one.rhythm:28} {ours} | {fixed} | {one.ratio:5.2f} {one.decision_ms:6.2f}", flush=True)
    return 0 if all(one.ratio <= TARGET for one in found[: len(RHYTHMS)]) else 1


if __name__ == "__main__":
    sys.exit(main())
