"""press-crawl remove: follow a source no more; what was fetched of it stays."""

import argparse

from crawler.commands import book
from crawler.commands.context import Context, Exit, say


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "remove",
        help="follow a source no more",
        description="Take a source out of sources.toml; comments and layout of the rest stay as they are, "
        "and so does all that was fetched of it: press-search finds it as before.",
        epilog="example:\n  press-crawl remove acme\n",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="+", metavar="SOURCE", help="names of sources")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, context: Context) -> int:
    """Follow some sources no more."""
    for name in dict.fromkeys(args.names):
        book.remove(context, name)
        say(f"removed {name!r} from {context.sources_path}; what was fetched of it is kept")
    return Exit.DONE
