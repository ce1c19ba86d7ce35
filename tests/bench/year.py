"""Follow two hundred newsrooms for a year on a fake clock; twelve fail, and see what is told of them.

    python -m tests.bench.year [--json] [--sources N] [--days N] [--processes N]

All that ``press-crawl watch`` does between the signal and the network is the real thing: appointments,
manners, fetching, reading, the archive, health, notices.  Fake are the clock and the web
(``tests.bench.failing``). Most sites stay well: they publish in seven rhythms, with holidays, quiet summers
and bursts, ask for delays, and are out of order for an hour now and then.  Twelve fail, each in its own way.

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
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import fmean
from typing import Final

import httpx

from crawler.archive import Archive
from crawler.courtesy.guest import Courtesy
from crawler.crawl import Crawl
from crawler.fetch import Fetcher
from crawler.health.condition import condition
from crawler.health.judge import WELL
from crawler.model import Notice, Source, Visit
from crawler.notify import outbox
from crawler.notify.channel import AtomFile, Channel
from crawler.reading.pool import Readers
from crawler.schedule import hours
from crawler.schedule.agenda import due_at, rest_ends
from crawler.schedule.appointments import Appointments
from crawler.visit.desk import Desk
from crawler.visit.tally import Totals
from crawler.visit.writer import Writer
from tests.bench.failing import FAILURES, Outage, Site, Web
from tests.bench.rhythms import published

BEFORE: Final = date(2022, 1, 1)  # since when the sites publish; nobody has followed them yet
START: Final = datetime(2025, 1, 1, tzinfo=UTC)
HELD: Final = 24  # releases that a site shows when it is met first
DELAY_S: Final = 1.0
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
#: Failure → rhythm of the site that it is given to.
RHYTHM_OF: Final = {"feed frozen": "office hours", "moved to a wire": "Tuesdays"}
CHANNEL: Final = Channel("desk", AtomFile(""), what=("trouble",))


@dataclass(frozen=True, slots=True)
class Told:
    """What came of following one site."""

    site: str
    rhythm: str
    #: Empty for a site that stays well.
    failure: str
    visits: int
    requests: int
    #: Requests sooner than the host had asked for.
    too_early: int
    #: Visits sooner after a good one than the least time.
    hasty: int
    #: Releases that it published while it was followed and well, and those of them that were found.
    releases: int
    found: int
    #: Median delay of discovery in hours; None where it published nothing.
    delay_h: float | None
    #: Visits from the failure until health showed it, and until the channel was told; None for never.
    shown_after: int | None
    told_after: int | None
    #: Days from the failure until the channel was told.
    days: float | None
    state: str
    #: What was told, or what health wrongly showed of a well site.
    evidence: str

    @property
    def is_right(self) -> bool:
        is_polite = not self.too_early and not self.hasty and self.found == self.releases
        if not self.failure:
            return is_polite and self.state in WELL
        return is_polite and self.told_after is not None and self.told_after <= FAILURES[self.failure]


@dataclass(slots=True)
class Watched:
    """What is noted of one site while it is followed."""

    visits: int = 0
    hasty: int = 0
    #: Visits since it failed.
    failing: int = 0
    last: Visit | None = None
    shown_after: int | None = None
    told_after: int | None = None
    told_at: datetime | None = None
    state: str = "ok"
    evidence: str = ""
    alarms: list[str] = field(default_factory=list)


class Clock:
    """A clock that goes on when somebody waits, or is told to."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def seconds(self) -> float:
        return self.at.timestamp()

    async def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        await asyncio.sleep(0)


def sites(count: int, days: int) -> Iterator[Site]:
    """Give the sites: a twelfth of the time in, the first of twelve fails; those that stay well follow."""
    end = START + timedelta(days=days)
    chance = random.Random(count)  # noqa: S311 - no secret
    usual = ["office hours", "Tuesdays"]
    for number, failure in enumerate(FAILURES):
        rhythm = RHYTHM_OF.get(failure, usual[number % 2] if days > 200 else "office hours")
        site = _site(failure.replace(" ", "-").lower(), rhythm, 500 + number, end)
        site.failure = failure
        site.fails_from = START + timedelta(days=days * (0.3 + number / 120), hours=number)
        yield site
    shares = [rhythm for rhythm, share in SHARES.items() for _ in range(share)]
    rhythms = shares if count >= len(shares) else chance.sample(shares, len(shares))
    for number, rhythm in enumerate(rhythms[len(FAILURES) : count]):
        site = _site(f"{rhythm.replace(' ', '-').lower()}-{number}", rhythm, number, end)
        site.outages = tuple(_outages(chance, end))
        site.delay_s = chance.choice((0, 0, 0, 5))
        yield site


def _site(name: str, rhythm: str, seed: int, end: datetime) -> Site:
    times = published(rhythm, BEFORE, end.date(), seed)
    return Site(name, rhythm, times[max(bisect_right(times, START) - HELD, 0) :])


def _outages(chance: random.Random, end: datetime) -> Iterator[Outage]:
    """Put a site out of order now and then, for up to three hours."""
    at = START
    while (at := at + timedelta(days=chance.expovariate(1 / 60))) < end:
        ends = at + timedelta(hours=chance.uniform(0.1, 3))
        yield Outage(at, ends, chance.choice((0, 500, 503)))


def source_of(site: Site) -> Source:
    """Give the source that follows a site: at fixed times, in hours of the week, or as it goes by default."""
    source = Source(site.name, f"https://{site.host}/news")
    if site.failure:
        return source
    kind = int(site.name.rpartition("-")[2]) % 3
    if kind == 0:
        return replace(source, every_s=86_400)
    return replace(source, hours=hours.read("Mon-Fri 07:00-19:00 Europe/Berlin")) if kind == 1 else source


async def follow(some: Sequence[Site], days: int, folder: Path) -> list[Told]:
    """Follow sites for some days, and give what came of each."""
    clock = Clock(START)
    with Archive.open(folder / "archive.db") as archive:
        async with (
            Fetcher(
                agent="bench", clock=clock.now, transport=httpx.MockTransport(Web(some, clock.now, DELAY_S))
            ) as fetcher,
            Readers(1, command=("/no/reader",)) as readers,  # so that pages are read in this process
        ):
            courtesy = Courtesy(
                fetcher,
                archive,
                agent="pressdex",
                delay_s=DELAY_S,
                clock=clock.now,
                monotonic=clock.seconds,
                sleep=clock.sleep,
                random=lambda: 0.5,
            )
            desk = Desk(
                courtesy, archive, Writer(archive, wait_s=0), readers, clock.now, Totals(), rechecks=1
            )
            noted = await _watch(some, desk, clock, START + timedelta(days=days))
        return [_told(site, noted[site.name], archive, clock.now()) for site in some]


async def _watch(some: Sequence[Site], desk: Desk, clock: Clock, end: datetime) -> dict[str, Watched]:
    """Do what the watch does: visit what is due, judge it, tell of trouble."""
    archive, noted = desk.archive, {site.name: Watched() for site in some}
    by_name = {site.name: site for site in some}

    def on_visit(visit: Visit) -> None:
        one, last = noted[visit.source], noted[visit.source].last
        least = timedelta(seconds=Source("", "").soonest_s)
        one.hasty += bool(last and last.outcome != "failed" and visit.started < last.ended + least)
        one.visits, one.last = one.visits + 1, visit
        one.failing += by_name[visit.source].is_failing(visit.started)

    def send(_: Channel, notices: Sequence[Notice]) -> None:
        for notice in notices:
            one = noted[notice.source]
            if one.told_at is None:
                one.told_after, one.told_at, one.evidence = one.failing, clock.now(), notice.title

    crawl = Crawl(desk, on_visit=on_visit)
    appointments = Appointments(
        lambda source, now: due_at(source, archive, now), lambda source, now: rest_ends(source, archive, now)
    )
    appointments.follow([source_of(site) for site in some], clock.now())
    while clock.now() < end:
        for source in appointments.take(clock.now(), 1):
            await crawl.visit_all([source])
            appointments.back(source.name, clock.now())
            health = condition(source, archive, clock.now())
            one = noted[source.name]
            is_out = not by_name[source.name].failure and one.last and one.last.outcome == "failed"
            if health.state not in WELL and not is_out:  # what is out of order for an hour is shown, not told
                one.state, one.evidence = health.state, one.evidence or health.evidence
                one.shown_after = one.failing if one.shown_after is None else one.shown_after
            outbox.note_health(source, health, [CHANNEL], archive, clock.now())
            outbox.deliver(CHANNEL, archive, clock.now(), send)
        clock.at = max(clock.at, appointments.next() or end)
        crawl.visits.clear()
    return noted


def _told(site: Site, noted: Watched, archive: Archive, end: datetime) -> Told:
    traces = {trace.url: trace for trace in archive.traces(site.name, 100_000)}
    until = min(site.fails_from or end, noted.last.started if noted.last else end) - timedelta(days=1)
    place = f"https://{site.host}/news/"
    due = {f"{place}{n}": at for n, at in enumerate(site.times) if START < at < until}
    delays = sorted((traces[url].seen - at) / timedelta(hours=1) for url, at in due.items() if url in traces)
    return Told(
        site.name,
        site.rhythm,
        site.failure,
        noted.visits,
        site.requests,
        site.too_early,
        noted.hasty,
        len(due),
        len(delays),
        fmean(delays) if delays else None,
        noted.shown_after,
        noted.told_after,
        (noted.told_at - site.fails_from) / timedelta(days=1) if noted.told_at and site.fails_from else None,
        noted.state,
        noted.evidence,
    )


def shard(number: int, of: int, count: int, days: int) -> list[Told]:
    """Follow every so-manieth site, in a process of its own."""
    gc.freeze()
    gc.set_threshold(50_000)  # there is little garbage among what is kept
    place = SHARED_MEMORY if SHARED_MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(dir=place) as folder:
        return asyncio.run(follow(list(sites(count, days))[number::of], days, Path(folder)))


def year(count: int, days: int, processes: int) -> list[Told]:
    """Follow all sites; those that fail first."""
    with ProcessPoolExecutor(processes) as pool:
        jobs = [pool.submit(shard, number, processes, count, days) for number in range(processes)]
        found = [one for job in jobs for one in job.result()]
    return sorted(found, key=lambda one: list(FAILURES).index(one.failure) if one.failure else len(FAILURES))


def table(found: Iterable[Told]) -> Iterator[str]:
    """Lay out what was told of the sites that failed, and of those that were wrongly called unwell."""
    yield f"    {'failure':18} {'state':12} {'shown':>6} {'told':>5} {'limit':>6} {'days':>6}  evidence"
    for one in found:
        if one.failure:
            days = "never" if one.days is None else f"{one.days:.1f}"
            after = f"{one.shown_after or '-':>6} {one.told_after or '-':>5} {FAILURES[one.failure]:6}"
            mark = "ok " if one.is_right else "BAD"
            yield f"{mark} {one.failure:18} {one.state:12} {after} {days:>6}  {one.evidence[:90]}"
        elif not one.is_right:
            yield f"BAD {one.site:18} {asdict(one)}"


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
    well = [one for one in found if not one.failure]
    totals = {
        "sources": len(found),
        "days": args.days,
        "visits": sum(one.visits for one in found),
        "requests": sum(one.requests for one in found),
        "too_early": sum(one.too_early + one.hasty for one in found),
        "releases": sum(one.releases for one in found),
        "found": sum(one.found for one in found),
        "mean_delay_h": round(fmean(one.delay_h for one in found if one.delay_h is not None), 2),
        "false_alarms": sum(one.state not in WELL or one.told_after is not None for one in well),
        "seconds": round(time.monotonic() - began, 1),
    }
    if args.json:
        print(json.dumps({"version": 1, "year": totals, "sites": [asdict(one) for one in found]}))
    else:
        print("\n".join(table(found)))
        print(", ".join(f"{name.replace('_', ' ')} {value}" for name, value in totals.items()))
    return 0 if all(one.is_right for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
