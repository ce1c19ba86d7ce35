"""Differences between versions: what a reader would see, line by line."""

from datetime import date
from typing import Any

import pytest

from crawler.diff import Edit, FieldChange, around, compare, summary
from crawler.model import Part, Published
from tests.makers import START, make_release


def edits(*lines: str) -> tuple[Edit, ...]:
    ops = {" ": "same", "-": "gone", "+": "new"}
    return tuple(Edit(ops[line[0]], line[1:]) for line in lines)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a\nb\nc", "a\nB\nc", edits(" a", "-b", "+B", " c")),
        ("a\nb", "a\nb\nc", edits(" a", " b", "+c")),
        ("a\nb\nc", "b", edits("-a", " b", "-c")),
        ("a\na\na", "a\na", edits(" a", " a", "-a")),
        ("", "a", edits("+a")),
        ("a\nb\nc\nd\ne", "a\nc\nx\nd\ne", edits(" a", "-b", " c", "+x", " d", " e")),
    ],
    ids=["changed", "longer", "shorter", "repeated", "from nothing", "two places"],
)
def test_lines_are_gone_new_or_the_same(before: str, after: str, expected: tuple[Edit, ...]) -> None:
    assert compare(make_release(body=before), make_release(body=after)).body == expected


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": "Two"}, FieldChange("title", "One", "Two")),
        ({"subtitle": "below"}, FieldChange("subtitle", "", "below")),
        ({"language": None}, FieldChange("language", "en", "")),
        ({"published": None}, FieldChange("published", "2026-03-01 (stated)", "")),
        (
            {"published": Published(date(2026, 3, 2), START, "", "dateline")},
            FieldChange("published", "2026-03-01 (stated)", "2026-03-02T08:00:00+00:00 (dateline)"),
        ),
    ],
)
def test_each_field_says_what_it_was_and_is(changed: dict[str, Any], field: FieldChange) -> None:
    difference = compare(make_release(title="One"), make_release(**{"title": "One"} | changed))
    assert (difference.fields, difference.body) == ((field,), ())
    assert difference


@pytest.mark.parametrize(
    "changed",
    [{"source": "b"}, {"seen_last": START}, {"parts": (Part("about", 0, 1),)}, {"warnings": ("w",)}],
)
def test_how_it_came_is_no_difference(changed: dict[str, Any]) -> None:
    difference = compare(make_release(), make_release(**changed))
    assert not difference
    assert summary(difference) == "nothing a reader would see"


def test_a_difference_is_summed_up() -> None:
    difference = compare(make_release(title="One", body="a\nb"), make_release(title="Two", body="a\nc\nd"))
    assert summary(difference) == "title; body +2 -1 lines"


def test_lines_far_from_a_change_are_left_out() -> None:
    lines = [str(number) for number in range(20)]
    body = compare(
        make_release(body="\n".join(lines)), make_release(body="\n".join([*lines[:10], "x", *lines[11:]]))
    ).body
    assert around(body, 1) == [None, *edits(" 9", "-10", "+x", " 11"), None]


def test_texts_too_long_to_match_are_replaced_whole() -> None:
    before = "\n".join(str(number % 101) for number in range(5_000))
    after = "\n".join(str(number * 7 % 103) for number in range(5_000))
    body = compare(make_release(body=before), make_release(body=after)).body
    assert [edit.text for edit in body if edit.op != "new"] == before.splitlines()
    assert [edit.text for edit in body if edit.op != "gone"] == after.splitlines()
