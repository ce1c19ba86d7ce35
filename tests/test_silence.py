"""Silence: a source is measured by its own pauses, and holidays are no silence."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from crawler.health.silence import judge
from tests.bench.rhythms import RHYTHMS, UNEVEN, published

DAY = timedelta(days=1)
FIRST = date(2023, 1, 1)


def every(days: int, last: date, count: int = 30) -> list[date]:
    return [last - days * DAY * number for number in range(count)]


@pytest.mark.parametrize(
    ("days", "today", "state"),
    [
        pytest.param(every(1, date(2026, 3, 2)), date(2026, 3, 23), "quiet", id="daily, three weeks"),
        pytest.param(every(1, date(2026, 3, 2)), date(2026, 3, 24), "stale", id="daily, a day more"),
        pytest.param(every(1, date(2026, 7, 10)), date(2026, 8, 31), "quiet", id="its first summer"),
        pytest.param(every(1, date(2026, 7, 10)), date(2026, 9, 30), "stale", id="but no autumn"),
        pytest.param(every(2, date(2025, 12, 15)), date(2026, 1, 10), "ok", id="its first Christmas"),
        pytest.param(
            every(3, date(2026, 7, 1), 200), date(2026, 7, 24), "stale", id="a summer that it knows"
        ),
        pytest.param(
            every(7, date(2026, 3, 2)), date(2026, 4, 14), "stale", id="weekly, six weeks and a day"
        ),
        pytest.param(every(90, date(2026, 3, 2), 4), date(2027, 3, 2), "ok", id="quarterly, few known"),
        pytest.param([], date(2026, 3, 2), "ok", id="nothing known"),
    ],
)
def test_a_source_has_fallen_silent_when_it_is_so_by_its_own_measure(
    days: list[date], today: date, state: str
) -> None:
    assert judge(days, today).state == state


@pytest.mark.parametrize("rhythm", sorted(RHYTHMS | UNEVEN))
def test_no_pause_of_a_source_that_goes_on_is_called_stale(rhythm: str) -> None:
    for seed in range(4):
        days = sorted({at.date() for at in published(rhythm, FIRST, FIRST + 1000 * DAY, seed)})
        for place, (_, later) in enumerate(pairwise(days)):
            if place > 15:
                judged = judge(days[max(place - 150, 0) : place + 1], later - DAY)
                assert judged.state != "stale", f"{rhythm} {seed}: {later}: {judged.evidence}"
