import re
import time
from datetime import date

import pytest

from crawler.discover.listing import listing
from crawler.errors import UnreadableError
from tests.discover.shapes import FOOTER, MENU, MONTHS, RELEASES, SHAPES, Shape, page, rows, us
from tests.discover.web import page as as_page

SHAPE = pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)


@SHAPE
def test_every_release_of_a_list_is_found_and_nothing_else(shape: Shape) -> None:
    found = listing(as_page(page(shape), shape.url))
    assert [link.title for link in found.links] == [title for title, _, _ in RELEASES]


@SHAPE
def test_every_release_has_the_day_it_is_listed_with(shape: Shape) -> None:
    found = listing(as_page(page(shape), shape.url))
    days = [link.published.day if link.published else None for link in found.links]
    assert days == [day if shape.dated else None for _, _, day in RELEASES]


@SHAPE
def test_the_next_page_is_the_older_one(shape: Shape) -> None:
    assert listing(as_page(page(shape), shape.url)).next_page == shape.next_page


def test_a_day_above_several_releases_is_the_day_of_all() -> None:
    days = "".join(
        f"<h4>{us(day)}</h4><ul><li><a href='/n/{slug}'>{title}</a></li><li><a"
        f" href='/n/{slug}-2'>{title} Again</a></li></ul>"
        for title, slug, day in RELEASES
    )
    found = [link.published and link.published.day for link in listing(as_page(days)).links]
    assert found == [day for _, _, day in RELEASES for _ in range(2)]


def test_nothing_is_taken_from_a_page_that_scripts_fill() -> None:
    shell = "<div id='app'></div>" + "<script src='/x.js'></script>" * 6
    found = listing(as_page(MENU + "<h1>Press releases</h1>" + shell + FOOTER))
    assert found.links == ()
    assert found.warning is not None
    assert found.warning.startswith("needs scripts")


def test_a_page_without_a_list_says_so() -> None:
    found = listing(as_page("<h1>About us</h1><p>We make <a href='/anvils'>anvils for every need</a>.</p>"))
    assert found.links == ()
    assert found.warning == "no list of announcements was found"


def test_other_protocols_and_social_networks_are_no_releases() -> None:
    hrefs = (
        "javascript:void(0)",
        "mailto:a@example.com",
        "tel:+43",
        "#top",
        "data:text/html,x",
        "http://[",
        "",
    )
    odd = "".join(
        f"<li>{us(RELEASES[0][2])} <a href='{href}'>A headline that is long enough</a></li>" for href in hrefs
    )
    share = "".join(
        f"<li>3 November 2026 <a href='https://{host}/share'>Share the news of our second plant</a></li>"
        for host in ("www.facebook.com", "x.com", "linkedin.com")
    )
    assert listing(as_page(f"<ul>{odd}{share}</ul>")).links == ()


def test_lists_of_other_peoples_articles_are_left_out() -> None:
    theirs = "".join(
        f"<li>{us(day)} <a href='https://paper{at}.example.org/story'>A paper wrote about us, number"
        f" {at}</a></li>"
        for at, (_, _, day) in enumerate(RELEASES)
    )
    ours = rows(lambda t, s, d: f"<div>{us(d)} <a href='/news/{s}'>{t}</a></div>")
    html = f"<h2>Press releases</h2><div>{ours}</div><h2>In the news</h2><ul>{theirs}</ul>"
    assert [link.title for link in listing(as_page(html)).links] == [title for title, _, _ in RELEASES]


def test_releases_on_another_host_are_taken_where_the_list_is_of_them() -> None:
    html = rows(lambda t, s, d: f"<div>{us(d)} <a href='https://wire.example.org/{s}'>{t}</a></div>")
    assert len(listing(as_page(html)).links) == len(RELEASES)


@pytest.mark.parametrize("year", ["20260", "0026", "1850", "9999"])
def test_a_year_that_is_none_gives_no_date(year: str) -> None:
    html = rows(lambda t, s, d: f"<li>{MONTHS[d.month - 1]} {d.day}, {year} <a href='/news/{s}'>{t}</a></li>")
    assert all(link.published is None for link in listing(as_page(f"<ul>{html}</ul>")).links)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        (("03/11/2026", "28/10/2026", "14/09/2026"), date(2026, 11, 3)),
        (("11/03/2026", "10/28/2026", "09/14/2026"), date(2026, 11, 3)),
        (("03/11/2026", "02/11/2026", "12/10/2026"), date(2026, 11, 3)),
        (("11/03/2026", "11/02/2026", "10/12/2026"), date(2026, 11, 3)),
    ],
    ids=["day above 12", "month first by day above 12", "falls when day first", "falls when month first"],
)
def test_the_order_of_day_and_month_is_learned_from_the_list(printed: tuple[str, ...], day: date) -> None:
    html = "".join(
        f"<li>{text} <a href='/news/{text}'>A headline of that day, {text[:2]}</a></li>" for text in printed
    )
    published = listing(as_page(f"<ul>{html}</ul>")).links[0].published
    assert published is not None
    assert published.day == day


def test_ten_thousand_links_are_read_within_bounds() -> None:
    many = "".join(
        f"<li>{n % 28 + 1} November 2026 <a href='/news/{n}'>Acme says thing number {n}</a></li>"
        for n in range(10_000)
    )
    start = time.process_time()
    found = listing(as_page(f"<ul>{many}</ul>"))
    assert len(found.links) == 5_000
    assert found.warning == "cut after 5000 links"
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("x" + "<a href='/x'>" * 5_000, id="links in links"),
        pytest.param("x" + "<table><tr><td>" * 2_000, id="open tables"),
        pytest.param("<p>" + "3 November 2026 " * 20_000, id="dates alone"),
        pytest.param("<p>" + "(" * 50_000 + "<a href='/news/1'>" + "x" * 50_000, id="one word"),
        pytest.param("\0<html>\0<a href='/n\0'>a b c d e f</a>", id="nul"),
        pytest.param("<?xml version='1.0'?><feed><entry><title>x</title></entry></feed>", id="xml"),
        pytest.param("<?xml \"<a href='/n'>A headline of some words</a>", id="broken declaration"),
        pytest.param("<base href='http://['><a href='x'>Some words for a headline</a>", id="broken base"),
    ],
)
def test_hostile_markup_is_read_without_an_error(html: str) -> None:
    assert len(listing(as_page(html)).links) <= 1


@pytest.mark.parametrize(
    ("html", "reason"),
    [("<div>" * 5_000 + "<a href='/news/x'>A headline</a>", "too deep"), ("<p></p>" * 50, "empty")],
    ids=["deep", "empty"],
)
def test_a_page_without_any_text_is_unreadable(html: str, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        listing(as_page(html))


@pytest.mark.parametrize(
    ("url", "pager", "following"),
    [
        ("/news", "<a href='/news?page=2'>2</a><a href='/news?page=3'>3</a>", "/news?page=2"),
        ("/news?page=3", "<a href='/news'>1</a><a href='/news?page=2'>2</a><b>3</b>", None),
        ("/news?page=2", "<a href='?page=1'>Previous</a><a href='?page=3'>Next</a>", "/news?page=3"),
        ("/news?page=9", "<a href='?page=8'>‹ Previous</a>", None),
        (
            "/news",
            "<a href='?start=0'>1</a><a href='?start=20'>2</a><a href='?start=20'>&gt;</a>",
            "/news?start=20",
        ),
        ("/news", "<a href='?offset=50'>»</a>", "/news?offset=50"),
        ("/news/", "<a href='/news/page/2/'>Older posts</a>", "/news/page/2/"),
        (
            "/news/page/2/",
            "<a href='/news/page/3/'>← Older posts</a><a href='/news/'>Newer →</a>",
            "/news/page/3/",
        ),
        ("/presse", "<a href='/presse/seite/2'>nächste Seite</a>", "/presse/seite/2"),
        (
            "/xinwen/index.html",
            "<a href='index_2.html'>2</a><a href='index_2.html'>下一页</a>",
            "/xinwen/index_2.html",
        ),
        ("/news", "<a href='javascript:next()'>Next</a><a href='#'>2</a>", None),
        ("/news", "<a href='/news'>Next</a>", None),
        ("/news", "<a href='/events?page=2'>Next</a>", None),
        ("/news", "<link rel='next' href='/about/media-kit'>", None),
        ("/news", "<link rel='next' href='/news/2'>", "/news/2"),
        ("/news", "<a class='disabled' href='/news?page=2'>Next</a>", None),
        ("/news", "<a href='/news?page=2'>Load more</a>", "/news?page=2"),
        ("/news", "<a href='https://other.example.org/news?page=2'>Next</a>", None),
        ("/news", "<a aria-label='Next page' href='/news?p=2'><i></i></a>", "/news?p=2"),
        ("/news?year=2025", "<a href='?year=2026'>2026</a><b>2025</b><a href='?year=2024'>2024</a>", None),
        ("/news", "<a href='/news/2026/11/02/'>2</a><b>1</b>", None),
        ("/news/2026", "<a href='/news/2025'>2025</a><a href='/news/2024'>2024</a>", None),
    ],
)
def test_pagers_lead_to_the_older_page_or_nowhere(url: str, pager: str, following: str | None) -> None:
    root = "https://www.example.com"
    drawn = rows(lambda t, s, d: f"<p>{us(d)} <a href='/n/{s}'>{t}</a></p>")
    html = f"<div>{drawn}</div><div class='pager'>{pager}</div>"
    assert listing(as_page(html, root + url)).next_page == (following and root + following)


@pytest.mark.parametrize(
    ("url", "tabs", "years"),
    [
        ("/news", ("/news?year=2025", "/news?year=2024"), ("/news?year=2025", "/news?year=2024")),
        ("/news/2025/", ("/news/2024/", "/news/2026/", "/news/2025/"), ("/news/2026/", "/news/2024/")),
        ("/news.html", ("/news-2025.html", "/news-2024.html"), ("/news-2025.html", "/news-2024.html")),
        ("/news", ("/reports/2025", "/reports/2024"), ()),
        ("/news", ("/news/2025",), ()),
        ("/news", ("#2025", "javascript:show(2024)"), ()),
    ],
)
def test_tabs_of_other_years_are_known_and_are_no_next_page(
    url: str, tabs: tuple[str, ...], years: tuple[str, ...]
) -> None:
    root = "https://www.example.com"
    drawn = "".join(f"<a href='{tab}'>{re.findall('20[0-9][0-9]', tab)[0]}</a>" for tab in tabs)
    list_ = rows(lambda t, s, d: f"<p>{us(d)} <a href='/n/{s}'>{t}</a></p>")
    found = listing(as_page(f"<div>{drawn}</div><div>{list_}</div>", root + url))
    assert found.years == tuple(root + year for year in years)
    assert found.next_page is None
    assert len(found.links) == len(RELEASES)
