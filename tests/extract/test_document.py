"""A page becomes a list of blocks: nothing that readers see is lost, nothing else is kept."""

import pytest

from crawler.errors import UnreadableError
from crawler.extract.document.jsonld import objects, types
from crawler.extract.document.markup import MOST_TAGS
from crawler.extract.document.parse import Document, opened, parse, parse_html
from tests.makers import make_page


def read(body: str, head: str = "") -> Document:
    return parse_html(f"<html><head>{head}</head><body>{body}</body></html>", "https://acme.example/a")


def texts(body: str) -> list[str]:
    return [block.text for block in read(body).blocks]


CASES: dict[str, tuple[str, list[str]]] = {
    "inline markup melts": ("<p>One <b>two</b> <i>three</i></p>", ["One two three"]),
    "a line break is a line": ("<p>One<br>two</p>", ["One\ntwo"]),
    "text between blocks is one": ("<div>One<p>two</p>three</div>", ["One", "two", "three"]),
    "a table row is a line": ("<table><tr><th>Sales<td>12</table>", ["Sales | 12"]),
    "a table that lays out a page is none": (
        f"<table><tr><td><p>{'long ' * 60}</p><td>short</table>",
        [("long " * 60).strip(), "short"],
    ),
    "scripts and menus go": ("<nav>Home</nav><script>x</script><style>y</style><p>One</p>", ["One"]),
    "text behind an early end stays": ("<p>One</p></body></html><p>two</p>", ["One", "two"]),
    "soft hyphens go": ("<p>An\u00adnual</p>", ["Annual"]),
    "an unknown element melts in a paragraph": ("<p>On <chron>May 3</chron> we</p>", ["On May 3 we"]),
    "hidden spans go": ("<p>One<span style='display:none'>two</span></p>", ["One"]),
    "all hidden spans go": (
        "<p>One<span style='display:none'><span>two</span></span><span style='display:none'>three</span></p>",
        ["One"],
    ),
    "touching spans part": ("<p><span>May 3</span><span>Berlin</span></p>", ["May 3 Berlin"]),
    "apart spans stay apart": (
        "<p><span class=date>May 3</span> <span class=author>Jane</span>\n<b>Doe</b></p>",
        ["May 3 Jane Doe"],
    ),
    "unknown elements stay apart": ("<p><x-a>One</x-a> <x-b>two</x-b></p>", ["One two"]),
    "a block in a span is a block": ("<p>One</p><span class=title><p>two</p></span>", ["One", "two"]),
    "an unknown element among blocks is one": ("<x-card>One</x-card><x-card>two</x-card>", ["One", "two"]),
    "rows of one cell are lines of their own": (
        "<table><tr><td>One<tr><td>two</table>",
        ["One", "two"],
    ),
    "lines of code stay": ("<pre>one\ntwo</pre>", ["one\ntwo"]),
}


@pytest.mark.parametrize(("body", "expected"), CASES.values(), ids=CASES)
def test_blocks_are_what_a_reader_sees(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def test_a_page_of_more_tags_than_fit_loses_its_end_and_says_so() -> None:
    facts = '<title>Acme</title><script type="application/ld+json">{"headline": "Acme"}</script>'
    document = read("<p>One</p>" + "<br>" * MOST_TAGS + "<p>two</p>", facts)
    assert [block.text for block in document.blocks] == ["One"]
    assert [document.head_title, document.jsonld] == ["Acme", ({"headline": "Acme"},)]
    assert "read only its beginning" in document.remarks[0]


def test_the_tree_is_one_to_walk() -> None:
    document = read("<div class=news><p id=lead>One <b>two</b></p><ul><li>Three<li>four</ul></div>")
    soup = document.soup
    assert [tag.name for tag in soup.find_all()] == ["body", "div", "p", "ul", "li", "li"]
    lead = soup.find(id="lead")
    assert lead is not None
    assert lead.parent is soup.div
    assert lead.next_sibling is soup.ul
    assert [block.element for block in document.blocks] == [lead, *soup.find_all("li")]


def test_a_menu_that_swallowed_the_page_is_kept() -> None:
    body = "<nav><p>Home</p>" + "<p>Acme today opened a plant that makes brewing tools for the world.</p>" * 9
    assert len(texts(body)) == 10


def test_a_list_of_links_is_one_block() -> None:
    links = "".join(f"<li><a href=/{n}>Page {n}</a></li>" for n in range(6))
    block = read(f"<ul>{links}</ul>").blocks[0]
    assert block.text.count("\n") == 5
    assert block.link_density > 0.8


def test_links_are_counted_across_blocks() -> None:
    one, two, three = read("<a href=/x><p>linked</p><p>linked, too</p></a><p>free</p>").blocks
    assert [one.link_density, two.link_density, three.link_density] == [1, 1, 0]


def test_hidden_elements_are_told() -> None:
    assert [block.hidden for block in read("<div style='display: none'><p>a</p></div><p>b</p>").blocks] == [
        True,
        False,
    ]


def test_the_head_is_read() -> None:
    head = (
        "<title>A <b>b</title><meta name=DATE content=2026-03-01><link rel=canonical href=/b>"
        '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"A\nB"},]}</script>'
    )
    document = read("<p itemprop=name>x</p><time datetime=2026-03-01>1 March</time>", head)
    assert document.meta("nothing", "date") == "2026-03-01"
    assert document.canonical == "https://acme.example/b"
    assert [types(found) for found in document.jsonld] == [set(), {"newsarticle"}]
    assert ("name", "x") in document.microdata
    assert [(moment.machine, moment.text) for moment in document.times] == [("2026-03-01", "1 March")]


@pytest.mark.parametrize(
    "script", ["", "{", "[" * 9_000, '{"a":' + "9" * 9_000 + "}", "null", "true", '"x"', '{"@type":[1,{}]}']
)
def test_broken_json_gives_no_objects_or_harmless_ones(script: str) -> None:
    assert all(isinstance(found, dict) and isinstance(types(found), set) for found in objects([script]))


@pytest.mark.parametrize(
    "body", [b"%PDF-1.7", b"\x89PNG\r\n", b"<?xml version='1.0'?><rss></rss>", b"", b" \n"]
)
def test_what_is_no_page_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableError):
        parse(make_page(body=body))


def test_a_tree_is_taken_apart_after_reading() -> None:
    with opened(make_page(body=b"<p>One</p>")) as document:
        element = document.blocks[0].element
        assert element.name == "p"
    assert not element.__dict__


def test_a_page_without_a_body_tag_has_its_text() -> None:
    document = parse(
        make_page(body=b"<!doctype html><title>x</title><article><h1>One</h1><p>Two</p></article>")
    )
    assert [block.text for block in document.blocks] == ["One", "Two"]
    assert document.head_title == "x"
