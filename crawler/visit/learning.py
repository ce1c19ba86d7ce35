"""Learn what a source's pages share: from the first before they are read, later from its newest ones."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Final

from crawler.errors import UnreadableError
from crawler.habits import known
from crawler.model import Habits, Link, Page, Source
from crawler.visit.desk import Desk

LEARN_FROM: Final = 10  # pages, from which a source's habits are learned; more tell no more
LEAST_TO_LEARN: Final = 3  # pages; fewer share things by chance
AFTER: Final = 3  # new pages after which habits are learned anew; each costs then as much as four
MOST_UNREAD: Final = 2_000_000  # bytes of pages that may wait, of each of the visits under way


class Learning:
    """What is known of one source's habits while it is visited."""

    def __init__(self, desk: Desk, source: Source) -> None:
        self._desk = desk
        self._source = source
        self._learned = desk.archive.habits(source.name)
        #: What its readers should know.
        self.habits = known(source, self._learned)
        #: Pages that wait until habits are learned from them; None when there is nothing to wait for.
        self._waiting: list[tuple[Page, Link]] | None = [] if self._learned == Habits() else None

    def must_wait(self, page: Page, link: Link) -> bool:
        """Say whether a page is to be read later, when enough of them came to learn from: it waits here."""
        if self._waiting is None:
            return False
        self._waiting.append((page, link))
        return True

    @property
    def is_ready(self) -> bool:
        """Whether enough pages wait."""
        waiting = self._waiting or []
        return len(waiting) >= LEARN_FROM or sum(len(page.body) for page, _ in waiting) > MOST_UNREAD

    async def take(self) -> Sequence[tuple[Page, Link]]:
        """Learn from the pages that wait, and give them to be read."""
        waiting, self._waiting = self._waiting or [], None
        if len(waiting) >= LEAST_TO_LEARN:
            await self._learn([page for page, _ in reversed(waiting)])
        return waiting

    async def renew(self) -> Sequence[tuple[Page, Link]]:
        """Learn anew once some more pages have come; give those of them that are to be read again.

        A site that is designed anew hangs another name behind its titles, or writes its dates otherwise.
        """
        last = self._learned.learned
        traces = self._desk.archive.traces(self._source.name, LEARN_FROM)
        newest = [(page, trace.url) for trace in traces if (page := self._desk.archive.page(trace.url))]
        newest.sort(key=lambda each: each[0].fetched, reverse=True)
        fresh = [each for each in newest if last is None or each[0].fetched > last]
        if len(fresh) < AFTER:
            return []
        before = self.habits
        await self._learn([page for page, _ in newest])
        if _told(self.habits) == _told(before):
            return []
        return [(page, self._desk.archive.link(url)) for page, url in fresh]

    async def _learn(self, pages: Sequence[Page]) -> None:
        with suppress(UnreadableError):
            found = await self._desk.readers.habits(pages, known=self._learned)
            self._learned = replace(found, learned=self._desk.clock())
            self.habits = known(self._source, self._learned)
            await self._desk.writer.write(
                lambda: self._desk.archive.keep_habits(self._source.name, self._learned)
            )


def _told(habits: Habits) -> tuple[object, ...]:
    return habits.site_names, habits.date_order, habits.zone
