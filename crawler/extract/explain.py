"""Tell how a page is read: what was considered for title, date and body, and why.  Pure; decides nothing.

The readers are asked as ``read`` asks them, so that what is told is what a crawl does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from crawler.errors import UnreadableError
from crawler.extract.body.read import Verdict, read_body
from crawler.extract.date.read import DateCandidate, read_date
from crawler.extract.document.parse import Block, Document, opened
from crawler.extract.read import read
from crawler.extract.title.read import TitleCandidate, read_title
from crawler.model import Habits, Link, Page, Release
from crawler.urls import resolve

NOWHERE: Final = "https://page.invalid/"  # RFC 6761: a name that leads nowhere, for a page without an address


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of a page and what was decided on it."""

    #: Place in the page, from 0.
    position: int
    #: Name of the element: ``p``, ``li``, ``tr``, ``h2``, ``div`` …
    tag: str
    kept: bool
    #: Why, in a word or two.
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a page is no release."""

    #: A word of UnreadableError, as ``listing``.
    reason: str
    #: What was seen; empty where nothing more is known.
    detail: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one page is read."""

    #: The page's address.
    url: str
    #: What a crawl would keep; None where the page is refused.
    release: Release | None
    #: None where it is read.
    refusal: Refusal | None
    #: Best first; empty where the page cannot be parsed.
    titles: tuple[TitleCandidate, ...]
    #: Best first.
    dates: tuple[DateCandidate, ...]
    #: All of the page, in its order.
    blocks: tuple[Piece, ...]


def explain(page: Page, *, source: str, link: Link | None = None, habits: Habits = Habits()) -> Explanation:  # noqa: B008
    """Tell how the announcement on a page is read; the arguments are those of ``read``."""
    release, refusal = None, None
    try:
        release = read(page, source=source, link=link, habits=habits)
    except UnreadableError as error:
        refusal = Refusal(error.reason, error.detail)
    try:
        with opened(page) as document:
            title = read_title(document, link=link, habits=habits)
            body = read_body(document, title=title.text, position=title.position)
            dated = read_date(document, title=title, link=link, habits=habits, fetched=page.fetched)
            blocks = tuple(_pieces(document.blocks, body.verdicts))
            return Explanation(page.url, release, refusal, title.candidates, dated.candidates, blocks)
    except UnreadableError:
        return Explanation(page.url, None, refusal, (), (), ())


def self_addressed(page: Page) -> Page:
    """Give a page without an address the one it declares as its own; ``NOWHERE`` when it declares none."""
    try:
        with opened(replace(page, url=NOWHERE, final_url=NOWHERE)) as document:
            url = _declared(document)
    except UnreadableError:
        url = NOWHERE
    return replace(page, url=url, final_url=url)


def _declared(document: Document) -> str:
    if document.canonical and not document.canonical.startswith(NOWHERE):
        return document.canonical
    return resolve(NOWHERE, document.meta("og:url") or "") or NOWHERE


def _pieces(blocks: Sequence[Block], verdicts: Sequence[Verdict]) -> Iterator[Piece]:
    for block, verdict in zip(blocks, verdicts, strict=True):
        yield Piece(block.position, block.tag, verdict.kept, verdict.reason, block.text)
