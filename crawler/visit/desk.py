"""What every visit works with, and how it asks for a page.  Decides nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from crawler.archive import Archive
from crawler.courtesy.guest import Courtesy
from crawler.model import Page, Source, Unchanged
from crawler.reading.pool import Readers
from crawler.schedule import due
from crawler.visit.tally import Tally, Totals
from crawler.visit.writer import Writer


@dataclass(frozen=True, slots=True)
class Desk:
    """What every visit works with."""

    courtesy: Courtesy
    archive: Archive
    writer: Writer
    readers: Readers
    #: Gives the present instant, aware UTC.
    clock: Callable[[], datetime]
    #: What the round has come to.
    totals: Totals
    #: Known releases that one visit asks for again.
    rechecks: int = due.MOST_RECHECKS
    #: Whether a newsroom that its site calls fresh is left alone when a visit is made for what waits.
    heeds_freshness: bool = False

    async def ask(self, url: str, source: Source, tally: Tally, *, conditionally: bool) -> Page | Unchanged:
        """Ask for an address; ``conditionally`` where the copy we have will do.  What is unchanged is noted.

        Raises:
            FetchError: it gave no page.
        """
        etag, modified = self.archive.validators(url) if conditionally else (None, None)
        answer = await self.courtesy.get(
            url, delay_s=source.delay_s, etag=etag, modified=modified, bill=tally.bill
        )
        if isinstance(answer, Unchanged):
            self.totals.unchanged += 1
            await self.writer.write(lambda: self.archive.record_unchanged(answer))
        else:
            self.totals.pages += 1
        return answer
