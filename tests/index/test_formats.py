"""The laws of the formats for programs, and of the lines for people."""

import csv
import io
import json
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import pytest

from index.engine import Copy, Count, Hit, Results
from index.feed import atom
from index.formats import FIELDS, PLAIN_FIELDS, as_csv, as_json, as_lines, as_template
from index.show import bars, blocks

HIT = Hit(
    id="q4:1",
    source="acme",
    url="https://acme.example/1?a=1&b=2",
    title='He said: "=1+1", <b>twice</b>',
    day=date(2024, 3, 5),
    moment=datetime(2024, 3, 5, 12, tzinfo=UTC),
    certainty="stated",
    language="en",
    withdrawn=False,
    score=1.23456,
    snippet="A line,\tand \x1b[31m more",
    spans=((2, 6),),
    title_spans=(),
    also=(Copy("wire", "https://wire.example/1"),),
)
BARE = Hit(
    id="2", source="=cmd()", url="u", title="-1", day=None, moment=None, certainty=None, language=None,
    withdrawn=True, score=0, snippet="", spans=(), title_spans=(),
)  # fmt: skip
RESULTS = Results((HIT, BARE), 2, ("a note",), None, (("year", (Count("2024", 1), Count("", 1))),))


def test_json_says_all_there_is() -> None:
    answer = json.loads(as_json(RESULTS, "question"))
    assert (answer["version"], answer["query"], answer["total"], answer["notes"]) == (
        1,
        "question",
        2,
        ["a note"],
    )
    assert list(answer["hits"][0]) == list(FIELDS)
    assert answer["hits"][0]["also"] == [{"source": "wire", "url": "https://wire.example/1"}]
    assert answer["facets"] == {"year": [{"value": "2024", "releases": 1}, {"value": "", "releases": 1}]}


def test_lines_are_one_object_each() -> None:
    assert [json.loads(line) for line in as_lines(RESULTS, ("id", "day"))] == [
        {"id": "q4:1", "day": "2024-03-05"},
        {"id": "2", "day": None},
    ]


def test_csv_reads_back_and_holds_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO("\r\n".join(as_csv(RESULTS)))))
    assert list(rows[0]) == list(PLAIN_FIELDS)
    assert rows[0]["title"] == HIT.title
    assert rows[0]["snippet"] == HIT.snippet
    assert (rows[1]["source"], rows[1]["title"], rows[1]["day"]) == ("'=cmd()", "'-1", "")


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("{day} {id}", "2024-03-05 q4:1"),
        (r"{day}\t{source}", "2024-03-05\tacme"),
        ("{{{id}}}", "{q4:1}"),
        ("plain", "plain"),
        ("{snippet}", "A line, and \x1b[31m more"),
    ],
)
def test_a_template_is_filled_in(template: str, line: str) -> None:
    assert next(iter(as_template(RESULTS, template))) == line


@pytest.mark.parametrize("template", ["{colour}", "{", "{}", "{title.__class__}", "a}"])
def test_a_template_that_cannot_be_filled_says_why(template: str) -> None:
    with pytest.raises(ValueError, match=r"no field is called|stands alone"):
        list(as_template(RESULTS, template))


def test_a_feed_is_well_formed_and_says_who_where_and_when() -> None:
    feed = ET.fromstring(atom(RESULTS, title="<a & b>", at=datetime(2026, 1, 1, tzinfo=UTC)))  # noqa: S314 - our own
    name = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{name}entry")
    assert feed.findtext(f"{name}title") == "<a & b>"
    assert [entry.findtext(f"{name}title") for entry in entries] == [HIT.title, "-1"]
    assert [entry.findtext(f"{name}updated") for entry in entries] == [
        "2024-03-05T12:00:00Z",
        "2026-01-01T00:00:00Z",
    ]
    link = entries[0].find(f"{name}link")
    assert link is not None
    assert link.get("href") == HIT.url


@pytest.mark.parametrize("colour", [True, False])
def test_no_line_for_people_holds_a_foreign_escape(colour: bool) -> None:
    shown = "\n".join(blocks(RESULTS, first=11, colour=colour))
    assert "\x1b[31m" not in shown
    assert "11. 2024-03-05  acme" in shown
    assert "12. no date" in shown
    assert "[withdrawn]" in shown
    assert "also at wire https://wire.example/1" in shown
    assert ("\x1b]8;;https://acme.example" in shown) is colour


def test_bars_are_as_long_as_their_counts() -> None:
    lines = list(bars("year", [Count("2024", 40), Count("2023", 10), Count("", 1)]))
    assert [line.count("█") for line in lines] == [0, 40, 10, 1]
    assert "(none)" in lines[-1]
    assert next(iter(bars("year", []))) == "year"
    assert "and 10 more with 10 releases" in list(bars("source", [Count(str(n), 1) for n in range(30)]))[-1]
