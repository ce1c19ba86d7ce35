"""Markup is cut down to what is worth parsing, and nothing a reader asks for is lost by it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.document.gather import Gatherer
from crawler.extract.document.markup import (
    BREAK,
    LARGEST_MARKUP,
    LINK,
    LONGEST_TAG,
    MOST_TAGS,
    TAME_BYTES,
    without_programs,
    worth_parsing,
)
from crawler.extract.document.parse import parse_html
from crawler.extract.document.tree import grow

FILL = b"<p>text</p>" * (TAME_BYTES // 11 + 1)

SCRIPTS: dict[str, tuple[bytes, bytes]] = {
    "a program": (b"a<script>let a='<p>'</script>b", b"a<script></script>b"),
    "two programs": (
        b"<script>one</script>a<script src=x>two</script>",
        b"<script></script>a<script src=x></script>",
    ),
    "a program's state": (
        b"<script type=application/json>{}</script>",
        b"<script type=application/json></script>",
    ),
    "a style": (b"a<style media=print>p > a {}</style>b", b"a<style media=print></style>b"),
    "what is written by programs": (
        b'<script>document.write("<script src=x>")</script>a',
        b"<script></script>a",
    ),
}
KEPT: dict[str, bytes] = {
    "JSON-LD": b'<script type="application/ld+json">{"a": 1}</script>',
    "JSON-LD with a reference": b'<script type="application/ld&#43;json">{"a": 1}</script>',
    "a script that is never closed": b"<p>a<script>let a=1",
    "half a script": b"<p>a<script",
    "a style that is never closed": b"<p>a<style>p {}",
    "an element that begins like a style": b"<style-box>a</style-box><scripts>b</scripts>",
    "what may stand in a comment": b"<!-- <script> --><p>a</p><script>1</script>",
    "a page without scripts": b"<p>a</p>",
    "nothing": b"",
}


@pytest.mark.parametrize(("page", "expected"), SCRIPTS.values(), ids=SCRIPTS)
def test_programs_are_emptied(page: bytes, expected: bytes) -> None:
    assert without_programs(page) == expected


@pytest.mark.parametrize("page", KEPT.values(), ids=KEPT)
def test_what_is_read_or_unsure_stays(page: bytes) -> None:
    assert without_programs(page) == page


PIECES = st.sampled_from(
    [
        *(
            "<p>Acme</p>",
            "<div>",
            "</div>",
            "<a href=/x>link</a>",
            "<title>Acme</title>",
            "text",
            "<",
            ">",
            "'",
        ),
        *("<script>", "</script>", "<SCRIPT>", "</SCRIPT>", "<script src='a>b'>", "let a = '<p>';", '"'),
        *("<script type=application/ld+json>", '{"headline": "Acme"}', "<!--", "-->", "<style>p{}</style>"),
        *("<textarea>", "</textarea>", "<noscript>", "</noscript>"),
    ]
)


def blocks(markup: bytes) -> list[str]:
    gatherer = Gatherer()
    grow(markup, gatherer.gather)
    return [block.text for block in gatherer.blocks]


@settings(derandomize=True, deadline=None)
@given(st.lists(PIECES, max_size=14))
def test_a_page_of_well_formed_scripts_reads_the_same_without_them(pieces: list[str]) -> None:
    page = "".join(
        piece if "script" not in piece.lower() else f"<script>{piece.replace('<', ' ')}</script>"
        for piece in pieces
        if piece not in {"<", "<!--", "-->", "<textarea>", "</textarea>"}
    ).encode()
    assert blocks(without_programs(page)) == blocks(page)


@settings(derandomize=True, deadline=None)
@given(st.lists(PIECES, max_size=14))
def test_what_is_emptied_once_has_no_more_to_empty(
    pieces: list[str],
) -> None:
    once = without_programs("".join(pieces).encode())
    assert len(once) <= len("".join(pieces))
    assert without_programs(once) == once


def test_a_tag_with_more_attributes_than_any_real_one_is_cut_to_its_name() -> None:
    crowd = b" ".join(b"a%d" % number for number in range(LONGEST_TAG))
    markup, cut = worth_parsing(b"<p " + crowd + b">one</p>" + FILL)
    assert markup.startswith(b"<div>one</p>")
    assert not cut


@pytest.mark.parametrize("quote", [b'"', b"'"])
def test_a_long_value_of_an_attribute_stays(quote: bytes) -> None:
    page = b"<p data-state=" + quote + b"{a > b} " * LONGEST_TAG + quote + b">one</p>" + FILL
    assert worth_parsing(page) == (page, False)


def test_a_page_is_cut_before_the_tag_that_is_too_much() -> None:
    page = b"<p>one</p>" + b"<br>" * MOST_TAGS + b"<p>two</p>"
    markup, cut = worth_parsing(page)
    assert cut
    assert markup.count(b"<") == MOST_TAGS
    assert page.startswith(markup)


def test_a_page_is_cut_where_it_is_too_large() -> None:
    markup, cut = worth_parsing(b"a" * (LARGEST_MARKUP + 1))
    assert cut
    assert len(markup) == LARGEST_MARKUP


def test_scripts_do_not_count_for_a_pages_size() -> None:
    page = b"<script>" + b"a" * LARGEST_MARKUP + b"</script><p>one</p>"
    assert worth_parsing(page) == (b"<script></script><p>one</p>", False)


@pytest.mark.parametrize("mark", [LINK, BREAK, "&#xfdd0;", "&#xfdd2;"], ids=ascii)
def test_no_page_can_write_the_marks_of_links_and_lines(mark: str) -> None:
    document = parse_html(f"<p>one{mark}two <a href=/x>three</a></p>", "https://acme.example/a")
    assert not {LINK, BREAK} & set(document.blocks[0].text)
