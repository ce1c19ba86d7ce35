"""The edge of searching: press-search.  Asks the index, prints the answer, changes nothing."""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from crawler.errors import ConfigError
from crawler.home import home
from crawler.version import VERSION
from index import open_engine
from index.engine import Results
from index.errors import EngineError, QueryError
from index.grammar import parse
from index.periods import period
from index.query import Query
from index.show import as_json, blocks

FOUND, NOTHING, MISUSE, BAD_CONFIGURATION, INTERRUPTED = 0, 1, 2, 4, 130

EXAMPLES = """\
examples:
  press-search "carbon neutrality" --since 2021 --source acme
  press-search title:results -preliminary --sort newest --json

  press-search serve --help         the same in a browser on this machine

a question:
  carbon neutrality          both words, in any form; any of them when hardly a release has both
  "carbon neutrality"        the words in this order;  "a b"~5 in any order, at most 5 words between
  songjiang -solar           without a word, a phrase or a (group)
  (merger OR takeover) bank  either; OR binds weaker than words side by side
  neutral*  wor?d  fuzy~     words that begin so; one unknown letter; a slip away
  title:results  body:"cash flow"  url:investors
  source:sep  lang:de  certainty:mentioned
  date:2024  date:2024-03..2024-06  date:2024..  date:30d
  *                          everything

exit codes: 0 found, 1 nothing found, 2 misuse or a question that cannot be read, 4 bad configuration or
no usable index, 130 interrupted
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run press-search and give its exit code."""
    argv = sys.argv[1:] if argv is None else argv
    at = _first_word(argv)
    if argv[at : at + 1] == ["serve"]:
        from index.serve.command import main as serve  # noqa: PLC0415 - the web is loaded for those who ask for it

        return serve([*argv[:at], *argv[at + 1 :]])
    arguments = parser().parse_args(_shielded(argv))
    try:
        return _search(arguments)
    except QueryError as error:
        print(f"press-search: {error}", file=sys.stderr)
        return MISUSE
    except (ConfigError, EngineError) as error:
        print(f"press-search: {error}", file=sys.stderr)
        return BAD_CONFIGURATION
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FOUND
    except KeyboardInterrupt:
        return INTERRUPTED


def _first_word(argv: Sequence[str]) -> int:
    """Give the place behind a leading --home."""
    return 2 if argv[:1] == ["--home"] else 1 if argv and argv[0].startswith("--home=") else 0


def _search(arguments: argparse.Namespace) -> int:
    query = _query(arguments, datetime.now(UTC).astimezone().date())
    folder = home(arguments.home, os.environ, _default_home)
    engine = open_engine(folder / "index")
    try:
        results = engine.search(query)
    finally:
        engine.close()
    _print(results, query, as_one_json=arguments.json)
    return FOUND if results.total else NOTHING


def _query(arguments: argparse.Namespace, today: date) -> Query:
    return parse(
        " ".join(arguments.question).strip(),
        since=_edge_day(arguments.since, today, last=False),
        until=_edge_day(arguments.until, today, last=True),
        sources=[name for names in arguments.source for name in names.split(",")],
        today=today,
        limit=arguments.limit,
        offset=arguments.offset,
        sort="newest" if arguments.sort == "date" else arguments.sort,
    )


def _print(results: Results, query: Query, *, as_one_json: bool) -> None:
    if as_one_json:
        print(as_json(results, query.text))
        return
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    for note in results.notes:
        print(note, file=sys.stderr)
    for block in blocks(results, first=query.offset + 1, colour=colour):
        print(block, end="\n\n")
    if not results.total:
        print("press-search: nothing found", file=sys.stderr)
    elif len(results.hits) < results.total:
        print(f"{len(results.hits)} of {results.total} releases; more with --limit", file=sys.stderr)


def _edge_day(text: str | None, today: date, *, last: bool) -> date | None:
    """Read --since or --until: the first or the last day of what was typed."""
    if text is None:
        return None
    try:
        return period(text, today)[last and ".." not in text and not text[-1:].isalpha()]
    except ValueError as error:
        raise QueryError(text, 0, str(error)) from error


def _shielded(argv: Sequence[str]) -> list[str]:
    """Keep exclusions such as -solar from being taken for options."""
    return [f" {word}" if word[:1] == "-" and word[:2] != "--" and word != "-h" else word for word in argv]


def _default_home() -> Path:
    from platformdirs import user_data_path  # noqa: PLC0415 - not needed where the home is named

    return user_data_path("pressdex", appauthor=False)


def _natural(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 1_000_000:  # noqa: PLR2004 - beyond it nobody reads
        raise ValueError(text)
    return number


def parser() -> argparse.ArgumentParser:
    """Build the command line."""
    parser = argparse.ArgumentParser(
        prog="press-search",
        description="Search the announcements that press-crawl has kept.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"pressdex {VERSION}")
    parser.add_argument("question", nargs="*", help="words to look for; see below")
    parser.add_argument("--since", metavar="DAY", help="published on or after: 2024, 2024-03, 30d …")
    parser.add_argument("--until", metavar="DAY", help="published on or before")
    parser.add_argument(
        "--source", metavar="NAME", action="append", default=[], help="only this source; repeatable"
    )
    parser.add_argument("--limit", metavar="N", type=_natural, default=10, help="hits to show (default: 10)")
    parser.add_argument("--offset", metavar="N", type=_natural, default=0, help="hits to skip (default: 0)")
    parser.add_argument(
        "--sort",
        choices=["relevance", "date", "newest", "oldest"],
        default="relevance",
        help="order of the hits (default: relevance; date is newest)",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--home", metavar="DIR", help="folder with archive and index (default: $PRESS_HOME)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
