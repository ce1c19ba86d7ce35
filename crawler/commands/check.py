"""press-crawl check: prove that the archive holds all that a newsroom shows, or name what is missing."""

import argparse
import asyncio
from dataclasses import dataclass
from datetime import date
from typing import Final

from crawler.archive import Archive
from crawler.commands.context import Context, Exit, answer, answer_json, say
from crawler.commands.network import guest
from crawler.commands.telling import telling
from crawler.complete import Comparison, Holding, Way, compare, is_kin
from crawler.config.toml import Config
from crawler.errors import ConfigError
from crawler.habits import known as habits_of
from crawler.model import Link, Source
from crawler.showing import MOST_REQUESTS, Showing
from crawler.units import first_day

EXAMPLES: Final = """examples:
  press-crawl check acme                  everything that acme shows, by every way
  press-crawl check acme --since 2026     this year alone, with fewer requests
"""
MOST_NAMED: Final = 50  # missing announcements that are printed; all of them with --json


@dataclass(frozen=True, slots=True)
class Check:
    """What comparing one source gave."""

    source: str
    requests: int
    comparison: Comparison


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "check",
        help="compare what a newsroom shows with what is held",
        description="Ask a newsroom by every way it has (its own, its page, feeds, interface, sitemap), each "
        "to its end, and compare what they show with the archive. Changes nothing. Exits 1 when something is "
        "missing, 3 when the source's own way cannot be read.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="+", metavar="SOURCE", help="names of sources")
    parser.add_argument("--since", metavar="DATE", help="count nothing older: 2015, 2015-06 or 2015-06-30")
    parser.add_argument("--json", action="store_true", help="print all as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, context: Context) -> int:
    """Compare."""
    known = context.config()
    by_name = {source.name: source for source in known.sources}
    for name in args.names:
        if name not in by_name:
            message = f"check: no source named {name!r}; there are: {', '.join(sorted(by_name)) or 'none'}"
            raise ConfigError(message)
    since = _since(args.since)
    with context.archive(create=False) as archive:
        checks = [_check(by_name[name], known, archive, since) for name in dict.fromkeys(args.names)]
    if args.json:
        answer_json("checks", checks)
    else:
        for check in checks:
            _tell(check)
    if any(not check.comparison.parts[0].way for check in checks):
        return Exit.SOME_FAILED
    return Exit.NOTHING if any(check.comparison.missing for check in checks) else Exit.DONE


def _since(text: str | None) -> date | None:
    try:
        return first_day(text) if text else None
    except ValueError as error:
        message = f"check: --since: {error}"
        raise ConfigError(message) from error


def _check(source: Source, known: Config, archive: Archive, since: date | None) -> Check:
    habits = habits_of(source, archive.habits(source.name))

    async def ask() -> tuple[list[Way], int]:
        async with guest(known.settings, archive) as courtesy:
            showing = Showing(courtesy, source, habits, archive.addresses(source.name), since, tell)
            return await showing.ways(), showing.bill.requests

    with telling(MOST_REQUESTS) as tell:
        ways, requests = asyncio.run(ask())
    holding = _holding(source, archive, [link for way in ways for link in way.links])
    count = 2 if source.page else 1
    own, others = ways[:count], ways[count:]
    shown = [link for way in own for link in way.links]
    others = [way for way in others if way.links and is_kin(way.links, shown, holding)]
    return Check(source.name, requests, compare([*own, *others], holding, since=since))


def _holding(source: Source, archive: Archive, links: list[Link]) -> Holding:
    addresses = [link.url for link in links]
    leads = archive.leads(addresses)
    return Holding(leads, archive.headlines(source.name), archive.failures(addresses).keys() - leads.keys())


def _tell(check: Check) -> None:
    comparison = check.comparison
    answer(f"{check.source}: asked {check.requests} times")
    width = max(len(part.way) for part in comparison.parts)
    for part in comparison.parts:
        trouble = f"  ({part.trouble})" if part.trouble else ""
        answer(f"  {part.way or '-':{width}}  {part.held} of {part.shown}  {part.url}{trouble}")
    for year in comparison.years:
        answer(f"{year.held} of {year.shown} {f'for {year.year}' if year.year else 'without a date'}")
    if comparison.shown_no_more:
        answer(f"{comparison.shown_no_more} more are held that it does not show")
    for each in comparison.missing[:MOST_NAMED]:
        answer(f"missing: {each.day or 'no date'}  {each.title or ''}  {each.url}  ({', '.join(each.ways)})")
    if len(comparison.missing) > MOST_NAMED:
        answer(f"missing: {len(comparison.missing) - MOST_NAMED} more; all are named with --json")
    if comparison.missing:
        say(f"{check.source}: fetch what is missing with: press-crawl run {check.source} --backfill")
