"""The laws of periods."""

from datetime import date

import pytest

from index.periods import period

TODAY = date(2024, 3, 31)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-3", date(2024, 3, 1), date(2024, 3, 31)),
        ("2024-03-05", date(2024, 3, 5), date(2024, 3, 5)),
        ("2024-03..2024-06", date(2024, 3, 1), date(2024, 6, 30)),
        ("2023..2024-01-15", date(2023, 1, 1), date(2024, 1, 15)),
        ("2024..", date(2024, 1, 1), None),
        ("..2024", None, date(2024, 12, 31)),
        ("30d", date(2024, 3, 1), TODAY),
        ("2w", date(2024, 3, 17), TODAY),
        ("1y..30d", date(2023, 4, 1), date(2024, 3, 1)),
        ("99999y", date(1, 1, 1), TODAY),
    ],
)
def test_a_period_has_two_ends(text: str, since: date | None, until: date | None) -> None:
    assert period(text, TODAY) == (since, until)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (">2019", "no date"),
        ("2024-13", "no day"),
        ("2023-02-29", "no day"),
        ("0000", "no day"),
        ("..", "at least one side"),
        ("2025..2024", "ends before"),
        ("2024..2025..2026", "no date"),
        ("yesterday", "no date"),
        ("", "no date"),
    ],
)
def test_what_is_no_period_says_why(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        period(text, TODAY)


def test_counting_back_needs_to_know_the_day() -> None:
    with pytest.raises(ValueError, match="today"):
        period("30d", None)
