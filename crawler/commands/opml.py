"""press-crawl export and import: give the list of sources to feed readers, and take theirs."""

import argparse
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Final

from crawler.commands import book
from crawler.commands.context import Context, Exit, answer, say
from crawler.config import opml
from crawler.errors import ConfigError

EXAMPLES: Final = """examples:
  press-crawl export newsrooms.opml
  press-crawl import subscriptions.opml
  press-crawl export - | ssh elsewhere press-crawl import -
"""
IMPORT: Final = (
    "Add the feeds and newsrooms of an OPML file to sources.toml as they stand there, without asking any "
    "site. What is followed already is left alone."
)


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add both commands to the parser."""
    for name, what, how, run in (
        ("export", "write the sources as OPML", "Write all sources of sources.toml as OPML 2.0.", export),
        ("import", "follow what an OPML file lists", IMPORT, take),
    ):
        parser = commands.add_parser(
            name,
            help=what,
            description=how,
            epilog=EXAMPLES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        parser.add_argument("file", metavar="FILE", help="an OPML file; - is stdout or stdin")
        parser.set_defaults(run=run)


def export(args: argparse.Namespace, context: Context) -> int:
    """Write the sources."""
    sources = context.config().sources
    with context.archive() as archive:
        visits = (archive.last_visit(source.name) for source in sources)
        feeds = {visit.source for visit in visits if visit and visit.way == "feed"}
    document = opml.write(sources, feeds=feeds)
    if args.file == "-":
        answer(document.decode().rstrip("\n"))
        return Exit.DONE
    try:
        Path(args.file).write_bytes(document)
    except OSError as error:
        message = f"{args.file}: cannot be written: {error.strerror}"
        raise ConfigError(message) from error
    say(f"{len(sources)} sources written to {args.file}")
    return Exit.DONE


def take(args: argparse.Namespace, context: Context) -> int:
    """Follow what a file lists."""
    where = "stdin" if args.file == "-" else args.file
    try:
        with nullcontext(sys.stdin.buffer) if args.file == "-" else Path(args.file).open("rb") as file:
            document = file.read(opml.MOST_BYTES + 1)
    except OSError as error:
        message = f"{where}: cannot be read: {error.strerror}"
        raise ConfigError(message) from error
    found, troubles = opml.read(document, where, context.config().sources)
    for trouble in troubles:
        say(trouble)
    if not found:
        say(f"{where}: nothing new to follow")
        return Exit.NOTHING
    book.add(context, found, remark=f"from {Path(where).name}")
    say(f"added {len(found)} sources to {context.sources_path}; fetch them with: press-crawl run")
    return Exit.DONE
