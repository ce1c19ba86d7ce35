"""Follow sites on a fake clock as ``press-crawl watch`` does, and note what came of each."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
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
from crawler.schedule.agenda import due_at, rest_ends
from crawler.schedule.appointments import Appointments
from crawler.visit.desk import Desk
from crawler.visit.tally import Totals
from crawler.visit.writer import Writer
from tests.bench.failing import FAILURES, Site, Web

DELAY_S: Final = 1.0
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
    #: Mean delay of discovery in hours; None where it published nothing.
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
            return is_polite and self.state in WELL and self.told_after is None
        return is_polite and self.told_after is not None and 0 < self.told_after <= FAILURES[self.failure]


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


class Watched:
    """One site while it is followed, and what is noted of it."""

    def __init__(self, site: Site, source: Source) -> None:
        self.site = site
        self.source = source
        self.visits = self.hasty = self.failing = 0
        self.last: Visit | None = None
        self.shown_after: int | None = None
        self.told_after: int | None = None
        self.told_at: datetime | None = None
        self.state, self.evidence = "ok", ""

    def visited(self, visit: Visit) -> None:
        """Count a visit."""
        least = timedelta(seconds=self.source.soonest_s)
        last, self.last = self.last, visit
        self.hasty += bool(last and last.outcome != "failed" and visit.started < last.ended + least)
        self.visits += 1
        self.failing += self.site.is_failing(visit.started)

    def shown(self, state: str, evidence: str) -> None:
        """Note that health shows trouble; what is out of order for an hour may be shown, and not told."""
        is_out = self.last is not None and self.last.outcome == "failed"
        if not self.site.failure and is_out:
            return
        if self.shown_after is None:
            self.shown_after, self.state, self.evidence = self.failing, state, evidence

    def told(self, notice: Notice, at: datetime) -> None:
        """Note that a channel is told."""
        if self.told_after is None:
            self.told_after, self.told_at, self.evidence = self.failing, at, notice.title

    def sum_up(self, archive: Archive, start: datetime, end: datetime) -> Told:
        """Give what came of it."""
        site, fails, told_at = self.site, self.site.fails_from, self.told_at
        seen = {trace.url: trace.seen for trace in archive.traces(site.name, 100_000)}
        until = min(fails or end, self.last.started if self.last else end) - timedelta(days=1)
        place = f"https://{site.host}/news/"
        due = {f"{place}{n}": at for n, at in enumerate(site.times) if start < at < until}
        delays = [(seen[url] - at) / timedelta(hours=1) for url, at in due.items() if url in seen]
        return Told(
            site.name,
            site.rhythm,
            site.failure,
            self.visits,
            site.requests,
            site.too_early,
            self.hasty,
            len(due),
            len(delays),
            fmean(delays) if delays else None,
            self.shown_after,
            self.told_after,
            (told_at - fails) / timedelta(days=1) if told_at and fails else None,
            self.state,
            self.evidence,
        )


async def follow(
    sites: Mapping[Source, Site], start: datetime, days: float, folder: Path, *, rechecks: int = 1
) -> list[Told]:
    """Follow sites for some days with an archive in a folder, and give what came of each.

    Args:
        sites: by the sources that follow them.
        start: when they are met first.
        days: for how long.
        folder: an empty one.
        rechecks: known releases that a visit asks for again.
    """
    clock, end = Clock(start), start + timedelta(days=days)
    web = httpx.MockTransport(Web(list(sites.values()), clock.now, DELAY_S))
    watched = {source.name: Watched(site, source) for source, site in sites.items()}
    with Archive.open(folder / "archive.db") as archive:
        async with (
            Fetcher(agent="bench", clock=clock.now, transport=web) as fetcher,
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
            writer = Writer(archive, wait_s=0)
            desk = Desk(courtesy, archive, writer, readers, clock.now, Totals(), rechecks=rechecks)
            await _watch(watched, desk, clock, end)
        return [one.sum_up(archive, start, clock.now()) for one in watched.values()]


async def _watch(watched: Mapping[str, Watched], desk: Desk, clock: Clock, end: datetime) -> None:
    """Do what the watch does: visit what is due, judge it, tell of trouble."""
    archive = desk.archive

    def send(_: Channel, notices: Sequence[Notice]) -> None:
        for notice in notices:
            watched[notice.source].told(notice, clock.now())

    crawl = Crawl(desk, on_visit=lambda visit: watched[visit.source].visited(visit))
    appointments = Appointments(
        lambda source, now: due_at(source, archive, now), lambda source, now: rest_ends(source, archive, now)
    )
    appointments.follow([one.source for one in watched.values()], clock.now())
    while clock.now() < end:
        for source in appointments.take(clock.now(), 1):
            await crawl.visit_all([source])
            crawl.visits.clear()
            appointments.back(source.name, clock.now())
            health = condition(source, archive, clock.now())
            if health.state not in WELL:
                watched[source.name].shown(health.state, health.evidence)
            outbox.note_health(source, health, [CHANNEL], archive, clock.now())
            outbox.deliver(CHANNEL, archive, clock.now(), send)
        clock.at = max(clock.at, appointments.next() or end)
