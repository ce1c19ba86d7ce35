"""Follow two hundred newsrooms for a year on a fake clock; twelve fail, and see what is told of them.

    python -m tests.bench.year [--json] [--sources N] [--days N] [--processes N]

All that ``press-crawl watch`` does between the signal and the network is the real thing: appointments,
manners, fetching, reading, the archive, health, notices.  Fake are the clock and the web
(``tests.bench.failing``). Most sites stay well: they publish in seven rhythms, with holidays, quiet summers
and bursts, ask for delays, and are out of order for an hour now and then.  Three of four are visited daily,
the others by their rhythm, at any time or in hours of the week.  Twelve fail, each in its own way, and are
visited by their rhythm.  Known releases are not asked for again, which takes a third of the time; in the
suite's small edition they are.

What must hold: no request sooner than its host asks, every release of a well site found, each failure told
within the visits that ``FAILURES`` states, and nothing told of the sites that are well.
"""

import argparse
import asyncio
import gc
import json
import random
import sys
import tempfile
import time
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import fmean
from typing import Any, Final

from crawler.model import Source
from crawler.schedule import hours
from tests.bench.failing import FAILURES, Outage, Site
from tests.bench.following import Told, follow
from tests.bench.rhythms import published

BEFORE: Final = date(2022, 1, 1)  # since when the sites publish; nobody has followed them yet
START: Final = datetime(2025, 1, 1, tzinfo=UTC)
HELD: Final = 24  # releases that a site shows when it is met first
SHARED_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - many commits, none worth waiting for a disk
#: Of two hundred sources, how many have each rhythm: most companies publish seldom.
SHARES: Final = {
    "office hours": 20,
    "quarterly bursts": 50,
    "Tuesdays": 50,
    "bursty wire": 1,
    "near-silent": 39,
    "quiet summers": 20,
    "irregular": 20,
}
LONG: Final = 200  # days; in fewer, a site that publishes once a week cannot show that its dates are gone
#: Failure → rhythm of the site that it is given to; the others take turns.
RHYTHM_OF: Final = {"feed frozen": "office hours", "moved to a wire": "Tuesdays"}
TURNS: Final = ("office hours", "Tuesdays")


def sites(count: int, days: int) -> dict[Source, Site]:
    """Give so many sites with the sources that follow them; the first to fail does a third of the time in."""
    end, chance = START + timedelta(days=days), random.Random(count)  # noqa: S311 - no secret
    found = {}
    for number, failure in enumerate(FAILURES):
        rhythm = RHYTHM_OF.get(failure, TURNS[number % 2]) if days > LONG else TURNS[0]
        site = _site(failure.replace(" ", "-").lower(), rhythm, 500 + number, end)
        site.failure = failure
        site.fails_from = START + timedelta(days=days * (0.3 + number / 120), hours=number)
        found[Source(site.name, f"https://{site.host}/news")] = site
    rhythms = [rhythm for rhythm, share in SHARES.items() for _ in range(share)]
    if count < len(rhythms):
        chance.shuffle(rhythms)
    for number, rhythm in enumerate(rhythms[len(FAILURES) : count]):
        site = _site(f"{rhythm.replace(' ', '-').lower()}-{number}", rhythm, number, end)
        site.outages = tuple(_outages(chance, end))
        site.delay_s = chance.choice((0, 0, 0, 5))
        found[_source(site, number)] = site
    return found


def _site(name: str, rhythm: str, seed: int, end: datetime) -> Site:
    times = published(rhythm, BEFORE, end.date(), seed)
    return Site(name, rhythm, times[max(bisect_right(times, START) - HELD, 0) :])


def _source(site: Site, number: int) -> Source:
    """Give a source that is visited at a fixed interval, in hours of the week, or as it goes by default."""
    source = Source(site.name, f"https://{site.host}/news")
    fixed = replace(source, every_s=86_400)
    in_hours = replace(source, hours=hours.read("Mon-Fri 07:00-19:00 Europe/Berlin"))
    kinds = (fixed, in_hours, fixed, fixed, fixed, source, fixed, fixed)
    return kinds[number % len(kinds)]


def _outages(chance: random.Random, end: datetime) -> Iterator[Outage]:
    """Put a site out of order now and then, for up to three hours."""
    at = START
    while (at := at + timedelta(days=chance.expovariate(1 / 60))) < end:
        yield Outage(at, at + timedelta(hours=chance.uniform(0.1, 3)), chance.choice((0, 500, 503)))


def shard(number: int, of: int, count: int, days: int) -> list[Told]:
    """Follow every so-manieth site, in a process of its own."""
    gc.freeze()
    gc.set_threshold(50_000)  # there is little garbage among what is kept
    place = SHARED_MEMORY if SHARED_MEMORY.is_dir() else None
    mine = dict(list(sites(count, days).items())[number::of])
    with tempfile.TemporaryDirectory(dir=place) as folder:
        return asyncio.run(follow(mine, START, days, Path(folder), rechecks=0))


def year(count: int, days: int, processes: int) -> list[Told]:
    """Follow all sites; those that fail first."""
    with ProcessPoolExecutor(processes) as pool:
        jobs = [pool.submit(shard, number, processes, count, days) for number in range(processes)]
        found = [one for job in jobs for one in job.result()]
    return sorted(found, key=lambda one: list(FAILURES).index(one.failure) if one.failure else len(FAILURES))


def table(found: Iterable[Told]) -> Iterator[str]:
    """Lay out what was told of the sites that failed, and all that is wrong."""
    yield f"    {'failure':18} {'rhythm':13} {'state':12} {'shown':>6} {'told':>5} {'limit':>6} {'days':>6}"
    for one in found:
        mark = "ok " if one.is_right else "BAD"
        if one.failure:
            days = "never" if one.days is None else f"{one.days:.1f}"
            after = f"{one.shown_after or '-':>6} {one.told_after or '-':>5} {FAILURES[one.failure]:6}"
            yield f"{mark} {one.failure:18} {one.rhythm:13} {one.state:12} {after} {days:>6}"
        if not one.is_right:
            yield f"BAD {one}"


def totals(found: Sequence[Told]) -> dict[str, Any]:
    """Sum up."""
    return {
        "sources": len(found),
        "visits": sum(one.visits for one in found),
        "requests": sum(one.requests for one in found),
        "too_early": sum(one.too_early + one.hasty for one in found),
        "releases": sum(one.releases for one in found),
        "found": sum(one.found for one in found),
        "mean_delay_h": round(fmean(one.delay_h for one in found if one.delay_h is not None), 2),
        "false_alarms": sum(bool(one.evidence) for one in found if not one.failure),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Follow the sites and print what came of them; 1 when something did not hold."""
    parser = argparse.ArgumentParser(description="Follow many sources for a year.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--processes", type=int, default=2)
    args = parser.parse_args(arguments)
    began = time.monotonic()
    found = year(args.sources, args.days, args.processes)
    summed = {"days": args.days, **totals(found), "seconds": round(time.monotonic() - began, 1)}
    if args.json:
        print(json.dumps({"version": 1, "year": summed, "sites": [asdict(one) for one in found]}))
    else:
        print("\n".join(table(found)))
        print(", ".join(f"{name.replace('_', ' ')} {value}" for name, value in summed.items()))
    return 0 if all(one.is_right for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
