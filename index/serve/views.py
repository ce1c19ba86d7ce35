"""Make each page out of what was asked.  Reads the archive and the index; writes neither."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from operator import attrgetter
from pathlib import Path
from typing import Final

from crawler import diff
from crawler.archive import Archive
from crawler.health.condition import condition as judge
from crawler.health.judge import Health
from crawler.model import Change, Release, Source
from index.engine import Count, Hit, Results
from index.errors import QueryError
from index.feed import Entry, published_at, write
from index.query import Facet
from index.serve import wish
from index.serve.answer import ATOM, Answer
from index.serve.ask import Ask, RefusalError
from index.serve.bars import TITLES, bars
from index.serve.blocks import LONGEST, blocks
from index.serve.lines import first, lines
from index.serve.pages import asset, page
from index.serve.searcher import Searcher
from index.serve.wish import SORTS, Wish

LONGEST_ID: Final = 2_000  # characters of a release's id: an address, and browsers make none longer
SHOWN_VERSIONS: Final = 50  # of a page that changes at every visit, nobody compares more
AROUND: Final = 2  # unchanged lines on each side of a change
ENTRIES: Final = 30  # of a feed: more than a source publishes between two visits of a reader


@dataclass(frozen=True, slots=True)
class Room:
    """Where the pages come from."""

    archive: Path
    searcher: Searcher
    #: Reads the configuration anew.
    sources: Callable[[], Sequence[Source]]
    #: Gives the present instant, aware, in the zone of this machine.
    now: Callable[[], datetime]


def search(ask: Ask, room: Room) -> Answer:
    """Show the form and the hits; the newest releases where nothing is asked yet."""
    wanted = wish.read(ask)
    try:
        query = replace(wish.query(wanted, room.now().date()), facets=tuple(TITLES))
        results = room.searcher.search(query)
    except QueryError as error:
        shown = page("search.html", **_form(wanted), error=error, results=None, bars=(), pager=(None, None))
        return Answer(shown, status=HTTPStatus.BAD_REQUEST)
    return Answer(
        page(
            "search.html",
            **_form(wanted),
            error=None,
            results=results,
            first=query.offset + 1,
            bars=bars(_newest_first(results), wanted),
            meant=_meant(wanted, results),
            pager=_pager(wanted, results),
        )
    )


def _form(wanted: Wish) -> dict[str, object]:
    return {
        "wish": wanted,
        "sorts": SORTS,
        "feed": replace(wanted, sort=None, page=1).address("/feed"),
        "unchosen": [(name, wanted.toggled(name).address()) for name in wanted.sources],
    }


def _newest_first(results: Results) -> Iterator[tuple[Facet, tuple[Count, ...]]]:
    """Order months from the last, which is looked for most; leave sources in theirs."""
    for facet, counts in results.facets:
        by_month = sorted(counts, key=attrgetter("value"), reverse=True)
        yield facet, tuple(by_month) if facet == "month" else counts


def _meant(wanted: Wish, results: Results) -> tuple[str, str] | None:
    """Give what may have been meant, and the address that asks for it."""
    if not results.suggestion:
        return None
    return results.suggestion, replace(wanted, question=results.suggestion, page=1).address()


def _pager(wanted: Wish, results: Results) -> tuple[str | None, str | None]:
    """Give the addresses of the page before and the page after."""
    is_last = wanted.page * wish.PAGE >= results.total or wanted.page == wish.LAST_PAGE
    before = replace(wanted, page=wanted.page - 1).address() if wanted.page > 1 else None
    return before, None if is_last else replace(wanted, page=wanted.page + 1).address()


def feed(ask: Ask, room: Room) -> Answer:
    """Give the newest hits of a search as an Atom feed."""
    wanted = replace(wish.read(ask), sort="newest", page=1)
    try:
        query = replace(wish.query(wanted, room.now().date()), limit=ENTRIES)
    except QueryError as error:
        raise RefusalError(HTTPStatus.BAD_REQUEST, error.reason) from error
    hits = room.searcher.search(query).hits
    with Archive.open_to_read(room.archive) as archive:
        entries = [_entry(hit, archive.versions(hit.id), room.now()) for hit in hits]
    title = " – ".join(("Pressdex", *filter(None, (wanted.question, *wanted.sources))))
    plain = replace(wanted, sort=None)
    links = {
        "self": f"http://{ask.host}{plain.address('/feed')}",
        "alternate": f"http://{ask.host}{plain.address()}",
    }
    return Answer(write(title, links["self"], links, entries, at=room.now()).encode(), ATOM)


def _entry(hit: Hit, changes: Sequence[Change], now: datetime) -> Entry:
    """Make an entry of a hit; without a date, of when it was first seen."""
    published = published_at(hit) or (changes[0].at if changes else now)
    updated = changes[-1].at if len(changes) > 1 else published
    return Entry(hit.id, hit.title, hit.url, hit.source, hit.snippet, updated, published)


def release(ask: Ask, room: Room) -> Answer:
    """Show a release, the current version or the one asked for, and its history."""
    changes = _history(ask, room)
    number = ask.number("version", least=1, most=changes[-1].version)
    shown = next((one for one in reversed(changes) if one.version == number), changes[-1])
    return Answer(
        page(
            "release.html",
            release=shown.release,
            version=shown.version,
            newest=changes[-1].version,
            withdrawn=changes[-1].at if changes[-1].kind == "withdrawn" else None,
            blocks=blocks(shown.release),
            is_cut=len(shown.release.body) > LONGEST,
            steps=_steps(changes[-SHOWN_VERSIONS:]),
            earlier=max(0, len(changes) - SHOWN_VERSIONS),
        )
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One change in a release's history, for its list."""

    change: Change
    #: What it changed, in a few words; empty where there is nothing before it.
    summary: str
    #: Version before it; None where it brought none.
    before: int | None


def _steps(changes: Sequence[Change]) -> list[Step]:
    """Say of each change what it changed, newest first."""
    steps: list[Step] = []
    previous: Change | None = None
    for change in changes:
        is_newer = previous is not None and change.version != previous.version
        summary = (
            diff.summary(diff.compare(previous.release, change.release)) if previous and is_newer else ""
        )
        steps.append(Step(change, summary, previous.version if previous and is_newer else None))
        previous = change
    return steps[::-1]


def difference(ask: Ask, room: Room) -> Answer:
    """Show what differs between two versions of a release; the last two where none are named."""
    changes = _history(ask, room)
    newest = changes[-1].version
    new = ask.number("new", least=1, most=newest) or newest
    old = ask.number("old", least=1, most=newest) or max(1, new - 1)
    versions: dict[int, Release] = {change.version: change.release for change in changes}
    found = diff.compare(versions[old], versions[new])
    edits = diff.around(found.body, AROUND)
    told = first(edits)
    return Answer(
        page(
            "difference.html",
            release=versions[new],
            old=old,
            new=new,
            newest=newest,
            difference=found,
            summary=diff.summary(found),
            lines=lines(told),
            left_out=len(edits) - len(told),
        )
    )


def _history(ask: Ask, room: Room) -> list[Change]:
    """Give all changes of the release that is asked for by its id or any of its addresses."""
    identity = ask.one("id")
    if not identity or len(identity) > LONGEST_ID:
        raise RefusalError(HTTPStatus.BAD_REQUEST, "name a release by 'id', as the links of a search do")
    with Archive.open_to_read(room.archive) as archive:
        changes = archive.versions(archive.find(identity) or identity)
    if not changes:
        raise RefusalError(HTTPStatus.NOT_FOUND, f"no release has the id {identity[:200]!r}")
    return changes


def condition(_: Ask, room: Room) -> Answer:
    """Show what state each source is in, and how far the index is."""
    with Archive.open_to_read(room.archive) as archive:
        rows = [_row(source, archive, room.now()) for source in room.sources()]
        last = archive.last_change()
        counts = archive.counts()
    behind = last - room.searcher.cursor()
    return Answer(page("health.html", rows=rows, last=last, behind=behind, counts=counts))


@dataclass(frozen=True, slots=True)
class Row:
    """One source in the table of health."""

    source: Source
    health: Health
    #: When it was last visited, aware; None when never.
    visited: datetime | None
    #: Address that shows its newest releases.
    link: str


def _row(source: Source, archive: Archive, now: datetime) -> Row:
    last = archive.last_visit(source.name)
    judged = judge(source, archive, now)
    return Row(source, judged, last.ended if last else None, Wish(sources=(source.name,)).address())


def style(_: Ask, __: Room) -> Answer:
    """Give the style sheet; its address changes with its content."""
    return Answer(asset("style.css"), "text/css; charset=utf-8", is_lasting=True)


def icon(_: Ask, __: Room) -> Answer:
    """Give the picture beside the page's name; its address changes with its content."""
    return Answer(asset("icon.svg"), "image/svg+xml", is_lasting=True)
