"""robots.txt to the letter of RFC 9309, and pace as functions of time."""

from datetime import UTC, datetime, timedelta
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.courtesy import manners, rest
from crawler.known import HostState
from crawler.model import Page

NOW = datetime(2025, 11, 3, 12, 0, tzinfo=UTC)
SITE = "https://acme.example"


def parse(text: str) -> manners.Rules:
    return manners.parse_robots(text.encode(), "pressdex")


@pytest.mark.parametrize(
    ("robots", "path", "may"),
    [
        pytest.param("", "/a", True, id="empty file"),
        pytest.param("User-agent: *\nDisallow:", "/a", True, id="empty rule"),
        pytest.param("User-agent: *\nDisallow: /", "/a", False, id="all"),
        pytest.param("User-agent: *\nDisallow: /", "/robots.txt", True, id="robots.txt itself"),
        pytest.param("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True, id="the longest wins"),
        pytest.param("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True, id="allow wins a tie"),
        pytest.param("User-agent: *\nDisallow: /A", "/a", True, id="paths are case-sensitive"),
        pytest.param("user-AGENT: *\ndisALLOW: /a", "/a", False, id="names are not"),
        pytest.param("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False, id="star and end"),
        pytest.param("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?a=1", True, id="not at the end"),
        pytest.param("User-agent: *\nDisallow: /a%2Fb", "/a/b", True, id="an escaped slash is no slash"),
        pytest.param("User-agent: *\nDisallow: /ü", "/%C3%BC", False, id="escapes are spelt alike"),
        pytest.param("User-agent: *\nDisallow: /?p=", "/?p=1", False, id="the query counts"),
        pytest.param(
            "User-agent: Pressdex\nDisallow: /a\n\nUser-agent: *\nDisallow: /", "/b", True, id="our group"
        ),
        pytest.param("User-agent: pressdex/2.0 (x)\nDisallow: /a", "/a", False, id="a version follows us"),
        pytest.param("User-agent: press\nDisallow: /", "/a", True, id="half our name is not us"),
        pytest.param("User-agent: pressdex-news\nDisallow: /", "/a", True, id="nor is a longer one"),
        pytest.param(
            "User-agent: pressdex\nDisallow: /a\nUser-agent: x\nDisallow: /\n"
            "User-agent: pressdex\nDisallow: /b",
            "/b",
            False,
            id="two groups for us are one",
        ),
        pytest.param(
            "User-agent: other\nUser-agent: pressdex\nDisallow: /a", "/a", False, id="one group for two"
        ),
        pytest.param("User-agent: other\nDisallow: /", "/a", True, id="nothing for us, nothing for all"),
        pytest.param("\ufeffUser-agent: *\nDisallow: /a", "/a", False, id="byte order mark"),
        pytest.param("User-agent: *\r\nDisallow: /a\r\n", "/a", False, id="CRLF"),
        pytest.param("User-agent: *\rDisallow: /a\r", "/a", False, id="CR alone"),
        pytest.param("User-agent: *  # all\nDisallow: /a # why", "/a", False, id="comments"),
        pytest.param("Disallow: /", "/a", True, id="rules before any agent"),
        pytest.param(
            "User-agent: *\nSitemap: /s.xml\nDisallow: /a", "/a", False, id="sitemap within a group"
        ),
        pytest.param(
            "User-agent: *\nDisallow: /\nAllow: /index.html", "/", False, id="index.html is not the folder"
        ),
        pytest.param(
            "User-agent: *\nDisallow: /\nAllow: /index.html", "/index.html", True, id="but it is itself"
        ),
        pytest.param("<!doctype html><p>Not found</p>", "/a", True, id="a page in its place"),
    ],
)
def test_rules_are_read_by_rfc_9309(robots: str, path: str, may: bool) -> None:
    assert parse(robots).may(SITE + path) is may


@pytest.mark.parametrize(
    ("status", "may"),
    [
        (301, True),
        (401, True),
        (403, True),
        (404, True),
        (429, True),
        (500, False),
        (503, False),
        (None, False),
    ],
)
def test_a_status_alone_decides_when_there_is_no_file(status: int | None, may: bool) -> None:
    found = manners.rules(status, b"User-agent: *\nDisallow: /private", "pressdex")
    assert found.may(SITE + "/private") is may
    assert found.note


def test_a_file_counts_when_it_came() -> None:
    assert not manners.rules(200, b"User-agent: *\nDisallow: /private", "pressdex").may(SITE + "/private")


def test_a_longer_file_is_cut_before_a_broken_line() -> None:
    line = b"User-agent: *\nDisallow: /private\n"
    filler = b"# " + b"x" * 97 + b"\n"
    long = line + filler * ((manners.ROBOTS_BYTES - len(line)) // len(filler)) + b"\n" * 40
    body = long[: manners.ROBOTS_BYTES - 13] + b"\nDisallow: /all-of-it"
    rules = manners.parse_robots(body, "pressdex")
    assert not rules.may(SITE + "/private")
    assert rules.may(SITE + "/")
    assert rules.may(SITE + "/a")


@pytest.mark.parametrize(
    ("robots", "delay_s"),
    [
        ("User-agent: *\nCrawl-delay: 2.5", 2.5),
        ("User-agent: *\nRequest-rate: 1/10", 10.0),
        ("User-agent: *\nRequest-rate: 30/1m", 2.0),
        ("User-agent: *\nCrawl-delay: 2\nRequest-rate: 1/10s 0600-0845", 10.0),
        ("User-agent: *\nCrawl-delay: nan", None),
        ("User-agent: *\nCrawl-delay: inf", None),
        ("User-agent: *\nCrawl-delay: -3", None),
        ("User-agent: *\nCrawl-delay: soon", None),
        ("User-agent: *\nRequest-rate: 0/0", None),
        ("User-agent: other\nCrawl-delay: 9", None),
        ("User-agent: *\nCrawl-delay: 9\nUser-agent: pressdex\nDisallow: /a", None),
    ],
)
def test_a_crawl_delay_is_heard(robots: str, delay_s: float | None) -> None:
    assert parse(robots).delay_s == delay_s


def test_a_cap_on_the_delay_is_told() -> None:
    rules = parse("User-agent: *\nCrawl-delay: 86400")
    assert rules.delay_s == manners.LONGEST_DELAY_S
    assert rules.note is not None
    assert "86400" in rules.note


def test_sitemaps_are_named() -> None:
    rules = parse(
        "Sitemap: https://acme.example/a.xml\nUser-agent: x\nSitemap: nonsense\nsitemap:https://b.example/b.xml"
    )
    assert rules.sitemaps == ("https://acme.example/a.xml", "https://b.example/b.xml")


@pytest.mark.parametrize(
    "robots",
    [
        "".join(f"User-agent: a{i}\n" for i in range(20_000)) + "Disallow: /a\n" * 15_000,
        "User-agent: *\n" + "Disallow: /" + "*a" * 240_000,
        "User-agent: *\n" + "".join(f"Disallow: /*{i}*a$\n" for i in range(25_000)),
        "User-agent:" + " " * 500_000,
        "%" * 500_000,
    ],
    ids=["agents times rules", "one pattern of stars", "many patterns", "blanks", "escapes"],
)
def test_a_hostile_file_costs_little(robots: str) -> None:
    before = process_time()
    rules = parse(robots)
    for _ in range(5):
        rules.may(SITE + "/" + "a" * 1_900)
    assert process_time() - before < 2


@given(st.binary(max_size=300), st.text(max_size=30))
def test_no_file_brings_a_traceback(body: bytes, path: str) -> None:
    assert manners.parse_robots(body, "pressdex").may(f"{SITE}/{path}") in {True, False}


def test_robots_is_asked_again_after_a_day_and_sooner_where_the_site_was_down() -> None:
    assert manners.robots_expiry(200, NOW) == NOW + timedelta(hours=24)
    assert manners.robots_expiry(404, NOW) == NOW + timedelta(hours=24)
    assert NOW < manners.robots_expiry(None, NOW) < NOW + timedelta(hours=24)


def test_the_next_request_waits_for_the_delay() -> None:
    assert manners.next_slot(None, 5.0, 100.0) == 100.0
    assert manners.next_slot(99.0, 5.0, 100.0) == 104.0
    assert manners.next_slot(10.0, 5.0, 100.0) == 100.0


@given(st.floats(0, 1), st.floats(0, 1000))
def test_jitter_never_shortens_the_delay(jitter: float, delay_s: float) -> None:
    slot = manners.next_slot(50.0, delay_s, 50.0, jitter=jitter)
    assert 50.0 + delay_s <= slot <= 50.0 + delay_s * 1.25 + 1e-9


def test_back_off_doubles_up_to_a_day() -> None:
    waits = [(manners.back_off(n, NOW) - NOW).total_seconds() for n in (0, 1, 2, 3, 12, 10_000)]
    assert waits == [0, 60, 120, 240, 86_400, 86_400]


def test_back_off_is_never_shorter_than_asked() -> None:
    assert manners.back_off(1, NOW, asked_s=3600) == NOW + timedelta(hours=1)
    assert manners.back_off(12, NOW, asked_s=5) == NOW + timedelta(days=1)
    assert manners.back_off(1, NOW, asked_s=1e9) == NOW + timedelta(days=7)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Mon, 03 Nov 2025 12:05:00 GMT", 300.0),
        ("Monday, 03-Nov-25 12:05:00 GMT", 300.0),
        ("Mon, 03 Nov 2025 11:00:00 GMT", 0.0),
        ("Mon, 03 Nov 2025 13:05:00 +0100", 300.0),
        ("999999999", 604_800.0),
        ("9" * 5000, None),
        ("-1", None),
        ("1.5", None),
        ("٣", None),
        ("soon", None),
        ("Mon, 99 Nov 2025 12:05:00 GMT", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    assert manners.retry_after(value, NOW) == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": 'public, MAX-AGE="600"'}, 600),
        ({"cache-control": "max-age=600", "age": "100"}, 500),
        ({"cache-control": "max-age=600", "age": "900"}, None),
        ({"cache-control": "no-cache, max-age=600"}, None),
        ({"cache-control": "no-store"}, None),
        ({"cache-control": "max-age=0", "expires": "Mon, 03 Nov 2025 13:00:00 GMT"}, None),
        ({"cache-control": "max-age=31536000"}, 86_400),
        ({"expires": "Mon, 03 Nov 2025 13:00:00 GMT"}, 3600),
        ({"expires": "Mon, 03 Nov 2025 13:00:00 GMT", "date": "Mon, 03 Nov 2025 12:30:00 GMT"}, 1800),
        ({"expires": "0"}, None),
        ({"expires": "Mon, 03 Nov 2025 11:00:00 GMT"}, None),
        ({"cache-control": "max-age=x"}, None),
    ],
)
def test_freshness_is_a_floor_for_the_next_visit(headers: dict[str, str], seconds: float | None) -> None:
    page = Page(SITE, SITE, 200, tuple(headers.items()), b"", NOW)
    until = manners.fresh_until(page)
    assert (until and (until - NOW).total_seconds()) == seconds


@given(st.text(max_size=40))
def test_no_header_brings_a_traceback(value: str) -> None:
    manners.retry_after(value, NOW)
    names = ("cache-control", "expires", "age", "date")
    manners.fresh_until(Page(SITE, SITE, 200, tuple((name, value) for name in names), b"", NOW))


@pytest.mark.parametrize(
    ("hours", "is_stale"),
    [(-1, True), (0, True), (1, False), (24, False), (25, True)],
    ids=["over", "just over", "fresh", "quite fresh", "kept by a clock that was ahead"],
)
def test_robots_txt_is_good_for_a_day_whatever_the_clock_did(hours: float, is_stale: bool) -> None:
    assert manners.is_stale(NOW + timedelta(hours=hours), NOW) is is_stale


@pytest.mark.parametrize(
    ("days", "rests"),
    [(-1, False), (1, True), (7, True), (8, False)],
    ids=["over", "now", "long", "of a clock"],
)
def test_a_host_rests_for_a_week_at_most_whatever_the_clock_did(days: float, rests: bool) -> None:
    state = HostState("https://acme.example", not_before=NOW + timedelta(days=days))
    assert rest.rests(state, NOW) is rests
