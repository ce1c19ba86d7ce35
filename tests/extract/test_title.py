"""Laws of finding a page's headline."""

import pytest

from crawler.extract.document.parse import parse_html
from crawler.extract.title.read import read_title
from crawler.model import Habits, Link

HEADLINE = "Acme Opens Its Third Plant in Ohio"
BODY = (
    "<p>COLUMBUS, Ohio, Nov. 3, 2026 -- Acme today opened its third plant. It makes valves for ships.</p>" * 3
)
URL = "https://www.acme.example/news/third-plant"


def title(
    head: str, body: str, *, url: str = URL, link: Link | None = None, habits: Habits | None = None
) -> str:
    document = parse_html(f"<html><head>{head}</head><body>{body}{BODY}</body></html>", url)
    return read_title(document, link=link, habits=habits).text


@pytest.mark.parametrize(
    ("head", "body"),
    [
        pytest.param("<title>Newsroom</title>", f"<h1>{HEADLINE}</h1>", id="an only h1"),
        pytest.param(
            f"<title>{HEADLINE} | Acme</title>", "<h1>Press Releases</h1>", id="a section label as h1"
        ),
        pytest.param(f"<title>{HEADLINE} | Acme</title>", f"<div>{HEADLINE}</div>", id="no h1"),
        pytest.param(
            f"<title>{HEADLINE} - The Valve People</title>"
            "<meta property=og:site_name content='The Valve People'>",
            "<h1>The Valve People</h1>",
            id="the site's name as h1",
        ),
        pytest.param(
            f"<title>{HEADLINE} - Valves for All</title>",
            f"<h1>Working together at sea Valves for All</h1><h2>{HEADLINE}</h2>",
            id="a slogan with the site's name as h1",
        ),
        pytest.param(
            f"<title>Acme Opens Its Third…</title><meta property=og:title content='{HEADLINE}'>",
            "",
            id="a title that dots cut off",
        ),
        pytest.param(
            f"<meta property=og:title content='{HEADLINE}'><title>{HEADLINE} | Acme</title>",
            f"<h1>{HEADLINE} <br>A good day for Ohio</h1>",
            id="a second line in the h1",
        ),
        pytest.param(
            "<title>Home</title><meta property=og:title content='Acme'>",
            f"<h1></h1><h2>{HEADLINE}</h2>",
            id="an empty h1",
        ),
        pytest.param(
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"'
            + HEADLINE.replace("Ohio", "Ohio &amp; Iowa")
            + '"}</script>',
            f"<h1>{HEADLINE} &amp; Iowa</h1>",
            id="entities escaped twice",
        ),
        pytest.param(
            f"<title>{HEADLINE}</title><meta name=application-name content='{HEADLINE}'>",
            f"<h1>{HEADLINE}</h1>",
            id="the headline as the application's name",
        ),
        pytest.param(
            f"<title>{HEADLINE.removesuffix(' in Ohio')} | Full Story</title>",
            f"<h1>{HEADLINE}</h1>",
            id="an h1 that goes on",
        ),
        pytest.param(
            f"<title>Acme</title><meta property=og:title content='{HEADLINE}'>",
            f"<h1>Acme Corporation</h1><div>{HEADLINE}</div>",
            id="the firm's full name as h1",
        ),
        pytest.param(
            "<title>News - Acme</title>",
            f"<h1>News</h1><div class=news-title>{HEADLINE}</div><h3>Acme Names a New Chair at Last</h3>",
            id="only the element's name marks it",
        ),
        pytest.param(
            f"<title>{HEADLINE[:24]}... - Acme</title>", f"<h1>{HEADLINE}</h1>", id="a title cut in a word"
        ),
        pytest.param(
            f"<title>{HEADLINE}</title>",
            f"<h1>{HEADLINE}<br>A good day for the people of Ohio and for all who build ships there</h1>",
            id="a longer line below it in the h1",
        ),
        pytest.param(f"<title>Acme Corp. - News - {HEADLINE}</title>", "", id="firm and section before it"),
        pytest.param(
            "<title>Acme</title>", f"<h1>03.11.2026 {HEADLINE}</h1>", id="digits of a day before it"
        ),
        pytest.param(
            "<title>Acme</title>", f"<h1>3 November 2026<br>{HEADLINE}</h1>", id="a day in the line above"
        ),
        pytest.param(
            "<title>Acme</title>", f"<h1>{HEADLINE}<br>3 November 2026</h1>", id="a day in the line below"
        ),
        pytest.param(
            f"<title>Press Release: {HEADLINE}</title>", f"<h1>Press Release: {HEADLINE}</h1>", id="announced"
        ),
        pytest.param(f"<title>Pressemitteilung: {HEADLINE} | Acme</title>", "", id="announced in German"),
        pytest.param(
            "<title>Acme Opens Its Third Plant… | Acme</title>",
            f"<h2>{HEADLINE}</h2>",
            id="cut off, and shown whole",
        ),
        pytest.param(
            "<title>EX-99.1</title>", f"<p>NEWS RELEASE</p><p>{HEADLINE}</p>", id="nothing marks it"
        ),
    ],
)
def test_the_headline_is_found_alone(head: str, body: str) -> None:
    assert title(head, body).removesuffix(" & Iowa") == HEADLINE


@pytest.mark.parametrize(
    ("head", "shown"),
    [
        ("Progress at the Third Plant in Ohio", "2026 Progress at the Third Plant in Ohio"),
        ("Progress at the Third Plant", "Progress at the Third Plant: Valves and Their Makers"),
        ("Progress at the Third Plant", "Progress at the Third Plant, Seen by Its Makers"),
    ],
    ids=["a year before", "a colon", "a comma"],
)
def test_what_an_h1_says_more_than_the_head_is_of_the_headline(head: str, shown: str) -> None:
    assert (
        title(f"<title>{head} | Acme</title><meta property=og:title content='{head}'>", f"<h1>{shown}</h1>")
        == shown
    )


@pytest.mark.parametrize(
    "told", ["8 Trends in the Making of Valves", "Trends in the Making of Valves for 2026"]
)
def test_a_number_that_only_the_head_says_is_of_the_headline(told: str) -> None:
    head = f"<title>{told} | Acme</title><meta property=og:title content='{told}'>"
    body = f"<p>Acme</p><h1>Trends in the Making of Valves</h1>{BODY}<h2>{told}</h2>{BODY}"
    document = parse_html(f"<html><head>{head}</head><body>{body}</body></html>", URL)
    found = read_title(document)
    assert found.text == told
    assert found.position == document.h1s[0].position


def test_an_h1_that_a_short_title_says_nothing_of_is_a_slogan() -> None:
    head = "<title>Valve Coupons | Acme</title><meta property=og:title content='Valve Coupons'>"
    assert title(head, "<h1>Special Offers</h1>") == "Valve Coupons"


def test_a_sections_heading_is_no_headline_though_the_title_begins_with_it() -> None:
    told = "What Is a Valve for Ships - A Guide for Captains"
    head = f"<title>{told}</title><meta property=og:title content='{told}'>"
    body = f"<h1>An Introduction to the Valve</h1>{BODY}<h2>What Is a Valve for Ships</h2>{BODY}"
    assert title(head, body) == "An Introduction to the Valve"


def test_a_day_in_the_sentence_of_a_headline_stays() -> None:
    headline = "Acme to Report Its Results on November 10, 2026"
    assert title(f"<title>{headline} | Acme</title>", f"<h1>{headline}</h1>") == headline


def test_a_chinese_headline_that_nothing_marks_is_found() -> None:
    headline = "阿克梅公司第三座工厂在俄亥俄州正式投产"
    text = "<p>" + "阿克梅公司第三座工厂今天正式投产，为船舶制造阀门。" * 12 + "</p>"
    document = parse_html(f"<title>新闻中心</title><div>新闻中心</div><div>{headline}</div>{text}", URL)
    assert read_title(document).text == headline


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("www.societe-durand.example", "Société Durand SA"),
        ("www.baecker.example", "Bäcker Gruppe"),
        ("thelumengroup.example", "The Lumen Group Corporation"),
        ("ir.acme.example", "Acme Inc."),
    ],
)
def test_a_firms_name_is_what_its_host_spells(host: str, name: str) -> None:
    assert (
        title(f"<title>{name} - {HEADLINE}</title>", f"<h1>{name}</h1>", url=f"https://{host}/x") == HEADLINE
    )


def test_a_short_word_within_a_host_is_no_name() -> None:
    headline = f"{HEADLINE} – Part Two"
    url = "https://www.acmecapitalpartners.example/news/x"
    assert (
        title(f"<title>{headline} | Acme Capital Partners</title>", f"<h1>{headline}</h1>", url=url)
        == headline
    )


def test_a_headline_half_of_whose_letters_the_host_spells_is_no_name() -> None:
    headline = "Affordable Ohio Valve Makers"
    url = "https://www.ohiovalvemakersoh.example/valves"
    assert (
        title(f"<title>{headline} | Low-Cost Valves in Ohio</title>", f"<h1>{headline}</h1>", url=url)
        == headline
    )


def test_a_name_in_another_script_is_no_headline() -> None:
    headline = "공장 준공식, 새로운 시작을 알리다"
    assert title(f"<title>{headline} - Acme</title>", f"<h1>엔터 미디어</h1><h2>{headline}</h2>") == headline


def test_separators_within_a_headline_stay() -> None:
    headline = "Panama Canal Order – 02 February 2026 | Update"
    assert title(f"<title>{headline} - Acme</title>", f"<h1>{headline}</h1>") == headline


def test_a_learned_name_is_cut_off() -> None:
    head = f"<title>{HEADLINE} - Third Party Hosting</title>"
    assert title(head, "", habits=Habits(site_names=("Third Party Hosting",))) == HEADLINE


def test_the_links_text_decides_between_two_headings() -> None:
    body = f"<h1>Something to say today</h1><h1>{HEADLINE}</h1>"
    assert title("", body, link=Link(URL, title=HEADLINE)) == HEADLINE


def test_a_foreign_end_is_cut_off_and_warned_of() -> None:
    page = f"<title>detail {HEADLINE}-某球app下载</title><div>company news</div><div>{HEADLINE}</div>{BODY}"
    found = read_title(parse_html(page, URL))
    assert found.text == HEADLINE
    assert len(found.warnings) == 1
    assert "某球app下载" in found.warnings[0]


def test_a_subtitle_is_kept_apart() -> None:
    page = f"<h1>{HEADLINE}</h1><p class=subtitle>A good day for Ohio</p>{BODY}"
    found = read_title(parse_html(page, URL))
    assert (found.text, found.subtitle) == (HEADLINE, "A good day for Ohio")


def test_candidates_tell_their_places_best_first() -> None:
    found = read_title(parse_html(f"<title>{HEADLINE} | Acme</title><h1>{HEADLINE}</h1>{BODY}", URL))
    assert found.candidates[0].value == HEADLINE
    assert found.rule == found.candidates[0].rule == "h1 + title"
    assert [each.score for each in found.candidates] == sorted(
        (e.score for e in found.candidates), reverse=True
    )
    assert found.position == 0


@pytest.mark.parametrize(
    "page", ["", "<title></title>", "<h1>\u200b</h1>", "|" * 5000, "<h1>" + "a - " * 3000]
)
def test_a_page_without_a_headline_gives_some_text_or_none(page: str) -> None:
    assert len(read_title(parse_html(page, "")).text) <= 600
