from datetime import date

from crawler.discover.probe import candidates, score
from crawler.model import Link, Listing, Published
from tests.discover.web import page

HOME = """<html><head>
<link rel="alternate" type="application/rss+xml" title="Acme » Feed" href="/feed/">
<link rel="alternate" type="application/rss+xml" title="Acme » Comments Feed" href="/comments/feed/">
<link rel="https://api.w.org/" href="https://example.com/wp-json/"></head><body><nav>
<a href="/about">About us</a><a href="/investors/">Investors</a><a href="/news">News</a>
<a href="/company/press-releases">Press Releases</a><a href="/press-kit.pdf">Press kit</a>
<a href="https://elsewhere.example.org/news">News elsewhere</a>
<a href="mailto:press@example.com">Press</a></nav>
<p><a href="/news/rss.xml">RSS</a></p></body></html>"""


def test_the_most_promising_addresses_of_a_home_page_come_first() -> None:
    found = candidates(page(HOME, "https://example.com/"))
    assert [(each.why, each.url.removeprefix("https://example.com")) for each in found] == [
        ("wordpress", "/wp-json/wp/v2/types"),
        ("feed", "/feed/"),
        ("feed", "/news/rss.xml"),
        ("newsroom", "/company/press-releases"),
        ("newsroom", "/news"),
        ("newsroom", "/investors/"),
        ("sitemap", "/sitemap.xml"),
    ]


def test_a_platforms_usual_feed_is_asked_for_where_its_marks_are_seen() -> None:
    q4 = page("<script src='https://s1.q4cdn.com/x.js'></script>", "https://ir.example.com/news/default.aspx")
    urls = [each.url for each in candidates(q4)]
    assert "https://ir.example.com/rss/pressrelease.aspx" in urls
    assert urls[0].startswith("https://ir.example.com/feed/PressRelease.svc/")


def test_a_page_never_offers_itself() -> None:
    found = candidates(page("<a href='/news/'>News</a>", "https://example.com/news/"))
    assert [each.why for each in found] == ["sitemap"]


def test_an_answer_is_scored_by_number_dates_bodies_and_depth() -> None:
    days = [date(2026, 11, 3), date(2015, 1, 2), None]
    links = tuple(
        Link(
            f"https://example.com/{n}",
            f"Title {n}",
            Published(day, None, "x", "stated") if day else None,
            html="<p>" if n == 0 else None,
        )
        for n, day in enumerate(days)
    )
    found = score(Listing("feed", links, "https://example.com/feed?paged=2"))
    assert (found.releases, found.dated, found.whole, found.goes_on) == (3, 2, 1, True)
    assert (found.oldest, found.newest) == (date(2015, 1, 2), date(2026, 11, 3))


def test_dates_weigh_more_than_numbers() -> None:
    undated = Listing("sitemap", tuple(Link(f"https://example.com/{n}") for n in range(500)))
    day = Published(date(2026, 11, 3), None, "x", "stated")
    dated = Listing("listing", tuple(Link(f"https://example.com/{n}", "T", day) for n in range(10)))
    assert score(dated).worth > score(undated).worth > score(Listing("feed", ())).worth
