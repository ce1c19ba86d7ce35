"""The schedule: when a source is due, and which links are fetched in what order."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from crawler.model import Hours, Link, Published, Source, Visit
from crawler.schedule.due import JITTER_S, failures_in_a_row, next_visit, plan, recheck, refetch_at
from crawler.schedule.rhythm import learn, next_look
from tests.makers import START, later, make_visit

HOURLY = Source("acme", "https://acme.example/news", every_s=3_600)
DAILY = Source("beta", "https://beta.example/news", every_s=86_400)
FAILED = make_visit(outcome="failed")


def dated(url: str, day: int | None = None) -> Link:
    return Link(url, published=Published(date(2026, 3, day), None, "", "stated") if day else None)


def test_a_source_never_visited_is_due() -> None:
    assert next_visit(HOURLY, None, START) == START


@pytest.mark.parametrize(
    ("source", "last", "failures", "hours"),
    [
        pytest.param(HOURLY, make_visit(), 0, 1, id="after a good visit"),
        pytest.param(DAILY, make_visit(outcome="unchanged"), 0, 24, id="after an unchanged one"),
        pytest.param(DAILY, FAILED, 1, 0.25, id="soon after a failed one"),
        pytest.param(DAILY, FAILED, 0, 0.25, id="failures not counted"),
        pytest.param(DAILY, FAILED, 4, 2, id="later after four"),
        pytest.param(DAILY, FAILED, 900, 24, id="daily in the end"),
        pytest.param(Source("c", "", every_s=60), FAILED, 1, 1 / 60, id="never later than usual at first"),
        pytest.param(Source("c", "", every_s=7 * 86_400), FAILED, 99, 7 * 24, id="weekly stays weekly"),
    ],
)
def test_the_next_visit_follows_the_last(source: Source, last: Visit, failures: int, hours: float) -> None:
    then = next_visit(source, last, later(0.1), failures=failures)
    assert then == later(hours)


def test_a_clock_set_back_delays_a_source_by_no_more_than_its_interval() -> None:
    assert next_visit(HOURLY, make_visit(ended=later(days=900)), START) == later(1)


@pytest.mark.parametrize(
    ("fresh_until", "then"),
    [(None, later(1)), (later(0.5), later(1)), (later(3), later(3)), (later(days=900), later(25))],
    ids=["not said", "shorter", "longer", "for years"],
)
def test_what_the_site_calls_fresh_is_left_alone_for_a_day_at_most(
    fresh_until: datetime | None, then: datetime
) -> None:
    assert next_visit(HOURLY, make_visit(), START, fresh_until=fresh_until) == then


AUTO = Source("acme", "https://acme.example/news")


def test_a_source_without_an_interval_follows_its_rhythm_and_is_put_off_the_same_way_each_time() -> None:
    rhythm = learn((), "UTC", START)
    then = next_visit(AUTO, make_visit(), later(0.1), rhythm=rhythm)
    look = next_look(rhythm, START, soonest_s=AUTO.soonest_s, latest_s=AUTO.latest_s)
    assert look <= then <= look + timedelta(seconds=JITTER_S)
    assert next_visit(AUTO, make_visit(), later(0.2)) == then
    assert next_visit(replace(AUTO, name="beta"), make_visit(), later(0.1)) != then


def test_what_was_left_is_taken_up_as_soon_as_it_is_ready_but_not_after_a_failed_visit() -> None:
    assert next_visit(DAILY, make_visit(), START, ready=later(-3)) == START
    assert next_visit(DAILY, make_visit(), START, ready=later(3)) == later(3)
    assert next_visit(DAILY, make_visit(), START, ready=later(99)) == later(24)
    assert next_visit(DAILY, FAILED, START, failures=4, ready=START) == later(2)


def test_nothing_is_due_outside_the_hours() -> None:
    open_hours = replace(HOURLY, hours=Hours((0, 1, 2, 3, 4), 480, 540), zone="Europe/Berlin")
    assert next_visit(open_hours, None, START) == later(23)  # 9:00 in Berlin: closed until 8:00 tomorrow
    assert next_visit(open_hours, FAILED, START) == later(23)
    assert next_visit(replace(open_hours, zone=None), make_visit(), START) == later(24)


def test_failures_in_a_row_end_at_the_last_good_visit() -> None:
    assert failures_in_a_row([FAILED, FAILED, make_visit(), FAILED]) == 2
    assert failures_in_a_row([]) == 0


def test_known_links_are_left_out_and_the_rest_come_once_newest_first() -> None:
    links = [
        dated("https://a.example/1", 3),
        dated("https://a.example/2", 9),
        dated("https://a.example/2?utm_source=feed", 9),
        dated("https://a.example/3"),
        dated("https://a.example/4", 5),
    ]
    assert [link.url[-1] for link in plan(links, {"https://a.example/4"})] == ["2", "3", "1"]


def test_undated_links_keep_the_order_of_the_page() -> None:
    links = [dated(f"https://a.example/{number}") for number in (5, 2, 9)]
    assert plan(links, set()) == tuple(links)


def test_a_link_that_failed_rests_ever_longer() -> None:
    link = dated("https://a.example/1")
    for count, hours in [(1, 1), (2, 2), (5, 16), (99, 168)]:
        failed = {link.url: (count, START)}
        assert refetch_at(count, START) == later(hours)
        assert plan([link], set(), failed=failed, now=later(hours - 0.1)) == ()
        assert plan([link], set(), failed=failed, now=later(hours)) == (link,)


@pytest.mark.parametrize(
    ("age_days", "waited_hours", "again"),
    [
        pytest.param(0.25, 5, False, id="not within six hours"),
        pytest.param(0.25, 6, True, id="on its own day after six hours"),
        pytest.param(20, 9 * 24, False, id="not before half its age has passed"),
        pytest.param(20, 10 * 24, True, id="after half its age"),
        pytest.param(4000, 90 * 24, True, id="each quarter however old"),
    ],
)
def test_a_known_release_is_asked_for_again_the_seldomer_the_older_it_is(
    age_days: float, waited_hours: float, again: bool
) -> None:
    standing = [("https://a.example/1", later(days=-age_days), later(hours=-waited_hours))]
    assert recheck(standing, START) == (["https://a.example/1"] if again else [])


def test_a_visit_asks_again_for_a_few_only_and_the_longest_overdue_first() -> None:
    standing = [(str(number), later(days=-number), later(days=-number)) for number in range(1, 10)]
    assert recheck(standing, START, most=2) == ["9", "8"]


def test_a_release_asked_for_in_a_future_that_a_clock_set_back_undid_is_asked_again_now() -> None:
    assert recheck([("1", later(days=-1), later(days=900))], START) == ["1"]
