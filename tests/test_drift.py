"""Drift: what changes about a source's releases is named; what varies by nature is not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from crawler.health.drift import signs
from crawler.model import Trace, Visit
from tests.makers import START, later, make_visit

HOUR = timedelta(hours=1)


def trace(number: int, *, moment: datetime | None = None) -> Trace:
    """Give a release found on one of the visits below; the greater the number, the later."""
    seen = later(hours=6 * number + 0.1)
    return Trace(
        f"https://acme.example/{number}",
        f"Acme opens plant {number}",
        seen.date(),
        moment or seen - HOUR,
        seen,
        2_000 + 37 * (number % 7),
    )


def course(count: int = 20) -> list[Trace]:
    return [trace(number) for number in range(count, 0, -1)]


def visits(count: int = 25) -> list[Visit]:
    return [make_visit(started=later(hours=6 * number)) for number in range(count, -1, -1)]


def latest(change: Callable[[Trace], Trace], count: int = 4) -> list[Trace]:
    """Give a course whose latest releases are changed."""
    return [change(one) if place < count else one for place, one in enumerate(course())]


def undated(one: Trace) -> Trace:
    return replace(one, day=None, moment=None)


def shifted(hours: float) -> Callable[[Trace], Trace]:
    return lambda one: replace(one, moment=one.seen + hours * HOUR)


@pytest.mark.parametrize(
    ("traces", "says"),
    [
        pytest.param(course(), None, id="nothing changed"),
        pytest.param(
            latest(undated), "none of its latest 4 releases has a date; 16 of 16 before had", id="no dates"
        ),
        pytest.param(latest(undated, 3), None, id="three without a date"),
        pytest.param(latest(undated, 9), "none of its latest 9 releases has a date", id="it goes on"),
        pytest.param([undated(one) for one in course()], None, id="never a date"),
        pytest.param(
            latest(lambda one: replace(one, size=300)), "have 300 characters at most; usual are", id="short"
        ),
        pytest.param(latest(lambda one: replace(one, size=900)), None, id="a little short"),
        pytest.param(
            [
                replace(one, size=150) if place in {0, 1, 2, 3, 9} else one
                for place, one in enumerate(course())
            ],
            None,
            id="short as one was before",
        ),
        pytest.param(
            latest(lambda one: replace(one, title=f"{one.title} | Acme Group")),
            "each of its latest 4 titles ends with 'Acme Group'; none before did",
            id="a new suffix",
        ),
        pytest.param(
            latest(lambda one: replace(one, title=f"Newsroom - {one.title}")),
            "each of its latest 4 titles begins with 'Newsroom'; none before did",
            id="a new prefix",
        ),
        pytest.param(
            [replace(one, title=f"{one.title} | Acme") for one in course()], None, id="always a suffix"
        ),
        pytest.param(
            latest(lambda one: replace(one, title=f"{one.title} - part {one.size}")),
            None,
            id="ends that differ",
        ),
        pytest.param(
            latest(shifted(6)),
            "dated 6.0 hours after they were seen; its time zone may have changed",
            id="late",
        ),
        pytest.param(latest(shifted(6), 9), "its latest 9 releases are dated 6.0 hours", id="late for long"),
        pytest.param(latest(shifted(-13)), "dated 6.9 hours before they came", id="early"),
        pytest.param(latest(shifted(-3)), None, id="within the time between two visits"),
        pytest.param(latest(shifted(-900)), None, id="old ones listed anew"),
        pytest.param([shifted(6)(one) for one in course()], None, id="always dated ahead"),
        pytest.param(latest(undated)[:12], None, id="too few before"),
        pytest.param([], None, id="nothing"),
    ],
)
def test_what_changed_is_named(traces: list[Trace], says: str | None) -> None:
    sign = signs(traces, visits())
    assert (sign is None) if says is None else (sign is not None and says in sign)


def test_hours_are_judged_only_where_visits_bound_them() -> None:
    assert signs(latest(shifted(6)), []) is None
    assert signs(latest(shifted(6)), [replace(visit, outcome="failed") for visit in visits()]) is None


def test_a_first_visit_that_finds_all_at_once_shows_no_sign() -> None:
    old = [replace(one, seen=START, day=date(2026, 2, 1)) for one in course()]
    assert signs(old, visits(0)) is None
