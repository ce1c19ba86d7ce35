"""Lay out an answer for people.  Pure: prints nothing, asks no terminal."""

from collections.abc import Iterator, Sequence
from typing import Final

from index.engine import Count, Hit, Results

BOLD: Final = "\x1b[1m"
DIM: Final = "\x1b[2m"
YELLOW: Final = "\x1b[1;33m"
OFF: Final = "\x1b[0m"
#: Characters of the longest bar.
BAR: Final = 40
#: Values of a facet that are shown.
MOST_VALUES: Final = 20


def blocks(results: Results, *, first: int, colour: bool) -> Iterator[str]:
    """Lay out each hit as a few lines, numbered from ``first``; with colour, its title can be clicked."""
    for number, hit in enumerate(results.hits, first):
        paint = _paint if colour else _plain
        title = paint(hit.title, hit.title_spans, BOLD)
        lines = [
            f"{number:>3}. {_day(hit)}  {safe(hit.source)}{'  [withdrawn]' if hit.withdrawn else ''}",
            f"     {_linked(title, hit.url) if colour else title}",
            f"     {paint(hit.snippet, hit.spans, '')}",
            f"     {_dimmed(safe(hit.url), colour=colour)}",
        ]
        if hit.also:
            places = ", ".join(f"{safe(copy.source)} {safe(copy.url)}" for copy in hit.also)
            lines.append(f"     {_dimmed(f'also at {places}', colour=colour)}")
        lines += [f"     {line}" for line in _reasons(hit)]
        yield "\n".join(line.rstrip() for line in lines)


def bars(facet: str, counts: Sequence[Count]) -> Iterator[str]:
    """Lay out the counts of a facet as bars."""
    yield facet
    shown = counts[:MOST_VALUES]
    width = max((len(_value(one)) for one in shown), default=0)
    most = max((one.releases for one in shown), default=1)
    for one in shown:
        bar = "█" * max(1, round(BAR * one.releases / most))
        yield f"  {_value(one):<{width}}  {one.releases:>7}  {bar}"
    if len(counts) > MOST_VALUES:
        rest = counts[MOST_VALUES:]
        yield f"  and {len(rest)} more with {sum(one.releases for one in rest)} releases"


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


def _plain(text: str, _spans: Sequence[tuple[int, int]], _base: str) -> str:
    return safe(text)


def _paint(text: str, spans: Sequence[tuple[int, int]], base: str) -> str:
    """Colour the spans of a text, and the rest in ``base``."""
    parts = [base]
    at = 0
    for start, end in spans:
        parts += [safe(text[at:start]), YELLOW, safe(text[start:end]), OFF, base]
        at = end
    return "".join([*parts, safe(text[at:]), OFF if base else ""])
