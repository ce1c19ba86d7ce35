"""press-crawl run: visit the sources that are due, keep what is new, bring the index up to date."""

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path

from crawler.archive import Archive
from crawler.commands.context import Context, Exit, answer, answer_json, at, now
from crawler.commands.follow import follow
from crawler.commands.lock import sole_run
from crawler.commands.notify import tell
from crawler.commands.round import line, opened
from crawler.commands.sight import write_metrics
from crawler.config.toml import Config
from crawler.crawl import Crawl
from crawler.errors import ConfigError
from crawler.model import Source, Visit
from crawler.schedule import due
from crawler.schedule.agenda import due_at
from crawler.units import first_day
from crawler.visit.source import Backfill

KNOWN = 500  # releases of a source among which are those to be asked for again

EXAMPLES = """examples:
  press-crawl run                     visit what is due; made for one line of cron
  press-crawl run --all               visit every source now
  press-crawl run acme globex --json  visit these two now, and print the visits as JSON
  press-crawl run --once acme         visit this one now
  press-crawl run --dry-run           say what would be asked for, and ask nothing
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
    parser.add_argument(
        "--once", action="append", default=[], metavar="SOURCE", help="the same; may be given more than once"
    )
    parser.add_argument("--all", action="store_true", help="visit every source now, due or not")
    parser.add_argument(
        "--backfill",
        action="store_true",
        help="read newsrooms to their end, all pages, years and sitemaps; goes on where it was interrupted",
    )
    parser.add_argument(
        "--since", metavar="DATE", help="how far back a backfill goes: 2015, 2015-06 or 2015-06-30"
    )
    parser.add_argument("--metrics", metavar="FILE", type=Path, help="write gauges for Prometheus there")
    parser.add_argument("--dry-run", action="store_true", help="say what would be asked for, and ask nothing")
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
    backfill = _backfill(args)
    context.make_home()
    if args.dry_run:
        with context.archive() as archive:
            return _rehearse(_chosen(args, known, archive), known, archive)
    with sole_run(context.home, at=now()), context.archive() as archive:
        archive.free()  # we hold the lock: whoever held a lease is dead
        chosen = _chosen(args, known, archive)
        crawl = asyncio.run(_crawl(chosen, known, archive, context, args=args, backfill=backfill))
        index_ok = follow(context, archive)
        tell(known, chosen, context, archive)
        if args.metrics:
            write_metrics(args.metrics, known.sources, context, archive)
    visits = crawl.visits
    if args.json:
        answer_json("visits", visits)
    elif not chosen:
        answer(f"nothing is due ({len(known.sources)} sources); visit all with: press-crawl run --all")
    if crawl.stopping:
        return Exit.INTERRUPTED
    failed = not index_ok or any(visit.outcome == "failed" for visit in visits)
    return Exit.SOME_FAILED if failed else Exit.DONE


def _chosen(args: argparse.Namespace, known: Config, archive: Archive) -> list[Source]:
    """Give the sources that were named, or all, or those that are due."""
    if names := _wished(args):
        return _named(names, known)
    if args.all or args.backfill:
        return list(known.sources)
    return [source for source in known.sources if due_at(source, archive, now()) <= now()]


def _wished(args: argparse.Namespace) -> list[str]:
    """Give the names of sources that a person asked for, due or not."""
    return [*args.names, *args.once]


def _named(names: Sequence[str], known: Config) -> list[Source]:
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


def _rehearse(chosen: Sequence[Source], known: Config, archive: Archive) -> int:
    """Say what would be asked for, and ask for nothing."""
    for source in chosen:
        again = len(due.recheck(archive.standing(source.name, KNOWN), now()))
        counts = {"left from before": archive.waiting(source.name), "known releases again": again}
        rest = [f"{count} {what}" for what, count in counts.items() if count]
        answer(f"{source.name}: would ask for {', '.join([source.url, *rest])}")
    if not chosen:
        then, name = min((due_at(source, archive, now()), source.name) for source in known.sources)
        answer(f"nothing is due; next is {name}, at {at(then)}")
    return Exit.DONE


async def _crawl(
    sources: Sequence[Source],
    known: Config,
    archive: Archive,
    context: Context,
    *,
    args: argparse.Namespace,
    backfill: Backfill | None,
) -> Crawl:
    def tell(visit: Visit) -> str | None:
        return None if args.json else line(visit)

    is_wished = bool(_wished(args) or args.all)
    async with opened(
        known.settings, archive, context, tell=tell, backfill=backfill, heeds_freshness=not is_wished
    ) as crawl:
        await crawl.visit_all(sources)
    return crawl
