"""Lay out for people how a page is read.  Decides nothing, prints nothing."""

from collections.abc import Iterator
from typing import Final

from crawler.commands.context import at
from crawler.extract.explain import Explanation, Piece
from crawler.model import Release

SHOWN_CHARS: Final = 100  # of a block or a headline: with its reason, a line of a wide terminal


def lines(told: Explanation) -> Iterator[str]:
    """Give the lines: what it reads as, the candidates with score and rule, all blocks of the page.

    The winner among candidates is marked with ``*``, blocks that are kept with ``+``, others with ``-``.
    """
    release = told.release
    yield f"reads as      {_verdict(told)}"
    yield from _titles(told, release)
    yield from _dates(told, release)
    if release:
        yield f"id            {release.id}"
        yield f"address       {release.url}"
        yield f"language      {release.language or 'not known'}"
        yield f"digest        {release.digest}"
        for warning in release.warnings:
            yield f"warning       {warning}"
    yield from _body(told, release)


def _verdict(told: Explanation) -> str:
    if told.refusal is None:
        return f"a release: {told.url}"
    detail = f": {told.refusal.detail}" if told.refusal.detail else ""
    return f"no release: {told.refusal.reason}{detail}: {told.url}"


def _titles(told: Explanation, release: Release | None) -> Iterator[str]:
    yield f"title         {_short(release.title) if release else '-'}"
    if release and release.subtitle:
        yield f"subtitle      {_short(release.subtitle)}"
    for each in told.titles:
        mark = "*" if release and each.value == release.title else " "
        yield f"  {mark} {each.score:6.2f}  {_short(each.value)}  [{each.rule}]"


def _dates(told: Explanation, release: Release | None) -> Iterator[str]:
    published = release.published if release else None
    found = f"{published.day} ({published.certainty}: {published.rule})" if published else "-"
    yield f"published     {found}"
    for each in told.dates:
        mark = "*" if published and each.day == published.day else " "
        hour = f", {at(each.moment)}" if each.moment else ""
        yield f"  {mark} {each.score:6.2f}  {each.day}{hour}  [{each.certainty}: {each.rule}]"


def _body(told: Explanation, release: Release | None) -> Iterator[str]:
    kept = sum(piece.kept for piece in told.blocks)
    size = f"{len(release.body):,} characters; " if release else ""
    yield f"body          {size}{kept} of {len(told.blocks)} blocks kept"
    yield from map(_block, told.blocks)


def _block(piece: Piece) -> str:
    mark = "+" if piece.kept else "-"
    return f"  {mark} {piece.position:4} {piece.tag:8} [{piece.reason}]  {_short(piece.text)}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN_CHARS else f"{text[: SHOWN_CHARS - 2]} …"
