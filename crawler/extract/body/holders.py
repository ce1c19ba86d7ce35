"""Describe the elements that hold a block, by traits that all blocks in one of them share.  Pure.

Their numbers in ``FIRST_ROLL`` follow those of a block's own traits.
"""

from bisect import bisect_right
from typing import Final

from crawler.extract.body.clues import STEM_NAMES
from crawler.extract.body.roll import Roll
from crawler.extract.body.scene import STANDINGS, Scene, Spot
from crawler.extract.body.traits import COUNTS, OWN_ROLL

WIDE: Final = 0.6  # share of the prose; what an element that holds more is called says nothing, either
LEVELS: Final = 4  # elements around a block whose figures count
KIN_LEVELS: Final = 5  # elements around a block that may be one of many alike
NEAR_LEVELS: Final = 2  # of them those whose names speak of the block itself

#: Elements around a block that say something by their name.
AROUND: Final = (
    *("article", "main", "aside", "header", "footer", "form", "table", "figure", "blockquote", "ul", "ol"),
    *("section", "li", "figcaption", "dl", "details"),
)
SHARES: Final = (0.001, 0.03, 0.1, 0.25, 0.5, 0.75, 0.95)
PARTS: Final = (0.05, 0.15, 0.3, 0.5, 0.8, 0.95)
TOTALS: Final = (300, 800, 2000, 5000)
KIN: Final = (2, 3, 4, 6, 10, 20)
KIN_LINKS: Final = (0.05, 0.2, 0.4, 0.7)
KIN_PROSE: Final = (0.02, 0.1, 0.3, 0.6)
#: Elements that repeat, told apart by name.
REPEATED: Final = ("li", "article", "div", "section", "tr", "other")

FIRST_ROLL: Final = Roll()
FIRST_ROLL.names += OWN_ROLL.names
_row = FIRST_ROLL.row
PAGE_BLOCKS: Final = _row("page blocks", len(COUNTS) + 1)
PAGE_PROSE: Final = _row("page prose", len(TOTALS) + 1)
BLOCKS: Final = _row("blocks", len(COUNTS) + 1)
SHARE: Final = tuple(_row(f"share{level}", len(SHARES) + 1) for level in range(LEVELS))
LINKS_IN: Final = tuple(_row(f"links{level}", len(PARTS) + 1) for level in range(LEVELS))
PROSE_IN: Final = tuple(_row(f"prose{level}", len(PARTS) + 1) for level in range(LEVELS))
NEAR_STEM: Final = _row("near", STEM_NAMES)
FAR_STEM: Final = _row("far", STEM_NAMES)
IN: Final = _row("in", AROUND)
IN_HEART: Final = _row("in heart")
OUTSIDE_HEART: Final = _row("outside heart")
OPENS: Final = _row("opens", STANDINGS)

KIN_LINKED: Final = _row("kin links", len(KIN) + 1, len(KIN_LINKS) + 1)
KIN_WORDED: Final = _row("kin prose", len(KIN) + 1, len(KIN_PROSE) + 1, REPEATED)
NO_KIN: Final = _row("no kin")

REPEATED_NUMBERS: Final = {tag: number for number, tag in enumerate(REPEATED)}
AROUND_NUMBERS: Final = {tag: IN + number for number, tag in enumerate(AROUND)}


def shared_traits(scene: Scene, spot: Spot) -> list[int]:
    """Give the traits that all blocks of one container share."""
    if spot.shared is None:
        spot.shared = _collect(scene, spot)
    return spot.shared


def _collect(scene: Scene, spot: Spot) -> list[int]:
    found = [
        BLOCKS + bisect_right(COUNTS, spot.blocks),
        PAGE_BLOCKS + bisect_right(COUNTS, len(scene.blocks)),
        PAGE_PROSE + bisect_right(TOTALS, scene.total),
        OPENS + scene.standings[spot],
    ]
    level = 0
    names: set[int] = set()
    inside_heart = False
    around: Spot | None = spot
    wide = WIDE * scene.total
    while around is not None:
        if around is scene.heart:
            inside_heart = True
        if level < LEVELS:
            chars = around.chars or 1.0
            found += (
                SHARE[level] + bisect_right(SHARES, around.prose / scene.total),
                LINKS_IN[level] + bisect_right(PARTS, around.links / chars),
                PROSE_IN[level] + bisect_right(PARTS, around.prose / chars),
            )
        if around.stems and around.prose < wide and around not in scene.path:
            base = NEAR_STEM if level < NEAR_LEVELS else FAR_STEM
            found += [base + stem for stem in around.stems]
        if around.name in AROUND_NUMBERS:
            names.add(AROUND_NUMBERS[around.name])
        around = around.parent
        level += 1
    found += names
    found += _kin(scene, spot)
    found.append(IN_HEART if inside_heart else OUTSIDE_HEART)
    return found


def _kin(scene: Scene, spot: Spot) -> tuple[int, ...]:
    """Describe the innermost element around that stands beside others like it: a teaser, a section, a row."""
    around: Spot | None = spot
    for _ in range(KIN_LEVELS):
        if around is None:
            break
        number = scene.kin[around.parent, around.name, around.stems]
        if number > 1 and around.blocks > 1:
            kin = bisect_right(KIN, number)
            tag = REPEATED_NUMBERS.get(around.name, len(REPEATED) - 1)
            prose = kin * (len(KIN_PROSE) + 1) + bisect_right(KIN_PROSE, around.prose / scene.total)
            return (
                KIN_LINKED
                + kin * (len(KIN_LINKS) + 1)
                + bisect_right(KIN_LINKS, around.links / (around.chars or 1.0)),
                KIN_WORDED + prose * len(REPEATED) + tag,
            )
        around = around.parent
    return (NO_KIN,)
