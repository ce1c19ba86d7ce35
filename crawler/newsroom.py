"""Read a source's newsroom up to known ground, and queue what is new."""

from collections import deque
from collections.abc import Sequence
from typing import Final

from crawler import manners, schedule, urls
from crawler.desk import Desk
from crawler.errors import CrawlError, Gone, Refused, UnreadableError
from crawler.model import Habits, Link, Listing, Page, Source, Unchanged
from crawler.tally import Tally

MOST_PAGES: Final = 20  # newsroom pages of one visit; a backlog longer than that is a backfill
KNOWN: Final = 500  # addresses that tell where a source's releases lie

#: What a further page may be without the visit failing: the pager led nowhere, and will again.
DEAD_ENDS: Final = (Gone, Refused, UnreadableError)


class Newsroom:
    """One look at a newsroom, over as many pages as hold something new."""

    def __init__(self, desk: Desk, source: Source, tally: Tally, habits: Habits) -> None:
        self._desk = desk
        self._archive = desk.archive
        self._source = source
        self._tally = tally
        self._habits = habits
        self._links: dict[str, Link] = {}
        self._pages: dict[str, Page] = {}

    async def read(self) -> bool:
        """Read the newsroom and queue what is new; False when it is the one that was read before.

        Raises:
            CrawlError: it could not be read to its end; what was found is queued, and the next visit must
                not stop at known ground.
        """
        first = await self._first_page()
        if first is None:
            return False
        listing = await self._list(first)
        try:
            await self._further(listing)
        except CrawlError:
            await self._queue(None)
            raise
        await self._queue(first)
        return True

    async def _first_page(self) -> Page | None:
        """Ask for the source's own address; None when its answer is still the one that was read."""
        url = self._source.url
        answer = await self._desk.ask(url, self._source, self._tally, conditionally=True)
        if isinstance(answer, Unchanged):
            return None
        held = self._archive.page(url)
        if held and held.body == answer.body:
            await self._desk.writer.write(lambda: self._archive.hold_page(answer))
            return None
        return answer

    async def _further(self, listing: Listing) -> None:
        """Read the pages behind the first, as long as they show something new."""
        last = self._archive.last_visit(self._source.name)
        trust_known_ground = last is None or last.outcome != "failed"
        waiting = deque(self._behind(listing, trust_known_ground=trust_known_ground))
        while waiting and len(self._pages) < MOST_PAGES:
            url = waiting.popleft()
            if url in self._pages:
                continue
            try:
                answer = await self._desk.ask(url, self._source, self._tally, conditionally=False)
                assert isinstance(answer, Page)  # noqa: S101 - no validators were sent, so no 304 can come
                listing = await self._list(answer)
            except DEAD_ENDS as error:
                self._tally.note = self._tally.note or f"not all of the newsroom: {error}"
                continue
            waiting.extend(self._behind(listing, trust_known_ground=trust_known_ground))

    async def _list(self, page: Page) -> Listing:
        known = tuple(url for url, _, _ in self._archive.standing(self._source.name, KNOWN))
        self._pages[page.url] = page
        listing = await self._desk.readers.listing(
            page, way=self._source.way, habits=self._habits, known=known
        )
        self._tally.way = self._tally.way or listing.way
        self._tally.note = self._tally.note or listing.warning
        return listing

    def _behind(self, listing: Listing, *, trust_known_ground: bool) -> list[str]:
        """Take a page's links, and give the addresses to be read after it."""
        added = {urls.canonical(link.url): link for link in listing.links}
        fresh = added.keys() - self._links.keys() - self._archive.known(added)
        self._links = added | self._links
        further = [*listing.more]
        if listing.next_page and (fresh or not trust_known_ground):
            further.append(listing.next_page)
        return further

    async def _queue(self, first: Page | None) -> None:
        """Queue what is new; with the first page, the newsroom counts as read and may say "unchanged"."""
        at, source, links = self._desk.clock(), self._source, list(self._links.values())
        known = self._archive.known(link.url for link in links)
        failed = self._archive.failures(link.url for link in links)
        told_anew = self._told_anew(links, known)
        self._tally.found, self._tally.known = len(links), len(known)

        def act() -> None:
            planned = schedule.plan(links, known, failed=failed, now=at)
            self._archive.offer(source.name, (*planned, *told_anew), at=at)
            if first:
                self._archive.hold_page(first)
                self._archive.keep_fresh(source.url, manners.fresh_until(first))

        await self._desk.writer.write(act)

    def _told_anew(self, links: Sequence[Link], known: set[str]) -> list[Link]:
        """Give the known releases that the newsroom itself brings along with another text than before."""
        whole = [link for link in links if link.html and urls.canonical(link.url) in known]
        return [link for link in whole if self._archive.link(link.url).html != link.html]
