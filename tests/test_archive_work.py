"""The archive's promises to the crawl: links, queue, outcomes, hosts; none is lost, none is done twice."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from crawler.archive import Archive
from crawler.known import HostState, Robots
from crawler.model import Link, Published, Reading, Unchanged, Work
from tests.makers import START, later, make_page, make_release

A, B, C = (Link(f"https://{host}.example/1") for host in "abc")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive.db") as opened:
        yield opened


def lent(archive: Archive, now: datetime = START, limit: int = 32, source: str | None = None) -> list[str]:
    return [work.link.url for work in archive.lease(now=now, until=later(1), limit=limit, source=source)]


def test_what_was_said_of_a_link_is_lent_with_it(archive: Archive) -> None:
    published = Published(date(2026, 3, 1), START, "feed pubDate", "stated")
    link = Link("https://a.example/1?utm_source=x", "Grüße", published, "<p>whole</p>", "q4:901")
    assert archive.offer("acme", [link], at=START) == 1
    assert archive.lease(now=START, until=later(1)) == [Work("acme", link, 1)]


def test_links_are_lent_in_the_order_offered_and_once(archive: Archive) -> None:
    assert archive.offer("acme", [B, C], at=START) == 2
    assert archive.offer("acme", [A, B], at=START) == 1
    assert lent(archive, limit=2) == [B.url, C.url]
    assert lent(archive) == [A.url]
    assert lent(archive) == []
    assert archive.waiting() == archive.waiting("acme") == 3
    assert archive.waiting("beta") == 0


def test_one_source_alone_may_be_lent_from(archive: Archive) -> None:
    archive.offer("acme", [A, C], at=START)
    archive.offer("beta", [B], at=START)
    assert lent(archive, source="beta") == [B.url]
    assert lent(archive, source="none") == []
    assert lent(archive) == [A.url, C.url]


def test_a_lease_ends_by_itself_and_is_counted(archive: Archive) -> None:
    archive.offer("acme", [A], at=START)
    assert lent(archive) == [A.url]
    assert lent(archive, later(0.9)) == []
    assert archive.next_ready() == later(1)
    (work,) = archive.lease(now=later(1), until=later(2))
    assert work.attempts == 2


def test_leases_of_the_dead_are_freed_at_once(archive: Archive) -> None:
    archive.offer("acme", [A, B], at=START)
    lent(archive, limit=1)
    assert archive.free() == 1
    assert lent(archive) == [A.url, B.url]


def test_a_postponed_address_is_lent_again_when_its_time_has_come(archive: Archive) -> None:
    archive.offer("acme", [A], at=START)
    lent(archive)
    archive.postpone(A.url, until=later(3))
    assert archive.next_ready() == later(3)
    assert lent(archive, later(2)) == []
    assert lent(archive, later(3)) == [A.url]


@pytest.mark.parametrize("outcome", ["release", "alias", "failure", "gone", "unchanged"])
def test_an_address_leaves_the_queue_with_what_came_of_it(archive: Archive, outcome: str) -> None:
    archive.offer("acme", [A, B], at=START)
    lent(archive)
    match outcome:
        case "release":
            archive.record(make_release(url=A.url), at=START)
        case "alias":
            archive.record(make_release(), at=START, aliases=[A.url])
        case "failure":
            archive.record_failure(A.url, "empty", START)
        case "gone":
            archive.record_gone(A.url, at=START, visit=START)
        case "unchanged":
            archive.record_unchanged(Unchanged(A.url, START))
    archive.free()
    assert lent(archive) == [B.url]


def test_the_queue_and_its_leases_outlive_the_process(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive.db") as archive:
        archive.offer("acme", [A, B], at=START)
        lent(archive, limit=1)
    with Archive.open(tmp_path / "archive.db") as archive:
        assert lent(archive) == [B.url]
        assert lent(archive, later(1)) == [A.url, B.url]
        assert archive.next_ready() == later(1)


def test_an_empty_queue_is_never_ready(archive: Archive) -> None:
    assert archive.next_ready() is None


def test_a_release_gone_on_two_visits_is_withdrawn_and_found_again_when_it_is_back(archive: Archive) -> None:
    release = make_release()
    archive.keep_page(make_page(release.url))
    archive.record(release, at=START)
    assert archive.record_gone(release.url, at=later(1), visit=later(1)) is None
    assert archive.record_gone(release.url, at=later(1.1), visit=later(1)) is None
    change = archive.record_gone(release.url, at=later(2), visit=later(2), status=410)
    assert change is not None
    assert (change.kind, change.at) == ("withdrawn", later(2))
    assert archive.record_gone(release.url, at=later(3), visit=later(3)) is None
    archive.keep_page(make_page(release.url, fetched=later(4)))
    back = archive.record(release, at=later(4))
    assert back is not None
    assert archive.record_gone(release.url, at=later(5), visit=later(5)) is None


@pytest.mark.parametrize("answer", ["page", "unchanged"])
def test_an_answer_between_makes_gone_a_first_time_again(archive: Archive, answer: str) -> None:
    release = make_release()
    archive.record(release, at=START)
    archive.record_gone(release.url, at=later(1), visit=later(1))
    if answer == "page":
        archive.keep_page(make_page(release.url))
    else:
        archive.record_unchanged(Unchanged(release.url, later(2)))
    assert archive.record_gone(release.url, at=later(3), visit=later(3)) is None


def test_a_release_that_another_address_still_leads_to_stands(archive: Archive) -> None:
    release = make_release()
    archive.record(release, at=START, aliases=[A.url])
    archive.record_gone(A.url, at=later(1), visit=later(1))
    archive.keep_page(make_page(release.url, fetched=later(2)))
    assert archive.record_gone(A.url, at=later(3), visit=later(3)) is None
    for hour in (4, 5):
        change = archive.record_gone(release.url, at=later(hour), visit=later(hour))
    assert change is not None


def test_an_unknown_address_that_is_gone_withdraws_nothing(archive: Archive) -> None:
    for hour in (1, 2, 3):
        assert archive.record_gone(A.url, at=later(hour), visit=later(hour)) is None


def test_an_unchanged_page_is_a_release_seen_again(archive: Archive) -> None:
    release = make_release()
    archive.record(release, at=START, aliases=[A.url])
    archive.record_failure(A.url, "refused", later(1))
    archive.record_unchanged(Unchanged(A.url, later(2)))
    seen = archive.release(release.id)
    assert seen is not None
    assert seen.seen_last == later(2)
    assert archive.failures([A.url]) == {}


def test_standing_releases_are_listed_least_recently_asked_first(archive: Archive) -> None:
    for number, hour in ((1, 5), (2, 3), (3, 4)):
        release = make_release(number)
        archive.keep_page(make_page(release.url, fetched=later(hour)))
        archive.record(release, at=later(hour))
    archive.withdraw(make_release(3).id, at=later(6))
    assert archive.standing("acme") == [
        (make_release(2).url, START, later(3)),
        (make_release(1).url, START, later(5)),
    ]
    assert archive.standing("beta") == []


def test_every_page_is_given_with_what_was_said_of_its_address(archive: Archive) -> None:
    link = Link("https://a.example/1", "said so", None, None, "q4:1")
    other = Link("https://b.example/1", html="<p>whole in the feed</p>")
    archive.keep_links("acme", [link], at=START)
    archive.keep_links("beta", [other, C], at=START)
    page = make_page(link.url, final_url="https://a.example/one")
    archive.keep_page(page)
    archive.record(make_release(url="https://a.example/one"), at=START, aliases=[link.url])
    archive.hold_page(make_page("https://acme.example/list"))
    assert list(archive.readings()) == [
        Reading("acme", link, page, make_release().id),
        Reading("beta", other, None),
    ]
    assert list(archive.readings("beta")) == [Reading("beta", other, None)]


def test_a_page_that_could_not_be_read_may_be_read_one_day(archive: Archive) -> None:
    archive.keep_links("acme", [A], at=START)
    archive.keep_page(make_page(A.url))
    archive.record_failure(A.url, "empty", START)
    assert list(archive.readings("acme")) == [Reading("acme", A, make_page(A.url))]


def test_a_release_without_a_link_is_read_by_its_own_address(archive: Archive) -> None:
    release = make_release()
    page = make_page("https://acme.example/r", final_url=release.url)
    archive.keep_page(page)
    archive.record(release, at=START, aliases=[page.url])
    assert list(archive.readings("acme")) == [Reading("acme", Link(release.url), page, release.id)]


def test_readings_may_be_recorded_while_they_are_given(archive: Archive) -> None:
    with archive.together():
        for number in range(250):
            release = make_release(number)
            archive.keep_links("acme", [Link(release.url)], at=START)
            archive.keep_page(make_page(release.url, b"%d" % number))
            archive.record(release, at=START)
        for reading in archive.readings("acme"):
            assert reading.page is not None
            archive.record(make_release(int(reading.page.body), title="anew"), at=later(1))
    assert archive.last_change() == 500


def test_what_a_newsroom_no_longer_says_of_a_link_stays(archive: Archive) -> None:
    archive.keep_links("acme", [Link(A.url, "title", None, "<p>", "q4:1")], at=START)
    archive.keep_links("acme", [Link(A.url, "new title")], at=later(1))
    (reading,) = archive.readings()
    assert reading.link == Link(A.url, "new title", None, "<p>", "q4:1")


def test_robots_txt_is_kept_as_answered(archive: Archive) -> None:
    assert archive.robots("https://a.example") is None
    for answer in (
        Robots("https://a.example", None, b"", START, later(1)),
        Robots("https://a.example", 200, b"User-agent: *\xff", later(1), later(25)),
    ):
        archive.keep_robots(answer)
        assert archive.robots("https://a.example") == answer


def test_what_a_host_is_owed_is_kept(archive: Archive) -> None:
    a = HostState("https://a.example", 3, START, later(1), "asked for patience (429)")
    b = HostState("https://b.example")
    for state in (HostState("https://a.example", 2), a, b):
        archive.keep_host_state(state)
    origins = [a.origin, b.origin, "https://c.example"]
    assert archive.host_states(origins) == {a.origin: a, b.origin: b}


def test_what_a_clock_that_was_set_back_had_put_off_is_lent_at_once(archive: Archive) -> None:
    archive.offer("acme", [A], at=later(days=900))
    assert lent(archive) == [A.url]
