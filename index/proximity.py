"""Decide whether words stand near each other.  Pure."""

from collections.abc import Sequence
from heapq import merge
from itertools import repeat


def is_near(positions: Sequence[Sequence[int]], width: int) -> bool:
    """Tell whether a stretch of ``width`` words holds a place of each list, in any order."""
    last: dict[int, int] = {}
    for place, which in merge(*(zip(sorted(each), repeat(which)) for which, each in enumerate(positions))):
        last[which] = place
        if len(last) == len(positions) and place - min(last.values()) < width:
            return True
    return False
