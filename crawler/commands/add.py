"""press-crawl add: look at a site's address, find out how it publishes, and follow it from now on."""

import argparse
import asyncio
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Final, get_args

from crawler import urls
from crawler.commands import book, preview
from crawler.commands.context import Context, Exit, answer, now, say
from crawler.commands.network import guest
from crawler.commands.telling import telling
from crawler.config import entries, toml
from crawler.config.toml import Config
from crawler.discover.survey import Tried
from crawler.errors import ConfigError, FetchError
from crawler.habits import known as habits_of
from crawler.look import MOST_REQUESTS, View, look
from crawler.model import Habits, Source, Way
from crawler.units import interval

EXAMPLES: Final = """examples:
  press-crawl add https://example.com                        find the newsroom, ask, follow it
  press-crawl add https://example.com/rss.xml --name acme --every 2h
  press-crawl add https://example.com/news --dry-run         only look
  press-crawl add - < addresses.txt                          many, one address a line
"""
MOST_LINES: Final = 100_000  # of addresses on stdin; more are no list of newsrooms
PLAIN: Final = frozenset({"feed", "sitemap", "listing"})  # "auto" tells them apart, whichever the site gives
ALLOW: Final = "if it is yours, name the host under 'allow' in [crawl] of sources.toml"


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "add",
        help="find out how a site publishes, and follow it",
        description="Look at an address (a home page, a newsroom, an investor page, a feed) and at "
        f"what it links to on the same site, with at most {MOST_REQUESTS} requests; show what would be read; "
        "add it to sources.toml.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "url", metavar="ADDRESS", help="any address of the site; - reads one a line from stdin"
    )
    parser.add_argument("--name", help="name of the source (default: made from the host)")
    parser.add_argument(
        "--every", metavar="TIME", help="time between visits, as 30m, 2h, 1d (default: when it publishes)"
    )
    parser.add_argument("--yes", action="store_true", help="do not ask before it is added")
    parser.add_argument("--dry-run", action="store_true", help="show what it offers and change nothing")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, context: Context) -> int:
    """Follow a site, or many."""
    every_s = _interval(args.every) if args.every else None
    if args.url != "-":
        return _one(args, context, every_s)
    if args.name:
        message = "add: --name is for one address; stdin may hold many"
        raise ConfigError(message)
    codes = [_of_many(line, args, context, every_s) for line in _lines()]
    if not codes:
        say("add: no address on stdin; nothing was added")
        return Exit.NOTHING
    return max(codes)


def _one(args: argparse.Namespace, context: Context, every_s: int | None) -> int:
    known = context.config()
    source = _asked_for(args.url, args.name, every_s, known)
    try:
        view = _look(source, known)
    except FetchError as error:
        say(f"{error}; nothing was added")
        return Exit.SOME_FAILED
    if not view.ways:
        say(f"{_nothing(view)}; nothing was added")
        return Exit.SOME_FAILED
    for line in preview.lines(view):
        answer(line)
    if view.previews and not any(each.release for each in view.previews):
        say(f"{view.url}: none of its newest releases could be read ({view.previews[0].trouble})")
    if args.dry_run:
        return Exit.DONE
    found = _chosen(source, view.ways[0], known)
    if not args.yes and _is_attended() and not _agrees(f"follow it as {found.name!r}?"):
        say("nothing was added")
        return Exit.DONE
    book.add(context, [found], remark=_remark(view.ways[0]))
    say(f"added {found.name!r} to {context.sources_path}; fetch it with: press-crawl run")
    return Exit.DONE


def _of_many(url: str, args: argparse.Namespace, context: Context, every_s: int | None) -> int:
    """Follow one site of many; give its exit code and say its line."""
    try:
        known = context.config()
        source = _asked_for(url, None, every_s, known)
        view = _look(source, known)
        if not view.ways:
            say(_nothing(view))
            return Exit.SOME_FAILED
        found = _chosen(source, view.ways[0], known)
        if not args.dry_run:
            book.add(context, [found], remark=_remark(view.ways[0]))
    except (ConfigError, FetchError) as error:
        say(error)
        return Exit.SOME_FAILED
    answer(f"{found.name}: {preview.summary(view.ways[0])}  {found.url}")
    return Exit.DONE


def _lines() -> Iterator[str]:
    """Give the addresses on stdin; empty lines and what follows a # at a line's start are none."""
    for line in islice(sys.stdin, MOST_LINES):
        if (text := line.strip()) and not text.startswith("#"):
            yield text


def _asked_for(url: str, name: str | None, every_s: int | None, known: Config) -> Source:
    """Make a source of what the user said, checked as the file will be."""
    if not urls.is_web(url):
        message = f"add: not a web address: {url[:200]!r}; give one like https://example.com/news"
        raise ConfigError(message)
    _not_followed(url, known)
    names = {source.name for source in known.sources}
    if name in names:
        message = f"add: a source named {name!r} is there already; give another with --name"
        raise ConfigError(message)
    source = Source(name=name or entries.propose_name(url, names), url=url)
    return _checked(replace(source, every_s=every_s) if every_s else source)


def _chosen(source: Source, best: Tried, known: Config) -> Source:
    """Make the source that will be visited: by the best way, with the page that people see beside it."""
    told = best.listing.way if best.listing else ""
    way: Way = next((each for each in get_args(Way) if each == told and each not in PLAIN), "auto")
    page = best.page if best.page and urls.canonical(best.page) != urls.canonical(best.url) else None
    _not_followed(best.url, known)
    return _checked(replace(source, url=best.url, way=way, page=page))


def _not_followed(url: str, known: Config) -> None:
    for source in known.sources:
        if urls.canonical(url) in {urls.canonical(each) for each in (source.url, source.page) if each}:
            message = f"add: {url} is followed already, as {source.name!r}"
            raise ConfigError(message)


def _checked(source: Source) -> Source:
    return toml.load(entries.block(source), "add").sources[0]


def _interval(text: str) -> int:
    try:
        return int(interval(text))
    except ValueError as error:
        message = f"add: --every: {error}"
        raise ConfigError(message) from error


def _look(source: Source, known: Config) -> View:
    habits = habits_of(source, Habits())

    async def run() -> View:
        async with guest(known.settings) as courtesy:
            return await look(courtesy, source, habits, at=now(), tell=tell)

    with telling(MOST_REQUESTS) as tell:
        try:
            return asyncio.run(run())
        except FetchError as error:
            if error.kind == "address" and "public" in error.reason:
                error.args = (f"{error}; {ALLOW}",)
            raise


def _nothing(view: View) -> str:
    """Say why a site cannot be followed."""
    given, *rest = view.others
    others = f", and none of {len(rest)} other addresses of the site does" if rest else ""
    return f"{view.url}: {given.trouble}{others}"


def _remark(best: Tried) -> str:
    return f"found {now():%Y-%m-%d}: {preview.summary(best)}"


def _is_attended() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _agrees(question: str) -> bool:
    print(f"{question} [Y/n] ", end="", file=sys.stderr, flush=True)  # noqa: T201 - a question, not a line
    return sys.stdin.readline().strip().casefold() in {"", "y", "yes"}
