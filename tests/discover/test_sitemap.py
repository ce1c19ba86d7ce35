import gzip
import time
import tracemalloc
from datetime import date

import pytest

from crawler.discover import sitemap as room
from crawler.discover.sitemap import looks_like_sitemap, sitemap
from crawler.errors import UnreadableError
from tests.discover.web import page

URL = "https://example.com/sitemap.xml"
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
IMAGE = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'

PLAIN = f"""<?xml version="1.0"?><urlset {NAMESPACE} {NEWS} {IMAGE}>
<url><loc> https://example.com/news/one </loc><lastmod>2026-11-03</lastmod>
<image:image><image:loc>https://example.com/one.jpg</image:loc></image:image></url>
<url><loc>https://example.com/news/two</loc><news:news><news:publication><news:name>Acme</news:name>
</news:publication><news:publication_date>2026-11-02T08:00:00Z</news:publication_date>
<news:title>Acme moves</news:title></news:news></url>
<url><loc>https://elsewhere.org/three</loc></url>
<url><loc>https://example.com/sitemap.xml</loc></url>
</urlset>"""

INDEX = f"""<sitemapindex {NAMESPACE}>
<sitemap><loc>https://example.com/sitemap-2025.xml</loc><lastmod>2025-12-31</lastmod></sitemap>
<sitemap><loc>https://example.com/sitemap-2026.xml.gz</loc><lastmod>2026-11-03</lastmod></sitemap>
<sitemap><loc>https://example.com/sitemap.xml</loc></sitemap></sitemapindex>"""


def test_a_sitemap_lists_its_own_sites_addresses() -> None:
    found = sitemap(page(PLAIN, URL))
    assert [link.url for link in found.links] == [
        "https://example.com/news/one",
        "https://example.com/news/two",
    ]
    assert found.warning == "sitemap: 1 addresses of other sites left out"


def test_only_a_news_date_is_a_date() -> None:
    one, two = sitemap(page(PLAIN, URL)).links
    assert one.published is None
    assert two.published is not None
    assert two.published.day == date(2026, 11, 2)
    assert two.title == "Acme moves"


def test_an_index_points_to_its_sitemaps_newest_first_and_never_to_itself() -> None:
    found = sitemap(page(INDEX, URL))
    assert found.more == ("https://example.com/sitemap-2026.xml.gz", "https://example.com/sitemap-2025.xml")
    assert found.links == ()


def test_a_packed_sitemap_reads_like_a_plain_one() -> None:
    packed = page(gzip.compress(PLAIN.encode()), URL)
    assert looks_like_sitemap(packed.body)
    assert sitemap(packed) == sitemap(page(PLAIN, URL))


def test_a_text_of_addresses_is_a_sitemap() -> None:
    found = sitemap(page("https://example.com/a\nhttps://example.com/b\n", URL, "text/plain"))
    assert [link.url for link in found.links] == ["https://example.com/a", "https://example.com/b"]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"<html><body>no</body></html>", id="html"),
        pytest.param(b"", id="empty"),
        pytest.param(b"\x1f\x8bbroken", id="broken gzip"),
        pytest.param(
            b'<!DOCTYPE x [<!ENTITY a "aaaa">]><urlset><url><loc>&a;</loc></url></urlset>', id="entities"
        ),
    ],
)
def test_what_is_no_sitemap_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(UnreadableError, match="not a sitemap"):
        sitemap(page(body, URL))


def test_a_gzip_bomb_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LARGEST_BYTES", 1 << 20)
    bomb = gzip.compress(f"<urlset {NAMESPACE}>".encode() + b" " * (30 << 20))
    tracemalloc.start()
    found = sitemap(page(bomb, URL))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.warning == "sitemap: cut after 1 MiB"
    assert peak < 4 << 20


def test_no_more_addresses_are_taken_than_the_format_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_ENTRIES", 3)
    many = "".join(f"<url><loc>https://example.com/{n}</loc></url>" for n in range(5))
    found = sitemap(page(f"<urlset {NAMESPACE}>{many}</urlset>", URL))
    assert len(found.links) == 3
    assert found.warning == "sitemap: cut after 3 addresses"


def test_a_cut_sitemap_gives_what_came() -> None:
    assert len(sitemap(page(PLAIN[: PLAIN.index("<url><loc>https://elsewhere")], URL)).links) == 2


def test_fifty_thousand_addresses_take_little_memory_and_no_long_time() -> None:
    entry = "<url><loc>https://example.com/news/release-{}</loc><lastmod>2026-01-01</lastmod></url>"
    body = f"<urlset {NAMESPACE}>{''.join(map(entry.format, range(50_000)))}</urlset>".encode()
    start = time.process_time()
    found = sitemap(page(body, URL))
    assert len(found.links) == 50_000
    assert time.process_time() - start < 5  # one second on an idle machine
