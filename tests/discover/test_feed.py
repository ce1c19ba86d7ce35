import json
from datetime import UTC, date, datetime

import pytest

from crawler.discover.feed import feed
from crawler.errors import UnreadableError
from crawler.model import Habits
from tests.discover.web import page

LONG = "<p>" + "Acme Corp. opened a plant in Graz on Monday and hired two hundred people. " * 12 + "</p>"

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Acme News</title>
<item><title>Acme opens a plant &amp;amp; hires</title><link>/news/plant</link><guid>urn:1</guid>
<pubDate>Tue, 03 Nov 2026 09:00:00 -0500</pubDate><content:encoded><![CDATA[{LONG}]]></content:encoded></item>
<item><title>Acme reports <b>third</b> quarter</title><link>https://example.com/news/q3?utm_source=rss</link>
<guid>urn:1</guid><pubDate>31 Oct 2026 06:00:00 GMT</pubDate><description>Revenue rose.</description></item>
<item><title>The same again</title><link>https://example.com/news/q3</link></item>
<item><title>No link at all</title></item>
<item><title>A script</title><link>javascript:alert(1)</link></item>
</channel></rss>"""

RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<item rdf:about="https://example.com/a"><title>新製品を発表</title><link>https://example.com/a</link>
<dc:date>2026-11-03T10:00:00+09:00</dc:date></item></rdf:RDF>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.com/"><title>News</title>
<link rel="next" href="/atom?page=2"/>
<entry><title type="html">A &lt;i&gt;new&lt;/i&gt; chair</title><link rel="alternate" href="news/chair"/>
<published>2026-10-02T23:30:00Z</published><updated>2026-10-09T08:00:00Z</updated></entry>
<entry><title>Only updated</title><link href="https://example.com/news/u"/><updated>2026-09-01T08:00:00Z</updated>
</entry></feed>"""

OLD_RSS = """<?xml version="1.0"?><rss version="0.91"><channel><item><title>Old but read</title>
<link>https://example.com/old</link></item></channel></rss>"""

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "next_url": "https://example.com/feed.json?page=2",
        "items": [
            {"id": "1", "url": "/news/one", "title": "One", "date_published": "2026-11-03T08:00:00+01:00"},
            {"id": "https://example.com/news/two", "content_html": LONG},
            {"id": "3", "title": "Nowhere"},
            "not an item",
        ],
    }
)


def test_an_rss_feed_lists_its_entries_once_in_their_order() -> None:
    found = feed(page(RSS, "https://example.com/feed"))
    assert [link.url for link in found.links] == [
        "https://example.com/news/plant",
        "https://example.com/news/q3?utm_source=rss",
    ]
    assert [link.title for link in found.links] == [
        "Acme opens a plant & hires",
        "Acme reports third quarter",
    ]
    assert found.way == "feed"


def test_a_date_is_read_from_the_string_as_printed() -> None:
    first = feed(page(RSS)).links[0].published
    assert first is not None
    assert first.day == date(2026, 11, 3)
    assert first.moment == datetime(2026, 11, 3, 14, tzinfo=UTC)
    assert first.rule == "feed published"


def test_a_guid_is_no_identity() -> None:
    assert [link.identity for link in feed(page(RSS)).links] == [None, None]


def test_full_text_comes_along_and_a_teaser_does_not() -> None:
    plant, q3 = feed(page(RSS)).links
    assert plant.html is not None
    assert "opened a plant" in plant.html
    assert q3.html is None


@pytest.mark.parametrize("end", ["[…]", "&hellip;", "... Read more", "Continue reading Acme opens"])
def test_a_text_that_is_cut_off_is_no_full_text(end: str) -> None:
    cut = RSS.replace(LONG, LONG[:-4] + end + "</p>")
    assert feed(page(cut)).links[0].html is None


@pytest.mark.parametrize(
    ("body", "title", "day"),
    [
        pytest.param(RDF, "新製品を発表", date(2026, 11, 3), id="rdf"),
        pytest.param(ATOM, "A new chair", date(2026, 10, 2), id="atom"),
        pytest.param(JSON_FEED, "One", date(2026, 11, 3), id="json"),
        pytest.param(OLD_RSS, "Old but read", None, id="rss 0.91"),
        pytest.param("\n\n Warning: x in y\n" + OLD_RSS, "Old but read", None, id="words before the root"),
        pytest.param(
            RSS.replace("</channel></rss>", ""), "Acme opens a plant & hires", date(2026, 11, 3), id="cut"
        ),
    ],
)
def test_every_format_gives_title_and_day(body: str, title: str, day: date | None) -> None:
    link = feed(page(body, "https://example.com/feed")).links[0]
    assert link.title == title
    assert (link.published.day if link.published else None) == day


def test_an_atom_entry_with_only_a_change_is_dated_by_it() -> None:
    published = feed(page(ATOM)).links[1].published
    assert published is not None
    assert published.rule == "feed updated"


@pytest.mark.parametrize(
    ("body", "url", "following"),
    [
        (ATOM, "https://example.com/atom", "https://example.com/atom?page=2"),
        (ATOM, "https://example.com/atom?page=2", None),
        (JSON_FEED, "https://example.com/feed.json", "https://example.com/feed.json?page=2"),
        (RSS, "https://example.com/feed", None),
        (
            RSS.replace("<item>", "<generator>https://wordpress.org/?v=6.4</generator><item>", 1),
            "https://example.com/feed/?paged=2",
            "https://example.com/feed/?paged=3",
        ),
    ],
    ids=["rel next", "rel next to itself", "json", "none", "wordpress"],
)
def test_older_pages_of_a_feed_are_found(body: str, url: str, following: str | None) -> None:
    assert feed(page(body, url)).next_page == following


def test_an_hour_without_a_zone_is_in_the_zone_of_the_source() -> None:
    local = RSS.replace("Tue, 03 Nov 2026 09:00:00 -0500", "2026-11-03 09:00:00")
    published = feed(page(local), habits=Habits(zone="Europe/Berlin")).links[0].published
    assert published is not None
    assert published.moment == datetime(2026, 11, 3, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "body",
    [
        "<!DOCTYPE html><html><body><p>Nothing here</p></body></html>",
        "",
        "{}",
        '{"items": 3}',
        "<rss",
        "plain words",
    ],
)
def test_what_is_no_feed_is_said_to_be_none(body: str) -> None:
    with pytest.raises(UnreadableError, match="not a feed"):
        feed(page(body))


def test_entities_are_not_expanded() -> None:
    bomb = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">
    <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY f SYSTEM "file:///etc/passwd">]>
    <rss version="2.0"><channel><item><title>x &c; &f;</title><link>https://example.com/x</link></item></channel></rss>"""
    found = feed(page(bomb))
    assert all(
        "aaaaaaaaaa" not in (link.title or "") and "root:" not in (link.title or "") for link in found.links
    )


def test_a_body_that_is_an_address_is_not_fetched() -> None:
    with pytest.raises(UnreadableError, match="not a feed"):
        feed(page("https://example.com/other-feed"))


def test_a_date_that_is_none_is_left_out() -> None:
    odd = RSS.replace("Tue, 03 Nov 2026 09:00:00 -0500", "3 Nov 20260")
    assert feed(page(odd)).links[0].published is None
