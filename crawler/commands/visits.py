"""press-crawl log: what the latest visits to a source brought."""

import argparse

from crawler.commands.context import Context, Exit, NothingError, answer, answer_json, at, command
from crawler.commands.round import line

USUAL = 20  # visits; a screenful


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "log",
        run,
        help="say what the latest visits to a source brought",
        description="A line for each of the latest visits to a source, the latest first.",
        examples="  press-crawl log acme\n  press-crawl log acme --limit 200 --json\n",
    )
    parser.add_argument("name", metavar="SOURCE", help="name of the source")
    parser.add_argument("--limit", type=int, default=USUAL, metavar="N", help=f"visits (default: {USUAL})")
    parser.add_argument("--json", action="store_true", help="print the visits as JSON")


def run(args: argparse.Namespace, context: Context) -> int:
    """Print the latest visits."""
    with context.archive(create=False) as archive:
        visits = archive.visits(args.name, limit=max(args.limit, 0))
    if not visits:
        message = f"no visit to a source named {args.name!r}; press-crawl sources lists their names"
        raise NothingError(message)
    if args.json:
        answer_json("visits", visits)
        return Exit.DONE
    for visit in visits:
        seconds = (visit.ended - visit.started).total_seconds()
        answer(f"{at(visit.started)}  {line(visit)}  ({visit.requests} requests, {seconds:.1f} s)")
    return Exit.DONE
