"""What explain tells is what a crawl does, and nothing of the page is left out of it."""

from dataclasses import replace

import pytest

from crawler.extract.explain import NOWHERE, Explanation, explain, self_addressed
from crawler.extract.read import read
from crawler.model import Link, Page
from tests.extract.seeds import stories
from tests.makers import make_page

URL = "https://acme.example/news/acme-opens-plant"
HTML = (
    "<!doctype html><html lang=en><head><title>Acme opens a plant in Berlin | Acme</title>"
    f'<link rel=canonical href="{URL}"></head><body><div class="share">'
    '<a href="/x">Share this on Facebook</a></div><article><h1>Acme opens a plant in Berlin</h1>'
    "<p>BERLIN, March 1, 2026 – Acme today opened a plant in Berlin that makes zymurgometers for "
    "brewers in forty countries of the world.</p><p>The plant has ten halls, and four hundred "
    "people work there, twice as many as in the plant that was closed in the autumn of last year.</p>"
    "</article></body></html>"
)


def told(html: str = HTML, **changed: object) -> Explanation:
    return explain(replace(make_page(URL, html.encode()), **changed), source="acme")  # type: ignore[arg-type]


@pytest.mark.parametrize("page", stories(), ids=lambda page: str(page.url))
def test_what_is_told_is_what_a_crawl_keeps(page: Page) -> None:
    one = explain(page, source="acme")
    assert one.release == read(page, source="acme")
    assert [piece.position for piece in one.blocks] == list(range(len(one.blocks)))
    kept = " ".join(piece.text for piece in one.blocks if piece.kept)
    assert kept.split() == one.release.body.split()


def test_the_winner_stands_first_with_its_rule() -> None:
    one = told()
    assert one.release is not None
    assert one.release.published is not None
    assert (one.titles[0].value, "h1" in one.titles[0].rule) == (one.release.title, True)
    assert one.dates[0].day == one.release.published.day
    assert one.dates[0].rule == one.release.published.rule
    assert all(piece.reason for piece in one.blocks)


def test_a_refused_page_still_tells_what_was_considered() -> None:
    one = told(
        "<title>403 Forbidden</title><h1>403 Forbidden</h1><p>You may not see this, on March 1, 2026.</p>"
    )
    assert one.release is None
    assert one.refusal is not None
    assert one.refusal.reason == "blocked"
    assert one.titles
    assert one.blocks


def test_what_is_no_page_has_a_reason_and_nothing_else() -> None:
    one = explain(make_page(URL, b"%PDF-1.7"), source="acme")
    assert one.refusal is not None
    assert one.refusal.reason == "not html"
    assert (one.titles, one.dates, one.blocks) == ((), (), ())


def test_what_the_newsroom_said_of_it_is_among_the_candidates() -> None:
    page = make_page(URL, HTML.encode())
    one = explain(page, source="acme", link=Link(URL, "Acme opens a plant in Berlin"))
    assert "link" in one.titles[0].rule


@pytest.mark.parametrize(
    ("head", "url"),
    [
        pytest.param(f'<link rel=canonical href="{URL}">', URL, id="canonical"),
        pytest.param(f'<meta property="og:url" content="{URL}">', URL, id="og:url"),
        pytest.param('<link rel=canonical href="/news/1">', NOWHERE, id="relative"),
        pytest.param("", NOWHERE, id="none"),
    ],
)
def test_a_saved_page_has_the_address_it_declares(head: str, url: str) -> None:
    page = self_addressed(make_page("", f"<html><head>{head}</head><body><p>one</p></body></html>".encode()))
    assert (page.url, page.final_url) == (url, url)
