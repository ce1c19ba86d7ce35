"""Rhythm: sources are looked at when they publish, sooner after news, seldom in silence, within bounds."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crawler.model import Trace
from crawler.schedule.rhythm import learn, next_look, sightings
from tests.makers import make_visit

NOON = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)  # a Monday
DAY = timedelta(days=1)


def weekly(count: int = 40, *, hour: int = 10, weekday: int = 1) -> list[datetime]:
    """Publish on one weekday at one hour, up to the week before."""
    last = NOON.replace(hour=hour) - 7 * DAY + weekday * DAY
    return [last - 7 * DAY * week for week in range(count)][::-1]


def traces(times: Sequence[datetime], *, days_only: bool = False) -> list[Trace]:
    return [Trace("", "", at.date(), None if days_only else at, at + timedelta(minutes=9), 0) for at in times]


def looks(times: Sequence[datetime], since: datetime, until: datetime, zone: str = "UTC") -> list[datetime]:
    """Give the instants at which a source is looked at when nothing new comes."""
    seen, found = sightings(traces(times), (), zone), [since]
    while found[-1] < until:
        rhythm = learn(seen, zone, found[-1])
        found.append(next_look(rhythm, found[-1], soonest_s=600, latest_s=86_400))
    return found


def test_a_source_is_looked_at_right_after_its_usual_hour() -> None:
    tuesday = NOON.replace(hour=9) + DAY
    first = next(at for at in looks(weekly(), tuesday, tuesday + DAY) if at > tuesday + timedelta(hours=1))
    assert first - (tuesday + timedelta(hours=1)) <= timedelta(minutes=20)


def test_most_looks_are_on_the_day_it_publishes() -> None:
    found = looks(weekly(), NOON, NOON + 7 * DAY)
    tuesdays = sum(at.weekday() == 1 for at in found)
    assert tuesdays > 2 * max(sum(at.weekday() == day for at in found) for day in (0, 2, 3, 4, 5, 6))


def test_nights_and_weekends_are_spared_before_anything_is_known() -> None:
    found = looks([], NOON, NOON + 7 * DAY)
    assert sum(at.weekday() > 4 for at in found) <= 2
    assert sum(at.hour < 6 for at in found) <= 3


def test_after_news_a_source_that_publishes_in_bursts_is_looked_at_sooner() -> None:
    bursts = [NOON - DAY * (30 * month) + timedelta(hours=h) for month in range(12, 1, -1) for h in (0, 2, 4)]
    rhythm = learn(sightings(traces(bursts), (), "UTC"), "UTC", NOON)
    in_burst = learn(sightings(traces([*bursts, NOON]), (), "UTC"), "UTC", NOON)
    assert rhythm.echo > 0.2
    quiet, busy = (next_look(one, NOON, soonest_s=600, latest_s=86_400) for one in (rhythm, in_burst))
    assert busy - NOON < (quiet - NOON) / 1.5


def test_the_longer_a_source_is_silent_the_seldomer_it_is_looked_at() -> None:
    daily = [NOON - DAY * ago for ago in range(200, 0, -1)]
    counts = [len(looks(daily, NOON + DAY * ago, NOON + DAY * (ago + 7))) for ago in (0, 60, 400)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[2] + 5


@pytest.mark.parametrize(
    ("times", "soonest_s", "latest_s"),
    [
        pytest.param([NOON - timedelta(minutes=9 * n) for n in range(300, 0, -1)], 600, 86_400, id="a wire"),
        pytest.param([], 600, 3_600, id="never silent for long"),
        pytest.param([], 60, 60, id="no choice"),
        pytest.param([NOON - 900 * DAY], 600, 86_400, id="dead for years"),
        pytest.param([NOON + DAY], 600, 86_400, id="from the future"),
    ],
)
def test_a_look_is_never_too_soon_nor_too_late(
    times: list[datetime], soonest_s: float, latest_s: float
) -> None:
    for minutes in range(0, 10_000, 97):
        last = NOON + timedelta(minutes=minutes, seconds=minutes % 60)
        rhythm = learn(sightings(traces(times), (), "UTC"), "UTC", last)
        wait = next_look(rhythm, last, soonest_s=soonest_s, latest_s=latest_s) - last
        assert timedelta(seconds=soonest_s) <= wait <= timedelta(seconds=latest_s)


def test_the_clock_of_the_zone_counts() -> None:
    new_york = ZoneInfo("America/New_York")
    nine = NOON.astimezone(new_york).replace(hour=9)
    mondays = [(nine - 7 * DAY * week).astimezone(UTC) for week in range(60, 0, -1)]
    rhythm = learn(sightings(traces(mondays), (), new_york.key), new_york.key, NOON)
    assert max(range(24), key=rhythm.hours.__getitem__) == 9
    found = looks(mondays, NOON - timedelta(hours=1), NOON + timedelta(hours=4), new_york.key)
    assert any(nine < at <= nine + timedelta(minutes=15) for at in found)


@pytest.mark.parametrize(
    ("trace", "hours"),
    [
        pytest.param(Trace("", "", date(2026, 6, 12), NOON - 3 * DAY, NOON, 0), {12}, id="an instant"),
        pytest.param(
            Trace("", "", date(2026, 6, 15), NOON.replace(hour=0), NOON, 0),
            {9, 10, 11},
            id="midnight is a day",
        ),
        pytest.param(Trace("", "", date(2026, 6, 15), None, NOON, 0), {9, 10, 11}, id="between two visits"),
        pytest.param(Trace("", "", None, None, NOON, 0), {9, 10, 11}, id="no date at all"),
        pytest.param(
            Trace("", "", date(2026, 6, 15), NOON + DAY, NOON, 0),
            {9, 10, 11},
            id="an instant to come is none",
        ),
        pytest.param(Trace("", "", date(2026, 5, 15), None, NOON, 0), set(range(24)), id="a day long ago"),
        pytest.param(Trace("", "", date(2026, 6, 16), None, NOON, 0), set(), id="a day to come"),
    ],
)
def test_a_release_is_timed_as_narrowly_as_is_known(trace: Trace, hours: set[int]) -> None:
    visits = [make_visit(started=NOON - timedelta(hours=ago, seconds=1)) for ago in (0, 3, 6)]
    failed = make_visit(started=NOON - timedelta(hours=1), outcome="failed")
    seen = sightings([trace], [failed, *visits], "UTC")
    assert {step // 12 % 24 for one in seen for step, _ in one.spread} - {8} == hours - {8}
    assert all(sum(share for _, share in one.spread) == pytest.approx(1) for one in seen)


def test_a_release_that_no_visit_bounds_and_no_day_dates_tells_nothing() -> None:
    assert sightings([Trace("", "", None, None, NOON, 0)], [], "UTC") == []
