"""The edge: press-crawl reads its arguments, calls one command, turns errors into exit codes."""

import argparse
import sys
from collections.abc import Sequence
from typing import Any, get_args

from crawler.commands import (
    add,
    check,
    diff,
    explain,
    health,
    install,
    log,
    opml,
    remove,
    reread,
    run,
    show,
    sources,
    status,
    verify,
    visits,
    warc,
    watch,
)
from crawler.commands.context import Context, Exit, NothingError, find_home, say
from crawler.commands.lock import LockedError
from crawler.errors import ArchiveError, ConfigError, CrawlError
from crawler.version import VERSION

DESCRIPTION = "Follow company newsrooms: crawl their announcements, keep every version, find out what is new."
EPILOG = """examples:
  press-crawl add https://example.com/news    follow a newsroom
  press-crawl run                             visit what is due, keep it, index it
  press-search "carbon neutrality"            find it again

exit codes: 0 done · 1 nothing found · 2 misuse · 3 some sources failed · 4 bad configuration
            5 a source is unhealthy · 6 locked by another run · 130 interrupted
"""

#: The commands in the order of --help.
COMMANDS = (
    add,
    run,
    watch,
    install,
    sources,
    remove,
    opml,
    status,
    visits,
    health,
    check,
    show,
    diff,
    explain,
    reread,
    verify,
    warc,
)


def parser() -> argparse.ArgumentParser:
    """Build the command line of press-crawl."""
    top = argparse.ArgumentParser(
        prog="press-crawl",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"pressdex {VERSION}")
    top.add_argument("--home", metavar="DIR", help="folder of sources.toml, archive.db and index/")
    top.add_argument("-v", "--verbose", action="store_true", help="one line on stderr for each request")
    top.add_argument(
        "--log-format", choices=get_args(log.Format), default="text", help="of those lines (default: text)"
    )
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.declare(commands)
    hidden: dict[str, Any] = {"default": argparse.SUPPRESS, "help": argparse.SUPPRESS}
    for one in commands.choices.values():  # they are taken before and behind the command's name
        one.add_argument("--home", **hidden)
        one.add_argument("-v", "--verbose", action="store_true", **hidden)
        one.add_argument("--log-format", choices=get_args(log.Format), **hidden)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run press-crawl and give its exit code."""
    args = parser().parse_args(arguments)
    log.configure(verbose=args.verbose, form=args.log_format)
    try:
        return int(args.run(args, Context(find_home(args.home))))
    except NothingError as error:
        say(error)
        return Exit.NOTHING
    except LockedError as error:
        say(error)
        return Exit.LOCKED
    except (ConfigError, ArchiveError) as error:
        say(error)
        return Exit.CONFIG
    except CrawlError as error:
        say(error)
        return Exit.SOME_FAILED
    except KeyboardInterrupt:
        say("interrupted; run it again to go on")
        return Exit.INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
