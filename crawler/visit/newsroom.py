"""Read a source's newsroom and queue what is new: up to known ground, or as a backfill to its end."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from crawler import urls
from crawler.courtesy import manners
from crawler.errors import CrawlError, FetchError, UnreadableError
from crawler.model import Habits, Link, Listing, Page, Source, Unchanged
from crawler.schedule import due
from crawler.visit.desk import Desk
from crawler.visit.tally import Tally
from crawler.visit.walk import Leg, Progress, Step, Walk

if TYPE_CHECKING:
    from crawler.discover.probe import Candidate

LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
KNOWN: Final = 500  # addresses that tell where a source's releases lie


class Newsroom:
    """One source's newsroom while it is read."""

    def __init__(self, desk: Desk, source: Source, tally: Tally, habits: Habits) -> None:
        self._desk = desk
        self._archive = desk.archive
        self._source = source
        self._tally = tally
        self._habits = habits

    async def read(self) -> bool:
        """Read the newsroom up to known ground and queue what is new; False when it is as it was.

        Raises:
            CrawlError: it could not be read to its end; what was found is queued, and the next visit must
                not stop at known ground.
        """
        last = self._archive.last_visit(self._source.name)
        if last and last.outcome != "failed" and self._is_fresh():
            return False
        walk = Walk(self._source, trusts_known=last is None or last.outcome != "failed")
        first: Page | None = None
        try:
            while step := walk.next():
                is_first = walk.progress.pages == 0
                page, listing = await self._read(walk, step, is_first=is_first)
                if page is None:
                    return False
                if isinstance(page, Page) and listing:
                    self._note_move(page, listing)
                    first = page if is_first and listing.links else first
                    walk.take(step, listing, self._met(listing))
            walk.settle()
        except CrawlError:
            self._note(walk)
            await self._queue(list(walk.links.values()), None)
            raise
        self._note(walk)
        await self._queue(list(walk.links.values()), first)
        return True

    async def backfill(self, since: date | None) -> bool:
        """Read the newsroom to its end; queue what each page shows in the commit that keeps how far it is.

        One that was interrupted goes on where it was; ``close`` it when its queue is fetched.  False when it
        ended at its limit of pages: the next one goes on.

        Raises:
            CrawlError: a page could not be read; the next backfill goes on with it.
        """
        stand = _Stand.of(self._archive.walk(self._source.name), since) or _Stand(since)
        walk = Walk(self._source, is_backfill=True, since=since, progress=stand.progress)
        stand.progress = walk.progress
        while step := walk.next():
            if step.leg != stand.leg:
                stand.leg, stand.begun = step.leg, self._desk.clock()
            page, listing = await self._read(walk, step, is_first=False)
            if isinstance(page, Page) and listing:
                wanted = [link for link in listing.links if walk.is_wanted(link)]
                shown = self._archive.shown_since((link.url for link in listing.links), stand.begun)
                walk.take(step, listing, (), at_leg=shown)
                walk.links.clear()  # they are in the queue
                await self._queue_part(listing, wanted, stand)
        walk.settle()
        self._note(walk)
        return not walk.is_cut

    async def close(self) -> None:
        """Forget how far a backfill came: all that it queued is fetched."""
        await self._desk.writer.write(lambda: self._archive.keep_walk(self._source.name, None))

    async def _read(
        self, walk: Walk, step: Step, *, is_first: bool
    ) -> tuple[Page | CrawlError | None, Listing | None]:
        """Ask for a page and read it; None when it is as it was; what it is not, the walk is told."""
        page: Page | CrawlError | None = None
        listing = None
        try:
            page = await self._page(step.url, is_first=is_first)
            if page is None:
                return None, None
            known = tuple(self._archive.addresses(self._source.name, KNOWN))
            listing = await self._desk.readers.listing(page, way=step.way, habits=self._habits, known=known)
        except (FetchError, UnreadableError) as error:
            walk.fail(step, error)
            page = page or error
        if step.leg == "rescue" and isinstance(page, Page) and not (listing and listing.links):
            walk.rescue(_candidates(page))
        return page, listing

    async def _page(self, url: str, *, is_first: bool) -> Page | None:
        """Ask for a page of the newsroom; None when it is the first, and still the one that was read."""
        answer = await self._desk.ask(url, self._source, self._tally, conditionally=is_first)
        if isinstance(answer, Unchanged):
            return None
        held = self._archive.page(url) if is_first else None
        if held and held.body == answer.body:
            await self._desk.writer.write(lambda: self._archive.hold_page(answer))
            return None
        return answer

    def _is_fresh(self) -> bool:
        fresh_until = self._archive.fresh_until(self._source.url)
        return self._desk.heeds_freshness and fresh_until is not None and self._desk.clock() < fresh_until

    def _met(self, listing: Listing) -> set[str]:
        """Give those of a page's addresses that were met before: that lead to a release, or never did."""
        addresses = [link.url for link in listing.links]
        return self._archive.known(addresses) | self._archive.failures(addresses).keys()

    def _note_move(self, page: Page, listing: Listing) -> None:
        """Note that another site answered, where it shows nothing of this source's."""
        if not (listing.links or urls.related(page.final_url, self._source.url)):
            self._tally.fault = "moved"
            self._tally.note = f"it answers from {urls.host(page.final_url)}"

    def _note(self, walk: Walk) -> None:
        notes = [*walk.notes, *(["the newsroom has more pages than one visit reads"] if walk.is_cut else [])]
        notes += [] if walk.progress.way or notes else ["it shows no announcements"]
        self._tally.way = walk.progress.way
        self._tally.note = self._tally.note or "; ".join(dict.fromkeys(notes)) or None

    async def _queue(self, links: Sequence[Link], first: Page | None) -> None:
        at, source = self._desk.clock(), self._source
        known = self._archive.known(link.url for link in links)
        planned = (*self._planned(links, known, at), *self._told_anew(links, known))
        self._tally.found, self._tally.known = len(links), len(known)

        def act() -> None:
            self._archive.offer(source.name, planned, at=at)
            if first:
                self._archive.hold_page(first)
                self._archive.keep_fresh(source.url, manners.fresh_until(first))

        await self._desk.writer.write(act)

    async def _queue_part(self, listing: Listing, wanted: Sequence[Link], stand: "_Stand") -> None:
        at, source = self._desk.clock(), self._source
        known = self._archive.known(link.url for link in wanted)
        planned = (*self._planned(wanted, known, at), *self._told_anew(wanted, known))
        self._tally.found += len(wanted)
        self._tally.known += len(known)

        def act() -> None:
            self._archive.keep_links(source.name, listing.links, at=at)
            self._archive.offer(source.name, planned, at=at)
            self._archive.keep_walk(source.name, stand.text())

        await self._desk.writer.write(act)

    def _planned(self, links: Sequence[Link], known: Collection[str], at: datetime) -> tuple[Link, ...]:
        failed = self._archive.failures(link.url for link in links)
        return due.plan(links, known, failed=failed, now=at)

    def _told_anew(self, links: Sequence[Link], known: Collection[str]) -> list[Link]:
        """Give known releases that come whole, and otherwise than before."""
        whole = [link for link in links if link.html and urls.canonical(link.url) in known]
        return [link for link in whole if self._archive.link(link.url).html != link.html]


def _candidates(page: Page) -> "tuple[Candidate, ...]":
    from crawler.discover.probe import candidates  # noqa: PLC0415 - half of the start of a run, seldom needed

    return candidates(page)


@dataclass(slots=True)
class _Stand:
    """How far a backfill has come, as the archive keeps it."""

    since: date | None
    progress: Progress | None = None
    #: The leg it is at, and since when.
    leg: Leg | None = None
    begun: datetime = LONG_AGO

    @classmethod
    def of(cls, text: str | None, since: date | None) -> "_Stand | None":
        """Read it back; None where none was kept, or one for another day."""
        kept: dict[str, Any] = json.loads(text) if text else {}
        if not kept or kept["since"] != (since.isoformat() if since else None):
            return None
        return cls(since, Progress.of(kept["progress"]), kept["leg"], datetime.fromisoformat(kept["begun"]))

    def text(self) -> str:
        """Write it."""
        return json.dumps(
            {
                "since": self.since.isoformat() if self.since else None,
                "progress": self.progress.record() if self.progress else None,
                "leg": self.leg,
                "begun": self.begun.isoformat(),
            }
        )
