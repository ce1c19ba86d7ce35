"""Fetching: from an address to a Page, Unchanged, or an error of ours."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

import httpx
import pytest

from crawler.courtesy import manners
from crawler.errors import FetchError, Gone, Refused, TooLarge, Unreachable
from crawler.fetch import Fetcher
from crawler.model import Page, Unchanged
from tests.newsroom import Newsroom

NOW = datetime(2025, 11, 3, 12, 0, tzinfo=UTC)
HOME = "https://acme.example/"

Web = dict[str, httpx.Response | Callable[[httpx.Request], httpx.Response]]
Found = TypeVar("Found")


def run(work: Callable[[Fetcher], Awaitable[Found]], fetcher: Fetcher) -> Found:
    async def inside() -> Found:
        async with fetcher:
            return await work(fetcher)

    return asyncio.run(inside())


def door(
    web: Web | None = None, *, largest_bytes: int = 10_000, allow: tuple[str, ...] = ("127.0.0.1",)
) -> Fetcher:
    """Give a fetcher on a fake web of addresses and answers (others are 404), or on the real loopback."""

    def answer(request: httpx.Request) -> httpx.Response:
        found = (web or {}).get(str(request.url), httpx.Response(404))
        return found(request) if callable(found) else found

    return Fetcher(
        agent="pressdex/0 (test)",
        clock=lambda: NOW,
        timeout_s=10,
        largest_bytes=largest_bytes,
        allow=allow,
        transport=None if web is None else httpx.MockTransport(answer),
    )


def page(url: str, fetcher: Fetcher) -> Page:
    answer = run(lambda door: door.fetch(url), fetcher)
    assert isinstance(answer, Page)
    return answer


def error(url: str, fetcher: Fetcher) -> FetchError:
    with pytest.raises(FetchError) as caught:
        run(lambda door: door.fetch(url), fetcher)
    assert caught.value.url == url
    return caught.value


def moved(target: str, status: int = 301) -> httpx.Response:
    return httpx.Response(status, headers={"Location": target})


def test_a_page_says_what_was_asked_and_what_answered() -> None:
    answer = page(HOME, door({HOME: httpx.Response(200, headers={"X-Powered-By": "a"}, content=b"body")}))
    assert (answer.url, answer.final_url, answer.status, answer.body) == (HOME, HOME, 200, b"body")
    assert answer.fetched == NOW
    assert answer.header("x-powered-by") == "a"


def test_the_agent_is_sent_and_cookies_are_not_kept() -> None:
    seen: list[httpx.Headers] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers)
        return httpx.Response(200, headers={"Set-Cookie": "id=1"}, content=b"")

    async def twice(fetcher: Fetcher) -> None:
        await fetcher.fetch(HOME)
        await fetcher.fetch(HOME)

    run(twice, door({HOME: answer}))
    assert [headers["user-agent"] for headers in seen] == ["pressdex/0 (test)"] * 2
    assert not any("cookie" in headers for headers in seen)


def test_validators_are_sent_and_an_unchanged_page_is_no_page() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.headers["if-none-match"] == '"a"'
        assert request.headers["if-modified-since"] == "Mon, 03 Nov 2025 12:00:00 GMT"
        return httpx.Response(304)

    fetched = run(
        lambda fetcher: fetcher.fetch(HOME, etag='"a"', modified="Mon, 03 Nov 2025 12:00:00 GMT"),
        door({HOME: answer}),
    )
    assert fetched == Unchanged(HOME, NOW)


def test_redirects_are_followed_to_the_end() -> None:
    web: Web = {
        HOME: moved("/a"),
        HOME + "a": moved("http://b.example/c", 302),
        "http://b.example/c": httpx.Response(200, content=b"there"),
    }
    answer = page(HOME, door(web))
    assert (answer.url, answer.final_url, answer.body) == (HOME, "http://b.example/c", b"there")


def test_every_hop_passes_the_gate_but_the_first() -> None:
    passed: list[str] = []

    async def gate(url: str) -> None:
        passed.append(url)
        if "private" in url:
            raise Refused(url, "robots.txt forbids it", kind="robots")

    web: Web = {HOME: moved("/a"), HOME + "a": moved("/private")}
    with pytest.raises(Refused, match="robots"):
        run(lambda fetcher: fetcher.fetch(HOME, gate=gate), door(web))
    assert passed == [HOME + "a", HOME + "private"]


@pytest.mark.parametrize(
    ("web", "kind", "words"),
    [
        ({HOME: moved("/")}, Unreachable, "loop"),
        ({HOME: moved("/a"), HOME + "a": moved("/")}, Unreachable, "loop"),
        ({HOME + str(i or ""): moved(f"/{i + 1}") for i in range(20)}, Unreachable, "more than 10"),
        ({HOME: moved("ftp://b.example/")}, Unreachable, "nowhere"),
        ({HOME: moved("http://a:b@b.example/")}, Refused, "credentials"),
        ({HOME: moved("http://b.example:25/")}, Refused, "port 25"),
        ({HOME: moved("/gone"), HOME + "gone": httpx.Response(410)}, Gone, "redirected to .*/gone"),
    ],
    ids=["itself", "circle", "endless", "scheme", "credentials", "port", "gone"],
)
def test_a_redirect_that_leads_nowhere_good_is_told(web: Web, kind: type[FetchError], words: str) -> None:
    with pytest.raises(kind, match=words):
        run(lambda fetcher: fetcher.fetch(HOME), door(web))


def test_ten_redirects_are_taken() -> None:
    web: Web = {HOME + str(i or ""): moved(f"/{i + 1}") for i in range(10)}
    assert page(HOME, door(web | {HOME + "10": httpx.Response(200, content=b"x")})).final_url == HOME + "10"


def test_a_body_over_the_limit_is_an_error_or_cut() -> None:
    web: Web = {HOME: lambda _: httpx.Response(200, stream=httpx.ByteStream(b"x" * 10_001))}
    assert isinstance(error(HOME, door(web)), TooLarge)
    answer = run(lambda fetcher: fetcher.fetch(HOME, cut_bytes=5_000), door(web))
    assert isinstance(answer, Page)
    assert answer.body == b"x" * 5_000


@pytest.mark.parametrize(
    "url",
    [
        "ftp://acme.example/",
        "acme.example",
        "http://",
        "http://[::1",
        "http://a b.example/",
        "http://acme.example:x/",
        "https://me:secret@acme.example/",
        "http://" + "a" * 3000,
        "http://\x00.example/",
        "http://xn--/",
        "http://..example/",
    ],
)
def test_what_is_no_web_address_is_refused_without_asking(url: str) -> None:
    assert error(url, door()).kind in {"address", "dns"}


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "0x7f.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "0"]
)
def test_no_spelling_of_this_machine_is_reached_unless_allowed(host: str) -> None:
    with Newsroom() as newsroom:
        port = newsroom.url.rpartition(":")[2]
        refused = error(f"http://{host}:{port}/", door(allow=()))
        assert isinstance(refused, Refused | Unreachable)
        assert refused.kind in {"address", "dns"}
        assert not newsroom.log


def test_an_allowed_host_is_allowed_by_its_name_alone() -> None:
    with Newsroom() as newsroom:
        port = newsroom.url.rpartition(":")[2]
        assert page(f"http://localhost:{port}/", door(allow=(f"localhost:{port}",))).status == 200
        assert error(f"{newsroom.url}/", door(allow=("localhost",))).kind == "address"


def test_a_redirect_into_this_machine_is_refused() -> None:
    with Newsroom() as inner, Newsroom() as outer:
        port = outer.url.rpartition(":")[2]
        outer.answer("/out", outer.look_up("/halden/go/food-banks").to(inner.url + "/"))
        refused = error(f"{outer.url}/out", door(allow=(f"127.0.0.1:{port}",)))
        assert refused.kind == "address"
        assert not inner.log


def test_one_connection_serves_all_pages_of_a_host() -> None:
    async def many(fetcher: Fetcher, newsroom: Newsroom) -> None:
        for path in ["/", "/nowhere", "/halden/go/food-banks", *list(newsroom.stories)[:10]]:
            try:
                await fetcher.fetch(newsroom.url + path)
            except Gone:
                assert path == "/nowhere"

    with Newsroom() as newsroom:
        run(lambda fetcher: many(fetcher, newsroom), door())
        assert len(newsroom.log) == 14
        assert len({request.connection for request in newsroom.log}) == 1


def test_requests_to_one_host_wait_for_each_other() -> None:
    async def at_once(fetcher: Fetcher, newsroom: Newsroom) -> None:
        await asyncio.gather(*(fetcher.fetch(newsroom.url + path) for path in newsroom.stories))

    with Newsroom() as newsroom:
        run(lambda fetcher: at_once(fetcher, newsroom), door())
        assert len(newsroom.log) == len(newsroom.stories)
        assert len({request.connection for request in newsroom.log}) == 1
        assert {request.open for request in newsroom.log} == {1}


def test_a_page_asked_again_with_its_validators_is_unchanged() -> None:
    async def twice(fetcher: Fetcher, url: str) -> Page | Unchanged:
        first = await fetcher.fetch(url)
        assert isinstance(first, Page)
        return await fetcher.fetch(url, etag=first.header("etag"), modified=first.header("last-modified"))

    with Newsroom() as newsroom:
        url = newsroom.url + "/norvia/atom.xml"
        assert run(lambda fetcher: twice(fetcher, url), door()) == Unchanged(url, NOW)
        assert [request.status for request in newsroom.log] == [200, 304]


@pytest.mark.parametrize(("redirects", "may"), [(5, False), (6, True)])
def test_robots_txt_is_followed_through_five_redirects(redirects: int, may: bool) -> None:
    address = HOME + "robots.txt"
    web: Web = {address + "x" * i: moved("/robots.txt" + "x" * (i + 1)) for i in range(redirects)}
    web[address + "x" * redirects] = httpx.Response(200, content=b"User-agent: *\nDisallow: /private")

    async def rules(fetcher: Fetcher) -> manners.Rules:
        try:
            answer = await fetcher.fetch(address, hops=manners.ROBOTS_HOPS, cut_bytes=manners.ROBOTS_BYTES)
        except FetchError as error:
            return manners.rules(error.status, b"", "pressdex")
        assert isinstance(answer, Page)
        return manners.rules(answer.status, answer.body, "pressdex")

    assert run(rules, door(web)).may(HOME + "private") is may
