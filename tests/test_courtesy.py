"""Manners applied to a fake web with a fake clock: who is asked, when, and who is not."""

import asyncio
from collections.abc import Mapping
from itertools import pairwise

import httpx
import pytest

from crawler.courtesy import Courtesy
from crawler.errors import FetchError, Refused
from crawler.fetch import Fetcher
from crawler.model import Page
from tests.makers import START

Answers = Mapping[str, httpx.Response]


class Web:
    """A web of given answers, and what was asked of it, when."""

    def __init__(self, answers: Answers, *, took_s: float = 0.0) -> None:
        self.answers = answers
        self.took_s = took_s
        self.now_s = 100.0
        self.asked: list[tuple[str, float]] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append((str(request.url), self.now_s))
        self.now_s += self.took_s
        found = self.answers.get(str(request.url))
        return found or httpx.Response(404)

    async def sleep(self, seconds: float) -> None:
        self.now_s += seconds

    def get(self, *urls: str, delay_s: float = 2.0) -> list[Page | FetchError]:
        """Ask for addresses one after another, as one guest."""

        async def ask() -> list[Page | FetchError]:
            transport = httpx.MockTransport(self.answer)
            async with Fetcher(agent="x", clock=lambda: START, transport=transport) as fetcher:
                guest = Courtesy(
                    fetcher,
                    agent="pressdex",
                    delay_s=delay_s,
                    monotonic=lambda: self.now_s,
                    sleep=self.sleep,
                    random=lambda: 0.0,
                )
                return [await self._one(guest, url) for url in urls]

        return asyncio.run(ask())

    async def _one(self, guest: Courtesy, url: str) -> Page | FetchError:
        try:
            page = await guest.get(url)
        except FetchError as error:
            return error
        assert isinstance(page, Page)
        return page


def page(text: str = "hello") -> httpx.Response:
    return httpx.Response(200, text=text)


def robots(text: str) -> httpx.Response:
    return httpx.Response(200, text=text)


def test_robots_txt_is_asked_once_and_first() -> None:
    web = Web({"https://a.example/1": page(), "https://a.example/2": page()})
    web.get("https://a.example/1", "https://a.example/2")
    assert [url for url, _ in web.asked] == [
        "https://a.example/robots.txt",
        "https://a.example/1",
        "https://a.example/2",
    ]


def test_a_disallowed_address_is_never_asked() -> None:
    web = Web({"https://a.example/robots.txt": robots("User-agent: *\nDisallow: /private/")})
    [refused] = web.get("https://a.example/private/1")
    assert isinstance(refused, Refused)
    assert "robots.txt" in refused.reason
    assert [url for url, _ in web.asked] == ["https://a.example/robots.txt"]


def test_a_site_whose_robots_txt_fails_is_not_asked() -> None:
    web = Web({"https://a.example/robots.txt": httpx.Response(503)})
    [refused] = web.get("https://a.example/1")
    assert isinstance(refused, Refused)
    assert len(web.asked) == 1


def test_requests_to_one_host_keep_the_delay_from_end_to_start() -> None:
    web = Web({}, took_s=5.0)
    web.get("https://a.example/1", "https://a.example/2")
    starts = [at for _, at in web.asked]
    assert [later - earlier for earlier, later in pairwise(starts)] == [7.0, 7.0]


def test_a_longer_crawl_delay_is_kept() -> None:
    web = Web({"https://a.example/robots.txt": robots("User-agent: *\nCrawl-delay: 30")})
    web.get("https://a.example/1", "https://a.example/2")
    starts = [at for _, at in web.asked]
    assert [later - earlier for earlier, later in pairwise(starts)] == [30.0, 30.0]


def test_one_host_does_not_wait_for_another() -> None:
    web = Web({})
    web.get("https://a.example/1", "https://b.example/1")
    at = dict(web.asked)
    assert at["https://b.example/robots.txt"] == at["https://a.example/1"]


def test_a_redirect_to_another_host_has_that_host_asked_for_leave() -> None:
    moved = httpx.Response(301, headers={"location": "https://b.example/2"})
    web = Web(
        {
            "https://a.example/1": moved,
            "https://b.example/robots.txt": robots("User-agent: *\nDisallow: /"),
            "https://b.example/2": page(),
        }
    )
    [refused] = web.get("https://a.example/1")
    assert isinstance(refused, Refused)
    assert "https://b.example/2" not in dict(web.asked)


def test_two_guests_redirected_crosswise_both_arrive() -> None:
    answers = {
        "https://a.example/1": httpx.Response(302, headers={"location": "https://b.example/2"}),
        "https://b.example/1": httpx.Response(302, headers={"location": "https://a.example/2"}),
        "https://a.example/2": page("a"),
        "https://b.example/2": page("b"),
    }
    web = Web(answers)

    async def ask() -> list[object]:
        transport = httpx.MockTransport(web.answer)
        async with Fetcher(agent="x", clock=lambda: START, transport=transport) as fetcher:
            guest = Courtesy(
                fetcher,
                agent="pressdex",
                delay_s=0.0,
                monotonic=lambda: web.now_s,
                sleep=web.sleep,
                random=lambda: 0.0,
            )
            both = asyncio.gather(guest.get("https://a.example/1"), guest.get("https://b.example/1"))
            return list(await asyncio.wait_for(both, timeout=10))

    pages = asyncio.run(ask())
    assert [one.body for one in pages if isinstance(one, Page)] == [b"b", b"a"]


@pytest.mark.parametrize("status", [404, 410, 403])
def test_a_site_without_robots_txt_may_be_asked(status: int) -> None:
    web = Web({"https://a.example/robots.txt": httpx.Response(status), "https://a.example/1": page()})
    [answer] = web.get("https://a.example/1")
    assert isinstance(answer, Page)
