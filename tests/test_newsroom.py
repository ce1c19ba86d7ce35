"""The loopback newsroom behaves as the sites it stands for."""

import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.newsroom import Newsroom


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom() as running:
        yield running


def get(newsroom: Newsroom, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    parts = urlsplit(newsroom.url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=5)
    try:
        connection.request("GET", path, headers={key.replace("_", "-"): v for key, v in headers.items()})
        answer = connection.getresponse()
        return answer.status, {key.lower(): value for key, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def test_it_holds_fifty_stories_and_serves_each(newsroom: Newsroom) -> None:
    assert len(newsroom.stories) == 50
    assert {get(newsroom, path)[0] for path in newsroom.stories} == {200}


@pytest.mark.parametrize(
    ("listing", "pages"),
    [
        ("/sep/news/", ["/sep/news/index_2.html", "/sep/news/index_3.html"]),
        ("/halden/news/", ["/halden/news/?page=2", "/halden/news/?page=3"]),
        ("/norvia/presse/", ["/norvia/presse/?seite=2"]),
        ("/xinghe/xwzx/", ["/xinghe/xwzx/index_1.html"]),
        ("/brightwater/newsroom/", ["/brightwater/newsroom/?page=1"]),
    ],
)
def test_every_story_but_the_redirected_is_linked_from_its_listing(
    newsroom: Newsroom, listing: str, pages: list[str]
) -> None:
    html = b"".join(get(newsroom, path)[2] for path in [listing, *pages]).decode("gb18030", "replace")
    key = listing.split("/")[1]
    missing = [path for path in newsroom.stories if path.startswith(f"/{key}/") and path not in html]
    assert missing == (["/halden/news/2024/flood-recovery.html"] if key == "halden" else [])


def test_an_unchanged_page_costs_one_small_answer(newsroom: Newsroom) -> None:
    _, headers, body = get(newsroom, "/sep/news/")
    assert body
    for condition in (
        {"If_None_Match": headers["etag"]},
        {"If_Modified_Since": headers["last-modified"]},
    ):
        status, _, body = get(newsroom, "/sep/news/", **condition)
        assert (status, body) == (304, b"")


def test_chinese_pages_say_their_encoding_only_inside(newsroom: Newsroom) -> None:
    _, headers, body = get(newsroom, "/xinghe/xwzx/t20251103_8812.html")
    assert headers["content-type"] == "text/html"
    assert "碳纤维三期" in body.decode("gb18030")


def test_the_site_can_publish_revise_and_remove() -> None:
    with Newsroom() as newsroom:
        path = newsroom.publish("halden", "news/2025/kite.html", "Halden Flies a Kite", ["It flew."])
        assert path.encode() in get(newsroom, "/halden/rss.xml")[2]
        _, before, _ = get(newsroom, path)
        newsroom.revise(path, headline="Halden Flies Two Kites")
        status, after, body = get(newsroom, path, If_None_Match=before["etag"])
        assert status == 200
        assert after["etag"] != before["etag"]
        assert b"Two Kites" in body
        newsroom.remove(path)
        assert get(newsroom, path)[0] == 410
        assert path.encode() not in get(newsroom, "/halden/news/")[2]


def test_the_log_shows_what_was_asked() -> None:
    with Newsroom() as newsroom:
        get(newsroom, "/robots.txt", User_Agent="tester")
        (request,) = newsroom.log
        assert (request.method, request.path, request.status) == ("GET", "/robots.txt", 200)
        assert request.headers["user-agent"] == "tester"
        assert newsroom.asked("/robots.txt") == 1


def test_the_saved_page_is_the_one_the_newsroom_serves(newsroom: Newsroom) -> None:
    saved = (Path(__file__).parent / "pages" / "songjiang.html").read_bytes()
    assert get(newsroom, "/sep/detail/1342.html")[2] == saved


@pytest.mark.parametrize(("key", "path"), Newsroom.starts.items())
def test_every_newsroom_is_entered_at_a_page_that_is_there(newsroom: Newsroom, key: str, path: str) -> None:
    status, _, body = get(newsroom, path)
    assert status == 200
    assert f"/{key}/".encode() in body
