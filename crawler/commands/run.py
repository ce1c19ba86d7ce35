"""press-crawl run: visit the sources that are due, keep what is new, bring the index up to date."""

import argparse
import asyncio
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from crawler import rest, schedule, urls
from crawler.archive import Archive
from crawler.commands.context import Context, Exit, answer, answer_json, now, say
from crawler.commands.follow import follow, following
from crawler.commands.lock import sole_run
from crawler.commands.network import guest
from crawler.commands.progress import progress
from crawler.config import Config
from crawler.crawl import Crawl
from crawler.desk import Desk
from crawler.errors import ConfigError
from crawler.model import Source, Visit
from crawler.reading.pool import Readers
from crawler.tally import Totals
from crawler.units import first_day
from crawler.visit import Backfill
from crawler.writer import Writer

MOST_READERS = 4  # processes; one reads eighty pages a second, and no polite crawl brings more

EXAMPLES = """examples:
  press-crawl run                     visit what is due; made for one line of cron
  press-crawl run --all               visit every source now
  press-crawl run acme globex --json  visit these two now, and print the visits as JSON
  press-crawl run acme --backfill     fetch all that acme ever published and still shows
"""


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "run",
        help="visit sources that are due, keep and index what is new",
        description="Visit the sources that are due, keep every page, record new, revised and withdrawn "
        "releases, and bring the index up to date.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="SOURCE", help="visit these now, due or not")
    parser.add_argument("--all", action="store_true", help="visit every source now, due or not")
    parser.add_argument(
        "--backfill",
        action="store_true",
        help="read newsrooms to their end, all pages, years and sitemaps; goes on where it was interrupted",
    )
    parser.add_argument(
        "--since", metavar="DATE", help="how far back a backfill goes: 2015, 2015-06 or 2015-06-30"
    )
    parser.add_argument("--json", action="store_true", help="print the visits as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, context: Context) -> int:
    """Visit what is due."""
    known = context.config()
    if not known.sources:
        message = (
            f"{context.sources_path}: no sources yet; add one with: press-crawl add https://example.com/news"
        )
        raise ConfigError(message)
    asked = _asked(args.names, known)
    backfill = _backfill(args)
    context.make_home()
    with sole_run(context.home, at=now()), context.archive() as archive:
        archive.free()  # we hold the lock: whoever held a lease is dead
        is_all = args.all or backfill
        chosen = asked or [source for source in known.sources if is_all or _is_due(source, archive)]
        crawl = asyncio.run(_crawl(chosen, known, archive, context, backfill=backfill, quiet=args.json))
        index_ok = follow(context, archive)
    visits = crawl.visits
    if args.json:
        answer_json("visits", visits)
    elif not chosen:
        answer(f"nothing is due ({len(known.sources)} sources); visit all with: press-crawl run --all")
    if crawl.stopping:
        return Exit.INTERRUPTED
    failed = not index_ok or any(visit.outcome == "failed" for visit in visits)
    return Exit.SOME_FAILED if failed else Exit.DONE


def _asked(names: Sequence[str], known: Config) -> list[Source]:
    by_name = {source.name: source for source in known.sources}
    for name in names:
        if name not in by_name:
            message = f"run: no source named {name!r}; there are: {', '.join(sorted(by_name))}"
            raise ConfigError(message)
    return [by_name[name] for name in dict.fromkeys(names)]


def _backfill(args: argparse.Namespace) -> Backfill | None:
    if args.since and not args.backfill:
        message = "run: --since says how far back a backfill goes; give --backfill with it"
        raise ConfigError(message)
    try:
        return Backfill(first_day(args.since) if args.since else None) if args.backfill else None
    except ValueError as error:
        message = f"run: --since: {error}"
        raise ConfigError(message) from error


def _is_due(source: Source, archive: Archive) -> bool:
    """Say whether to visit a source now: it is time, or a visit left something; and its host may be asked."""
    visits, at = archive.visits(source.name), now()
    states = archive.host_states([urls.origin(source.url)])
    if any(rest.rests(state, at) for state in states.values()):
        return False
    if visits and visits[0].outcome != "failed" and archive.is_ready(source.name, now=at):
        return True
    return schedule.due(
        source,
        visits[0] if visits else None,
        at,
        failures=schedule.failures_in_a_row(visits),
        fresh_until=archive.fresh_until(source.url),
    )


async def _crawl(
    sources: Sequence[Source],
    known: Config,
    archive: Archive,
    context: Context,
    *,
    backfill: Backfill | None,
    quiet: bool,
) -> Crawl:
    readers = max(1, min(MOST_READERS, (os.cpu_count() or 1) - 1))
    totals = Totals()
    async with (
        guest(known.settings, archive) as courtesy,
        Readers(readers) as reading,
        following(context, totals),
    ):
        with progress(totals, courtesy) as tell:
            desk = Desk(courtesy, archive, Writer(archive), reading, now, totals)
            crawl = Crawl(
                desk, on_visit=lambda visit: None if quiet else tell(line(visit)), backfill=backfill
            )
            with _stoppable(crawl):
                await crawl.visit_all(sources)
    return crawl


@contextmanager
def _stoppable(crawl: Crawl) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end a round, for the time of a ``with`` block."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _interrupt, crawl)
    try:
        yield
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


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
        return f"{visit.source}: failed: {visit.note}"
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
    way = "unchanged" if visit.outcome == "unchanged" else visit.way
    note = f"; {visit.note}" if visit.note else ""
    return f"{visit.source}: {', '.join([*counts, way or 'nothing read'])}{note}"
