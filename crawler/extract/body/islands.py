"""Drop islands: what stands below the text, elsewhere on the page, and was kept for its own sake.  Pure.

Footers, notes on the author and teasers are prose as well.  Below the end of the text, in elements that hold
none of it, a block must weigh a share of what the text weighs, and what comes after a gap a share of it all.
With this, articles of unseen sites gain .005 of F1 (``tests/bench/fit.py --check``); half or twice of any
bound changes that by .0007 at most.
"""

from collections.abc import Sequence
from typing import Final

from crawler.extract.body.scene import Scene

STRONG: Final = 0.25  # share of the text's mean score from which a block surely belongs to it
FAINT: Final = 0.2  # share of it below which a block elsewhere does not
GAP: Final = 6  # dropped blocks between the text and an island
SMALL: Final = 0.2  # share of the text's weight; a larger island is a part of it


def without_islands(scene: Scene, scores: Sequence[float], kept: Sequence[bool]) -> list[bool]:
    """Say of each block whether it stays, given the second scores of all and which were kept so far."""
    held = _without_faint(scene, scores, [at for at, chosen in enumerate(kept) if chosen])
    left = set(_without_far(scene, scores, held))
    return [at in left for at in range(len(kept))]


def _without_faint(scene: Scene, scores: Sequence[float], held: list[int]) -> list[int]:
    """Leave out blocks below the last strong one, in other elements, that weigh little beside it."""
    whole = sum(scene.sizes[at] for at in held)
    level = sum(scores[at] * scene.sizes[at] for at in held) / whole if whole else 0.0
    if level <= 0:
        return held
    strong = [at for at in held if scores[at] >= STRONG * level]
    homes = {scene.containers[at] for at in strong}
    return [
        at for at in held if at <= strong[-1] or scores[at] >= FAINT * level or scene.containers[at] in homes
    ]


def _without_far(scene: Scene, scores: Sequence[float], held: list[int]) -> list[int]:
    """Leave out what a gap parts from the heaviest part above it, and is small beside that."""
    parts: list[list[int]] = []
    for number, at in enumerate(held):
        before = held[number - 1]
        if not number or (at - before > GAP and scene.containers[at] is not scene.containers[before]):
            parts.append([])
        parts[-1].append(at)
    weights = [sum(scene.sizes[at] * max(0.0, scores[at]) for at in part) for part in parts]
    heaviest = max(weights, default=0.0)
    main = weights.index(heaviest) if weights else 0
    return [
        at
        for number, part in enumerate(parts)
        if number <= main or weights[number] >= SMALL * heaviest
        for at in part
    ]
