"""The laws of the Atom feed of a search."""

from datetime import datetime
from xml.etree import ElementTree as ET

import feedparser
import pytest

from index.engine import Results
from index.feed import Entry, atom, identity, write
from tests.makers import START
from tests.serve.visitor import GONE, HOSTILE, Visitor

ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_feed_holds_the_newest_hits_of_its_search(visit: Visitor) -> None:
    got = visit("/feed?q=plant&sort=relevance&page=7")
    assert got.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    parsed = feedparser.parse(got.body)
    assert not parsed.bozo
    assert parsed.entries[0].title == "Acme opens plant number one"
    assert {entry.author for entry in parsed.entries} == {"acme", "bolt", "cogs"}
    assert parsed.feed.title == "Pressdex – plant"


def test_a_feed_has_all_that_the_format_asks_for(visit: Visitor) -> None:
    root = ET.fromstring(visit("/feed").body)  # noqa: S314 - our own
    assert {"title", "id", "updated"} <= {child.tag.removeprefix(ATOM) for child in root}
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {"self": "http://127.0.0.1:8417/feed", "alternate": "http://127.0.0.1:8417/"}
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == 12
    for entry in entries:
        assert {"title", "id", "updated", "author", "summary"} <= {
            child.tag.removeprefix(ATOM) for child in entry
        }
        assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "").tzinfo
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 12


def test_an_entry_tells_of_a_change_to_its_release(visit: Visitor) -> None:
    root = ET.fromstring(visit("/feed?q=closes").body)  # noqa: S314 - our own
    [entry] = root.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == GONE.id
    assert entry.findtext(f"{ATOM}published") == "2026-03-02T11:00:00Z"
    assert entry.findtext(f"{ATOM}updated") == "2026-03-03T04:00:00Z"


def test_an_address_that_cannot_be_followed_is_left_out(visit: Visitor) -> None:
    assert b"javascript:" not in visit("/feed").body
    assert identity(HOSTILE.id) == "urn:x-pressdex:evil:%3C3%3E%26%22%27"


@pytest.mark.parametrize("text", ["\x00\x0b\x1f", "\ud800", "￾￿", "]]>&<\"'"])
def test_a_feed_can_always_be_read(text: str) -> None:
    entry = Entry(text, text, "http://c/", text, text, START)
    made = write(text, text, {"self": "http://a/"}, [entry], at=START).encode()
    assert ET.fromstring(made).findtext(f"{ATOM}title") is not None  # noqa: S314 - our own


def test_an_answer_without_hits_is_a_feed_too() -> None:
    parsed = feedparser.parse(atom(Results((), 0), title="rivals", at=START).encode())
    assert (parsed.bozo, parsed.feed.title, parsed.entries) == (False, "rivals", [])
    assert parsed.feed.id == "urn:x-pressdex:search:rivals"
