"""Visit one source: read its newsroom, queue what is new, fetch, read, record.  The sequence, and no more."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from crawler import urls
from crawler.errors import FetchError, Gone, Resting, UnreadableError
from crawler.model import Change, Link, Page, Release, Source, Unchanged, VisitOutcome, Work
from crawler.schedule import due
from crawler.visit import carried
from crawler.visit.desk import Desk
from crawler.visit.identity import settled
from crawler.visit.learning import Learning
from crawler.visit.newsroom import KNOWN, Newsroom
from crawler.visit.tally import Tally

log = logging.getLogger(__name__)

MOST_TRIES: Final = 8  # of an address that never gave a release; the last a week after the seventh
MOST_REQUESTS: Final = 600  # of one visit: ten minutes at the usual delay; the next run goes on
LONGEST_VISIT: Final = timedelta(minutes=15)  # under the longest crawl delay few requests take hours
LEASE: Final = timedelta(minutes=30)  # longer than any visit; the next run frees a killed one's
LEASED: Final = 16  # addresses; few enough that an interruption waits for none of them
GONE: Final = 404


@dataclass(frozen=True, slots=True)
class Backfill:
    """What a backfill is to bring."""

    #: The day before which nothing is wanted; None for all there is.
    since: date | None = None


class Call:
    """One visit to one source while it goes on."""

    def __init__(self, desk: Desk, source: Source, tally: Tally, backfill: Backfill | None = None) -> None:
        self._desk = desk
        self._archive = desk.archive
        self._source = source
        self._tally = tally
        self._backfill = backfill
        self._learning = Learning(desk, source)
        #: Hosts that are given a rest, and until when.
        self._resting: dict[str, datetime] = {}

    async def make(self) -> VisitOutcome:
        """Make the whole visit.

        Raises:
            CrawlError: the newsroom could not be read; what was queued before waits.
        """
        newsroom = Newsroom(self._desk, self._source, self._tally, self._learning.habits)
        if self._backfill:
            is_done = await newsroom.backfill(self._backfill.since)
            await self._take_queued()
            if is_done and not self._resting and not self._desk.courtesy.is_leaving:
                await newsroom.close()
            return "ok"
        has_changed = await newsroom.read()
        await self._take_queued()
        for url in due.recheck(
            self._archive.standing(self._source.name, KNOWN), self._desk.clock(), most=self._desk.rechecks
        ):
            if self._may_go_on():
                await self._take(self._archive.link(url))
        await self._learn_anew()
        return "ok" if has_changed else "unchanged"

    def _may_go_on(self) -> bool:
        """Say whether the visit's budget allows another request; a backfill has none."""
        if self._desk.courtesy.is_leaving:
            return False
        if self._backfill:
            return True
        spent = self._desk.clock() - self._tally.started
        if self._tally.bill.requests < MOST_REQUESTS and spent < LONGEST_VISIT:
            return True
        self._tally.note = self._tally.note or "more is left for the next visit"
        return False

    async def _take_queued(self) -> None:
        """Fetch what is queued, until nothing is, or the budget is spent, or all of it must rest."""
        has_progress = True
        while has_progress and self._may_go_on() and (works := self._lease()):
            done = await self._take_whole([work.link for work in works if work.link.html is not None])
            has_progress = bool(done)
            for work in works:
                if work.link.url in done:
                    continue
                host = urls.host(work.link.url)
                if host in self._resting or not self._may_go_on():
                    await self._give_back(work.link, self._resting.get(host, self._desk.clock()))
                elif await self._take(work.link, was_cut_short=work.attempts > 1):
                    has_progress = True
        await self._read_waiting()

    def _lease(self) -> list[Work]:
        now = self._desk.clock()
        return self._archive.lease(now=now, until=now + LEASE, source=self._source.name, limit=LEASED)

    async def _give_back(self, link: Link, until: datetime) -> None:
        await self._desk.writer.write(lambda: self._archive.postpone(link.url, until=until))

    async def _take(self, link: Link, *, was_cut_short: bool = False) -> bool:
        """Fetch, read and record one announcement; False when it was not asked, as its host must rest.

        One that was cut short before, by a kill, may have left its page: then that is read.
        """
        try:
            if was_cut_short and (page := self._left(link)):
                await self._read_page(page, link)
            else:
                await self._take_page(link)
        except Resting as error:
            self._resting[urls.host(link.url)] = error.until
            self._tally.note = self._tally.note or error.reason
            await self._give_back(link, error.until)
            return False
        except FetchError as error:
            await self._failed(link, error.reason, error)
        return True

    def _left(self, link: Link) -> Page | None:
        """Give the page that is kept of an announcement, where it was not read yet."""
        state = self._archive.address(link.url)
        return self._archive.page(link.url) if state and not state.failures and not state.release else None

    async def _take_whole(self, links: Sequence[Link]) -> set[str]:
        """Read what came whole, all at once, as no host is asked; give the addresses that need no request."""
        done = await asyncio.gather(*map(self._take_carried, links))
        return {link.url for link, is_done in zip(links, done, strict=True) if is_done}

    async def _take_carried(self, link: Link) -> bool:
        """Read an announcement that came whole in its feed; False where it did not, or is none."""
        page = carried.page(link, fetched=self._desk.clock())
        if page is None:
            return False
        try:
            release = await self._read(page, link)
        except UnreadableError:
            return False
        await self._record(release, (link.url,), None)
        return True

    async def _take_page(self, link: Link) -> None:
        is_known = self._archive.release_at(link.url) is not None
        answer = await self._desk.ask(link.url, self._source, self._tally, conditionally=is_known)
        if isinstance(answer, Unchanged):
            return
        if not self._learning.must_wait(answer, link):
            await self._read_page(answer, link)
            return
        await self._desk.writer.write(lambda: self._archive.keep_page(answer))
        if self._learning.is_ready:
            await self._read_waiting()

    async def _read_waiting(self) -> None:
        """Read the pages that waited until there were enough to learn from."""
        for page, link in await self._learning.take():
            await self._read_page(page, link)

    async def _learn_anew(self) -> None:
        """Follow the source's newest pages; read those again that were read by other habits."""
        if not (self._tally.new or self._tally.revised):
            return
        for page, link in await self._learning.renew():
            with suppress(UnreadableError):
                release = await self._read(page, link)
                await self._amend(replace(release, id=self._archive.release_at(link.url) or release.id))

    async def _amend(self, release: Release) -> None:
        at = self._desk.clock()
        self._count(await self._desk.writer.write(lambda: self._archive.amend(release, at=at)))

    async def _read_page(self, page: Page, link: Link) -> None:
        try:
            release = await self._read(page, link)
        except UnreadableError as error:
            await self._failed(link, error.reason, error, page=page)
        else:
            await self._record(release, (link.url, page.final_url), page)

    async def _read(self, page: Page, link: Link) -> Release:
        release = await self._desk.readers.release(
            page, source=self._source.name, link=link, habits=self._learning.habits
        )
        leads_there = self._archive.release_at(link.url) == release.id
        held = None if leads_there else self._archive.release(release.id)
        return settled(release, urls.canonical(page.final_url), held)

    async def _record(self, release: Release, aliases: Sequence[str], page: Page | None) -> None:
        at = self._desk.clock()

        def act() -> Change | None:
            if page:
                self._archive.keep_page(page)
            return self._archive.record(release, at=at, aliases=aliases)

        self._count(await self._desk.writer.write(act))

    async def _failed(
        self, link: Link, reason: str, error: FetchError | UnreadableError, *, page: Page | None = None
    ) -> None:
        """Remember a failure: what is gone may be withdrawn, what never gave a release is tried again."""
        at, source = self._desk.clock(), self._source
        log.info("not read", extra={"source": source.name, "url": link.url, "reason": reason})
        status = error.status if isinstance(error, FetchError) else None
        held = self._archive.release_at(link.url)

        def gone() -> Change | None:
            return self._archive.record_gone(
                link.url, at=at, visit=self._tally.started, status=status or GONE
            )

        def failed() -> None:
            if page:
                self._archive.keep_page(page)
            times = self._archive.record_failure(link.url, str(error), at, status=status)
            if not held and times < MOST_TRIES:
                self._archive.offer(source.name, [link], at=at)
                self._archive.postpone(link.url, until=due.refetch_at(times, at))

        if held and isinstance(error, Gone):
            self._count(await self._desk.writer.write(gone))
            return
        await self._desk.writer.write(failed)
        self._tally.failed += not held
        self._desk.totals.failed += not held

    def _count(self, change: Change | None) -> None:
        self._tally.count(change)
        if change:
            totals, release = self._desk.totals, change.release
            setattr(totals, change.kind, getattr(totals, change.kind) + 1)
            log.info(
                change.kind, extra={"source": release.source, "url": release.url, "title": release.title}
            )
