"""Let the index follow the archive; the one place where the crawler's edge meets the index."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from crawler.archive import Archive
from crawler.commands.context import Context, say
from crawler.visit.tally import Totals

LOOK_S = 5.0  # seconds between two looks at how far a round is
MOST_BEHIND = 5_000  # changes; what was crawled is found after that many, or when the round ends


def follow(context: Context, archive: Archive) -> bool:
    """Bring the index up to date; say so when that fails, for the archive holds everything all the same."""
    from index import open_engine  # noqa: PLC0415 - whoosh takes 140 ms to import
    from index.errors import EngineError  # noqa: PLC0415
    from index.sync import sync  # noqa: PLC0415

    try:
        engine = open_engine(context.index_path, create=True)
        try:
            sync(archive, engine)
        finally:
            engine.close()
    except EngineError as error:
        say(f"{error}; what was crawled is safe in {context.archive_path}")
        return False
    return True


@asynccontextmanager
async def following(context: Context, totals: Totals) -> AsyncIterator[None]:
    """Let the index follow a long round now and then, in a thread and with an archive of its own."""
    task = asyncio.create_task(_keep_following(context, totals))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _keep_following(context: Context, totals: Totals) -> None:
    indexed = 0
    while True:
        await asyncio.sleep(LOOK_S)
        changes = totals.new + totals.revised + totals.withdrawn
        if changes - indexed >= MOST_BEHIND:
            indexed = changes
            await asyncio.shield(asyncio.to_thread(_follow_apart, context))


def _follow_apart(context: Context) -> None:
    with context.archive(create=False) as archive:
        follow(context, archive)
