"""Manners applied to a fake web with a fake clock: who is asked, when, and who is not."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise

import httpx
import pytest

from crawler.courtesy.guest import Bill, Courtesy
from crawler.courtesy.memory import Forgetful
from crawler.errors import FetchError, Refused, Resting, Unreachable
from crawler.fetch import Fetcher
from crawler.model import Page
from tests.makers import START

Answers = Mapping[str, httpx.Response | Exception]


class Web:
    """A web of given answers, and what was asked of it, when."""

    def __init__(self, answers: Answers, *, took_s: float = 0.0) -> None:
        self.answers = dict(answers)
        self.took_s = took_s
        self.now_s = 100.0
        self.asked: list[tuple[str, float]] = []
        #: What outlives each guest.
        self.memory = Forgetful()
        self.bill = Bill()

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append((str(request.url), self.now_s))
        self.now_s += self.took_s
        found = self.answers.get(str(request.url), httpx.Response(404))
        if isinstance(found, Exception):
            raise found
        return found

    def clock(self) -> datetime:
        return START + timedelta(seconds=self.now_s)

    async def sleep(self, seconds: float) -> None:
        self.now_s += seconds

    def guest(self, fetcher: Fetcher, delay_s: float = 2.0) -> Courtesy:
        return Courtesy(
            fetcher,
            self.memory,
            agent="pressdex",
            delay_s=delay_s,
            clock=self.clock,
            monotonic=lambda: self.now_s,
            sleep=self.sleep,
            random=lambda: 0.0,
        )

    def get(self, *urls: str, delay_s: float = 2.0) -> list[Page | FetchError]:
        """Ask for addresses one after another, as one new guest."""

        async def ask() -> list[Page | FetchError]:
            transport = httpx.MockTransport(self.answer)
            async with Fetcher(agent="x", clock=self.clock, transport=transport) as fetcher:
                guest = self.guest(fetcher, delay_s)
                return [await self._one(guest, url) for url in urls]

        return asyncio.run(ask())

    async def _one(self, guest: Courtesy, url: str) -> Page | FetchError:
        try:
            page = await guest.get(url, bill=self.bill)
        except FetchError as error:
            return error
        assert isinstance(page, Page)
        return page

    @property
    def urls(self) -> list[str]:
        return [url for url, _ in self.asked]


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
    [error] = web.get("https://a.example/1")
    assert isinstance(error, Unreachable)
    assert "robots.txt" in error.reason
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
        async with Fetcher(agent="x", clock=web.clock, transport=transport) as fetcher:
            guest = web.guest(fetcher, 0.0)
            both = asyncio.gather(guest.get("https://a.example/1"), guest.get("https://b.example/1"))
            return list(await asyncio.wait_for(both, timeout=10))

    pages = asyncio.run(ask())
    assert [one.body for one in pages if isinstance(one, Page)] == [b"b", b"a"]


@pytest.mark.parametrize("hops", [1, 6, 40], ids=["a loop", "six hops", "no end"])
def test_a_robots_txt_that_redirects_for_ever_is_none(hops: int) -> None:
    """RFC 9309, 2.3.1.2: beyond five redirects it may be taken for absent."""
    paths = ["/robots.txt", *(f"/{hop}.txt" for hop in range(1, hops)), "/robots.txt"]
    web = Web(
        {"https://a.example/1": page()}
        | {
            f"https://a.example{here}": httpx.Response(302, headers={"location": there})
            for here, there in pairwise(paths)
        }
    )
    [answer] = web.get("https://a.example/1")
    assert isinstance(answer, Page)


@pytest.mark.parametrize("status", [404, 410, 403])
def test_a_site_without_robots_txt_may_be_asked(status: int) -> None:
    web = Web({"https://a.example/robots.txt": httpx.Response(status), "https://a.example/1": page()})
    [answer] = web.get("https://a.example/1")
    assert isinstance(answer, Page)


ONE, TWO, OTHER = "https://a.example/1", "https://a.example/2", "https://b.example/1"
NO_ROBOTS = {"https://a.example/robots.txt": httpx.Response(404)}


@pytest.mark.parametrize(
    ("failure", "rest_s"),
    [
        pytest.param(httpx.Response(429), 60, id="429"),
        pytest.param(httpx.Response(503), 60, id="503"),
        pytest.param(httpx.Response(429, headers={"retry-after": "3600"}), 3600, id="429 for an hour"),
        pytest.param(httpx.ConnectError("refused"), 60, id="nobody answers"),
    ],
)
def test_a_host_in_trouble_is_left_alone_for_a_while_whoever_asks(
    failure: httpx.Response | Exception, rest_s: float
) -> None:
    web = Web(NO_ROBOTS | {ONE: failure, TWO: page(), OTHER: page()})
    first, second, other = web.get(ONE, TWO, OTHER)
    assert isinstance(first, FetchError)
    assert isinstance(second, Resting)
    assert (second.until - web.clock()).total_seconds() == pytest.approx(rest_s, abs=5)
    assert "not asked before" in second.reason
    assert isinstance(other, Page)
    assert TWO not in web.urls
    [again] = web.get(TWO)  # a new guest: the rest is in the memory
    assert isinstance(again, Resting)
    assert TWO not in web.urls
    web.now_s += rest_s
    assert isinstance(web.get(TWO)[0], Page)


def test_trouble_again_after_a_rest_makes_the_next_one_twice_as_long() -> None:
    web = Web(NO_ROBOTS | {ONE: httpx.Response(503)})
    rests = []
    for _ in range(4):
        web.get(ONE)
        [resting] = web.get(TWO)
        assert isinstance(resting, Resting)
        rests.append(round((resting.until - web.clock()).total_seconds()))
        web.now_s += rests[-1]
    assert rests == [60, 120, 240, 480]


def test_an_answer_ends_the_trouble() -> None:
    web = Web(NO_ROBOTS | {ONE: httpx.Response(500), TWO: page()})
    web.get(ONE, ONE, TWO, ONE, ONE)
    assert isinstance(web.get(TWO)[0], Page)


def test_pages_that_fail_by_themselves_rest_their_host_only_when_there_are_several_in_a_row() -> None:
    web = Web(NO_ROBOTS | {ONE: httpx.Response(500), TWO: page()})
    kinds = [type(one) for one in web.get(ONE, ONE, ONE, TWO)]
    assert kinds == [Unreachable, Unreachable, Unreachable, Resting]


def test_pages_that_are_not_there_are_no_trouble() -> None:
    web = Web(NO_ROBOTS)
    assert not any(isinstance(one, Resting) for one in web.get(*[ONE] * 6))


def test_a_silent_host_is_unreachable_not_forbidden_and_is_asked_again_when_its_rest_is_over() -> None:
    web = Web({"https://a.example/robots.txt": httpx.ConnectError("refused"), ONE: page()})
    [error] = web.get(ONE)
    assert isinstance(error, Unreachable)
    assert "robots.txt gave no answer" in error.reason
    web.now_s += 61
    web.answers["https://a.example/robots.txt"] = httpx.Response(404)
    assert isinstance(web.get(ONE)[0], Page)


def test_robots_txt_is_asked_once_a_day_whatever_is_restarted() -> None:
    web = Web({ONE: page(), "https://a.example/robots.txt": robots("User-agent: *\nDisallow: /2")})
    web.get(ONE)
    assert isinstance(web.get(TWO)[0], Refused)
    web.get(ONE)
    assert web.urls.count("https://a.example/robots.txt") == 1
    web.now_s += 24 * 3600
    web.get(ONE)
    assert web.urls.count("https://a.example/robots.txt") == 2


def test_a_crawl_delay_that_is_cut_is_told_once() -> None:
    web = Web({"https://a.example/robots.txt": robots("User-agent: *\nCrawl-delay: 5000"), ONE: page()})
    web.get(ONE, ONE)
    assert web.bill.notes == ["robots.txt asks for 5000 s between requests; 120 s are kept"]


def test_every_request_is_billed_robots_and_redirects_included() -> None:
    moved = httpx.Response(301, headers={"location": TWO})
    web = Web(NO_ROBOTS | {ONE: moved, TWO: page()})
    web.get(ONE)
    assert web.bill.requests == len(web.asked) == 3


def test_one_host_has_one_turn_whatever_scheme_it_is_asked_by() -> None:
    web = Web({ONE: page(), "http://a.example/1": page()})
    web.get(ONE, "http://a.example/1")
    starts = [at for _, at in web.asked]
    assert [later - earlier for earlier, later in pairwise(starts)] == [2.0, 2.0, 2.0]


def test_who_waits_for_a_turn_is_sent_away_when_we_leave() -> None:
    web = Web(NO_ROBOTS | {ONE: page(), TWO: page()})

    async def ask() -> list[object]:
        transport = httpx.MockTransport(web.answer)
        async with Fetcher(agent="x", clock=web.clock, transport=transport) as fetcher:
            guest = web.guest(fetcher)
            never = asyncio.Event()
            await guest.get(ONE)

            async def sleep(_: float) -> None:
                await never.wait()

            guest._sleep = sleep
            waiting = [asyncio.create_task(guest.get(url)) for url in (ONE, TWO)]
            await asyncio.sleep(0)
            guest.leave()
            return list(await asyncio.gather(*waiting, return_exceptions=True))

    assert [type(one) for one in asyncio.run(ask())] == [Resting, Resting]
    assert web.urls == ["https://a.example/robots.txt", ONE]


def test_a_redirect_to_a_forbidden_address_says_so_and_blames_nobody() -> None:
    moved = httpx.Response(302, headers={"location": "http://user:secret@b.example/"})
    web = Web(NO_ROBOTS | {ONE: moved, TWO: page()})
    refused, after = web.get(ONE, TWO)
    assert isinstance(refused, Refused)
    assert refused.kind == "address"
    assert isinstance(after, Page)
