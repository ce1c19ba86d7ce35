"""Visit sources in turn: fetch, discover, fetch, keep, read, record.  The sequence, and nothing else."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from crawler import manners, schedule, urls
from crawler.archive import Archive
from crawler.courtesy import Courtesy
from crawler.discover import read as discover
from crawler.errors import ArchiveError, CrawlError, FetchError, Gone, Refused, Unreachable, UnreadableError
from crawler.extract import read as extract
from crawler.habits import known
from crawler.model import Change, Fault, Habits, Link, Page, Source, Unchanged, Visit, VisitOutcome, Work

log = logging.getLogger(__name__)

MOST_PAGES: Final = 20  # newsroom pages of one visit; a backlog longer than that is a backfill
MOST_TRIES: Final = 8  # of an address that never gave a release; the last a week after the seventh
LEASE: Final = timedelta(minutes=30)  # longer than any batch takes; the next run frees a killed one's
LEASED: Final = 16  # addresses; few enough that an interruption waits for none of them
GONE: Final = 404
PARALLEL: Final = 32  # sources at once; each host still answers one request at a time


@dataclass(slots=True)
class _Tally:
    """What a visit counts while it goes on."""

    started: datetime
    requests: int = 0
    way: str | None = None
    found: int = 0
    known: int = 0
    new: int = 0
    revised: int = 0
    withdrawn: int = 0
    failed: int = 0
    note: str | None = None
    fault: Fault | None = None

    def visit(self, source: Source, outcome: VisitOutcome, ended: datetime) -> Visit:
        """Close the count."""
        counts = {name: getattr(self, name) for name in self.__slots__}
        return Visit(source=source.name, outcome=outcome, ended=ended, **counts)


class Crawl:
    """One round over some sources.

    Args:
        courtesy: the polite way to the network.
        archive: where everything is kept.
        clock: gives the present instant, aware UTC.
        on_visit: told of every visit as it ends.
    """

    def __init__(
        self,
        courtesy: Courtesy,
        archive: Archive,
        *,
        clock: Callable[[], datetime],
        on_visit: Callable[[Visit], None],
    ) -> None:
        self._courtesy = courtesy
        self._archive = archive
        self._clock = clock
        self._on_visit = on_visit
        #: Whether the round was asked to end early.
        self.stopping = False
        #: The visits that have ended, in that order.
        self.visits: list[Visit] = []

    def stop(self) -> None:
        """Finish what is in flight and begin nothing new."""
        self.stopping = True

    async def visit_all(self, sources: Iterable[Source]) -> None:
        """Visit the sources, many at once, each once."""
        waiting = deque(sources)

        async def work() -> None:
            while waiting and not self.stopping:
                await self._visit(waiting.popleft())

        async with asyncio.TaskGroup() as group:
            for _ in range(min(PARALLEL, len(waiting))):
                group.create_task(work())

    async def _visit(self, source: Source) -> None:
        tally = _Tally(self._clock())
        outcome: VisitOutcome = "ok"
        try:
            outcome = await self._read_source(source, tally)
        except ArchiveError:
            raise
        except CrawlError as error:
            outcome, tally.note, tally.fault = "failed", str(error), _fault(error)
        except Exception as error:  # the one place: a defect in one source must not end the others
            log.exception("defect", extra={"source": source.name})
            outcome, tally.note = "failed", f"a defect of pressdex, please report it: {error!r}"
        visit = tally.visit(source, outcome, self._clock())
        self._archive.record_visit(visit)
        self.visits.append(visit)
        self._on_visit(visit)

    async def _read_source(self, source: Source, tally: _Tally) -> VisitOutcome:
        changed = await self._newsroom(source, tally)
        habits = known(source, self._archive.habits(source.name))
        while not self.stopping and (works := self._lease(source)):
            for work in works:
                if not self.stopping:
                    await self._take(work.link, source, habits, tally)
        for url in schedule.recheck(self._archive.standing(source.name), self._clock()):
            if not self.stopping:
                await self._take(self._archive.link(url), source, habits, tally)
        if self.stopping:
            tally.note = "interrupted; the next run goes on here"
        return "ok" if changed or tally.requests > 1 else "unchanged"

    async def _newsroom(self, source: Source, tally: _Tally) -> bool:
        """Read the newsroom up to known ground and queue what is new; False when the site says nothing is.

        Nothing is queued before all pages are read: a visit cut short leaves no gap behind known ground.
        """
        links: dict[str, Link] = {}
        last = self._archive.last_visit(source.name)
        trust_known_ground = last is None or last.outcome != "failed"
        waiting, pages = deque([source.url]), dict[str, Page]()
        while waiting and len(pages) < MOST_PAGES:
            url = waiting.popleft()
            etag, modified = (None, None) if pages else self._archive.validators(url)
            tally.requests += 1
            page = await self._courtesy.get(url, delay_s=source.delay_s, etag=etag, modified=modified)
            if isinstance(page, Unchanged):
                self._archive.record_unchanged(page)
                return False
            pages[url] = page
            listing = discover.listing(page, way=source.way)
            tally.way = tally.way or listing.way
            tally.note = tally.note or listing.warning
            added = {urls.canonical(link.url): link for link in listing.links}
            fresh = added.keys() - links.keys() - self._archive.known(added)
            links = added | links
            further = [*listing.more]
            if listing.next_page and (fresh or not trust_known_ground):
                further.append(listing.next_page)
            waiting.extend(address for address in further if address not in pages)
        self._queue(source, list(links.values()), pages[source.url], tally)
        return True

    def _queue(self, source: Source, links: Sequence[Link], first: Page, tally: _Tally) -> None:
        at = self._clock()
        known = self._archive.known(link.url for link in links)
        failed = self._archive.failures(link.url for link in links)
        tally.found, tally.known = len(links), len(known)
        with self._archive.together():
            self._archive.offer(source.name, schedule.plan(links, known, failed=failed, now=at), at=at)
            self._archive.hold_page(first)
            self._archive.keep_fresh(source.url, manners.fresh_until(first))

    def _lease(self, source: Source) -> list[Work]:
        now = self._clock()
        return self._archive.lease(now=now, until=now + LEASE, source=source.name, limit=LEASED)

    async def _take(self, link: Link, source: Source, habits: Habits, tally: _Tally) -> None:
        """Fetch, read and record one announcement; a failure is counted and remembered."""
        tally.requests += 1
        held = self._archive.release_at(link.url)
        etag, modified = self._archive.validators(link.url) if held else (None, None)
        try:
            page = await self._courtesy.get(link.url, delay_s=source.delay_s, etag=etag, modified=modified)
            if isinstance(page, Unchanged):
                self._archive.record_unchanged(page)
                return
            self._archive.keep_page(page)
            release = extract.read(page, source=source.name, link=link, habits=habits)
        except (FetchError, UnreadableError) as error:
            self._failed(link, source, error, tally)
        else:
            aliases = (link.url, page.final_url)
            self._count(self._archive.record(release, at=self._clock(), aliases=aliases), tally)

    def _failed(self, link: Link, source: Source, error: FetchError | UnreadableError, tally: _Tally) -> None:
        """Remember a failure: what is gone may be withdrawn, what never gave a release is tried again."""
        at = self._clock()
        log.info("not read", extra={"source": source.name, "url": link.url, "reason": error.reason})
        status = error.status if isinstance(error, FetchError) else None
        held = self._archive.release_at(link.url)
        if held and isinstance(error, Gone):
            change = self._archive.record_gone(link.url, at=at, visit=tally.started, status=status or GONE)
            self._count(change, tally)
            return
        with self._archive.together():
            times = self._archive.record_failure(link.url, str(error), at, status=status)
            if not held and times < MOST_TRIES:
                self._archive.offer(source.name, [link], at=at)
                self._archive.postpone(link.url, until=schedule.refetch_at(times, at))
        tally.failed += not held

    def _count(self, change: Change | None, tally: _Tally) -> None:
        if change:
            setattr(tally, change.kind, getattr(tally, change.kind) + 1)
            release = change.release
            log.info(
                change.kind, extra={"source": release.source, "url": release.url, "title": release.title}
            )


def _fault(error: CrawlError) -> Fault | None:
    """Name the kind of trouble that an error is to a newsroom."""
    if isinstance(error, UnreadableError):
        return "blocked" if error.reason == "blocked" else "unreadable"
    faults: dict[type[CrawlError], Fault] = {Refused: "blocked", Gone: "gone", Unreachable: "unreachable"}
    return faults.get(type(error))
