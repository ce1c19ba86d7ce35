"""The laws of slips and of nearness."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.distance import distance, near
from index.proximity import is_near
from tests.index import oracle

WORDS = st.text(alphabet="abc", max_size=7)


@given(WORDS, WORDS)
def test_a_distance_is_what_the_oracle_says(one: str, other: str) -> None:
    assert distance(one, other, 9) == oracle.distance(one, other)
    assert distance(one, other, 1) == min(oracle.distance(one, other), 2)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("takoever", ["takeover"]),
        ("umsats", ["umsatz"]),
        ("bank", ["bank", "banks"]),
        ("zzzz", []),
    ],
)
def test_near_words_are_a_slip_or_two_away(typed: str, found: list[str]) -> None:
    known = ["takeover", "umsatz", "bank", "banks", "tank", "carbon"]
    assert [known[number] for number in near(typed, enumerate(known))] == found


@pytest.mark.parametrize(
    ("positions", "width", "expected"),
    [
        ([[1], [2]], 2, True),
        ([[2], [1]], 2, True),
        ([[1], [3]], 2, False),
        ([[1, 10], [5, 11]], 2, True),
        ([[1], [], [2]], 9, False),
    ],
)
def test_words_are_near_within_a_width(positions: list[list[int]], width: int, expected: bool) -> None:
    assert is_near(positions, width) is expected
