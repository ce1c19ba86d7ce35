"""Describe every block of a page by traits: its text, its element, its surroundings, its neighbours.  Pure.

A trait is a number in ``OWN_ROLL``; what each is worth stands in ``weights``.  Figures are cut into steps,
numbered from 0.
"""

from bisect import bisect_right
from collections import Counter
from itertools import accumulate
from typing import Final

from crawler.extract.body.clues import (
    HOLDINGS,
    OPENINGS,
    STEM_NAMES,
    Words,
    ends_sentence,
    holding,
    opening,
    said,
    telling,
)
from crawler.extract.body.roll import Roll
from crawler.extract.body.scene import KINDS, LONG_PROSE, PROSE_LINKS, STANDINGS, STEPS, Scene
from crawler.extract.document.parse import Block

CLUED: Final = 200  # size; longer blocks begin with these words by chance
LINKED: Final = 0.5  # link density of a neighbour that is links
SHORT: Final = 40  # size of a neighbour that is a label
HEADLINE_PIECE: Final = 12  # characters; shorter texts stand in a headline by chance
HEADLINE_MORE: Final = 40  # characters beside the headline in a block that is still it

TAGS: Final = (
    *("p", "li", "tr", "td", "th", "div", "span", "blockquote", "figcaption", "dd", "dt", "pre", "article"),
    *("section", "body", "header", "footer", "form", "aside", "main", "figure", "caption", "address", "ul"),
    *("table", "h1", "h2", "h3", "h4", "h5", "h6", "other"),
)
#: Kinds of neighbours.
NEIGHBOURS: Final = ("edge", "prose", "heading", "links", "short", "line")
EDGE, PROSE_BLOCK, HEADING, LINK_BLOCK, LABEL, LINE = range(len(NEIGHBOURS))

SIZES: Final = (8, 15, 25, 40, 60, 90, 140, 220, 400)
DENSITIES: Final = (0.001, 0.1, 0.25, 0.4, 0.6, 0.8, 0.97)
COARSE_DENSITIES: Final = (0.001, 0.25, 0.6)
GAPS: Final = (1, 2, 3, 5, 9, 20, 60)
UNDER: Final = (2, 5, 12, 30)
PLACES: Final = (0.001, 0.02, 0.1, 0.5, 0.9, 0.98, 0.999)
COUNTS: Final = (2, 4, 8, 16, 40, 100, 250)
HEADLINE: Final = (-20, -5, -1, 0, 1, 2, 4, 8, 20, 60, 150)
FAR: Final = 1_000_000  # blocks; no landmark at all


def _forms(name: str, kinds: tuple[str, ...]) -> int:
    return OWN_ROLL.row(name, kinds, STEPS, ("phrase", "sentence"), ("text", "link"))


OWN_ROLL: Final = Roll()
_row = OWN_ROLL.row
SIZE: Final = _row("size", len(SIZES) + 1)
TAG: Final = _row("tag", TAGS)
TAG_SIZE: Final = _row("tag size", TAGS, STEPS)
BEGINS: Final = _forms("begins", OPENINGS)
HOLDS: Final = _forms("holds", HOLDINGS)
HIDDEN: Final = _row("hidden")
IS_HEADLINE: Final = _row("headline")
HOLDS_HEADLINE: Final = _row("holds headline")
TWICE: Final = _row("twice")
AGAIN: Final = _row("again")
LINKS: Final = _row("links", len(DENSITIES) + 1)
SIZE_LINKS: Final = _row("size links", STEPS, len(COARSE_DENSITIES) + 1)
FORM: Final = _row("form", ("phrase", "sentence"), STEPS)
SIGN: Final = _row("first", ("upper", "lower", "sign"))
LINES: Final = _row("lines", len(COUNTS) + 1)
CAPITALS: Final = _row("capitals")
COLON: Final = _row("colon")
OWN: Final = _row("own", STEM_NAMES)
BEFORE: Final = tuple(_row(f"{away:+d}", NEIGHBOURS) for away in (-3, -2, -1))
AFTER: Final = tuple(_row(f"{away:+d}", NEIGHBOURS) for away in (1, 2, 3))
WITH_LAST: Final = _row("with last")
WITH_NEXT: Final = _row("with next")
LIKE_LAST: Final = _row("like last", STEPS)
LIKE_NEXT: Final = _row("like next", STEPS)
SINCE: Final = _row("since", len(GAPS) + 1)
UNTIL: Final = _row("until", len(GAPS) + 1)
PASSED: Final = _row("passed", len(COUNTS) + 1)
PLACE: Final = _row("place", len(PLACES) + 1)
FROM_HEADLINE: Final = _row("from headline", len(HEADLINE) + 1)
NO_HEADLINE: Final = _row("no headline")
UNDER_CLUE: Final = _row("under", (*OPENINGS, *HOLDINGS, "plain", "none"), len(UNDER) + 1)
OPENS_KIND: Final = _row("opens kind", STANDINGS, KINDS, STEPS)

MORE: Final = OPENINGS.index("more")
PLAIN: Final = len(OPENINGS) + len(HOLDINGS)
NO_CLUE: Final = PLAIN + 1
TAG_NUMBERS: Final = {tag: number for number, tag in enumerate(TAGS)}
OTHER_TAG: Final = TAG_NUMBERS["other"]


def traits(scene: Scene) -> list[list[int]]:
    """List each block's own traits, in order; those of its container are in ``holders``."""
    short = [
        block.text
        for block, length in zip(scene.blocks, scene.sizes, strict=True)
        if length < CLUED or block.heading
    ]
    words = telling("\n".join(short).lower())
    own = [_text(scene, at, words) for at in range(len(scene.blocks))]
    _add_neighbours(own, scene)
    _add_places(own, scene, words)
    return own


def _text(scene: Scene, at: int, words: Words) -> list[int]:
    block, length, density = scene.blocks[at], scene.sizes[at], scene.densities[at]
    text = block.text
    step, kind = scene.steps[at], scene.kinds[at]
    tag = TAG_NUMBERS.get(block.tag, OTHER_TAG)
    ends = ends_sentence(text)
    first = text[0]
    standing = scene.standings[scene.containers[at]]
    found = [
        SIZE + bisect_right(SIZES, length),
        TAG + tag,
        TAG_SIZE + STEPS * tag + step,
        LINKS + bisect_right(DENSITIES, density),
        SIZE_LINKS + STEPS * step + bisect_right(COARSE_DENSITIES, density),
        FORM + STEPS * ends + step,
        SIGN + (0 if first.isupper() else 1 if first.islower() else 2),
        OPENS_KIND + (standing * len(KINDS) + kind) * STEPS + step,
    ]
    if length < CLUED:
        form = 4 * step + 2 * ends + (density > PROSE_LINKS)
        lowered = text.lower()
        if (clue := opening(lowered)) is not None:
            found.append(BEGINS + 4 * STEPS * clue + form)
        if (clue := holding(lowered, words)) is not None:
            found.append(HOLDS + 4 * STEPS * clue + form)
    if "\n" in text:
        found.append(LINES + bisect_right(COUNTS, text.count("\n")))
    if text.isupper():
        found.append(CAPITALS)
    if text[-1] == ":":
        found.append(COLON)
    if block.hidden:
        found.append(HIDDEN)
    title = scene.title
    if title and len(text) > HEADLINE_PIECE and (text in title or title in text):
        found.append(IS_HEADLINE if len(text) < len(title) + HEADLINE_MORE else HOLDS_HEADLINE)
    if block.marks:
        found += [OWN + stem for stem in said(block.marks)[0]]
    return found


def _kind(block: Block, length: int, prose: float, density: float) -> int:
    if prose and length >= LONG_PROSE:
        return PROSE_BLOCK
    if block.heading:
        return HEADING
    if density > LINKED:
        return LINK_BLOCK
    return LABEL if length < SHORT else LINE


def _add_neighbours(own: list[list[int]], scene: Scene) -> None:
    kinds = [EDGE] * 3
    kinds += map(_kind, scene.blocks, scene.sizes, scene.prose, scene.densities)
    kinds += [EDGE] * 3
    last = len(own) - 1
    containers, blocks = scene.containers, scene.blocks
    third, second, first = BEFORE
    next_one, next_two, next_three = AFTER
    like = False
    for at, found in enumerate(own):
        found.extend(
            (
                third + kinds[at],
                second + kinds[at + 1],
                first + kinds[at + 2],
                next_one + kinds[at + 4],
                next_two + kinds[at + 5],
                next_three + kinds[at + 6],
            )
        )
        step = scene.steps[at]
        if at and containers[at] is containers[at - 1]:
            found.append(WITH_LAST)
            if like:
                found.append(LIKE_LAST + step)
        like = False
        if at < last and containers[at] is containers[at + 1]:
            found.append(WITH_NEXT)
            block, after = blocks[at], blocks[at + 1]
            if block.tag == after.tag and block.marks == after.marks:
                found.append(LIKE_NEXT + step)
                like = True


def _add_places(own: list[list[int]], scene: Scene, words: Words) -> None:
    sizes, prose, total = scene.sizes, scene.prose, scene.total
    landmarks = [at for at, length in enumerate(prose) if length and sizes[at] >= LONG_PROSE]
    seen = Counter([block.text for block in scene.blocks])
    met: set[str] = set()
    passed, last, following = 0, -FAR, landmarks[0] if landmarks else FAR
    clue, since = NO_CLUE, 0
    for at, (found, block, before) in enumerate(
        zip(own, scene.blocks, accumulate(prose, initial=0.0), strict=False)
    ):
        here = at == following
        if here:
            following = landmarks[passed + 1] if passed + 1 < len(landmarks) else FAR
        found.extend(
            (
                SINCE + bisect_right(GAPS, at - last),
                UNTIL + bisect_right(GAPS, following - at),
                PASSED + bisect_right(COUNTS, passed),
                PLACE + bisect_right(PLACES, before / total),
                UNDER_CLUE + clue * (len(UNDER) + 1) + bisect_right(UNDER, at - since),
                NO_HEADLINE
                if scene.headline is None
                else FROM_HEADLINE + bisect_right(HEADLINE, block.position - scene.headline),
            )
        )
        if here:
            last = at
            passed += 1
        if seen[block.text] > 1:
            found.append(AGAIN if block.text in met else TWICE)
            met.add(block.text)
        if block.heading:
            clue, since = _clue_of(block.text.lower(), words), at
        elif sizes[at] < SHORT and _is_label(block):
            clue, since = MORE, at


def _is_label(block: Block) -> bool:
    """Say whether a short block stands above links to other texts like a heading."""
    return not block.link_chars and opening(block.text.lower()) == MORE


def _clue_of(lowered: str, words: Words) -> int:
    """Give what a heading says of the blocks under it: how it begins, what it holds, or that it is plain."""
    if (found := opening(lowered)) is not None:
        return found
    found = holding(lowered, words)
    return PLAIN if found is None else len(OPENINGS) + found
