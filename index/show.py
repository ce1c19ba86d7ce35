"""Lay out an answer for people.  Pure: prints nothing, asks no terminal."""

from collections.abc import Iterator, Sequence
from typing import Final

from index.engine import Count, Hit, Results
from index.query import Query
from index.width import cells, lines

BOLD: Final = "\x1b[1m"
DIM: Final = "\x1b[2m"
YELLOW: Final = "\x1b[1;33m"
OFF: Final = "\x1b[0m"
#: Cells of the longest bar.
BAR: Final = 40
#: Cells of the longest value beside a bar, where the terminal's width is not known.
VALUE: Final = 60
#: Values of a facet that are shown.
MOST_VALUES: Final = 20
#: What stands before each line of a hit but its first.
MARGIN: Final = "     "
#: Cells of a line below which it is not broken: the terminal is no place to read on.
NARROWEST: Final = 20


def blocks(results: Results, *, first: int, colour: bool, width: int | None = None) -> Iterator[str]:
    """Lay out each hit as a few lines, numbered from ``first``; with colour, its title can be clicked.

    Lines are broken to ``width`` cells; None: each part of a hit stays one line.
    """
    room = None if width is None else max(width - len(MARGIN), NARROWEST)
    for number, hit in enumerate(results.hits, first):
        title = _painted(hit.title, hit.title_spans, BOLD if colour else None, room)
        yield "\n".join(
            [
                f"{number:>3}. {_day(hit)}  {safe(hit.source)}{'  [withdrawn]' if hit.withdrawn else ''}",
                *(f"{MARGIN}{_linked(line, hit.url) if colour else line}" for line in title),
                *(
                    f"{MARGIN}{line}"
                    for line in _painted(hit.snippet, hit.spans, "" if colour else None, room)
                ),
                *(f"{MARGIN}{_dimmed(line, colour=colour)}" for line in _places(hit)),
                *(f"{MARGIN}{line}" for line in _reasons(hit)),
            ]
        )


def bars(facet: str, counts: Sequence[Count], width: int | None = None) -> Iterator[str]:
    """Lay out the counts of a facet as bars, within ``width`` cells where it is given."""
    yield facet
    shown = counts[:MOST_VALUES]
    names = [_cut(_value(one), VALUE if width is None else max(width // 3, NARROWEST)) for one in shown]
    widest = max(map(cells, names), default=0)
    room = BAR if width is None else max(min(BAR, width - widest - 13), 1)
    most = max((one.releases for one in shown), default=1)
    for name, one in zip(names, shown, strict=True):
        bar = "█" * max(1, round(room * one.releases / most))
        yield f"  {name}{' ' * (widest - cells(name))}  {one.releases:>7}  {bar}"
    if len(counts) > MOST_VALUES:
        rest = counts[MOST_VALUES:]
        yield f"  and {len(rest)} more with {sum(one.releases for one in rest)} releases"


def remark(results: Results, query: Query, *, shows_hits: bool) -> str | None:
    """Say what of the answer is not shown; None where all of it is."""
    hits, total, first = results.hits, results.total, query.offset + 1
    if not total:
        return "press-search: nothing found"
    if not shows_hits or (first == 1 and sum(1 + len(hit.also) for hit in hits) >= total):
        return None
    if not query.limit:
        return f"none of {total} releases shown; more with --limit"
    if not hits:
        return f"none shown: there are {total} releases, and --offset {query.offset} passes over them all"
    last = query.offset + len(hits)
    shown = f"{last} of {total} releases" if first == 1 else f"{first} to {last} of {total} releases"
    return shown if len(hits) < query.limit else f"{shown}; more with --limit or --offset"


def safe(text: str) -> str:
    """Replace what a terminal would obey instead of showing."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _value(count: Count) -> str:
    return safe(count.value) or "(none)"


def _reasons(hit: Hit) -> Iterator[str]:
    """Say how a score came about."""
    if hit.reasons:
        yield f"score {hit.score:.2f}, of it by being new × {hit.freshness:.3f}"
    for one in hit.reasons:
        yield (
            f"  {safe(one.word)}: {one.points:.2f} = rarity {one.rarity:.2f} (in {one.documents} documents)"
            f" × weight {one.points / one.rarity if one.rarity else 0:.2f} (share {one.share:.2f})"
        )


def _day(hit: Hit) -> str:
    return hit.day.isoformat() if hit.day else "no date   "


def _linked(title: str, url: str) -> str:
    """Make a title a link, for terminals that know OSC 8; the others show the title."""
    return f"\x1b]8;;{safe(url)}\x1b\\{title}\x1b]8;;\x1b\\"


def _dimmed(text: str, *, colour: bool) -> str:
    return f"{DIM}{text}{OFF}" if colour else text


def _places(hit: Hit) -> Iterator[str]:
    yield safe(hit.url)
    if hit.also:
        yield f"also at {', '.join(f'{safe(copy.source)} {safe(copy.url)}' for copy in hit.also)}"


def _cut(text: str, width: int) -> str:
    """Shorten a text that fills more than a width."""
    if cells(text) <= width:
        return text
    first, last = next(lines(text.replace(" ", "\xa0"), width - 1))
    return text[first:last] + "…"


def _painted(
    text: str, spans: Sequence[tuple[int, int]], base: str | None, width: int | None
) -> Iterator[str]:
    """Break a text into lines; colour its spans, and the rest in ``base``; None: no colour at all."""
    text = safe(text)
    for begin, end in [(0, len(text))] if width is None else lines(text, width):
        if base is None:
            yield text[begin:end].rstrip()
            continue
        parts = [base]
        at = begin
        for start, stop in spans:
            if start < end and stop > begin:
                first, last = max(start, begin), min(stop, end)
                parts += [text[at:first], YELLOW, text[first:last], OFF, base]
                at = last
        yield "".join([*parts, text[at:end], OFF if base else ""])
