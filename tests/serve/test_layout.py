"""The laws of laying out a body and a difference."""

import pytest

from crawler.diff import Edit, around
from crawler.diff import compare as differ
from crawler.model import Part
from index.serve.blocks import Block, blocks
from index.serve.lines import MOST_LINES, MOST_PAIRS, MOST_SIGNS, compare, first, lines
from tests.makers import make_release


def test_a_body_is_cut_at_its_empty_lines() -> None:
    body = "One\ntwo\n\n\nThree\n\nAbout us\n"
    found = blocks(
        make_release(body=body, parts=(Part("dateline", 0, 3), Part("about", body.index("About"), len(body))))
    )
    assert found == [
        Block("One\ntwo", (), is_aside=False),
        Block("Three", (), is_aside=False),
        Block("About us", (), is_aside=True),
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param("a | b\nc | d", (("a", "b"), ("c", "d")), id="a table"),
        pytest.param("a | b\nc", (), id="a line without cells"),
        pytest.param("Acme | Newsroom", (), id="one line alone"),
    ],
)
def test_lines_of_cells_are_a_table(text: str, rows: tuple[tuple[str, ...], ...]) -> None:
    assert blocks(make_release(body=text))[0].rows == rows


def test_a_changed_line_shows_its_changed_words() -> None:
    old, new = (
        make_release(body="same\nrose 18% in May\nend"),
        make_release(body="same\nrose 19% in May\nend"),
    )
    shown = lines(around(differ(old, new).body, 1))
    assert [
        line and (line.op, [(piece.text, piece.is_changed) for piece in line.pieces]) for line in shown
    ] == [
        ("same", [("same", False)]),
        ("gone", [("rose ", False), ("18", True), ("% in May", False)]),
        ("new", [("rose ", False), ("19", True), ("% in May", False)]),
        ("same", [("end", False)]),
    ]


def test_a_replaced_line_shows_none() -> None:
    assert compare(["Acme", "opened", "a", "plant"], ["Sales", "fell", "by", "half", "this", "year"]) is None


def test_comparing_words_ends_where_it_would_become_too_much_work() -> None:
    words = int(MOST_PAIRS**0.5) + 1
    edits = [Edit("gone", "a " * words), Edit("new", "a " * words + "b")]
    assert [len(line.pieces) for line in lines(edits) if line] == [1, 1]


def test_a_page_shows_no_more_of_a_difference_than_can_be_read() -> None:
    assert len(first([Edit("new", "a")] * (MOST_LINES + 1))) == MOST_LINES
    cut = first([None, Edit("new", "a" * MOST_SIGNS), Edit("gone", "b" * 10)])
    assert [edit and edit.text[-2:] for edit in cut] == [None, "aa", "…"]


def test_every_line_of_a_difference_is_kept_in_order() -> None:
    edits = [
        Edit("gone", "a 1"),
        Edit("gone", "b"),
        Edit("new", "a 2"),
        None,
        Edit("new", "c"),
        Edit("same", "d"),
    ]
    shown = lines(edits)
    told = [(line.op, "".join(piece.text for piece in line.pieces)) if line else None for line in shown]
    assert told == [(edit.op, edit.text) if edit else None for edit in edits]
