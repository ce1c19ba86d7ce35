"""Tell the announcement from the page around it: keep or drop each block, with the reason.  Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from crawler.extract.document import Block, Document, lineage, marks

PROSE_CHARS: Final = 60  # a shorter paragraph is as often a label as a sentence
PROSE_LINKS: Final = 0.4  # link density above which a block is a menu
SHARE: Final = 0.6  # of the prose; the subtree that holds less has left part of the text behind
CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
LETTER: Final = re.compile(r"\w+")

#: Words in class, id or role of what surrounds an announcement, not of the announcement.
AROUND: Final = re.compile(
    r"\b(?:comments?|respond|disqus|share|sharing|social|related|sidebar|newsletter|subscribe|cookies?|consent"
    r"|breadcrumbs?|pagination|pager|promo|advert|advertisement|recommend(?:ed|ations)?|footer|navigation|menu"
    r"|modal|popup|banner|tags?|byline|author-bio)\b"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided on one block."""

    position: int
    kept: bool
    #: Why, in a word or two, for people.
    reason: str


@dataclass(frozen=True, slots=True)
class Body:
    """The announcement's text and how it was found."""

    #: Blocks separated by an empty line, list items and table rows by a line break; empty when there is none.
    text: str
    #: One for every block of the document, in order.
    verdicts: tuple[Verdict, ...]


def read_body(document: Document, *, title: str = "", position: int | None = None) -> Body:
    """Read the body of the announcement whose headline stands at ``position``."""
    blocks = document.blocks
    region = _region(blocks)
    verdicts = tuple(_judge(block, region, title, position) for block in blocks)
    return Body(
        join([block for block, verdict in zip(blocks, verdicts, strict=True) if verdict.kept]), verdicts
    )


def join(blocks: Sequence[Block]) -> str:
    """Write blocks as text: lists and tables line by line, an empty line between paragraphs."""
    parts: list[str] = []
    for number, block in enumerate(blocks):
        if number:
            close = block.tag in {"li", "tr", "dd"} and blocks[number - 1].tag == block.tag
            parts.append("\n" if close else "\n\n")
        parts.append(block.text)
    return "".join(parts)


def _weight(text: str) -> int:
    """Count characters, those of scripts that write a word with one or two of them threefold."""
    return len(text) + 2 * len(CJK.findall(text))


def _is_prose(block: Block) -> bool:
    return _weight(block.text) >= PROSE_CHARS and block.link_density < PROSE_LINKS and not block.hidden


def _region(blocks: Sequence[Block]) -> set[int]:
    """Give the ids of the smallest element that holds most of the page's prose, and of all around it."""
    held: dict[int, int] = {}
    total = 0
    paths = []
    for block in blocks:
        if _is_prose(block):
            path = [id(element) for element in lineage(block.element)]
            paths.append(path)
            size = _weight(block.text)
            total += size
            for element in path:
                held[element] = held.get(element, 0) + size
    best: list[int] = []
    for path in paths:
        inner = next((n for n, element in enumerate(path) if held[element] >= SHARE * total), None)
        if inner is not None:
            best = path[inner:]
            break
    return set(best[:1])


def _judge(block: Block, region: set[int], title: str, position: int | None) -> Verdict:
    path = list(lineage(block.element))
    if not any(id(element) in region for element in path):
        return Verdict(block.position, kept=False, reason="outside the text's element")
    if block.position == position or block.text == title:
        return Verdict(block.position, kept=False, reason="the headline")
    if block.hidden:
        return Verdict(block.position, kept=False, reason="hidden")
    if block.link_density > 0.6:  # noqa: PLR2004
        return Verdict(block.position, kept=False, reason="links")
    if any(AROUND.search(marks(element)) for element in path[:6]):
        return Verdict(block.position, kept=False, reason="marked as around the text")
    return Verdict(block.position, kept=True, reason="text")
