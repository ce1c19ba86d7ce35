"""Describe every block once more, by what the first look thinks of the blocks around it.  Pure.

A first look at a block alone takes a teaser for a paragraph and a short line for a label; what stands around
it tells them apart.  Blocks that the first look is sure of are not described.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from crawler.extract.body.roll import Roll
from crawler.extract.body.scene import KINDS, STANDINGS, STEPS, Scene, Spot, apart, lineage_of
from crawler.extract.body.traits import OWN_ROLL

HOPELESS: Final = -3.0  # first score below which no block of an unseen site was kept by the second look
CERTAIN: Final = 2.0  # from which it dropped 1 in 1,000; left alone, articles of unseen sites gain .005 of F1
STRONG: Final = 0.7  # first score of a block that others lean on
STRONG_SIZE: Final = 60
MOST_MASS: Final = 400  # size; a longer block counts no more than this one in sums
LEAST_MASS: Final = 10.0
CAP: Final = 3.0  # of a score in sums

FINE: Final = (-3, -2, -1, -0.5, 0, 0.5, 1, 2, 3, 4)
ROUGH: Final = (-2, -0.7, 0, 0.7, 2)
SHARES: Final = (0.01, 0.05, 0.2, 0.5, 0.8, 0.95)
GAPS: Final = (2, 3, 4, 8, 20, 90)
ROUGH_GAPS: Final = (2, 4, 20, 90)
FAR: Final = 99  # blocks; no strong block at all
NOTHING: Final = (-5.0,)  # scores beyond the edge of the page
PLACES: Final = (-5, -1, 0, 1, 3, 8, 30)
MAXIMA: Final = (0, 1, 2, 3)
RUN_GAPS: Final = (2, 4, 10, 30)

_FINE: Final = len(FINE) + 1
_ROUGH: Final = len(ROUGH) + 1
_GAPS: Final = len(ROUGH_GAPS) + 1
LEVELS: Final = 5  # of a container: in the best one, one, two, three around it, elsewhere

SECOND_ROLL: Final = Roll()
#: A block's own traits, by the same numbers as in the first look.
SECOND_ROLL.names += OWN_ROLL.names
_row = SECOND_ROLL.row
FIRST: Final = _row("first", _FINE)
FIRST_LEVEL: Final = _row("first level", _ROUGH, LEVELS)
FIRST_KIND: Final = _row("first kind", _ROUGH, KINDS, STEPS)
FIRST_BEST: Final = _row("first best", _ROUGH, len(MAXIMA) + 1)
LEVEL_KIND: Final = _row("level kind", LEVELS, KINDS, STEPS)
BETWEEN: Final = _row("between", _ROUGH, _ROUGH, _ROUGH)
MOST: Final = _row("most", _ROUGH, _ROUGH, KINDS)
BEFORE: Final = _row("before", _FINE)
AFTER: Final = _row("after", _FINE)
GONE_LEFT: Final = _row("gone left", len(GAPS) + 1, len(GAPS) + 1)
GONE: Final = _row("gone", _GAPS, KINDS, STEPS)
LEFT: Final = _row("left", _GAPS, KINDS, STEPS)
ALIKE: Final = _row("alike", _FINE)
PLACE: Final = _row("from headline", len(PLACES) + 2, LEVELS)
RUN: Final = _row("run", ("before", "inside", "after"), len(RUN_GAPS) + 1)
RUN_FIRST: Final = _row("run first", ("before", "inside", "after"), _ROUGH, KINDS)
LEVEL: Final = _row("level", LEVELS)
LEVEL_SHARE: Final = _row("level share", LEVELS, len(SHARES) + 1)
MEAN: Final = tuple(_row(f"mean{beyond}", _FINE) for beyond in range(3))
HELD: Final = _row("held", len(SHARES) + 1)
OPENING: Final = _row("opening", STANDINGS)
OPENING_LEVEL: Final = _row("opening level", STANDINGS, LEVELS)


class Look:
    """What the second look needs of the whole page."""

    def __init__(self, scene: Scene, scores: Sequence[float]) -> None:
        self.scene = scene
        self.scores = scores
        self.masses = [min(length, MOST_MASS) + LEAST_MASS for length in scene.sizes]
        self._add_up()
        #: The scores in rough steps, three of the lowest on either side.
        self.roughs = [0, 0, 0, *(bisect_right(ROUGH, score) for score in scores), 0, 0, 0]
        self.best_step = bisect_right(MAXIMA, max(scores))
        self.alike = self._alike()
        self.run = self._run()
        sizes = scene.sizes
        self.strong = [at for at, score in enumerate(scores) if score > STRONG and sizes[at] >= STRONG_SIZE]
        below = -1 if scene.headline is None else scene.headline
        #: Container of the first strong block below the headline.
        self.opening = next(
            (scene.containers[at] for at in self.strong if scene.blocks[at].position > below), None
        )
        self.path = frozenset(lineage_of(self.opening))

    def _add_up(self) -> None:
        """Add the first scores up over every element, and find the one whose blocks gain most."""
        for spot in self.scene.spots:
            spot.gain = spot.good = spot.mass = 0.0
            spot.second = None
        for spot, score, mass in zip(self.scene.own, self.scores, self.masses, strict=True):
            spot.gain += max(-CAP, min(CAP, score)) * mass
            if score > 0:
                spot.good += score * mass
            spot.mass += mass
        best, all_good = self.scene.spots[0], 0.0
        for spot in reversed(self.scene.spots):
            if around := spot.parent:
                around.gain += spot.gain
                around.good += spot.good
                around.mass += spot.mass
            else:
                all_good += spot.good
        for spot in self.scene.spots:
            if spot.gain > best.gain or (spot.gain == best.gain and spot.depth > best.depth):
                best = spot
        self.all_good = max(1e-9, all_good)
        self.best_share = bisect_right(SHARES, best.good / self.all_good)
        #: The best element and those around it, innermost first, with their place.
        self.chain = {spot: min(LEVELS - 2, number) for number, spot in enumerate(lineage_of(best))}

    def _alike(self) -> list[float]:
        """Give the mean score of blocks of the same kind in the same container."""
        keys = [
            (block.tag, block.marks, id(spot))
            for block, spot in zip(self.scene.blocks, self.scene.containers, strict=True)
        ]
        sums: dict[tuple[str, str, int], list[float]] = {}
        for key, score, mass in zip(keys, self.scores, self.masses, strict=True):
            kind = sums.get(key)
            if kind is None:
                sums[key] = [score * mass, mass]
            else:
                kind[0] += score * mass
                kind[1] += mass
        means = {key: gain / mass for key, (gain, mass) in sums.items()}
        return [means[key] for key in keys]

    def _run(self) -> tuple[int, int]:
        """Find the stretch of blocks that gains most (Kadane): its first block and the one behind it."""
        best = held = 0.0
        start, found = 0, (0, len(self.scores))
        for at, (score, mass) in enumerate(zip(self.scores, self.masses, strict=True)):
            if held <= 0:
                held, start = 0.0, at
            held += max(-CAP, min(CAP, score)) * mass
            if held > best:
                best, found = held, (start, at + 1)
        return found

    def traits(self, at: int) -> list[int]:
        """List the traits of one block; those of its container are ``shared``."""
        scene, scores, strong = self.scene, self.scores, self.strong
        level = self.shared(scene.containers[at])[0] - LEVEL
        score, kind = scores[at], scene.kinds[at]
        form = kind * STEPS + scene.steps[at]
        before = scores[max(0, at - 3) : at] or NOTHING
        after = scores[at + 1 : at + 4] or NOTHING
        third, second, low, rough, high, next_two, next_three = self.roughs[at : at + 7]
        most_before, most_after = max(third, second, low), max(high, next_two, next_three)
        if low > high:
            low, high = high, low
        place = bisect_left(strong, at)
        gone = at - strong[place - 1] if place else FAR
        place += place < len(strong) and strong[place] == at
        left = strong[place] - at if place < len(strong) else FAR
        headline = 0
        if scene.headline is not None:
            headline = 1 + bisect_right(PLACES, scene.blocks[at].position - scene.headline)
        start, end = self.run
        side = 0 if at < start else 1 if at < end else 2
        away = start - at if at < start else min(at - start, end - 1 - at) if at < end else at - end + 1
        return [
            FIRST + bisect_right(FINE, score),
            FIRST_LEVEL + rough * LEVELS + level,
            FIRST_KIND + rough * len(KINDS) * STEPS + form,
            FIRST_BEST + rough * (len(MAXIMA) + 1) + self.best_step,
            LEVEL_KIND + level * len(KINDS) * STEPS + form,
            BETWEEN + (low * _ROUGH + high) * _ROUGH + rough,
            MOST + (most_before * _ROUGH + most_after) * len(KINDS) + kind,
            BEFORE + bisect_right(FINE, sum(before) / len(before)),
            AFTER + bisect_right(FINE, sum(after) / len(after)),
            GONE_LEFT + bisect_right(GAPS, gone) * (len(GAPS) + 1) + bisect_right(GAPS, left),
            GONE + bisect_right(ROUGH_GAPS, gone) * len(KINDS) * STEPS + form,
            LEFT + bisect_right(ROUGH_GAPS, left) * len(KINDS) * STEPS + form,
            ALIKE + bisect_right(FINE, self.alike[at]),
            PLACE + headline * LEVELS + level,
            RUN + side * (len(RUN_GAPS) + 1) + bisect_right(RUN_GAPS, away),
            RUN_FIRST + (side * _ROUGH + rough) * len(KINDS) + kind,
        ]

    def _level(self, spot: Spot) -> int:
        """Say how far around the best element the innermost element stands that holds it and a container."""
        around: Spot | None = spot
        while around is not None:
            if around in self.chain:
                return self.chain[around]
            around = around.parent
        return LEVELS - 1

    def shared(self, spot: Spot) -> list[int]:
        """Give the traits that all blocks of a container share."""
        if spot.second is None:
            around = spot.parent or spot
            beyond = around.parent or around
            level = self._level(spot)
            standing = apart(spot, self.opening, self.path)
            own, near, far = MEAN
            spot.second = [
                LEVEL + level,
                LEVEL_SHARE + level * (len(SHARES) + 1) + self.best_share,
                own + bisect_right(FINE, spot.gain / spot.mass),
                near + bisect_right(FINE, around.gain / around.mass),
                far + bisect_right(FINE, beyond.gain / beyond.mass),
                HELD + bisect_right(SHARES, spot.good / self.all_good),
                OPENING + standing,
                OPENING_LEVEL + standing * LEVELS + level,
            ]
        return spot.second
