"""A watch that is killed again and again loses no notice, and tells none more often than once more a kill."""

import random
from pathlib import Path

from tests.bench.watch_kills import finish, kill, town, wrong

MOMENTS = ("visit", "delivery", "visit")


def test_a_killed_watch_tells_everything_in_the_end(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        for moment in MOMENTS:
            kill(place, moment, random.Random(1))  # noqa: S311 - no secret
        kill(place, "delivery", random.Random(2))  # noqa: S311
        finish(place)
        assert wrong(place, kills=len(MOMENTS) + 1) == []
