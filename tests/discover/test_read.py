import pytest

from crawler.discover.read import listing
from crawler.errors import UnreadableError
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
