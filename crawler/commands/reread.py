"""press-crawl reread: make the releases anew from the pages that are kept; asks no site."""

import argparse
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime

from crawler import reread
from crawler.archive import Archive
from crawler.commands.context import Context, Exit, NothingError, answer, answer_json, command, now
from crawler.commands.follow import follow
from crawler.commands.lock import sole_run
from crawler.diff import summary
from crawler.errors import UnreadableError
from crawler.extract import read as extract
from crawler.habits import in_force, known
from crawler.model import Reading, Release
from crawler.reread import Reread
from crawler.visit import carried

EXAMPLES = """\
  press-crawl reread --dry-run       show what this version of Pressdex would read otherwise
  press-crawl reread                 read all pages anew, and keep what changes as new versions
  press-crawl reread --source acme   the pages of one source alone
"""


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "reread",
        run,
        help="make the releases anew from the pages that are kept",
        description="Read every kept page anew, without a request, and keep what reads otherwise as a new "
        "version.",
        examples=EXAMPLES,
    )
    parser.add_argument("--source", metavar="NAME", help="the pages of this source alone")
    parser.add_argument("--dry-run", action="store_true", help="show what would change and change nothing")
    parser.add_argument("--json", action="store_true", help="print the changes as JSON")


def run(args: argparse.Namespace, context: Context) -> int:
    """Read the kept pages anew."""
    lock = nullcontext() if args.dry_run else sole_run(context.home, at=now())
    with context.archive(create=False) as archive, lock:
        outcomes, counts = [], Counter[str]()
        read = reader(context, archive)
        for one in reread.reread(archive, read, at=now(), source=args.source, is_dry_run=args.dry_run):
            counts[one.kind or ("not read" if one.trouble else "unchanged")] += 1
            if one.kind and args.json:
                outcomes.append(one)
            elif one.kind:
                answer(line(one))
        is_indexed = args.dry_run or follow(context, archive)
    if not counts:
        message = f"{context.archive_path}: no page is kept{f' of {args.source!r}' if args.source else ''}"
        raise NothingError(message)
    if args.json:
        answer_json("rereads", outcomes)
    else:
        told = ", ".join(f"{count} {word}" for word, count in counts.most_common())
        answer(f"{counts.total()} pages{' would be' if args.dry_run else ''} read anew: {told}")
    return Exit.DONE if is_indexed else Exit.SOME_FAILED


def reader(context: Context, archive: Archive) -> Callable[[Reading], Release]:
    """Give what reads a kept page as a crawl of today would."""
    sources = {source.name: source for source in context.config().sources}

    def read(reading: Reading) -> Release:
        page = reading.page or carried.page(reading.link, fetched=_seen(reading, archive))
        if page is None:
            raise UnreadableError(reading.link.url, "empty", "nothing of it was kept")
        learned = in_force(archive.habits(reading.source), page.fetched)
        habits = known(sources.get(reading.source), learned)
        return extract.read(page, source=reading.source, link=reading.link, habits=habits)

    return read


def _seen(reading: Reading, archive: Archive) -> datetime:
    held = archive.release(reading.release) if reading.release else None
    return held.seen_last if held else now()


def line(one: Reread) -> str:
    """Sum up one page that reads otherwise in one line for people."""
    what = f" ({summary(one.difference)})" if one.difference else ""
    return f"{one.kind}: {one.title}{what}  {one.url}"
