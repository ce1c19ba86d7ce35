"""What is no announcement is refused with the reason; what only looks like it is read."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from crawler.errors import UnreadableError
from crawler.extract.read import read
from crawler.model import Link
from tests.extract.standins import DEEP, GONE, GONE_PAGES, pages, written
from tests.makers import make_page

STANDINS = pages("standins")
LOOKALIKES = pages("lookalikes")
URL = "https://acme.example/news/acme-opens-plant"
LIST = "https://acme.example/news/"
NEWS = (
    "<p>BERLIN, March 1, 2026 – Acme today opened a plant in Berlin that makes zymurgometers for brewers in "
    "forty countries of the world.</p><p>More plants are to follow in the course of the year, and each of "
    "them will have a brewery of its own.</p>"
)
LONG = "".join(
    f"<p>Plant number {n} of the company makes zymurgometers for brewers of country number {n}, and it has "
    "a brewery of its own.</p>"
    for n in range(12)
)
MENU = "<nav><ul><li><a href=/>Home</a><li><a href=/news>News</a><li><a href=/jobs>Jobs</a></ul></nav>"
SCRIPTS = "<script>let a=1</script>" * 9


def site(body: str, title: str = "Acme opens a plant in Berlin | Acme", head: str = "") -> str:
    return f"<html lang=en><head><title>{title}</title>{head}</head><body>{MENU}{body}</body></html>"


def entry(number: int) -> str:
    return (
        f"<div class=card><span class=date>March {number}, 2026</span>"
        f"<h3><a href=/news/{number}>Acme opens its plant number {number} in Berlin</a></h3>"
        f"<p>Acme has opened plant number {number}, which makes tools for the brewers of the world.</p></div>"
    )


def cards(count: int) -> str:
    return "".join(map(entry, range(1, count + 1)))


def posts(count: int) -> str:
    return "".join(
        f"<article><h2 class=post-title><a href=/news/{n}>Acme opens its plant number {n} in Berlin</a></h2>"
        f"<span class=date>March {n}, 2026</span>{NEWS * 3}<p>This is plant {n}.</p></article>"
        for n in range(1, count + 1)
    )


def rows(count: int) -> str:
    return "<table>" + "".join(
        f"<tr><td>{n:02}.03.2026<td><a href=/news/{n}>Acme eröffnet ihr Werk Nummer {n} in Berlin</a></tr>"
        for n in range(1, count + 1)
    )


def related(count: int) -> str:
    return "<h2>Related news</h2>" + cards(count)


REFUSED: dict[str, tuple[str, str]] = {
    "a server's own 403": (
        (
            "<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center><hr>"
            "<center>nginx/1.18.0</center></body></html>"
        ),
        "blocked",
    ),
    "a delivery network's refusal": (
        (
            "<html><head><title>Access Denied</title></head><body><h1>Access Denied</h1>No permission to "
            'access "http://acme.example/news" on this server.<p>Reference #18.7d4e1702.1f2</p></body></html>'
        ),
        "blocked",
    ),
    "a challenge before the page": (
        (
            "<html><head><title>Just a moment...</title></head><body><h1>acme.example</h1><p>Checking the "
            f"connection is secure. This may take a few seconds.</p>{SCRIPTS}</body></html>"
        ),
        "blocked",
    ),
    "a page not found, with the site's menu": (
        site("<h1>Page not found</h1><p>The page you look for does not exist.</p>"),
        "gone",
    ),
    "a page not found, in German": (
        site("<h1>Seite nicht gefunden</h1><p>Die gesuchte Seite gibt es leider nicht mehr.</p>", "Acme"),
        "gone",
    ),
    "a site being repaired": (
        (
            "<html><head><title>Acme</title></head><body><h1>Service Unavailable</h1><p>It is down for "
            "maintenance and will be back shortly.</p></body></html>"
        ),
        "unavailable",
    ),
    "a wall of consent": (
        (
            "<html><head><title>Acme</title></head><body><div class=dialog><h2>We value your privacy</h2>"
            "<button>Accept all</button><button>Reject all</button></div></body></html>"
        ),
        "consent",
    ),
    "a wall of consent, in German": (
        (
            "<html><head><title>Acme</title></head><body><div><h2>Datenschutz-Einstellungen</h2>"
            "<a href=/x>Alle akzeptieren</a></div></body></html>"
        ),
        "consent",
    ),
    "a shell drawn by scripts": (
        f"<html><head><title>Acme</title></head><body><div id=root></div>{SCRIPTS}</body></html>",
        "needs scripts",
    ),
    "a shell that asks for scripts": (
        (
            "<html><head><title>Acme</title></head><body><noscript>Enable JavaScript to run this app."
            f"</noscript><div id=app></div>{SCRIPTS}</body></html>"
        ),
        "needs scripts",
    ),
    "a list of teasers": (site("<h1>Press releases</h1>" + cards(9), "Press releases | Acme"), "listing"),
    "a list without teasers": (site("<h1>News</h1>" + rows(12), "News | Acme"), "listing"),
    "a list of whole texts": (site(posts(8), "Newsroom | Acme"), "listing"),
    "a list in a system that calls all an article": (
        site(cards(9), "News | Acme", "<meta property=og:type content=article>"),
        "listing",
    ),
    "a page without text": (site("<p><img src=a.jpg></p>", "Acme"), "empty"),
    "a feed": (
        "<?xml version='1.0'?><rss version='2.0'><channel></channel></rss>",
        "not html",
    ),
    "a PDF": ("%PDF-1.7", "not html"),
    "bytes of no kind": ("".join(map(chr, range(1, 256))) * 9, "not html"),
    "nothing": ("   \n ", "empty"),
}


@pytest.mark.parametrize(("html", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_announcement_is_refused_with_the_reason(html: str, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(make_page(LIST, html.encode()), source="acme")
    assert caught.value.reason == reason
    assert caught.value.url == LIST


def test_a_home_page_is_called_so() -> None:
    html = site("<h1>Brewing the future</h1>" + cards(9), "Acme")
    with pytest.raises(UnreadableError, match="home"):
        read(make_page("https://acme.example/", html.encode()), source="acme")


@pytest.mark.parametrize(("url", "html", "reason"), STANDINS.values(), ids=STANDINS)
def test_what_stands_in_place_of_an_announcement_is_refused_with_the_reason(
    url: str, html: str, reason: str
) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(make_page(url, html.encode()), source="acme")
    assert caught.value.reason == reason
    assert caught.value.detail


@pytest.mark.parametrize("how", GONE_PAGES.values(), ids=GONE_PAGES)
@pytest.mark.parametrize(("name", "text"), GONE.values(), ids=GONE)
def test_a_page_that_is_not_there_is_refused_in_every_language(name: str, text: str, how: str) -> None:
    html = written(how, name=name, text=text)
    with pytest.raises(UnreadableError, match=": gone: "):
        read(make_page(DEEP, html.encode()), source="acme")


@pytest.mark.parametrize(("url", "html", "told"), LOOKALIKES.values(), ids=LOOKALIKES)
def test_what_only_looks_like_something_else_is_read(url: str, html: str, told: str) -> None:
    assert told in read(make_page(url, html.encode()), source="acme").body


@pytest.mark.parametrize("path", ["", "/", "/index.html", "/en/", "/de/index.php"])
def test_a_home_page_that_something_led_to_is_refused_whatever_it_shows(path: str) -> None:
    html = site(f"<h1>Brewing the future</h1>{LONG}", "Acme")
    home = make_page(f"https://acme.example{path}", html.encode())
    with pytest.raises(UnreadableError, match="home"):
        read(replace(home, url=URL), source="acme")
    with pytest.raises(UnreadableError, match="home"):
        read(home, source="acme", link=Link(home.url))


def test_an_announcement_that_came_whole_may_have_the_address_of_the_home_page() -> None:
    """Some feeds give their site's address with every entry."""
    home = make_page("https://acme.example/", site(HEADLINE + NEWS).encode())
    assert "Berlin" in read(home, source="acme", link=Link(home.url, html=NEWS)).body


HEADLINE = "<h1>Acme opens a plant in Berlin</h1>"
READ: dict[str, str] = {
    "that speaks of what is forbidden": site(
        f"<h1>Acme plant: access denied to 403 visitors</h1>{LONG}<p>Entry is forbidden.</p>", "Acme"
    ),
    "under a cookie banner": site(
        f"<div class=cookie>We value your privacy <button>Accept all</button></div>{HEADLINE}{NEWS}"
    ),
    "that works better with scripts": site(
        f"<noscript>Please enable JavaScript to see comments.</noscript>{HEADLINE}{NEWS}{SCRIPTS}"
    ),
    "with a list of others below": site(f"{HEADLINE}<p>March 1, 2026</p>{NEWS}{related(9)}"),
    "shorter than the list of others below": site(
        f"{HEADLINE}<p>March 1, 2026</p>{NEWS[: NEWS.index('</p>')]}</p>{related(5)}"
    ),
    "below a list of others": site(f"{cards(6)}{HEADLINE}<p>March 1, 2026</p>{NEWS * 2}"),
    "that calls itself one, among many": site(
        f"{HEADLINE}<p>Acme opens a plant in Berlin today, for forty countries of the world.</p>{cards(9)}",
        head='<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Acme"}</script>',
    ),
    "of one sentence": site(
        f"{HEADLINE}<p>Acme opened a plant in Berlin on March 1, 2026, its fortieth.</p>"
    ),
    "of a table of days and links": site(
        f"{HEADLINE}{NEWS}<p>{'The dates of the year are as follows, and may change. ' * 4}</p>{rows(9)}"
    ),
}


@pytest.mark.parametrize("html", READ.values(), ids=READ)
def test_an_announcement_is_read(html: str) -> None:
    release = read(make_page(URL, html.encode()), source="acme")
    assert "Berlin" in release.body or "access denied" in release.title


@pytest.mark.parametrize("make", [cards, posts, rows], ids=lambda make: make.__name__)
@pytest.mark.parametrize("count", [5, 40])
def test_a_list_is_told_from_five_entries_on(make: Callable[[int], str], count: int) -> None:
    with pytest.raises(UnreadableError, match="listing"):
        read(make_page(LIST, site(make(count), "News | Acme").encode()), source="acme")
