"""The body holds the announcement and nothing else, and every block has its reason."""

from importlib.resources import files

import pytest

from crawler.extract.body.clues import ends_sentence, size
from crawler.extract.body.context import SECOND_ROLL
from crawler.extract.body.holders import FIRST_ROLL, shared_traits
from crawler.extract.body.read import COMMENTS, HEADLINE, Body, judge, leads_away, read_body, set_aside, stage
from crawler.extract.body.roll import Roll
from crawler.extract.body.scene import spots_of
from crawler.extract.body.traits import traits
from crawler.extract.body.weights import FIRST, SECOND
from crawler.extract.document.parse import parse_html

TITLE = "Acme opens a plant in Berlin"
LEAD = (
    "BERLIN, March 1, 2026 – Acme today opened a plant in Berlin that makes brewing tools for customers in "
    "forty countries, the largest of its kind in Europe."
)
MORE = (
    "The plant has ten halls, and four hundred people work there, twice as many as in the plant that was "
    "closed in the autumn of last year, the company said."
)
ABOUT = "Acme makes brewing tools. It was founded in 1901, and has plants in six countries of the world."
ARTICLE = f"<h1>{TITLE}</h1><p>{LEAD}</p><ul><li>Ten halls</li><li>Four hundred people</li></ul><p>{MORE}</p>"


def read(html: str) -> Body:
    document = parse_html(f"<html><body>{html}</body></html>", "https://acme.example/a")
    at = next((block.position for block in document.blocks if block.text == TITLE), None)
    return read_body(document, title=TITLE, position=at)


def test_an_announcement_is_read_whole_without_its_headline() -> None:
    body = read(f"<article>{ARTICLE}<h2>About Acme</h2><p>{ABOUT}</p></article>").text
    assert TITLE not in body
    assert all(part in body for part in (LEAD, "Ten halls\nFour hundred people", MORE, "About Acme", ABOUT))


AROUND = {
    "what stands above the headline": (
        "<p>Acme is the home of brewing. We brew for you every day.</p>",
        "",
    ),
    "share bars": ("", "<div class=share><a href=/f>Share on Facebook</a> <a href=/x>Tweet</a></div>"),
    "the way back": ("", "<p><a href=/news>Return to the newsroom</a></p>"),
    "comments": (
        "",
        "<div id=comments><p>I have worked there for ten years, and it is the best of them all.</p></div>",
    ),
    "related announcements": (
        "",
        "<div class=related><h3>Related</h3><a href=/1>Acme closes a plant in Bonn</a></div>",
    ),
}


@pytest.mark.parametrize(("above", "below"), AROUND.values(), ids=AROUND)
def test_what_stands_around_is_not_in_the_body(above: str, below: str) -> None:
    plain = read(f"<article>{ARTICLE}</article>").text
    assert read(f"{above}<article>{ARTICLE}{below}</article>").text == plain


def test_a_paragraph_that_stands_twice_is_kept_once() -> None:
    assert read(f"<article>{ARTICLE}<p>{MORE}</p></article>").text.count(MORE) == 1


def test_every_block_has_a_verdict_with_a_reason() -> None:
    body = read(f"<p>Menu</p><article>{ARTICLE}</article>")
    assert [verdict.kept for verdict in body.verdicts] == [False, False, *[True] * 4]
    assert all(verdict.reason for verdict in body.verdicts)


def test_an_element_named_after_comments_that_holds_the_text_is_none() -> None:
    document = parse_html(f"<body class='comments-open'>{ARTICLE}</body>", "https://acme.example/a")
    assert COMMENTS not in set_aside(document.blocks, spots_of(document.blocks), TITLE, 0)


def test_a_headline_far_below_the_text_is_no_headline() -> None:
    document = parse_html(f"<p>{LEAD}</p><p>{MORE}</p><p>{ABOUT}</p><p>Acme</p>", "https://a.example/a")
    verdicts, _ = stage(document.blocks, "Acme", 3)
    assert verdicts == [None, None, None, HEADLINE]


def test_a_page_without_text_has_no_body() -> None:
    assert read("").text == ""


def test_most_traits_that_a_page_shows_are_worth_something() -> None:
    document = parse_html(f"<body>{ARTICLE}</body>", "https://acme.example/a")
    _, scene = stage(document.blocks, TITLE, 0)
    shown = {trait for found in traits(scene) for trait in found}
    shown.update(trait for spot in scene.containers for trait in shared_traits(scene, spot))
    assert sum(FIRST.worth[trait] != 0 for trait in shown) > len(shown) // 2
    assert all(abs(weight) < 9 for weight in (*FIRST.worth, *SECOND.worth))


@pytest.mark.parametrize("roll", [FIRST_ROLL, SECOND_ROLL], ids=["first", "second"])
def test_no_two_traits_have_one_name(roll: Roll) -> None:
    assert len(set(roll.names)) == len(roll.names)


@pytest.mark.parametrize(("look", "roll"), [("first", FIRST_ROLL), ("second", SECOND_ROLL)])
def test_weights_are_of_traits_that_exist(look: str, roll: Roll) -> None:
    table = files("crawler.extract.body").joinpath("weights.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines()]
    assert {trait for whose, _, trait in rows if whose == look} <= {"", *roll.names}


@pytest.mark.parametrize(
    ("text", "expected"), [("One.", True), ("“One!”", True), ("終わり。", True), ("One", False), ("", False)]
)
def test_a_sentence_ends_behind_its_quotes(text: str, expected: bool) -> None:
    assert ends_sentence(text) is expected


def test_a_chinese_sign_counts_as_two_letters() -> None:
    assert size("电力公司") == 2 * size("acme")


def test_only_links_to_other_texts_lead_away() -> None:
    blocks = parse_html(
        "<p><a href=/x>Back to all news</a></p><p>Back to all news</p>"
        f"<p><a href=/x>Read more</a> {LEAD}</p>"
        "<p><a href=/x>Acme closes its old plant in the city of Bonn</a></p>"
        "<ul><li><a href=/x>Tables of the third quarter of this year in full</a></li></ul>"
        "<p><a href=/x>Read the whole report on what Acme did last year.</a></p>",
        "https://acme.example/a",
    ).blocks
    assert [leads_away(block) for block in blocks] == [True, False, False, True, False, False]


def verdicts(html: str, *scores: float) -> list[tuple[bool, str]]:
    _, scene = stage(parse_html(f"<body>{html}</body>", "https://acme.example/a").blocks, "", None)
    return [(verdict.kept, verdict.reason) for verdict in judge(scene, scores)]


def test_a_table_is_kept_or_dropped_whole() -> None:
    rows = "".join(f"<tr><td>Revenue {year}</td><td>{year - 1700}</td></tr>" for year in (2024, 2025, 2026))
    html = f"<p>{LEAD}</p><table>{rows}</table>"
    assert [kept for kept, _ in verdicts(html, 2.0, 2.0, -0.5, 1.0)] == [True, True, True, True]
    assert [kept for kept, _ in verdicts(html, 2.0, -2.0, 0.5, -1.0)] == [True, False, False, False]


NOTE = "<p>This note stands apart from all the rest of it.</p>"
INSIDE, OUTSIDE, ABOVE = (
    "<main>{0}{1}{2}</main>",
    "<main>{0}</main>{1}<div>{2}</div>",
    "<div>{2}</div><main>{0}</main>",
)


@pytest.mark.parametrize(
    ("page", "gap", "score", "kept"),
    [
        pytest.param(OUTSIDE, 0, 0.5, False, id="faint, below the text, elsewhere"),
        pytest.param(INSIDE, 0, 0.5, True, id="faint, in the text's own element"),
        pytest.param(ABOVE, 0, 0.5, True, id="faint, above the text"),
        pytest.param(OUTSIDE, 0, 1.5, True, id="elsewhere, but it weighs enough"),
        pytest.param(OUTSIDE, 9, 1.5, False, id="behind a gap, and small"),
        pytest.param(OUTSIDE, 9, 9.0, True, id="behind a gap, and a part of the text"),
        pytest.param(INSIDE, 9, 1.5, True, id="behind a gap, in the text's own element"),
    ],
)
def test_an_island_below_the_text_is_dropped(page: str, gap: int, score: float, *, kept: bool) -> None:
    text = f"<p>{LEAD}</p><p>{MORE}</p><p>{ABOUT}</p>"
    scores = [4.0, 4.0, 4.0, *[-9.0] * gap]
    scores.insert(0 if page is ABOVE else len(scores), score)
    found = verdicts(page.format(text, "<p>Menu</p>" * gap, NOTE), *scores)
    assert found[0 if page is ABOVE else -1][0] is kept
    assert sum(each for each, _ in found) == 3 + kept


def test_a_text_of_faint_blocks_alone_is_no_island() -> None:
    assert [kept for kept, _ in verdicts(f"<p>{LEAD}</p><div><p>{MORE}</p></div>", -0.1, -0.1)] == [
        True,
        True,
    ]


def test_a_text_that_comes_back_between_others_is_meant_and_one_that_stands_elsewhere_is_a_copy() -> None:
    found = verdicts(f"<article><p>{LEAD}</p><p>{MORE}</p><p>{LEAD}</p></article>", 1.0, 1.0, 1.0)
    assert [reason for _, reason in found] == ["text", "text", "text"]
    apart = f"<article><p>{LEAD}</p><p>{MORE}</p></article><div><p>{LEAD}</p><p>{ABOUT}</p></div>"
    assert [reason for _, reason in verdicts(apart, 1.0, 1.0, 1.0, 1.0)] == ["text", "text", "copy", "text"]
