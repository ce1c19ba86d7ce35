"""Print an answer in the form that was asked for.  Part of the edge; asks no index."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from index.engine import Results
from index.errors import NotifyError, SavedError, UsageError
from index.formats import (
    FIELDS,
    PLAIN_FIELDS,
    as_csv,
    as_json,
    as_lines,
    as_template,
    counts_csv,
    counts_lines,
)
from index.query import Query
from index.show import bars, blocks, remark
from index.terminal import has_colour, line_width, show


def print_answer(results: Results, query: Query, arguments: argparse.Namespace) -> None:
    """Print an answer as it was asked for; talk goes to stderr."""
    if not sys.stdout.isatty():
        for line in _lines(results, query, arguments):
            print(line)
    else:
        show("".join(f"{line}\n" for line in _lines(results, query, arguments)))
    if arguments.json:
        return
    for note in results.notes:
        print(note, file=sys.stderr)
    if results.suggestion:
        print(f"did you mean: {results.suggestion}", file=sys.stderr)
    shows_hits = not arguments.count and not arguments.facet
    if said := remark(results, query, shows_hits=shows_hits):
        print(said, file=sys.stderr)


def _lines(results: Results, query: Query, arguments: argparse.Namespace) -> Iterable[str]:
    if arguments.json:
        return [as_json(results, query.text, arguments.fields or FIELDS)]
    if arguments.jsonl:
        return counts_lines(results) if results.facets else as_lines(results, arguments.fields or FIELDS)
    if arguments.csv:
        return counts_csv(results) if results.facets else as_csv(results, arguments.fields or PLAIN_FIELDS)
    if arguments.format is not None:
        return _filled(results, arguments.format)
    if arguments.count:
        return [str(results.total)]
    width = line_width()
    if results.facets:
        return [line for facet, counts in results.facets for line in bars(facet, counts, width)]
    shown = blocks(results, first=query.offset + 1, colour=has_colour(), width=width)
    return (block + "\n" for block in shown)


def _filled(results: Results, template: str) -> Iterator[str]:
    try:
        yield from as_template(results, template)
    except ValueError as error:
        raise UsageError(f"--format: {error}") from error


def write_feed(path: str, results: Results, title: str, now: datetime) -> None:
    """Write an answer as an Atom feed, all or nothing; ``-`` is stdout."""
    from index.feed import atom  # noqa: PLC0415 - only for those who ask for it

    text = atom(results, title=title, at=now)
    if path == "-":
        print(text, end="")
        return
    target = Path(path)
    temporary = target.with_name(target.name + ".new")
    try:
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(target)
    except (OSError, ValueError) as error:
        raise SavedError(f"--feed: {path}: cannot be written: {error}") from error
    print(f"{len(results.hits)} of {results.total} releases written to {path}", file=sys.stderr)


def open_hit(results: Results, query: Query, number: int) -> None:
    """Open a hit in the browser by the number it is shown with; only addresses of the web."""
    first, last = query.offset + 1, query.offset + len(results.hits)
    if not first <= number <= last:
        there = f"the hits shown are {first} to {last}" if results.hits else "there are none"
        raise UsageError(f"--open: there is no hit {number}: {there}")
    url = results.hits[number - first].url
    if not url.startswith(("https://", "http://")):
        raise UsageError(f"--open: hit {number} has no address of the web: '{url}'")
    import webbrowser  # noqa: PLC0415 - 20 ms for those who use it

    if not webbrowser.open(url):
        raise NotifyError(f"--open: no browser was found; the address is {url}")
