"""Where a walk through a newsroom goes, and where it ends."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from crawler.discover.probe import Candidate
from crawler.errors import CrawlError, Gone, Resting, Unreachable, UnreadableError
from crawler.model import Link, Listing, Published, Source
from crawler.visit.walk import MOST_BACKFILL_PAGES, MOST_PAGES, Progress, Step, Walk
from tests.makers import START

BASE = "https://acme.example"
FEED = Source("acme", f"{BASE}/feed", page=f"{BASE}/news")
LIST = Source("acme", f"{BASE}/news")
GONE = Gone(FEED.url, "not found (404)", status=404)
CHANGED = UnreadableError(FEED.url, "shape changed", "q4: an object of Nothing")


def links(*numbers: int, day: date | None = None) -> tuple[Link, ...]:
    published = Published(day, None, "x", "stated") if day else None
    return tuple(Link(f"{BASE}/{number}", published=published) for number in numbers)


def known(*numbers: int) -> set[str]:
    return {f"{BASE}/{number}" for number in numbers}


def page(number: int) -> str:
    return f"{BASE}/news?page={number}"


def asked(walk: Walk, answers: Mapping[str, Listing | CrawlError], met: set[str] | None = None) -> list[str]:
    """Walk to the end over given answers; give the paths that were asked."""
    paths = []
    while step := walk.next():
        paths.append(step.url.removeprefix(BASE))
        answer = answers.get(step.url, Gone(step.url, "not found (404)"))
        if isinstance(answer, Listing):
            walk.take(step, answer, met or ())
        else:
            walk.fail(step, answer)
    walk.settle()
    return paths


def endless(count: int = 10_000) -> dict[str, Listing]:
    """Give a list of pages of two announcements each."""
    pages = {page(n): Listing("listing", links(2 * n, 2 * n + 1), page(n + 1)) for n in range(1, count)}
    return {LIST.url: Listing("listing", links(0, 1), page(1))} | pages


def test_a_visit_stops_at_the_first_page_without_news() -> None:
    walk = Walk(LIST)
    assert asked(walk, endless(), known(*range(3, 100))) == ["/news", "/news?page=1", "/news?page=2"]
    assert list(walk.links) == [f"{BASE}/{number}" for number in (4, 5, 2, 3, 0, 1)]


def test_a_visit_after_a_failed_one_does_not_trust_known_ground() -> None:
    walk = Walk(LIST, trusts_known=False)
    assert len(asked(walk, endless(), known(*range(100)))) == MOST_PAGES


def test_a_visit_reads_so_many_pages_and_says_that_there_are_more() -> None:
    walk = Walk(LIST)
    assert len(asked(walk, endless())) == MOST_PAGES
    assert walk.is_cut


@pytest.mark.parametrize("is_backfill", [False, True], ids=["visit", "backfill"])
def test_a_pager_that_loops_ends_the_walk(is_backfill: bool) -> None:
    looping: dict[str, Listing | CrawlError] = {
        LIST.url: Listing("listing", links(1, 2), page(2)),
        page(2): Listing("listing", links(3, 4), page(3)),
        page(3): Listing("listing", links(1, 2), page(2)),
    }
    assert asked(Walk(LIST, is_backfill=is_backfill), looping)[:3] == [
        "/news",
        "/news?page=2",
        "/news?page=3",
    ]


def test_a_pager_that_repeats_page_one_for_ever_ends_a_visit() -> None:
    pages = {page(n): Listing("listing", links(1, 2), page(n + 1)) for n in range(1, 99)}
    walk = Walk(LIST)
    assert asked(walk, {LIST.url: Listing("listing", links(1, 2), page(1)), **pages}) == [
        "/news",
        "/news?page=1",
    ]


def test_a_pager_that_repeats_page_one_for_ever_ends_a_backfill() -> None:
    walk = Walk(LIST, is_backfill=True)
    same = Listing("listing", links(1, 2), page(1))
    asked_pages = 0
    while step := walk.next():
        shown = known(1, 2) if asked_pages else set()
        walk.take(step, Listing("listing", same.links, page(asked_pages + 1)), (), at_leg=shown)
        asked_pages += 1
        if asked_pages > 5:
            break
    assert asked_pages <= 3  # the list, its repetition, and the site's sitemap


def test_a_backfill_passes_known_ground_and_is_bounded() -> None:
    walk = Walk(LIST, is_backfill=True)
    assert len(asked(walk, endless(), known(*range(100_000)))) == MOST_BACKFILL_PAGES
    assert walk.is_cut


def test_a_backfill_ends_where_all_is_too_old() -> None:
    newest = date(2016, 1, 10)
    answers: dict[str, Listing | CrawlError] = {
        page(n): Listing("listing", links(n, day=newest - timedelta(days=7 * n)), page(n + 1))
        for n in range(1, 9)
    }
    answers[LIST.url] = Listing("listing", links(0, day=newest), page(1))
    walk = Walk(LIST, is_backfill=True, since=date(2016, 1, 1))
    assert asked(walk, answers) == ["/news", "/news?page=1", "/news?page=2"]
    [wanted, unwanted] = (links(0, day=day)[0] for day in (date(2016, 1, 1), date(2015, 12, 31)))
    assert walk.is_wanted(wanted)
    assert not walk.is_wanted(unwanted)


@pytest.mark.parametrize(
    ("met", "paths"),
    [
        (known(3), ["/feed"]),
        (set(), ["/feed", "/news", "/news?page=2"]),
    ],
    ids=["known ground in the feed", "all of the feed is new"],
)
def test_a_feed_without_known_ground_is_gone_behind(met: set[str], paths: list[str]) -> None:
    answers: dict[str, Listing | CrawlError] = {
        FEED.url: Listing("feed", links(1, 2, 3)),
        f"{BASE}/news": Listing("listing", links(1, 2, 3), page(2)),
        page(2): Listing("listing", links(4, 5, 6)),
    }
    assert asked(Walk(FEED), answers, met) == paths


def test_a_backfill_looks_behind_a_feed_and_behind_a_page_without_a_pager() -> None:
    answers: dict[str, Listing | CrawlError] = {
        FEED.url: Listing("feed", links(1, 2)),
        f"{BASE}/news": Listing("listing", links(1, 2, 3)),
        f"{BASE}/sitemap.xml": Listing("sitemap", (), more=(f"{BASE}/a.xml", f"{BASE}/b.xml")),
        f"{BASE}/b.xml": Listing("sitemap", links(4, 5)),
    }
    walk = Walk(FEED, is_backfill=True)
    assert asked(walk, answers) == ["/feed", "/news", "/sitemap.xml", "/a.xml", "/b.xml"]
    assert walk.notes == [f"not all of the newsroom: {BASE}/a.xml: not found (404)"]


@pytest.mark.parametrize(
    "error", [GONE, CHANGED, UnreadableError(FEED.url, "not a feed", "an HTML page came")]
)
def test_a_broken_way_is_replaced_by_the_page_that_people_see(error: CrawlError) -> None:
    walk = Walk(FEED)
    news = Listing("listing", links(1, 2), page(2))
    assert asked(walk, {FEED.url: error, f"{BASE}/news": news}, known(2)) == [
        "/feed",
        "/news",
        "/news?page=2",
    ]
    assert len(walk.links) == 2
    assert "read another way instead: listing" in walk.notes[-1]


def test_a_broken_platform_is_replaced_by_the_feeds_that_the_sites_front_page_names() -> None:
    source = Source("acme", f"{BASE}/api", "q4")
    walk = Walk(source)
    step = walk.next()
    assert step is not None
    walk.fail(step, CHANGED)
    assert walk.next() == Step(f"{BASE}/", "auto", "rescue")
    walk.take(Step(f"{BASE}/", "auto", "rescue"), Listing("listing", ()), ())
    walk.rescue([Candidate(f"{BASE}/about", "newsroom"), Candidate(f"{BASE}/rss", "feed")])
    assert walk.next() == Step(f"{BASE}/rss", "auto", "rescue")


@pytest.mark.parametrize(
    ("source", "error"),
    [
        (FEED, UnreadableError(FEED.url, "blocked")),
        (FEED, Unreachable(FEED.url, "no answer")),
        (FEED, Resting(FEED.url, "asked too much", until=START)),
        (LIST, GONE),
    ],
    ids=["a refusal", "no answer", "a rest", "no other page"],
)
def test_what_no_other_way_can_mend_is_an_error(source: Source, error: CrawlError) -> None:
    with pytest.raises(type(error)):
        asked(Walk(source), {source.url: error})


def test_when_no_other_way_helps_the_first_trouble_is_told() -> None:
    with pytest.raises(UnreadableError, match="shape changed"):
        asked(Walk(FEED), {FEED.url: CHANGED})


def test_a_page_that_will_never_come_does_not_hold_up_a_backfill() -> None:
    answers: dict[str, Listing | CrawlError] = {
        LIST.url: Listing("listing", links(1), page(2)),
        page(2): UnreadableError(page(2), "empty"),
    }
    walk = Walk(LIST, is_backfill=True)
    assert asked(walk, answers)[:2] == ["/news", "/news?page=2"]


def test_a_feed_whose_pages_can_only_be_guessed_ends_where_one_is_missing() -> None:
    walk = Walk(FEED)
    assert asked(walk, {FEED.url: Listing("feed", links(1), f"{BASE}/feed?paged=2")})[1] == "/feed?paged=2"
    assert not any("paged" in note for note in walk.notes)


def test_a_backfill_that_ended_at_its_limit_goes_on_the_next_time() -> None:
    walk = Walk(LIST, is_backfill=True)
    asked(walk, endless())
    again = Walk(LIST, is_backfill=True, progress=Progress.of(walk.progress.record()))
    assert again.next() == Step(page(MOST_BACKFILL_PAGES), "auto", "own")


def test_a_walk_is_taken_up_where_it_was_left() -> None:
    walk = Walk(LIST, is_backfill=True)
    for _ in range(3):
        step = walk.next()
        assert step is not None
        walk.take(step, endless()[step.url], ())
    kept = Progress.of(walk.progress.record())
    again = Walk(LIST, is_backfill=True, progress=kept)
    assert again.next() == Step(page(3), "auto", "own")
    assert kept.pages == 3
