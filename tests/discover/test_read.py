from typing import get_args

import pytest

from crawler.discover.platforms.known import PLATFORMS, widened
from crawler.discover.read import listing
from crawler.errors import ShapeChanged, UnreadableError
from crawler.model import Way
from tests.discover.web import page

FEED = "<rss version='2.0'><channel><item><title>T</title><link>https://example.com/t</link></item></channel></rss>"
SITEMAP = "<urlset><url><loc>https://example.com/t</loc></url></urlset>"
ROWS = "".join(
    f"<li><span>{n} November 2026</span> <a href='/news/{n}-acme'>Acme announces its plan number {n}</a></li>"
    for n in range(1, 8)
)
HTML = f"<html><body><main><h1>News</h1><ul>{ROWS}</ul></main></body></html>"


@pytest.mark.parametrize(
    ("body", "way", "links"),
    [(FEED, "feed", 1), (SITEMAP, "sitemap", 1), (HTML, "listing", 7)],
    ids=lambda x: str(x)[:9],
)
def test_a_page_is_read_as_what_it_looks_like(body: str, way: Way, links: int) -> None:
    for asked in ("auto", way):
        found = listing(page(body), way=asked)
        assert found.way == way
        assert len(found.links) == links


@pytest.mark.parametrize(
    ("body", "way", "reason"),
    [
        (HTML, "feed", "not a feed"),
        (HTML, "sitemap", "not a sitemap"),
        ("", "auto", "empty"),
        ("  \n", "listing", "empty"),
        (b"%PDF-1.7 \x00\xff", "auto", "not html"),
        (b"\x89PNG\r\n\x1a\n", "listing", "not html"),
        ("just words", "auto", "not html"),
        ("<html><title>403 Forbidden</title><h1>Forbidden</h1></html>", "auto", "blocked"),
        ("<html><title>Just a moment...</title><p>Checking</p></html>", "listing", "blocked"),
    ],
)
def test_a_page_that_is_not_what_was_asked_for_says_so(body: str | bytes, way: Way, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        listing(page(body), way=way)


def test_a_source_can_name_every_platform_and_no_other() -> None:
    names = {platform.NAME for platform in PLATFORMS}
    assert {str(way) for way in get_args(Way)} == names | {"auto", "feed", "sitemap", "listing"}


def test_a_page_that_leads_to_a_platform_gives_where_when_that_is_insisted_on() -> None:
    found = listing(page("<script src='https://s1.q4cdn.com/x.js'></script>"), way="q4")
    assert found.links == ()
    assert "/feed/PressRelease.svc/GetPressReleaseList?" in found.more[0]


def test_a_page_of_another_platform_than_the_one_insisted_on_is_refused() -> None:
    with pytest.raises(ShapeChanged, match="none of its marks"):
        listing(page(HTML), way="q4")


@pytest.mark.parametrize(
    ("way", "url", "wide"),
    [
        ("q4", "https://a.example/feed/PressRelease.svc/GetPressReleaseList?pageSize=50", "pageSize=-1"),
        ("q4", "https://a.example/news", "https://a.example/news"),
        ("auto", "https://a.example/news", "https://a.example/news"),
    ],
    ids=["an interface", "a page that leads to one", "no platform"],
)
def test_an_interface_is_asked_for_all_at_once_and_nothing_else_is(way: str, url: str, wide: str) -> None:
    assert wide in widened(way, url)
