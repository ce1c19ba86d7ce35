"""Health: each state has its evidence, and a healthy source never raises an alarm."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from crawler.health.judge import WELL, Health, judge, with_wire
from crawler.model import Fault, Source, Trace, Visit
from tests.bench.rhythms import RHYTHMS, published
from tests.makers import START, later, make_visit

ACME = Source("acme", "https://acme.example/news")
TODAY = START.date()


def weekly(age_days: int, count: int = 40) -> list[date]:
    return [TODAY - timedelta(days=age_days + 7 * week) for week in range(count)]


def traces(days: Sequence[date]) -> list[Trace]:
    """Give releases of some days, each found a minute after its day began."""
    at = [datetime.combine(day, time(0, 1), UTC) for day in days]
    return [
        Trace(f"https://acme.example/{n}", f"Title {n}", day, None, seen, 2_000)
        for n, (day, seen) in enumerate(zip(days, at, strict=True))
    ]


def good(found: int = 10) -> Visit:
    return make_visit(found=found, known=found)


def failed(note: str = "no answer within 20 s", fault: Fault | None = None) -> Visit:
    return make_visit(outcome="failed", note=note, fault=fault, ended=later(days=-2))


@pytest.mark.parametrize(
    ("visits", "days", "state", "evidence"),
    [
        pytest.param([], [], "ok", "acme was not visited yet", id="never visited"),
        pytest.param([good()], [], "ok", "no release with a date yet", id="nothing dated"),
        pytest.param(
            [good()],
            weekly(5),
            "ok",
            "newest release of 2026-02-25, 5 days ago; usually one every 7 days, never more than 7 apart",
            id="in its rhythm",
        ),
        pytest.param(
            [good()],
            weekly(22),
            "quiet",
            "newest release of 2026-02-08, 22 days ago; usually one every 7 days, never more than 7 apart",
            id="longer than usual",
        ),
        pytest.param(
            [good()],
            weekly(43),
            "stale",
            "newest release of 2026-01-18, 43 days ago; usually one every 7 days, never more than 7 apart",
            id="silent",
        ),
        pytest.param([good()], weekly(42), "quiet", None, id="just not silent"),
        pytest.param(
            [good()],
            [TODAY - timedelta(days=17 + n) for n in range(30)],
            "quiet",
            "newest release of 2026-02-13, 17 days ago; usually one every day, never more than 1 apart",
            id="a daily one in its holidays",
        ),
        pytest.param([good()], weekly(300, 2), "ok", None, id="too few days for a rhythm"),
        pytest.param([good()], weekly(366, 2), "quiet", None, id="too few days, a year old"),
        pytest.param(
            [good()],
            [TODAY + timedelta(days=99), *weekly(43)],
            "stale",
            None,
            id="a day to come does not hide silence",
        ),
        pytest.param(
            [failed("refused"), failed(), failed(), good()],
            weekly(1),
            "unreachable",
            "3 visits in a row failed since 2026-02-28: refused",
            id="three failures",
        ),
        pytest.param(
            [failed("403", "blocked"), failed(), failed()], weekly(1), "blocked", None, id="three refusals"
        ),
        pytest.param([failed("to b.example", "moved")] * 3, weekly(1), "moved", None, id="three moves"),
        pytest.param([failed("no feed", "unreadable")] * 3, [], "broken", None, id="no newsroom three times"),
        pytest.param([failed(), failed(), good()], weekly(1), "ok", None, id="two failures"),
        pytest.param(
            [failed()],
            [],
            "unreachable",
            "1 visit in a row failed since 2026-02-28: no answer within 20 s",
            id="never reached",
        ),
        pytest.param(
            [good(0), good(0), *[good(10)] * 5],
            weekly(1),
            "broken",
            "no link on the last 2 visits; usually it shows 10",
            id="links gone",
        ),
        pytest.param(
            [good(0), good(0)], [], "broken", "no link on the last 2 visits; it never showed one", id="never"
        ),
        pytest.param([good(0), *[good(10)] * 5], weekly(1), "ok", None, id="links gone once"),
        pytest.param(
            [good(0)] * 2,
            weekly(1),
            "broken",
            "no link on the last 2 visits; it did show some before",
            id="links gone long ago",
        ),
        pytest.param([good(0), good(0), good(2)], weekly(1), "ok", None, id="a page of few links"),
        pytest.param(
            [good(0), make_visit(outcome="unchanged"), good(10)], weekly(1), "ok", None, id="unchanged"
        ),
        pytest.param(
            [make_visit(found=9), make_visit(found=9), make_visit(found=9, failed=9)],
            [],
            "broken",
            "none of its 9 links gave a release, on 3 visits in a row",
            id="no link leads to a release",
        ),
        pytest.param([make_visit(found=9, failed=8, new=1)] * 3, [], "ok", None, id="some links fail"),
    ],
)
def test_a_source_is_judged_by_its_own_past(
    visits: list[Visit], days: list[date], state: str, evidence: str | None
) -> None:
    health = judge(ACME, visits, traces(days), START)
    assert health.state == state
    assert evidence is None or health == Health(health.state, evidence)


def test_a_newsroom_that_answers_from_another_site_has_moved() -> None:
    visits, days = [good()], weekly(1)
    assert judge(ACME, visits, traces(days), START, landing="https://www.acme.example/press").state == "ok"
    moved = judge(ACME, visits, traces(days), START, landing="https://sold.example/")
    assert moved.state == "moved"
    assert "sold.example" in moved.evidence


def test_a_newsroom_that_leads_to_a_site_without_news_may_have_been_sold() -> None:
    sold = make_visit(note="it answers from casino.example", fault="moved")
    assert judge(ACME, [sold, good()], traces(weekly(1)), START).state == "ok"
    judged = judge(ACME, [sold, sold, good()], traces(weekly(1)), START)
    assert judged.state == "moved"
    assert "casino.example" in judged.evidence


def test_a_newsroom_that_always_answered_from_another_site_is_well() -> None:
    hosted = replace(ACME, url="https://short.example/")
    assert judge(hosted, [good()], traces(weekly(1)), START, landing="https://ir.acme.example/").state == "ok"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "BERLIN, March 3, 2026 /PRNewswire/ -- Acme",
            "; its releases name PR Newswire: look for it at https",
        ),
        (
            "SOURCE Acme View source version on businesswire.com: https://www.businesswire.com/x",
            "Business Wire",
        ),
        ("BERLIN – Acme opened a plant.", ""),
    ],
)
def test_a_silent_source_that_named_a_wire_is_looked_for_there(text: str, says: str) -> None:
    silent, well = Health("stale", "silent"), Health("ok", "fine")
    assert says in with_wire(silent, [text, text, "nothing"]).evidence
    assert with_wire(well, [text, text]) == well


def test_one_mention_of_a_wire_suggests_nothing() -> None:
    silent = Health("stale", "silent")
    assert with_wire(silent, ["/PRNewswire/", "one", "two"]) == silent


@pytest.mark.parametrize("name", sorted(RHYTHMS))
def test_a_healthy_source_of_any_rhythm_raises_no_alarm_in_a_year(name: str) -> None:
    for seed in range(3):
        times = published(name, date(2024, 1, 1), date(2026, 1, 1), seed)
        known = [
            Trace(f"{ACME.url}/{n}", f"Story {n}", at.date(), at, at, 2_000) for n, at in enumerate(times)
        ]
        for week in range(52):
            now = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(weeks=week)
            seen = [trace for trace in known if trace.seen <= now][-300:][::-1]
            assert judge(ACME, [good()], seen, now).state in WELL
