"""Find a page's headline: let its places vote, name the winner, and tell what was considered.  Pure.

A headline stands in several places, each with its own dirt: the site's name, a section label, a cut-off
end.  What most of them agree on wins.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from crawler.extract.document.parse import Block, Document
from crawler.extract.title.ballot import FAINT, vote
from crawler.extract.title.names import ends, is_foreign, key, tidy
from crawler.extract.title.places import (
    LONGEST_HEADLINE,
    is_article,
    last_resort,
    places,
    plain,
    shown,
    site_names,
)
from crawler.extract.title.votes import Site, Vote
from crawler.model import Habits, Link
from crawler.urls import host

MOST_CANDIDATES: Final = 12  # shown to people

SUBTITLES: Final = (
    *("subtitle", "sub-title", "sub_title", "subhead", "sub-head", "subline", "standfirst"),
    "alternativeheadline",
)


@dataclass(frozen=True, slots=True)
class TitleCandidate:
    """One text that could be the headline."""

    value: str
    #: The places it comes from, joined by `` + ``.
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class Title:
    """The headline of a page and how it was found."""

    #: The headline alone; empty when the page shows none.
    text: str
    subtitle: str | None
    #: The places that agree on it; ``none`` when there is none.
    rule: str
    #: Position of the block that shows the headline; None where no block does.
    position: int | None
    #: Best first.
    candidates: tuple[TitleCandidate, ...]
    #: Sentences about what looked wrong, for people.
    warnings: tuple[str, ...]


def read_title(document: Document, *, link: Link | None = None, habits: Habits | None = None) -> Title:
    """Find the headline of a page; ``habits`` tell names of its site that were learned from other pages."""
    site = Site(site_names(document, habits or Habits()), host(document.url))
    given = places(document, link)
    blocks = shown(document, given)
    votes = vote(given, site, blocks, article=is_article(document))
    if all(each.score < FAINT for each in votes.values()):
        for value, rule, score in last_resort(document):
            votes.setdefault(key(value), Vote(value, other=score, rules={rule: None}))
    ranked = sorted(votes.values(), key=lambda each: -each.score)
    text = ranked[0].value if ranked else ""
    position = _position(document, text, blocks)
    return Title(
        text=text,
        subtitle=_subtitle(document, position, text),
        rule=" + ".join(ranked[0].rules) if ranked else "none",
        position=position,
        candidates=tuple(
            TitleCandidate(vote.value, " + ".join(vote.rules), vote.score)
            for vote in ranked[:MOST_CANDIDATES]
        ),
        warnings=tuple(_foreign_end(document, text)),
    )


def _position(document: Document, text: str, blocks: dict[str, Block]) -> int | None:
    """Give the position of the block that shows the headline: alone, with something hung on, or most of it.

    An h1 that shows most of it comes before a heading further down that shows it all.
    """
    folded = key(text)
    if not folded:
        return None
    block = blocks.get(folded)
    if block and block.heading == 1:
        return block.position
    h1s = [(each.position, key(each.text)) for each in document.h1s]
    most = (at for at, shown in h1s if shown in folded and 2 * len(shown) > len(folded))
    if (at := next(most, None)) is not None and (block is None or at < block.position):
        return at
    return block.position if block else next((at for at, shown in h1s if folded in shown), None)


def _subtitle(document: Document, position: int | None, text: str) -> str | None:
    if position is None:
        return None
    for block in document.blocks[position + 1 : position + 5]:
        if any(mark in block.marks for mark in SUBTITLES) and not block.hidden:
            found = tidy(block.text)
            if key(found) not in ("", key(text)) and len(found) <= LONGEST_HEADLINE:
                return found
    return None


def _foreign_end(document: Document, text: str) -> Iterator[str]:
    """Warn of an end of ``<title>`` that is no name of the site: its domain may have been taken over.

    What was learned of the site is no witness: a stranger's name stands on all pages of a site taken over.
    """
    folded = key(text)
    for end in ends(plain(document.head_title)):
        alone = folded and key(end) not in folded and folded not in key(end)
        if not (end and alone and is_foreign(end, text)):
            continue
        site = Site(site_names(document, Habits()), host(document.url))
        if not site.is_name(end):
            yield f"the title ends with {end!r}, which does not belong to this site"
            return
