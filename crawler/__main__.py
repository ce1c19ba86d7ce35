"""The edge: press-crawl reads its arguments, calls one command, turns errors into exit codes.

A command's module is imported when it is asked for, or when all are: readers and fetchers take half a second.
"""

import argparse
import os
import sys
import textwrap
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any, Final, get_args

from crawler.commands import log
from crawler.commands.context import Context, Exit, LockedError, NothingError, find_home, say
from crawler.errors import ArchiveError, ConfigError, CrawlError
from crawler.version import VERSION

WIDTH = 79  # of a terminal as narrow as they come, for texts that argparse leaves as they are
DESCRIPTION = "Follow company newsrooms: crawl their announcements, keep every version, find out what is new."
EPILOG = """examples:
  press-crawl add https://example.com/news    follow a newsroom
  press-crawl run                             visit what is due, keep it, index it
  press-search "carbon neutrality"            find it again

exit codes: 0 done · 1 nothing found · 2 misuse · 3 some sources failed · 4 bad configuration
            5 a source is unhealthy · 6 locked by another run · 130 interrupted
"""

#: The commands in the order of --help, each with the module that declares and runs it.
COMMANDS: Final = {
    "add": "crawler.commands.add",
    "run": "crawler.commands.run",
    "watch": "crawler.commands.watch",
    "install": "crawler.commands.install",
    "sources": "crawler.commands.sources",
    "remove": "crawler.commands.remove",
    "export": "crawler.commands.opml",
    "import": "crawler.commands.opml",
    "status": "crawler.commands.status",
    "stats": "crawler.commands.status",
    "log": "crawler.commands.visits",
    "health": "crawler.commands.health",
    "check": "crawler.commands.check",
    "show": "crawler.commands.show",
    "diff": "crawler.commands.diff",
    "explain": "crawler.commands.explain",
    "reread": "crawler.commands.reread",
    "verify": "crawler.commands.verify",
    "warc": "crawler.commands.warc",
}
#: Options before the command's name that take a value.
VALUED: Final = ("--home", "--log-format")


def parser(names: Sequence[str] = tuple(COMMANDS)) -> argparse.ArgumentParser:
    """Build the command line of press-crawl, with those of its commands that are named."""
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
    for module in dict.fromkeys(COMMANDS[name] for name in names):
        import_module(module).declare(commands)
    hidden: dict[str, Any] = {"default": argparse.SUPPRESS, "help": argparse.SUPPRESS}
    for one in commands.choices.values():  # they are taken before and behind the command's name
        one.description = textwrap.fill(one.description or "", WIDTH)
        one.add_argument("--home", **hidden)
        one.add_argument("-v", "--verbose", action="store_true", **hidden)
        one.add_argument("--log-format", choices=get_args(log.Format), **hidden)
    return top


def asked(arguments: Sequence[str]) -> Sequence[str]:
    """Give the commands that a command line may ask for: the one it names, or all where that is not sure."""
    first = next(_words(arguments), None)
    return [first] if first in COMMANDS else list(COMMANDS)


def _words(arguments: Sequence[str]) -> Iterator[str]:
    """Give what is no option and no option's value, and the options that ask for help."""
    rest = iter(arguments)
    for word in rest:
        is_short = word.startswith("-") and not word.startswith("--")
        if not word.startswith("-") or word == "--help" or (is_short and "h" in word):
            yield word
        elif word != "--" and any(option.startswith(word) for option in VALUED):  # they may be cut short
            next(rest, None)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run press-crawl and give its exit code."""
    try:
        code = _run(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # who read the output went away, as head does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.INTERRUPTED
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
    return code


def _run(arguments: Sequence[str]) -> int:
    args = parser(asked(arguments)).parse_args(arguments)
    log.configure(verbose=args.verbose, form=args.log_format)
    return int(args.run(args, Context(find_home(args.home))))


if __name__ == "__main__":
    sys.exit(main())
