"""Decide whether words stand near each other.  Pure."""

from collections.abc import Sequence


def is_near(positions: Sequence[Sequence[int]], width: int) -> bool:
    """Tell whether a stretch of ``width`` words holds a place of each list, in any order."""
    places = sorted((place, which) for which, each in enumerate(positions) for place in each)
    last: dict[int, int] = {}
    for place, which in places:
        last[which] = place
        if len(last) == len(positions) and place - min(last.values()) < width:
            return True
    return False
