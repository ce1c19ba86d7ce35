"""Visit sources in their turn: fetch, discover, fetch, keep, read, record.  The sequence, and nothing else."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from crawler import urls
from crawler.archive import Archive
from crawler.courtesy import Courtesy
from crawler.discover import read as discover
from crawler.errors import ArchiveError, CrawlError, FetchError, Unreachable, UnreadableError
from crawler.extract import read as extract
from crawler.model import Habits, Link, Page, Source, Unchanged, Visit, VisitOutcome

log = logging.getLogger(__name__)

MOST_PAGES: Final = 20  # newsroom pages of one visit; a backlog longer than that is a backfill
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
            outcome, tally.note = "failed", str(error)
        except Exception as error:  # the one place: a defect in one source must not end the others
            log.exception("defect", extra={"source": source.name})
            outcome, tally.note = "failed", f"a defect of pressdex, please report it: {error!r}"
        visit = tally.visit(source, outcome, self._clock())
        self._archive.record_visit(visit)
        self.visits.append(visit)
        self._on_visit(visit)

    async def _read_source(self, source: Source, tally: _Tally) -> VisitOutcome:
        links, changed = await self._newsroom(source, tally)
        known = self._archive.known(link.url for link in links)
        tally.found, tally.known = len(links), len(known)
        fresh = [link for link in links if urls.canonical(link.url) not in known]
        habits = self._habits(source)
        # Oldest first: whatever ends the visit early, what is missing stays at the top of the newsroom,
        # where the next visit begins.
        for link in reversed(fresh):
            if self.stopping:
                tally.note = "interrupted; the next run goes on here"
                break
            await self._take(link, source, habits, tally)
        return "ok" if changed or fresh else "unchanged"

    async def _newsroom(self, source: Source, tally: _Tally) -> tuple[list[Link], bool]:
        """Read the newsroom's pages up to known ground; give their links, newest first, and whether any changed."""
        links: dict[str, Link] = {}
        changed = False
        last = self._archive.last_visit(source.name)
        trust_known_ground = last is None or last.outcome != "failed"
        waiting, asked = deque([source.url]), set[str]()
        while waiting and len(asked) < MOST_PAGES and not self.stopping:
            url = waiting.popleft()
            asked.add(url)
            page, is_new = await self._page(url, source, tally)
            changed = changed or is_new
            listing = discover.listing(page, way=source.way)
            tally.way = tally.way or listing.way
            tally.note = tally.note or listing.warning
            added = {urls.canonical(link.url): link for link in listing.links}
            fresh = added.keys() - links.keys() - self._archive.known(added)
            for key, link in added.items():
                links.setdefault(key, link)
            further = [*listing.more]
            if listing.next_page and (fresh or not trust_known_ground):
                further.append(listing.next_page)
            waiting.extend(address for address in further if address not in asked)
        return list(links.values()), changed

    async def _page(self, url: str, source: Source, tally: _Tally) -> tuple[Page, bool]:
        """Give an address's page and whether it changed since it was kept; keep it when it did."""
        held = self._archive.page(url)
        etag, modified = self._archive.validators(url) if held else (None, None)
        tally.requests += 1
        answer = await self._courtesy.get(url, delay_s=source.delay_s, etag=etag, modified=modified)
        if isinstance(answer, Unchanged):
            if held is None:
                raise Unreachable(url, "answered 304 to a question without validators", status=304)
            return held, False
        self._archive.keep_page(answer)
        return answer, held is None or held.body != answer.body

    async def _take(self, link: Link, source: Source, habits: Habits, tally: _Tally) -> None:
        """Fetch, read and record one announcement; a failure is counted and remembered."""
        try:
            page, _ = await self._page(link.url, source, tally)
            release = extract.read(page, source=source.name, link=link, habits=habits)
        except (FetchError, UnreadableError) as error:
            tally.failed += 1
            self._archive.record_failure(link.url, str(error), at=self._clock())
            log.info("not read", extra={"source": source.name, "url": link.url, "reason": error.reason})
            return
        change = self._archive.record(release, at=self._clock(), aliases=(link.url, page.final_url))
        if change:
            setattr(tally, change.kind, getattr(tally, change.kind) + 1)
            log.info(change.kind, extra={"source": source.name, "url": release.url, "title": release.title})

    def _habits(self, source: Source) -> Habits:
        """Give what was learned of a source, under what the user says of it."""
        learned = self._archive.habits(source.name)
        return replace(
            learned,
            date_order=source.date_order or learned.date_order,
            zone=source.zone or learned.zone,
        )
