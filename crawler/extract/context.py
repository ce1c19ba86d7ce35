"""Describe every block once more, by what the first look thinks of the blocks around it.  Pure.

A first look at a block alone takes a teaser for a paragraph and a short line for a label; what stands around
it tells them apart.  Blocks that the first look is sure to drop are not described.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from crawler.extract.traits import COARSE, Scene, Spot, apart, lineage_of

HOPELESS: Final = -3.0  # first score below which no block was kept by the second look
STRONG: Final = 0.7  # first score of a block that others lean on
STRONG_SIZE: Final = 60

FINE: Final = (-3, -2, -1, -0.5, 0, 0.5, 1, 2, 3, 4)
ROUGH: Final = (-2, -0.7, 0, 0.7, 2)
SHARES: Final = (0.01, 0.05, 0.2, 0.5, 0.8, 0.95)
GAPS: Final = (2, 3, 4, 8, 20, 90)
ROUGH_GAPS: Final = (2, 4, 20, 90)
FAR: Final = 99  # blocks; no strong block at all
KINDS: Final = frozenset({"p", "li", "tr"})
#: Traits of the first look that the second counts again, by how they begin.
AGAIN: Final = ("begins", "holds", "headline", "hidden", "size", "twice", "again", "tag ")
PLACES: Final = (-5, -1, 0, 1, 3, 8, 30)
MAXIMA: Final = (0, 1, 2, 3)


class Sums:
    """The first scores added up over every element."""

    def __init__(self, scene: Scene, scores: Sequence[float]) -> None:
        self.gain: dict[Spot, float] = dict.fromkeys(scene.spots, 0.0)
        self.good = self.gain.copy()
        self.mass = self.gain.copy()
        for spot, score, length in zip(scene.own, scores, scene.sizes, strict=True):
            mass = min(length, 400) + 10.0
            self.gain[spot] += max(-3.0, min(3.0, score)) * mass
            self.good[spot] += max(0.0, score) * mass
            self.mass[spot] += mass
        for spot in reversed(scene.spots):
            if around := spot.parent:
                self.gain[around] += self.gain[spot]
                self.good[around] += self.good[spot]
                self.mass[around] += self.mass[spot]
        self.all_good = max(1e-9, sum(self.good[spot] for spot in scene.spots if spot.parent is None))
        #: The element whose blocks gain most, and those around it, innermost first.
        self.best = max(scene.spots, key=lambda spot: (self.gain[spot], spot.depth))
        self.chain = list(lineage_of(self.best))

    def mean(self, spot: Spot) -> float:
        """Give the mean score of the text in an element."""
        return self.gain[spot] / self.mass[spot]


def context(scene: Scene, own: Sequence[Sequence[str]], scores: Sequence[float]) -> list[list[str] | None]:
    """List each block's traits of the second look; None for a block that is dropped without one.

    Args:
        scene: the page.
        own: the blocks' own traits of the first look.
        scores: what the first look gave each block.
    """
    if not scores:
        return []
    look = _Look(scene, scores)
    return [
        [*look.of_block(at), *(trait for trait in own[at] if trait.startswith(AGAIN))]
        if score >= HOPELESS
        else None
        for at, score in enumerate(scores)
    ]


def _alike(scene: Scene, scores: Sequence[float]) -> list[float]:
    """Give the mean score of blocks of the same kind in the same container."""
    sums: dict[tuple[str, str, Spot], list[float]] = {}
    keys = [
        (block.tag, block.marks, spot) for block, spot in zip(scene.blocks, scene.containers, strict=True)
    ]
    for key, score, length in zip(keys, scores, scene.sizes, strict=True):
        mass = min(length, 400) + 10.0
        kind = sums.setdefault(key, [0.0, 0.0])
        kind[0] += score * mass
        kind[1] += mass
    return [sums[key][0] / sums[key][1] for key in keys]


class _Look:
    """What the second look needs of the whole page."""

    def __init__(self, scene: Scene, scores: Sequence[float]) -> None:
        self.scene = scene
        self.scores = scores
        self.sums = Sums(scene, scores)
        self.best = bisect_right(MAXIMA, max(scores))
        self.alike = _alike(scene, scores)
        sizes = scene.sizes
        self.strong = [at for at, score in enumerate(scores) if score > STRONG and sizes[at] >= STRONG_SIZE]
        below = -1 if scene.headline is None else scene.headline
        #: Container of the first strong block below the headline.
        self.opening = next(
            (scene.containers[at] for at in self.strong if scene.blocks[at].position > below), None
        )
        self._shared: dict[Spot, list[str]] = {}

    def of_block(self, at: int) -> list[str]:
        scene, scores, strong = self.scene, self.scores, self.strong
        shared = self._of_container(scene.containers[at])
        level = shared[0]
        block = scene.blocks[at]
        rough = bisect_right(ROUGH, scores[at])
        kind = "heading" if block.heading else block.tag if block.tag in KINDS else "other"
        step = bisect_right(COARSE, scene.sizes[at])
        before = scores[max(0, at - 3) : at] or (-5.0,)
        after = scores[at + 1 : at + 4] or (-5.0,)
        low, high = sorted((bisect_right(ROUGH, before[-1]), bisect_right(ROUGH, after[0])))
        place = bisect_left(strong, at)
        gone = at - strong[place - 1] if place else FAR
        place += place < len(strong) and strong[place] == at
        left = strong[place] - at if place < len(strong) else FAR
        headline = "none" if scene.headline is None else bisect_right(PLACES, block.position - scene.headline)
        return [
            *shared,
            f"first {bisect_right(FINE, scores[at])}",
            f"first {rough} {level}",
            f"first {rough} {kind} {step}",
            f"first {rough} best {self.best}",
            f"{level} {kind} {step}",
            f"near {low} {high} first {rough}",
            f"most {bisect_right(ROUGH, max(before))} {bisect_right(ROUGH, max(after))} {kind}",
            f"before {bisect_right(FINE, sum(before) / len(before))}",
            f"after {bisect_right(FINE, sum(after) / len(after))}",
            f"gone {bisect_right(GAPS, gone)} left {bisect_right(GAPS, left)}",
            f"gone {bisect_right(ROUGH_GAPS, gone)} {kind} {step}",
            f"left {bisect_right(ROUGH_GAPS, left)} {kind} {step}",
            f"alike {bisect_right(FINE, self.alike[at])}",
            f"headline {headline} {level}",
        ]

    def _of_container(self, spot: Spot) -> list[str]:
        """Collect the traits that all blocks of a container share, the level in the best element first."""
        if spot in self._shared:
            return self._shared[spot]
        sums = self.sums
        around = spot.parent or spot
        beyond = around.parent or around
        inner = next((outer for outer in lineage_of(spot) if outer in sums.chain), None)
        level = f"level {min(3, sums.chain.index(inner)) if inner else 4}"
        share = bisect_right(SHARES, sums.good[sums.best] / sums.all_good)
        beside = apart(spot, self.opening)
        found = self._shared[spot] = [
            level,
            f"{level} share {share}",
            f"mean {bisect_right(FINE, sums.mean(spot))}",
            f"mean around {bisect_right(FINE, sums.mean(around))}",
            f"mean beyond {bisect_right(FINE, sums.mean(beyond))}",
            f"held {bisect_right(SHARES, sums.good[spot] / sums.all_good)}",
            f"opening {beside}",
            f"opening {beside} {level}",
        ]
        return found
