"""Open what a round needs, in the order in which it must be closed, and let signals end it."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

from crawler.archive import Archive
from crawler.commands.context import Context, now, say
from crawler.commands.follow import following
from crawler.commands.network import guest
from crawler.commands.progress import progress
from crawler.commands.signals import on_signals
from crawler.config.toml import Settings
from crawler.crawl import INTERRUPTED, Crawl
from crawler.model import Visit
from crawler.reading.pool import Readers
from crawler.visit.desk import Desk
from crawler.visit.source import Backfill
from crawler.visit.tally import Totals
from crawler.visit.writer import Writer

MOST_READERS: Final = 4  # processes; one reads eighty pages a second, and no polite crawl brings more


@asynccontextmanager
async def opened(
    settings: Settings,
    archive: Archive,
    context: Context,
    *,
    tell: Callable[[Visit], str | None],
    backfill: Backfill | None = None,
    heeds_freshness: bool = False,
) -> AsyncIterator[Crawl]:
    """Give a round that is ready to visit, for the time of an ``async with`` block; signals end it early.

    Args:
        settings: how to ask.
        archive: where everything is kept.
        context: where the user's things are.
        tell: what to print of a visit that has ended; None for nothing.
        backfill: how far back, where newsrooms are read to their ends.
        heeds_freshness: leave a newsroom alone that its site calls fresh.
    """
    readers = max(1, min(MOST_READERS, (os.cpu_count() or 1) - 1))
    totals = Totals()
    async with (
        guest(settings, archive) as courtesy,
        Readers(readers) as reading,
        following(context, totals),
    ):
        with progress(totals, courtesy) as print_line:

            def on_visit(visit: Visit) -> None:
                if words := tell(visit):
                    print_line(words)

            writer = Writer(archive)
            desk = Desk(courtesy, archive, writer, reading, now, totals, heeds_freshness=heeds_freshness)
            crawl = Crawl(desk, on_visit=on_visit, backfill=backfill)
            with on_signals(asyncio.get_running_loop(), partial(_interrupt, crawl)):
                yield crawl


def _interrupt(crawl: Crawl) -> None:
    """First time: finish what is in flight.  Second: stop at once."""
    if crawl.stopping:
        raise KeyboardInterrupt
    say("finishing what is in flight; press Ctrl-C again to stop at once")
    crawl.stop()


def line(visit: Visit) -> str:
    """Sum up one visit in one line for people.

    >>> from datetime import UTC, datetime
    >>> at = datetime(2026, 11, 3, tzinfo=UTC)
    >>> line(Visit("acme", at, at, "ok", way="feed", found=12, known=10, new=2))
    'acme: 2 new (10 known), feed'
    """
    if visit.outcome == "failed":
        what = "" if visit.note == INTERRUPTED else "failed: "
        return f"{visit.source}: {what}{visit.note}"
    counts = [f"{visit.new} new ({visit.known} known)"]
    counts += [
        f"{count} {word}"
        for word, count in (
            ("revised", visit.revised),
            ("withdrawn", visit.withdrawn),
            ("not read", visit.failed),
        )
        if count
    ]
    is_as_before = visit.outcome == "unchanged" or (not visit.way and not visit.note)
    way = "unchanged" if is_as_before else visit.way
    note = f"; {visit.note}" if visit.note else ""
    return f"{visit.source}: {', '.join([*counts, way or 'nothing read'])}{note}"
