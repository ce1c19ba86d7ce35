"""Hours: what is written is read, the next opening is found, also past midnight and a change of the clock."""

from datetime import UTC, datetime

import pytest

from crawler.model import Hours
from crawler.schedule.hours import next_open, read, spell


@pytest.mark.parametrize(
    ("text", "hours", "written"),
    [
        ("Mon-Fri 07:00-19:00", Hours((0, 1, 2, 3, 4), 420, 1140), "Mon-Fri 07:00-19:00"),
        ("mon - fri 7:00 - 19:30", Hours((0, 1, 2, 3, 4), 420, 1170), "Mon-Fri 07:00-19:30"),
        ("Sat 22:00-02:00", Hours((5,), 1320, 120), "Sat 22:00-02:00"),
        ("Fri-Mon 00:00-24:00", Hours((4, 5, 6, 0), 0, 1440), "Fri-Mon 00:00-24:00"),
        ("08:00-18:00", Hours((0, 1, 2, 3, 4, 5, 6), 480, 1080), "Mon-Sun 08:00-18:00"),
        (
            "Tue 08:00-18:00 America/New_York",
            Hours((1,), 480, 1080, "America/New_York"),
            "Tue 08:00-18:00 America/New_York",
        ),
    ],
)
def test_hours_are_read_and_written(text: str, hours: Hours, written: str) -> None:
    assert read(text) == hours
    assert spell(hours) == written
    assert read(written) == hours


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not hours of a week"),
        ("always", "not hours of a week"),
        ("Mon-Fri", "not hours of a week"),
        ("Foo 08:00-18:00", "not a day of the week: 'Foo'"),
        ("25:00-26:00", "not a time of day: 25:00"),
        ("08:00-18:60", "not a time of day: 18:60"),
        ("08:00-18:00 Berlin", "not a time zone: 'Berlin'"),
    ],
)
def test_what_is_not_hours_is_said(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read(text)


@pytest.mark.parametrize(
    ("text", "at", "opens"),
    [
        pytest.param("Mon-Fri 07:00-19:00", "2026-03-04 12:00", "2026-03-04 12:00", id="open"),
        pytest.param("Mon-Fri 07:00-19:00", "2026-03-04 05:00", "2026-03-04 06:00", id="before"),
        pytest.param("Mon-Fri 07:00-19:00", "2026-03-04 18:00", "2026-03-05 06:00", id="it closed just now"),
        pytest.param("Mon-Fri 07:00-19:00", "2026-03-06 18:00", "2026-03-09 06:00", id="over a weekend"),
        pytest.param("Fri 22:00-02:00", "2026-03-07 00:30", "2026-03-07 00:30", id="open past midnight"),
        pytest.param("Sun 09:00-10:00", "2026-03-22 10:00", "2026-03-29 07:00", id="the clock goes forward"),
        pytest.param(
            "Mon 08:00-09:00 Asia/Tokyo", "2026-03-04 12:00", "2026-03-08 23:00", id="a zone of their own"
        ),
        pytest.param("Fri-Mon 00:00-24:00", "2026-03-05 22:00", "2026-03-05 23:00", id="past a week's end"),
    ],
)
def test_the_next_opening_is_found(text: str, at: str, opens: str) -> None:
    instant = datetime.fromisoformat(at).replace(tzinfo=UTC)
    then = next_open(read(text), instant, "Europe/Berlin")
    assert f"{then.astimezone(UTC):%Y-%m-%d %H:%M}" == opens
