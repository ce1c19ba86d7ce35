"""The edge of searching: press-search.  Asks the index and prints the answer; keeps only saved searches."""

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time
from io import TextIOWrapper
from pathlib import Path

from crawler.errors import ArchiveError, ConfigError
from crawler.home import home
from index import open_engine
from index.engine import Engine, Results
from index.errors import QueryError, SearchError, UsageError
from index.formats import FIELDS, as_json
from index.grammar import parse
from index.options import COMMANDS, MOST, read
from index.output import open_hit, print_answer, write_feed
from index.periods import bound
from index.query import Query, Sort
from index.saved import Saved, check_name, load, store

#: Entries of a watched feed: more than any reader shows of one day.
FED = 100
FOUND, NOTHING, MISUSE, BAD_CONFIGURATION, INTERRUPTED = 0, 1, 2, 4, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run press-search and give its exit code."""
    _stand_in()
    try:
        code = _run(sys.argv[1:] if argv is None else list(argv))
        sys.stdout.flush()
    except (QueryError, UsageError) as error:
        print(f"press-search: {error}", file=sys.stderr)
        return MISUSE
    except (ConfigError, SearchError) as error:
        print(f"press-search: {error}", file=sys.stderr)
        return BAD_CONFIGURATION
    except BrokenPipeError:
        _drop_output()
        return FOUND
    except OSError as error:
        _drop_output()
        print(f"press-search: {error.filename or 'the answer'}: {error.strerror}", file=sys.stderr)
        return BAD_CONFIGURATION
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _run(given: list[str]) -> int:
    at = _first_word(given)
    command = given[at] if at < len(given) and given[at] in COMMANDS else ""
    words = [*given[:at], *given[at + bool(command) :]]
    if command == "serve":
        from index.serve.command import main as serve  # noqa: PLC0415 - the web is for those who ask for it

        return serve(words)
    arguments = read(command, words)
    folder = home(arguments.home, os.environ, _default_home)
    return _COMMANDS[command](folder, arguments, datetime.now(UTC))


def _stand_in() -> None:
    """Give a process that was started without stdout or stderr one that leads nowhere."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - until the end
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Chinese is no reason to end


def _drop_output() -> None:
    """Let what is left to print go nowhere: nobody reads on, or nothing can be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _first_word(given: Sequence[str]) -> int:
    """Give the place behind a leading --home."""
    return 2 if given[:1] == ["--home"] else 1 if given and given[0].startswith("--home=") else 0


def _search(folder: Path, arguments: argparse.Namespace, now: datetime) -> int:
    query = _query(_typed(arguments), arguments, now)
    with _engine(folder) as engine:
        results = engine.search(query)
    if arguments.feed:
        write_feed(arguments.feed, results, query.text, now)
    else:
        print_answer(results, query, arguments)
    if not results.total:
        _tell_behind(folder, results.cursor)
    if arguments.open:
        open_hit(results, query, arguments.open)
    return FOUND if results.total else NOTHING


def _tell_behind(folder: Path, cursor: int) -> None:
    """Say when what was not found may be in the archive already."""
    from crawler.archive import Archive  # noqa: PLC0415 - 15 ms that only a search without an answer pays

    try:
        with Archive.open(folder / "archive.db", create=False) as archive:
            behind = archive.last_change() - cursor
    except ArchiveError:
        return  # an index can be searched without its archive
    if behind > 0:
        print(f"the index is {behind} changes behind the archive: press-index sync", file=sys.stderr)


def _save(folder: Path, arguments: argparse.Namespace, now: datetime) -> int:
    if not arguments.question:
        raise UsageError("save needs a name and a question: press-search save NAME QUESTION")
    name = arguments.question[0]
    saved = _typed(arguments, skip=1)
    check_name(name)
    _query(saved, arguments, now)
    with _engine(folder) as engine:
        saved = replace(saved, seen=engine.cursor())
    searches = load(folder)
    earlier = f" in place of: {searches[name].question}" if name in searches else ""
    store(folder, {**searches, name: saved})
    print(
        f"saved '{name}'{earlier}; 'press-search watch {name}' prints what is new from now on",
        file=sys.stderr,
    )
    return FOUND


def _watch(folder: Path, arguments: argparse.Namespace, now: datetime) -> int:
    if arguments.webhook or arguments.exec:
        from index import notify  # noqa: PLC0415 - urllib and subprocess are for those who use them

        notify.check(arguments.webhook, arguments.exec)
    searches = load(folder)
    names = arguments.question or sorted(searches)
    _check_saved(names, searches)
    if not names:
        print("press-search: no search is saved; see: press-search save NAME QUESTION", file=sys.stderr)
    if arguments.feed and len(names) > 1:
        raise UsageError("--feed holds one search: press-search watch NAME --feed FILE")
    any_new = False
    with _engine(folder) as engine:
        for name in names:
            saved = searches[name]
            query = replace(_query(saved, arguments, now), loose=None, sort="newest")
            limit = query.limit and MOST  # what is told is marked as seen: all of it must be told
            results = engine.search(replace(query, new_since=saved.seen, limit=limit))
            if results.total:
                any_new = True
                _hand_on(name, results, replace(query, limit=limit), arguments)
            if arguments.feed:
                write_feed(arguments.feed, engine.search(replace(query, limit=FED)), name, now)
            _mark_seen(folder, name, saved, results.cursor)
    return FOUND if any_new else NOTHING


def _check_saved(names: Sequence[str], searches: Mapping[str, Saved]) -> None:
    """Refuse names under which nothing is saved."""
    if unknown := [name for name in names if name not in searches]:
        there = ", ".join(sorted(searches)) or "none; see: press-search save NAME QUESTION"
        raise UsageError(f"no search is saved as '{unknown[0]}'; there are: {there}")


def _mark_seen(folder: Path, name: str, saved: Saved, cursor: int) -> None:
    """Remember what a search was told of, once that is written; unless it was forgotten meanwhile."""
    sys.stdout.flush()
    searches = load(folder)
    if searches.get(name) == saved:
        store(folder, {**searches, name: replace(saved, seen=cursor)})


def _list(folder: Path, _arguments: argparse.Namespace, _now: datetime) -> int:
    searches = load(folder)
    for name, saved in sorted(searches.items()):
        limits = [f"--since {saved.since}"] * bool(saved.since) + [f"--until {saved.until}"] * bool(
            saved.until
        )
        print("\t".join([name, saved.question, *limits, *(f"--source {one}" for one in saved.sources)]))
    if not searches:
        print("press-search: no search is saved; see: press-search save NAME QUESTION", file=sys.stderr)
    return FOUND if searches else NOTHING


def _forget(folder: Path, arguments: argparse.Namespace, _now: datetime) -> int:
    searches = load(folder)
    if not arguments.question:
        raise UsageError("forget needs the name of a saved search: press-search forget NAME")
    _check_saved(arguments.question, searches)
    store(folder, {name: kept for name, kept in searches.items() if name not in arguments.question})
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
    since = _edge_day("--since", saved.since, today, last=False)
    until = _edge_day("--until", saved.until, today, last=True)
    if since and until and since > until:
        raise UsageError(f"--since {saved.since} is later than --until {saved.until}: no day lies between")
    as_of = _edge_day("--as-of", arguments.as_of, today, last=True)
    default: Sort = "newest" if arguments.feed else "relevance"
    shows_no_hit = arguments.count or (arguments.facet and not arguments.json)
    return parse(
        saved.question,
        since=since,
        until=until,
        sources=saved.sources,
        today=today,
        limit=0 if shows_no_hit else arguments.limit,
        offset=arguments.offset,
        sort="newest" if arguments.sort == "date" else arguments.sort or default,
        as_of=datetime.combine(as_of, time.max).astimezone() if as_of else None,
        facets=arguments.facet,
        is_folding=not arguments.no_fold,
        is_explaining=arguments.explain,
    )


def _edge_day(option: str, text: str | None, today: date, *, last: bool) -> date | None:
    """Read a day: the first or the last one of what was typed."""
    try:
        return bound(text, today, last=last)
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from error


@contextmanager
def _engine(folder: Path) -> Iterator[Engine]:
    engine = open_engine(folder / "index")
    try:
        yield engine
    finally:
        engine.close()


def _hand_on(name: str, results: Results, query: Query, arguments: argparse.Namespace) -> None:
    """Tell of new releases: to an address, to a program, or on stdout."""
    if not arguments.webhook and not arguments.exec:
        print(f"{name}: {results.total} new", file=sys.stderr)
        print_answer(results, query, arguments)
        return
    from index import notify  # noqa: PLC0415 - urllib and subprocess are for those who use them

    body = as_json(results, name, arguments.fields or FIELDS)
    if arguments.webhook:
        notify.post(arguments.webhook, body)
    if arguments.exec:
        notify.run(arguments.exec, body)


def _default_home() -> Path:
    from platformdirs import user_data_path  # noqa: PLC0415 - not needed where the home is named

    return user_data_path("pressdex", appauthor=False)


if __name__ == "__main__":
    sys.exit(main())
