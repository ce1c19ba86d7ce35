"""The edge of searching: press-search.  Asks the index and prints the answer; keeps only saved searches."""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time
from io import TextIOWrapper
from pathlib import Path

from crawler.errors import ConfigError
from crawler.home import home
from index import open_engine
from index.engine import Engine, Results
from index.errors import QueryError, SavedError, SearchError
from index.formats import FIELDS, PLAIN_FIELDS, as_csv, as_json, as_lines, as_template
from index.grammar import parse
from index.options import COMMANDS, parser, shielded
from index.periods import bound
from index.query import Query
from index.saved import Saved, check_name, load, store
from index.show import bars, blocks

FOUND, NOTHING, MISUSE, BAD_CONFIGURATION, INTERRUPTED = 0, 1, 2, 4, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run press-search and give its exit code."""
    given = sys.argv[1:] if argv is None else list(argv)
    at = _first_word(given)
    command = given[at] if at < len(given) and given[at] in COMMANDS else ""
    words = [*given[:at], *given[at + bool(command) :]]
    if command == "serve":
        from index.serve.command import main as serve  # noqa: PLC0415 - the web is for those who ask for it

        return serve(words)
    arguments = parser().parse_args(shielded(words))
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without Chinese is no reason to end
    try:
        folder = home(arguments.home, os.environ, _default_home)
        return _COMMANDS[command](folder, arguments, datetime.now(UTC))
    except QueryError as error:
        print(f"press-search: {error}", file=sys.stderr)
        return MISUSE
    except (ConfigError, SearchError) as error:
        print(f"press-search: {error}", file=sys.stderr)
        return BAD_CONFIGURATION
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FOUND
    except KeyboardInterrupt:
        return INTERRUPTED


def _first_word(given: Sequence[str]) -> int:
    """Give the place behind a leading --home."""
    return 2 if given[:1] == ["--home"] else 1 if given and given[0].startswith("--home=") else 0


def _search(folder: Path, arguments: argparse.Namespace, now: datetime) -> int:
    query = _query(_typed(arguments), arguments, now)
    with _engine(folder) as engine:
        results = engine.search(query)
    if arguments.feed:
        _write_feed(arguments.feed, results, query.text, now)
    else:
        _print(results, query, arguments)
    if arguments.open:
        _open(results, arguments.open)
    return FOUND if results.total else NOTHING


def _save(folder: Path, arguments: argparse.Namespace, now: datetime) -> int:
    name, *_ = arguments.question or [""]
    saved = _typed(arguments, skip=1)
    check_name(name)
    _query(saved, arguments, now)
    with _engine(folder) as engine:
        saved = replace(saved, seen=engine.cursor())
    store(folder, {**load(folder), name: saved})
    print(f"saved '{name}'; 'press-search watch {name}' prints what is new from now on", file=sys.stderr)
    return FOUND


def _watch(folder: Path, arguments: argparse.Namespace, now: datetime) -> int:
    searches = load(folder)
    names = arguments.question or sorted(searches)
    if unknown := [name for name in names if name not in searches]:
        raise SavedError(
            f"no search is saved as '{unknown[0]}'; there are: {', '.join(sorted(searches)) or 'none'}"
        )
    any_new = False
    with _engine(folder) as engine:
        for name in names:
            saved = searches[name]
            query = replace(_query(saved, arguments, now), loose=None, sort="newest")
            results = engine.search(replace(query, new_since=saved.seen))
            if results.total:
                any_new = True
                _hand_on(name, results, query, arguments)
            if arguments.feed:
                _write_feed(arguments.feed, engine.search(query), name, now)
            store(folder, {**load(folder), name: replace(saved, seen=results.cursor)})
    return FOUND if any_new else NOTHING


def _list(folder: Path, _arguments: argparse.Namespace, _now: datetime) -> int:
    searches = load(folder)
    for name, saved in sorted(searches.items()):
        limits = [f"--since {saved.since}"] * bool(saved.since) + [f"--until {saved.until}"] * bool(
            saved.until
        )
        print("\t".join([name, saved.question, *limits, *(f"--source {one}" for one in saved.sources)]))
    return FOUND if searches else NOTHING


def _forget(folder: Path, arguments: argparse.Namespace, _now: datetime) -> int:
    searches = load(folder)
    for name in arguments.question:
        if searches.pop(name, None) is None:
            raise SavedError(f"no search is saved as '{name}'")
    store(folder, searches)
    return FOUND


_COMMANDS = {"": _search, "save": _save, "watch": _watch, "saved": _list, "forget": _forget}


def _typed(arguments: argparse.Namespace, *, skip: int = 0) -> Saved:
    """Give what was typed as a question, and what narrows it."""
    return Saved(
        question=" ".join(arguments.question[skip:]).strip().encode("utf-8", "replace").decode(),
        since=arguments.since,
        until=arguments.until,
        sources=tuple(name for names in arguments.source for name in names.split(",")),
        seen=0,
    )


def _query(saved: Saved, arguments: argparse.Namespace, now: datetime) -> Query:
    today = now.astimezone().date()
    as_of = _edge_day(arguments.as_of, today, last=True)
    newest_first = arguments.sort == "date" or arguments.feed
    return parse(
        saved.question,
        since=_edge_day(saved.since, today, last=False),
        until=_edge_day(saved.until, today, last=True),
        sources=saved.sources,
        today=today,
        limit=0 if arguments.count else arguments.limit,
        offset=arguments.offset,
        sort="newest" if newest_first else arguments.sort,
        as_of=datetime.combine(as_of, time.max, UTC) if as_of else None,
        facets=arguments.facet,
        is_folding=not arguments.no_fold,
        is_explaining=arguments.explain,
    )


def _edge_day(text: str | None, today: date, *, last: bool) -> date | None:
    """Read a day: the first or the last one of what was typed."""
    try:
        return bound(text, today, last=last)
    except ValueError as error:
        raise QueryError(text or "", 0, str(error)) from error


@contextmanager
def _engine(folder: Path) -> Iterator[Engine]:
    engine = open_engine(folder / "index")
    try:
        yield engine
    finally:
        engine.close()


def _print(results: Results, query: Query, arguments: argparse.Namespace) -> None:
    """Print an answer as it was asked for; talk goes to stderr."""
    _page(_lines(results, query, arguments))
    if arguments.json:
        return
    for note in results.notes:
        print(note, file=sys.stderr)
    if results.suggestion:
        print(f"did you mean: {results.suggestion}", file=sys.stderr)
    if not results.total:
        print("press-search: nothing found", file=sys.stderr)
    elif query.limit and query.offset + len(results.hits) < results.total:
        print(f"{len(results.hits)} of {results.total} releases; more with --limit", file=sys.stderr)


def _lines(results: Results, query: Query, arguments: argparse.Namespace) -> Iterable[str]:
    if arguments.json:
        return [as_json(results, query.text, arguments.fields or FIELDS)]
    if arguments.jsonl:
        return as_lines(results, arguments.fields or FIELDS)
    if arguments.csv:
        return as_csv(results, arguments.fields or PLAIN_FIELDS)
    if arguments.format is not None:
        return _filled(results, arguments.format)
    if arguments.count:
        return [str(results.total)]
    if results.facets:
        return [line for facet, counts in results.facets for line in bars(facet, counts)]
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return (block + "\n" for block in blocks(results, first=query.offset + 1, colour=colour))


def _filled(results: Results, template: str) -> list[str]:
    try:
        return list(as_template(results, template))
    except ValueError as error:
        raise QueryError(template, 0, f"--format: {error}") from error


def _page(lines: Iterable[str]) -> None:
    """Print lines; on a terminal through its pager, when they are more than fit."""
    if not sys.stdout.isatty():
        for line in lines:
            print(line)
        return
    import pydoc  # noqa: PLC0415 - 30 ms that only a terminal pays
    import shutil  # noqa: PLC0415

    text = "\n".join(lines) + "\n"
    os.environ.setdefault("LESS", "FRX")
    if text.count("\n") < shutil.get_terminal_size().lines:
        print(text, end="")
    else:
        pydoc.pager(text)


def _hand_on(name: str, results: Results, query: Query, arguments: argparse.Namespace) -> None:
    """Tell of new releases: to an address, to a program, or on stdout."""
    if not arguments.webhook and not arguments.exec:
        print(f"{name}: {results.total} new", file=sys.stderr)
        _print(results, query, arguments)
        return
    from index import notify  # noqa: PLC0415 - urllib and subprocess are for those who use them

    body = as_json(results, name, arguments.fields or FIELDS)
    if arguments.webhook:
        notify.post(arguments.webhook, body)
    if arguments.exec:
        notify.run(arguments.exec, body)


def _write_feed(path: str, results: Results, title: str, now: datetime) -> None:
    from index.feed import atom  # noqa: PLC0415 - only for those who ask for it

    target = Path(path)
    temporary = target.with_name(target.name + ".new")
    try:
        temporary.write_text(atom(results, title=title, at=now), encoding="utf-8")
        temporary.replace(target)
    except OSError as error:
        raise SavedError(f"--feed: {path}: cannot be written: {error.strerror}") from error


def _open(results: Results, number: int) -> None:
    """Open a hit in the browser; only addresses of the web."""
    if not 1 <= number <= len(results.hits):
        raise QueryError(str(number), 0, f"--open: there is no hit {number}; {len(results.hits)} are shown")
    url = results.hits[number - 1].url
    if not url.startswith(("https://", "http://")):
        raise QueryError(url, 0, "--open: not an address of the web")
    import webbrowser  # noqa: PLC0415 - 20 ms for those who use it

    webbrowser.open(url)


def _default_home() -> Path:
    from platformdirs import user_data_path  # noqa: PLC0415 - not needed where the home is named

    return user_data_path("pressdex", appauthor=False)


if __name__ == "__main__":
    sys.exit(main())
