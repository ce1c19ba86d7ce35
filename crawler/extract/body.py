"""Tell the announcement from the page around it: keep or drop each block, with the reason.  Pure.

Blocks that never belong to a text are set aside by rule; the others are looked at twice (``traits``, then
``context``) and kept when what they showed weighs enough.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from crawler.extract.context import context
from crawler.extract.document import Block, Document, Element, lineage, marks
from crawler.extract.traits import PROSE, PROSE_LINKS, Scene, Spot, ends_sentence, leads_away, size, traits
from crawler.extract.weights import FIRST, FIRST_BIAS, SECOND, SECOND_BIAS

ENOUGH: Final = 0.3  # second score from which a block is kept; below it articles lose, above it service pages
BESIDE: Final = -0.8  # the same for long sentences next to a kept block: a lead, a paragraph apart
BESIDE_SIZE: Final = 140
DROPPED: Final = -9.0  # second score of what the first look was sure to drop
LEAST: Final = -2.0  # second score of the best block below which a page has no text at all

#: Class, id and role of what readers wrote; of 8,000 such blocks on 800 pages 40 belonged to the text.
COMMENTS: Final = re.compile(r"\bcomment(?!ary)|respond\b|\breply\b|discussion|disqus|trackback|pingback")
BELOW_SHARE: Final = 0.2  # of the prose below the headline; where it is less, it was no headline
BELOW_CHARS: Final = 400  # or this much


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided on one block."""

    position: int
    kept: bool
    #: Why, in a few words, for people.
    reason: str
    #: What it weighed in the end; None where a rule decided.
    score: float | None = None


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
    verdicts = {block.position: Verdict(block.position, kept=False, reason="") for block in blocks}
    verdicts.update(set_aside(blocks, title, position))
    left = [block for block in blocks if not verdicts[block.position].reason]
    scores = weigh(left, title, position)
    chosen = _choose(left, scores)
    seen: set[str] = set()
    for block, score, kept in zip(left, scores, chosen, strict=True):
        again = block.text in seen and len(block.text) >= PROSE
        reason = "copy" if again else "text" if kept else "around the text"
        verdicts[block.position] = Verdict(block.position, kept and not again, reason, score)
        if kept:
            seen.add(block.text)
    ordered = tuple(verdicts[block.position] for block in blocks)
    return Body(
        join([block for block, verdict in zip(blocks, ordered, strict=True) if verdict.kept]), ordered
    )


def _choose(blocks: Sequence[Block], scores: Sequence[float]) -> list[bool]:
    """Say of each block whether its score, or its place beside a kept one, is enough."""
    floor = ENOUGH if max(scores, default=0.0) >= ENOUGH else LEAST
    kept = [score >= floor and not leads_away(block) for block, score in zip(blocks, scores, strict=True)]
    likely = [
        at
        for at, (block, score) in enumerate(zip(blocks, scores, strict=True))
        if score >= BESIDE
        and size(block.text) >= BESIDE_SIZE
        and is_prose(block)
        and ends_sentence(block.text)
    ]
    for at in (*reversed(likely), *likely):
        kept[at] = kept[at] or any(kept[max(0, at - 1) : at + 2])
    return kept


def set_aside(blocks: Sequence[Block], title: str, position: int | None) -> dict[int, Verdict]:
    """Judge by rule what never belongs to a text: the headline, what stands above it, and comments."""
    below = _below(blocks, position)
    start = below[0].position if below else 0
    opening = next((block for block in below if is_prose(block)), None)
    text = {id(element) for block in (opening, *below[:1]) if block for element in lineage(block.element)}
    known: dict[int, bool] = {}
    found: dict[int, Verdict] = {}
    for block in blocks:
        reason = ""
        if block.position == position or block.text == title:
            reason = "the headline"
        elif block.position < start:
            reason = "above the headline"
        elif _in_comments(block.element, text, known):
            reason = "comments"
        if reason:
            found[block.position] = Verdict(block.position, kept=False, reason=reason)
    return found


def is_prose(block: Block) -> bool:
    """Say whether a block is long enough, and not links, so that it is likely to be sentences."""
    return block.link_density < PROSE_LINKS and size(block.text) >= PROSE


def _below(blocks: Sequence[Block], position: int | None) -> Sequence[Block]:
    """Give the blocks below the headline; all of them where too little stands below for it to be one."""
    if position is None:
        return blocks
    below = blocks[position + 1 :]
    held = sum(len(block.text) for block in below if is_prose(block))
    if held >= BELOW_CHARS or held >= BELOW_SHARE * sum(
        len(block.text) for block in blocks if is_prose(block)
    ):
        return below
    return blocks


def _in_comments(element: Element | None, text: set[int], known: dict[int, bool]) -> bool:
    """Say whether an element is or stands in one for comments; one around the text itself is none."""
    if element is None or id(element) in text:
        return False
    if id(element) not in known:
        found = bool(COMMENTS.search(marks(element))) or _in_comments(element.parent, text, known)
        known[id(element)] = found
    return known[id(element)]


def weigh(blocks: Sequence[Block], title: str, position: int | None) -> list[float]:
    """Give each block its score of the second look."""
    scene = Scene(blocks, position, title)
    own = traits(scene)
    shared: dict[Spot, float] = {}
    first = []
    for spot, found in zip(scene.containers, own, strict=True):
        if spot not in shared:
            shared[spot] = FIRST_BIAS + sum(FIRST.get(trait, 0.0) for trait in scene.shared(spot))
        first.append(shared[spot] + sum([FIRST.get(trait, 0.0) for trait in found]))
    return [
        SECOND_BIAS + sum([SECOND.get(trait, 0.0) for trait in found]) if found else DROPPED
        for found in context(scene, own, first)
    ]


def join(blocks: Sequence[Block]) -> str:
    """Write blocks as text: lists and tables line by line, an empty line between paragraphs."""
    parts: list[str] = []
    for number, block in enumerate(blocks):
        if number:
            close = block.tag in {"li", "tr", "dd"} and blocks[number - 1].tag == block.tag
            parts.append("\n" if close else "\n\n")
        parts.append(block.text)
    return "".join(parts)
