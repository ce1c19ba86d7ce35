"""Tell the announcement from the page around it: keep or drop each block, with the reason.  Pure.

Blocks that never belong to a text are set aside by rule; the others are looked at twice (``traits``, then
``context``) and kept when what they showed weighs enough and they are no ``islands``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from crawler.extract.body.clues import OPENINGS, ends_sentence, opening, size
from crawler.extract.body.context import CERTAIN, HOPELESS, Look
from crawler.extract.body.holders import shared_traits
from crawler.extract.body.islands import without_islands
from crawler.extract.body.scene import PROSE, PROSE_LINKS, Scene, Spot, lineage_of, spots_of
from crawler.extract.body.traits import traits
from crawler.extract.body.weights import FIRST, SECOND, Weights
from crawler.extract.document.parse import Block, Document

ENOUGH: Final = -0.15  # second score from which a block is kept; above it announcements lose their ends
BESIDE: Final = -0.8  # the same for sentences next to a kept block: a lead, a paragraph apart
BESIDE_SIZE: Final = 80
DROPPED: Final = -9.0  # second score of what the first look was sure to drop
LEAST: Final = -2.0  # second score of the best block below which a page has no text at all

ALL_LINK: Final = 0.97  # link density of a block that is one link
LINKED_LINE: Final = 45  # characters from which it is a headline; shorter ones are names in a text
MOSTLY_LINK: Final = 0.7  # link density of "Read more: …"
LONGEST_LEAD: Final = 250  # characters of it
LISTED: Final = frozenset({"li", "tr"})  # may be one link each in a list that belongs to the text

BELOW_SHARE: Final = 0.2  # of the prose below the headline; where it is less, it was no headline
BELOW_CHARS: Final = 400  # or this much


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided on a block."""

    kept: bool
    #: Why, in a few words, for people.
    reason: str


TEXT: Final = Verdict(kept=True, reason="text")
AROUND: Final = Verdict(kept=False, reason="around the text")
COPY: Final = Verdict(kept=False, reason="copy")
#: By rule, whatever a block looks like.
HEADLINE: Final = Verdict(kept=False, reason="the headline")
ABOVE: Final = Verdict(kept=False, reason="above the headline")
COMMENTS: Final = Verdict(kept=False, reason="comments")


@dataclass(frozen=True, slots=True)
class Body:
    """The announcement's text and how it was found."""

    #: Blocks separated by an empty line, list items and table rows by a line break; empty when there is none.
    text: str
    #: One for every block of the document, in order.
    verdicts: tuple[Verdict, ...]


def read_body(
    document: Document,
    *,
    title: str = "",
    position: int | None = None,
    looks: tuple[Weights, Weights] = (FIRST, SECOND),
) -> Body:
    """Read the body of the announcement whose headline stands at ``position``."""
    aside, scene = stage(document.blocks, title, position)
    judged = judge(scene, weigh(scene, *looks))
    kept = [block for block, verdict in zip(scene.blocks, judged, strict=True) if verdict.kept]
    others = iter(judged)
    return Body(join(kept), tuple(verdict or next(others) for verdict in aside))


def stage(blocks: Sequence[Block], title: str, position: int | None) -> tuple[list[Verdict | None], Scene]:
    """Set aside what never belongs to a text, with the verdict by block, and see the rest as a scene."""
    below = _below(blocks, position)
    start = len(blocks) - len(below)
    spots = spots_of(below)
    aside: list[Verdict | None] = [
        HEADLINE if block.position == position or block.text == title else ABOVE for block in blocks[:start]
    ]
    aside += set_aside(below, spots, title, position)
    left = [at for at, verdict in enumerate(aside) if verdict is None]
    return aside, Scene([blocks[at] for at in left], [spots[at - start] for at in left], position, title)


def judge(scene: Scene, scores: Sequence[float]) -> list[Verdict]:
    """Decide on each block of a scene by its score, its place beside kept ones, and what it repeats.

    A text that stands twice in one element, with others between, is meant; elsewhere it is a copy.
    """
    met: dict[str, tuple[Spot, int]] = {}
    verdicts = []
    count = 0
    for block, spot, chosen in zip(scene.blocks, scene.containers, choose(scene, scores), strict=True):
        verdict = TEXT if chosen else AROUND
        if chosen and len(block.text) >= PROSE:
            where, when = met.setdefault(block.text, (spot, count))
            if when != count and (where is not spot or when == count - 1):
                verdict = COPY
        count += verdict.kept
        verdicts.append(verdict)
    return verdicts


def choose(scene: Scene, scores: Sequence[float]) -> list[bool]:
    """Say of each block whether its score, or its place beside a kept one, is enough."""
    blocks = scene.blocks
    scores = _by_table(scene, scores)
    floor = ENOUGH if max(scores, default=0.0) >= ENOUGH else LEAST
    kept = [score >= floor and not leads_away(block) for block, score in zip(blocks, scores, strict=True)]
    likely = [
        at
        for at, score in enumerate(scores)
        if BESIDE <= score < floor
        and scene.prose[at]
        and scene.sizes[at] >= BESIDE_SIZE
        and ends_sentence(blocks[at].text)
    ]
    for at in (*reversed(likely), *likely):
        kept[at] = kept[at] or any(kept[max(0, at - 1) : at + 2])
    return without_islands(scene, scores, kept)


def leads_away(block: Block) -> bool:
    """Say whether a block is a link to share, go back or go on, or a line that is another text's headline.

    Of the first 1 in 10 belonged to a text, of the second 4 in 10, which say little.
    """
    if not block.link_chars:
        return False
    text, density = block.text, block.link_density
    if density > ALL_LINK and len(text) >= LINKED_LINE and block.tag not in LISTED:
        return not ends_sentence(text)
    if density <= MOSTLY_LINK or len(text) >= LONGEST_LEAD:
        return False
    found = opening(text.lower())
    return found is not None and OPENINGS[found] in {"share", "more"}


def _by_table(scene: Scene, scores: Sequence[float]) -> Sequence[float]:
    """Give all rows of a table their mean score: it is kept or dropped whole."""
    tables: dict[Spot, list[int]] = {}
    for at, block in enumerate(scene.blocks):
        if block.tag == "tr" and scores[at] > DROPPED:
            tables.setdefault(scene.containers[at], []).append(at)
    if not tables:
        return scores
    evened = list(scores)
    for rows in tables.values():
        whole = sum(scene.sizes[at] for at in rows)
        mean = sum(scores[at] * scene.sizes[at] for at in rows) / whole
        for at in rows:
            evened[at] = mean
    return evened


def set_aside(
    blocks: Sequence[Block], spots: Sequence[Spot], title: str, position: int | None
) -> list[Verdict | None]:
    """Give the verdict on each block, none above the headline, that by rule never belongs to a text."""
    opening = next((at for at, block in enumerate(blocks) if is_prose(block)), 0)
    text = {around for at in {0, opening} for around in lineage_of(spots[at])} if spots else set()
    known: dict[Spot, bool] = {}
    verdicts: list[Verdict | None] = []
    for block, spot in zip(blocks, spots, strict=True):
        if block.position == position or block.text == title:
            verdicts.append(HEADLINE)
        else:
            verdicts.append(COMMENTS if _in_comments(spot, text, known) else None)
    return verdicts


def is_prose(block: Block) -> bool:
    """Say whether a block is long enough, and not links, so that it is likely to be sentences."""
    return size(block.text) >= PROSE and block.link_density < PROSE_LINKS


def _below(blocks: Sequence[Block], position: int | None) -> Sequence[Block]:
    """Give the blocks below the headline; all of them where too little stands below for it to be one."""
    if position is None:
        return blocks
    below = blocks[position + 1 :]
    held = 0
    for held in _prose(below):
        if held >= BELOW_CHARS:
            return below
    whole = max(_prose(blocks), default=0)
    return below if below and held >= BELOW_SHARE * whole else blocks


def _prose(blocks: Sequence[Block]) -> Iterator[int]:
    """Add up the characters of blocks that are prose, from the first on."""
    return accumulate(len(block.text) for block in blocks if is_prose(block))


def _in_comments(spot: Spot | None, text: set[Spot], known: dict[Spot, bool]) -> bool:
    """Say whether an element is or stands in one for comments; one around the text itself is none."""
    if spot is None or spot in text:
        return False
    found = known.get(spot)
    if found is None:
        found = known[spot] = spot.comments or _in_comments(spot.parent, text, known)
    return found


def weigh(scene: Scene, first: Weights, second: Weights) -> list[float]:
    """Give each block its score of the second look."""
    worth = first.worth.__getitem__
    sums: dict[Spot, float] = {}
    own = traits(scene)
    scores = []
    for spot, found in zip(scene.containers, own, strict=True):
        if spot not in sums:
            sums[spot] = first.bias + sum(map(worth, shared_traits(scene, spot)))
        scores.append(sums[spot] + sum(map(worth, found)))
    return second_scores(scene, own, scores, second) if scores else []


def second_scores(
    scene: Scene, own: Sequence[Sequence[int]], scores: Sequence[float], second: Weights
) -> list[float]:
    """Give each block its score of the second look, from its traits and scores of the first."""
    look = Look(scene, scores)
    worth = second.worth.__getitem__
    sums: dict[Spot, float] = {}
    found = []
    for at, (spot, score) in enumerate(zip(scene.containers, scores, strict=True)):
        if not HOPELESS <= score < CERTAIN:
            found.append(score if score > 0 else DROPPED)
            continue
        if spot not in sums:
            sums[spot] = second.bias + sum(map(worth, look.shared(spot)))
        found.append(sums[spot] + sum(map(worth, look.traits(at))) + sum(map(worth, own[at])))
    return found


def join(blocks: Sequence[Block]) -> str:
    """Write blocks as text: lists and tables line by line, an empty line between paragraphs."""
    parts: list[str] = []
    for number, block in enumerate(blocks):
        if number:
            close = block.tag in {"li", "tr", "dd"} and blocks[number - 1].tag == block.tag
            parts.append("\n" if close else "\n\n")
        parts.append(block.text)
    return "".join(parts)
