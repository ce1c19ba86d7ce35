"""Visit many sources at once, each once: one round.  What a visit does is the visit's matter."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable
from typing import Final

from crawler.errors import ArchiveError, CrawlError, Gone, Refused, Resting, Unreachable, UnreadableError
from crawler.model import Fault, Source, Visit, VisitOutcome
from crawler.visit.desk import Desk
from crawler.visit.source import Backfill, Call
from crawler.visit.tally import Tally

log = logging.getLogger(__name__)

#: What is noted of a visit that a round's early end has cut short.
INTERRUPTED: Final = "interrupted; the next run goes on here"
PARALLEL: Final = 100  # visits at once: mostly they wait, for a delay or a slow host, and hold up no other

#: Error that ends a visit → the kind of trouble it is to a newsroom.
FAULTS: Final[dict[type[CrawlError], Fault]] = {Refused: "blocked", Gone: "gone", Unreachable: "unreachable"}


class Crawl:
    """One round over some sources.

    Args:
        desk: what visits work with.
        on_visit: told of every visit as it ends.
        backfill: read newsrooms to their end instead of up to known ground.
    """

    def __init__(
        self, desk: Desk, *, on_visit: Callable[[Visit], None], backfill: Backfill | None = None
    ) -> None:
        self._desk = desk
        self._on_visit = on_visit
        self._backfill = backfill
        #: Whether the round was asked to end early.
        self.stopping = False
        #: The visits that have ended, in that order; those to hosts that must rest are not recorded.
        self.visits: list[Visit] = []

    def stop(self) -> None:
        """Finish what is in flight and begin nothing new."""
        self.stopping = True
        self._desk.courtesy.leave()

    async def visit_all(self, sources: Iterable[Source]) -> None:
        """Visit the sources, many at once, each once."""
        waiting = deque(sources)
        self._desk.totals.sources += len(waiting)

        async def work() -> None:
            while waiting and not self.stopping:
                await self._visit(waiting.popleft())

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(PARALLEL, len(waiting))):
                    group.create_task(work())
        except BaseExceptionGroup as errors:  # one archive fails all visits alike
            raise _first(errors) from None

    async def _visit(self, source: Source) -> None:
        desk = self._desk
        tally = Tally(desk.clock())
        outcome: VisitOutcome = "failed"
        is_made = True
        try:
            outcome = await Call(desk, source, tally, self._backfill).make()
        except ArchiveError:
            raise
        except CrawlError as error:
            tally.note, tally.fault = str(error), fault(error)
            is_made = bool(tally.bill.requests) or not isinstance(error, Resting)
        except Exception as error:  # the one place: a defect in one source must not end the others
            log.exception("defect", extra={"source": source.name})
            tally.note = f"a defect of pressdex, please report it: {error!r}"
        if self.stopping:
            tally.note = INTERRUPTED
            is_made = is_made and outcome != "failed"
        visit = tally.visit(source, outcome, desk.clock())
        if is_made:
            await desk.writer.write(lambda: desk.archive.record_visit(visit))
        desk.totals.done += 1
        self.visits.append(visit)
        self._on_visit(visit)


def _first(errors: BaseExceptionGroup[BaseException]) -> BaseException:
    first = errors.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first


def fault(error: CrawlError) -> Fault | None:
    """Name the kind of trouble that an error is to a newsroom."""
    if isinstance(error, UnreadableError):
        return "blocked" if error.reason == "blocked" else "unreadable"
    if isinstance(error, Resting):
        return "unreachable"
    return FAULTS.get(type(error))
