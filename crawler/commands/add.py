"""press-crawl add: look at a newsroom's address and follow it from now on."""

import argparse
import asyncio
from dataclasses import replace

from crawler import config, entries, urls
from crawler.commands.context import Context, Exit, answer, say
from crawler.commands.network import guest
from crawler.config import Config
from crawler.courtesy import Courtesy
from crawler.discover import read as discover
from crawler.errors import ConfigError, FetchError, UnreadableError
from crawler.model import Listing, Page, Source
from crawler.units import interval

EXAMPLES = """examples:
  press-crawl add https://example.com/news
  press-crawl add https://example.com/rss.xml --name acme --every 2h
  press-crawl add https://example.com/news --dry-run
"""


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "add",
        help="follow a newsroom",
        description="Look at the address of a newsroom (a listing page, a feed or a sitemap), show what it "
        "offers, and add it to sources.toml.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("url", metavar="URL", help="address of a listing page, a feed or a sitemap")
    parser.add_argument("--name", help="name of the source (default: made from the host)")
    parser.add_argument("--every", metavar="TIME", help="time between visits, as 30m, 2h, 1d (default: 6h)")
    parser.add_argument("--dry-run", action="store_true", help="show what it offers and change nothing")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, context: Context) -> int:
    """Follow a newsroom."""
    known = context.config()
    source = _source(args, known)
    try:
        listing = asyncio.run(_look(source, known))
    except (FetchError, UnreadableError) as error:
        say(f"{error}; nothing was added")
        return Exit.SOME_FAILED
    _show(source, listing)
    if not listing.links:
        say(f"{source.url}: {listing.warning or 'no announcements found'}; nothing was added")
        return Exit.SOME_FAILED
    if not args.dry_run:
        context.make_home()
        _append(context, source)
        say(f"added to {context.sources_path}; fetch it with: press-crawl run")
    return Exit.DONE


def _source(args: argparse.Namespace, known: Config) -> Source:
    if not urls.is_web(args.url):
        message = f"add: not a web address: {args.url!r}; give one like https://example.com/news"
        raise ConfigError(message)
    for source in known.sources:
        if urls.canonical(source.url) == urls.canonical(args.url):
            message = f"add: {args.url} is followed already, as {source.name!r}"
            raise ConfigError(message)
    names = {source.name for source in known.sources}
    if args.name in names:
        message = f"add: a source named {args.name!r} is there already; give another with --name"
        raise ConfigError(message)
    source = Source(name=args.name or entries.propose_name(args.url, names), url=args.url)
    if args.every:
        source = replace(source, every_s=int(_interval(args.every)))
    return config.load(entries.block(source), "add").sources[0]  # checked as the file will be


def _interval(text: str) -> float:
    try:
        return interval(text)
    except ValueError as error:
        raise ConfigError(f"add: --every: {error}") from error


async def _look(source: Source, known: Config) -> Listing:
    """Read the address; where it only points to others (a sitemap index), the first of those."""
    async with guest(known.settings) as courtesy:
        listing = await _ask(courtesy, source.url, source)
        if listing.more and not listing.links:
            return await _ask(courtesy, listing.more[0], source)
        return listing


async def _ask(courtesy: Courtesy, url: str, source: Source) -> Listing:
    page = await courtesy.get(url, delay_s=source.delay_s)
    assert isinstance(page, Page)  # noqa: S101 - no validators were sent, so no 304 can come
    return discover.listing(page, way=source.way)


def _show(source: Source, listing: Listing) -> None:
    dated = sum(link.published is not None for link in listing.links)
    answer(f"{source.name}: {listing.way} with {len(listing.links)} announcements, {dated} dated")
    for link in listing.links[:5]:
        answer(f"  {link.published.day if link.published else '          '}  {link.title or link.url}")


def _append(context: Context, source: Source) -> None:
    try:
        with context.sources_path.open("a", encoding="utf-8") as file:
            file.write(("\n" if file.tell() else "") + entries.block(source))
    except OSError as error:
        message = f"{context.sources_path}: cannot be written: {error.strerror}"
        raise ConfigError(message) from error
