"""press-crawl watch: stay, and visit each source when it is due."""

import argparse
import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Final

from crawler.archive import Archive
from crawler.commands.apart import apart
from crawler.commands.context import Context, Exit, command, now, say
from crawler.commands.follow import follow
from crawler.commands.lock import sole_run
from crawler.commands.notify import LONGEST_S, tell
from crawler.commands.round import line, opened
from crawler.commands.sight import write_metrics
from crawler.config.toml import Config, Settings
from crawler.crawl import PARALLEL, Crawl
from crawler.errors import ArchiveError, ConfigError
from crawler.model import Source, Visit
from crawler.schedule.agenda import due_at, rest_ends
from crawler.schedule.appointments import Appointments

LOOK_S: Final = 1.0  # between two looks at sources.toml and the clock
INDEX_S: Final = 10.0  # between two updates of the index: each costs as much as a visit
TEND_S: Final = 60.0  # between two updates of gauges and notices when nothing is new
SESSION: Final = timedelta(hours=24)  # of one set of connections, readers and rules of robots.txt
PARTING_S: Final = 10.0  # of a delivery when the watch ends: systemd's patience is for all of them
#: After the archive could not be written: a full disk takes a while.
TROUBLE_PAUSE: Final = timedelta(minutes=1)


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "watch",
        run,
        help="stay, and visit each source when it is due",
        description="Stay, visit each source when it is due, and bring the index up to date. A changed "
        "sources.toml is read at once; one that is wrong is named, and the one before is kept. Ends on "
        "Ctrl-C or SIGTERM when what is in flight is done.",
        examples="  press-crawl watch                  until Ctrl-C\n"
        "  press-crawl install --systemd      a unit that keeps it running\n",
    )
    parser.add_argument(
        "--metrics", metavar="FILE", type=Path, help="write gauges for Prometheus there, each minute"
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Stay until told to end."""
    known = context.config()
    context.make_home()
    with sole_run(context.home, at=now()), context.archive() as archive:
        archive.free()  # we hold the lock: whoever held a lease is dead
        watch = Watch(context, archive, known, args.metrics)
        say(f"watching {len(known.sources)} sources; end with Ctrl-C")
        asyncio.run(watch.stay())
    return Exit.DONE


class Watch:
    """What is watched, and what is known of it."""

    def __init__(self, context: Context, archive: Archive, known: Config, metrics: Path | None) -> None:
        self._context = context
        self._archive = archive
        self._known = known
        self._metrics = metrics
        #: Of sources.toml as it is known, and as it was seen last.
        self._stamp = self._seen = context.stamp()
        self._appointments = Appointments(
            lambda source, at: due_at(source, archive, at), lambda source, at: rest_ends(source, archive, at)
        )
        #: What the index and the channels do not know yet: at first, all that a killed run may have left.
        self._has_news = True
        self._visited = {source.name: source for source in known.sources}
        self._tending = Lock()
        #: Until when it is not said again that the archive cannot be written, on the monotonic clock.
        self._said_until = 0.0

    async def stay(self) -> None:
        """Visit what is due until a signal comes; connections are opened anew each day."""
        while not await self._session(self._known.settings):
            pass

    async def _session(self, settings: Settings) -> bool:
        """Visit until the settings change or a day has passed; True when a signal ended it."""
        until = now() + SESSION
        async with opened(
            settings, self._archive, self._context, tell=self._tell, heeds_freshness=True
        ) as crawl:
            self._appointments.follow(self._known.sources, now())
            try:
                async with asyncio.TaskGroup() as tasks:
                    tending = tasks.create_task(self._keep_tending())
                    while not crawl.stopping and self._known.settings == settings and _is_within(until):
                        self._begin_due(crawl, tasks)
                        await asyncio.sleep(self._pause_s())
                    tending.cancel()
            except BaseExceptionGroup as errors:  # one archive fails all alike
                raise errors.exceptions[0] from None
            if crawl.stopping:
                await apart(lambda: self._tend(PARTING_S))
        return crawl.stopping

    def _begin_due(self, crawl: Crawl, tasks: asyncio.TaskGroup) -> None:
        self._reload()
        for source in self._appointments.take(now(), PARALLEL - self._appointments.out):
            tasks.create_task(self._visit(crawl, source))

    def _pause_s(self) -> float:
        then = self._appointments.next()
        wait_s = (then - now()).total_seconds() if then else LOOK_S
        return min(max(wait_s, 0.05), LOOK_S)

    async def _visit(self, crawl: Crawl, source: Source) -> None:
        try:
            await crawl.visit_all([source])
            self._appointments.back(source.name, now())
        except ArchiveError as error:
            self._appointments.back(source.name, now())
            self._rest(str(error))
        crawl.visits.clear()
        self._visited[source.name] = source

    def _rest(self, why: str) -> None:
        """Visit nothing for a while; say so once, for the visits under way fail alike."""
        pause_s = TROUBLE_PAUSE.total_seconds()
        if monotonic() >= self._said_until:
            say(f"{why}; nothing is visited for {pause_s:g} s")
            self._said_until = monotonic() + pause_s
        self._appointments.put_off(now() + TROUBLE_PAUSE)

    def _tell(self, visit: Visit) -> str | None:
        changes = visit.new + visit.revised + visit.withdrawn
        self._has_news = self._has_news or changes > 0
        return line(visit) if changes or visit.outcome == "failed" else None

    def _reload(self) -> None:
        """Read sources.toml when it has changed; keep what was known where it cannot be used."""
        before, self._seen = self._seen, self._context.stamp()
        is_settled = self._seen is not None and self._seen == before  # nobody is writing it just now
        if not is_settled or self._seen == self._stamp:
            return
        self._stamp = self._seen
        try:
            self._known = self._context.config()
        except ConfigError as error:
            say(f"{error}; going on with what was there before")
        else:
            self._appointments.follow(self._known.sources, now())
            say(f"{self._context.sources_path}: read anew, {len(self._known.sources)} sources")

    async def _keep_tending(self) -> None:
        """Tend at once, for what a kill has left, then now and then."""
        waited_s = TEND_S
        while True:
            if self._has_news or waited_s >= TEND_S:
                waited_s = 0.0
                await apart(lambda: self._tend(LONGEST_S))
            await asyncio.sleep(INDEX_S)
            waited_s += INDEX_S

    def _tend(self, patience_s: float) -> None:
        """Bring index, notices and gauges up to date, with an archive of its own, for visits go on."""
        with self._tending:
            has_news, self._has_news = self._has_news, False
            visited, self._visited = self._visited, {}
            try:
                with self._context.archive(create=False) as archive:
                    if has_news:
                        self._has_news |= not follow(self._context, archive)
                    tell(self._known, visited.values(), self._context, archive, patience_s=patience_s)
                    if self._metrics:
                        write_metrics(self._metrics, self._known.sources, self._context, archive)
            except ArchiveError as error:
                self._has_news = True
                self._visited = visited | self._visited
                say(f"{error}; it is tried again")


def _is_within(until: datetime) -> bool:
    """Say whether a session goes on; one that a clock set back would lengthen does not."""
    return timedelta() < until - now() <= SESSION
