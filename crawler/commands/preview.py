"""Lay out what a look at a site brought, as lines for people.  Asks and prints nothing itself."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from textwrap import shorten
from typing import Final

from crawler.discover.survey import Tried
from crawler.look import Preview, View

NARROWEST: Final = 60  # columns; a pipe has none, and a terminal of fewer wraps by itself
MARGIN: Final = "  "


def lines(view: View) -> Iterator[str]:
    """Give the ways that were tried, the best marked, and its newest releases as a crawl will read them."""
    width = max(shutil.get_terminal_size((110, 24)).columns, NARROWEST)
    yield f"{view.url}: {_count(len(view.ways), 'way')} to announcements found with {view.requests} requests"
    yield ""
    heads = ("", "way", "found", "dated", "whole", "back to", "address")
    rows = [_row(way, is_best=way is view.ways[0]) for way in view.ways]
    rows += [("", "-", "", "", "", "", f"{each.url}  ({each.trouble})") for each in view.others]
    yield from _table([heads, *rows])
    if view.previews:
        yield ""
        yield f"{MARGIN}the newest, as a crawl will read them:"
        for preview in view.previews:
            yield from _shown(preview, width)


def summary(tried: Tried) -> str:
    """Sum up a way in half a line: ``q4, 50 announcements and more, all dated, back to 2019-01-02``."""
    counted = tried.score
    parts = [
        tried.listing.way if tried.listing else "",
        f"{_count(counted.releases, 'announcement')}{' and more' if counted.goes_on else ''}",
        _share(counted.dated, counted.releases, "dated"),
        *([_share(counted.whole, counted.releases, "whole")] if counted.whole else []),
        *([f"back to {counted.oldest}"] if counted.oldest else []),
    ]
    return ", ".join(parts)


def _row(tried: Tried, *, is_best: bool) -> tuple[str, ...]:
    counted = tried.score
    return (
        "*" if is_best else "",
        tried.listing.way if tried.listing else "",
        f"{counted.releases}{'+' if counted.goes_on else ''}",
        str(counted.dated),
        str(counted.whole),
        str(counted.oldest or ""),
        tried.url,
    )


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield MARGIN + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _shown(preview: Preview, width: int) -> Iterator[str]:
    release, link = preview.release, preview.link
    if release is None:
        yield f"{MARGIN}{'':10}  {'not read':9}  {_cut(link.title or link.url, width - 25)}"
        yield f"{MARGIN}{'':21}  {_cut(preview.trouble or '', width - 25)}"
        return
    day = str(release.published.day) if release.published else "no date"
    certainty = release.published.certainty if release.published else ""
    yield f"{MARGIN}{day:10}  {certainty:9}  {_cut(release.title, width - 25)}"
    yield f"{MARGIN}{'':21}  {_cut(release.body, width - 25)}"


def _cut(text: str, width: int) -> str:
    """Give the first words of a text, on one line."""
    return shorten(_printable(text[: 4 * width]), width, placeholder=" …") or text[:width]


def _printable(text: Iterable[str]) -> str:
    return "".join(char if char.isprintable() else " " for char in text)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _share(part: int, whole: int, what: str) -> str:
    return f"all {what}" if part == whole else f"{part or 'none'} {what}"
