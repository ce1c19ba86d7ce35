"""The command line of press-search: its options, its help, and what its values may be.  Part of the edge."""

import argparse
from collections.abc import Sequence
from typing import Final, NoReturn, get_args

from crawler.version import VERSION
from index.errors import UsageError
from index.formats import FIELDS
from index.query import Facet
from index.usage import misuse

#: First words that are commands; to search for one of them, put it in quotes: '"watch"'.
COMMANDS: Final = ("save", "watch", "saved", "forget", "serve")
FACETS: Final = get_args(Facet)
#: Hits that can be asked for or passed over: nobody reads more.
MOST: Final = 1_000_000

#: Given, because making it takes 4 ms of every search.
USAGE: Final = """\
press-search [options] [question ...]
       press-search save NAME question ...
       press-search watch [options] [NAME ...]
       press-search saved
       press-search forget NAME ...
       press-search serve [--port N]"""
EXAMPLES: Final = """\
examples:
  press-search "carbon neutrality" --since 2021 --source acme
  press-search title:results -preliminary --sort newest --json
  press-search '*' --facet source,year
  press-search '*' --facet source --csv > sources.csv
  press-search umsatz --format '{day}\\t{title}' --limit 100 --offset 100
  press-search merger --as-of 2024-06 --explain --no-fold
  press-search merger --open 2                   the second hit, in the browser
  press-search merger --feed merger.xml --limit 50
  press-search save rivals '(acme OR bolt) takeover'
  press-search watch                             only what is new since the last call; for cron

a question:
  carbon neutrality          both words, in any form; any of them when hardly a release has both
  '"carbon neutrality"'      the words in this order;  "a b"~5 in any order, at most 5 words between
  songjiang -solar           without a word, a phrase or a (group)
  (merger OR takeover) bank  either; OR binds weaker than words side by side
  neutral*  wor?d  fuzy~     words that begin so; one unknown letter; a slip or two away
  title:results  body:"cash flow"  url:investors
  source:sep  lang:de  certainty:mentioned
  date:2024  date:2024-03..2024-06  date:2024..  date:30d
  *                          everything

saved searches:
  save NAME QUESTION         keep a question with its --since, --until and --source
  watch [NAME ...]           print what is new in these searches, or in all; exit 0 only when something is;
                             --exec ./tell-me or --webhook URL hands it on, --feed FILE writes the newest
  saved                      list them
  forget NAME                drop one

in a browser:
  serve [--port N]           the same as pages on this machine; see: press-search serve --help

exit codes: 0 found, 1 nothing found, 2 misuse or a question that cannot be read, 4 bad configuration or
no usable index, 130 interrupted
"""


def parser() -> "_Parser":
    """Build the command line."""
    made = _Parser(
        prog="press-search",
        usage=USAGE,
        description="Search the announcements that press-crawl has kept.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    made.add_argument("--version", action="version", version=f"pressdex {VERSION}")
    made.add_argument("--home", metavar="DIR", help="folder with archive and index (default: $PRESS_HOME)")
    made.add_argument("question", nargs="*", help="words to look for; see below")
    _add_limits(made.add_argument_group("which releases"))
    _add_output(made.add_argument_group("how they are shown"))
    _add_actions(made.add_argument_group("what is done with them"))
    return made


def read(command: str, words: Sequence[str]) -> argparse.Namespace:
    """Read what was typed behind a command.

    Raises:
        UsageError: an option would do nothing.
        SystemExit: an option is none, or its value; or help was asked for.
    """
    made = parser()
    bare = list(words).index("--") if "--" in words else len(words)
    arguments = made.parse_intermixed_args(made.shielded(words[:bare]))
    arguments.question = [*arguments.question, *words[bare + 1 :]]
    given = {name for name, value in vars(arguments).items() if value != made.get_default(name)}
    if reason := misuse(command, given - {"home", "question"}):
        raise UsageError(reason)
    return arguments


class _Parser(argparse.ArgumentParser):
    """Refuses in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and what may have been meant."""
        import difflib  # noqa: PLC0415 - 5 ms that only a mistake pays

        names = [name for action in self._actions for name in action.option_strings]
        strange = message.removeprefix("unrecognized arguments: ")
        near = difflib.get_close_matches(strange.split("=")[0], names, n=1) if strange != message else []
        hint = f"did you mean {near[0]}?" if near else f"see: {self.prog} --help"
        self.exit(2, f"{self.prog}: {message.removeprefix('argument ')}; {hint}\n")

    def shielded(self, words: Sequence[str]) -> list[str]:
        """Keep exclusions such as -solar from being taken for options; tie values such as -1 to theirs."""
        actions = [action for action in self._actions if action.nargs is None]
        takes_value = {name for action in actions for name in action.option_strings}
        shielded: list[str] = []
        for word in words:
            if shielded and shielded[-1] in takes_value and word[:2] != "--":
                shielded[-1] += f"={word}"
            else:
                is_exclusion = word[:1] == "-" and word[:2] != "--" and word != "-h"
                shielded.append(f" {word}" if is_exclusion else word)
        return shielded


def _add_limits(group: "argparse._ArgumentGroup") -> None:
    add = group.add_argument
    add("--since", metavar="DAY", help="published on or after: 2024, 2024-03, 2024-03-05, 30d")
    add("--until", metavar="DAY", help="published on or before")
    add("--source", metavar="NAME", action="append", default=[], help="only this source; repeatable")
    add("--as-of", metavar="DAY", help="what was known at the end of a day, and as it was then")
    add("--limit", metavar="N", type=_whole(0), default=10, help="hits to show (default: 10)")
    add("--offset", metavar="N", type=_whole(0), default=0, help="hits to skip (default: 0)")
    add(
        "--sort",
        choices=["relevance", "date", "newest", "oldest"],
        help="order of the hits (default: relevance; of a feed newest, which is the same as date)",
    )
    add("--no-fold", action="store_true", help="show near copies as hits of their own")


def _add_output(group: "argparse._ArgumentGroup") -> None:
    one_of = group.add_mutually_exclusive_group()
    one_of.add_argument("--json", action="store_true", help="one JSON object")
    one_of.add_argument("--jsonl", action="store_true", help="one JSON object a hit and line")
    one_of.add_argument("--csv", action="store_true", help="a table for spreadsheets")
    one_of.add_argument("--format", metavar="TEXT", help="a line a hit: '{day}\\t{title}'")
    one_of.add_argument("--count", action="store_true", help="only how many releases answer")
    add = group.add_argument
    add("--fields", metavar="NAMES", type=_names(FIELDS), help=f"of JSON and CSV: {', '.join(FIELDS)}")
    add("--facet", metavar="NAMES", type=_names(FACETS), default=(), help=f"count by {', '.join(FACETS)}")
    add("--explain", action="store_true", help="say how each hit came by its score")


def _add_actions(group: "argparse._ArgumentGroup") -> None:
    add = group.add_argument
    add("--open", metavar="N", type=_whole(1), help="open hit N in the browser")
    add("--feed", metavar="FILE", help="write the hits, newest first, as an Atom feed")
    add("--webhook", metavar="URL", help="watch: post what is new there, as JSON")
    add("--exec", metavar="CMD", help="watch: run a program with what is new on its stdin, as JSON; no shell")


class _whole:  # noqa: N801 - argparse shows it as a function's name
    """Reads a whole number."""

    def __init__(self, least: int) -> None:
        self._least = least

    def __call__(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 8 and self._least <= int(text) <= MOST):  # noqa: PLR2004
            reason = f"takes a whole number from {self._least} to {MOST}, not '{text.strip()}'"
            raise argparse.ArgumentTypeError(reason)
        return int(text)


class _names:  # noqa: N801 - argparse shows it as a function's name
    """Reads names with commas between them, each out of a list."""

    def __init__(self, known: Sequence[str]) -> None:
        self._known = known

    def __call__(self, text: str) -> tuple[str, ...]:
        names = tuple(name.strip() for name in text.split(",") if name.strip())
        for name in names:
            if name not in self._known:
                raise argparse.ArgumentTypeError(f"'{name}' is none of {', '.join(self._known)}")
        if not names:
            raise argparse.ArgumentTypeError(f"needs one or more of {', '.join(self._known)}")
        return names
