"""What is shown and what is held, compared; and the command that does so."""

from datetime import date

import pytest

from crawler.complete import Holding, Missing, Way, Year, compare, is_kin
from crawler.model import Link, Published
from tests.commands import Shell
from tests.newsroom import Answer
from tests.platforms import drupal, q4
from tests.platforms.loopback import Loopback
from tests.platforms.site import STORIES

BASE = "https://acme.example"


def link(name: str, day: date | None = None, title: str | None = None) -> Link:
    return Link(f"{BASE}/{name}", title, Published(day, None, "x", "stated") if day else None)


HOLDING = Holding(
    leads={f"{BASE}/a": "A", f"{BASE}/b": "B", f"{BASE}/b-again": "B"},
    releases={
        "A": (date(2026, 3, 1), "Acme opens"),
        "B": (date(2025, 3, 1), "Acme closes"),
        "C": (date(2024, 1, 1), "Acme rests"),
        "D": (None, "Acme waits"),
    },
    others={f"{BASE}/events"},
)


def test_each_year_is_counted_and_what_is_missing_is_named_with_the_ways_that_show_it() -> None:
    feed = Way(
        "feed", f"{BASE}/feed", (link("a", date(2026, 3, 1)), link("new", date(2026, 5, 1), "Acme grows"))
    )
    sitemap = Way("sitemap", f"{BASE}/map", (link("a"), link("b"), link("new"), link("lost")))
    found = compare([feed, sitemap], HOLDING)
    assert found.years == (Year(2026, 2, 1), Year(2025, 1, 1), Year(None, 1, 0))
    assert found.missing == (
        Missing(f"{BASE}/new", "Acme grows", date(2026, 5, 1), ("feed", "sitemap")),
        Missing(f"{BASE}/lost", None, None, ("sitemap",)),
    )
    assert [(part.shown, part.held) for part in found.parts] == [(2, 1), (4, 2)]
    assert found.shown_no_more == 2


def test_two_addresses_of_one_release_count_once() -> None:
    found = compare([Way("feed", "", (link("b"), link("b-again")))], HOLDING)
    assert found.years == (Year(2025, 1, 1),)


def test_an_announcement_at_another_address_is_known_by_its_day_and_headline() -> None:
    found = compare([Way("q4", "", (link("x?id=1", date(2026, 3, 1), "ACME  Opens!"),))], HOLDING)
    assert found.missing == ()
    assert found.years == (Year(2026, 1, 1),)


def test_what_was_asked_and_is_no_announcement_is_not_missed() -> None:
    assert compare([Way("sitemap", "", (link("events"),))], HOLDING).missing == ()


def test_nothing_older_than_asked_for_counts() -> None:
    found = compare([Way("feed", "", (link("a"), link("b"), link("lost")))], HOLDING, since=date(2026, 1, 1))
    assert found.years == (Year(2026, 1, 1), Year(None, 1, 0))
    assert found.shown_no_more == 1


@pytest.mark.parametrize(
    ("names", "kin"),
    [("a b new lost", True), ("blog-1 blog-2 blog-3 blog-4 a", False), ("new lost", True)],
    ids=["half of it is held", "another list", "too short to tell"],
)
def test_a_further_list_is_the_newsrooms_when_it_shares_with_it(names: str, kin: bool) -> None:
    assert is_kin([link(name) for name in names.split()], [], HOLDING) == kin


def followed(shell: Shell, newsroom: Loopback, since: str) -> None:
    shell("press-crawl", "add", newsroom.newsroom, "--name", "acme")
    assert shell("press-crawl", "run", "--backfill", "--since", since).code == 0
    newsroom.forget()


def test_a_complete_year_is_said_to_be_so(shell: Shell) -> None:
    with Loopback(q4.SITE) as newsroom:
        followed(shell, newsroom, "2026-08")
        said = shell("press-crawl", "check", "acme", "--since", "2026-08")
        assert said.code == 0
        assert "48 of 48 for 2026" in said.out
        assert max(map(newsroom.paths.count, newsroom.paths)) == 1


def test_what_is_missing_is_named_and_a_backfill_brings_it(shell: Shell) -> None:
    with Loopback(drupal.SITE) as newsroom:
        followed(shell, newsroom, "2026-10-20")
        said = shell("press-crawl", "check", "acme", "--since", "2026-10-15")
        assert said.code == 1
        assert "8 of 10 for 2026" in said.out
        assert [line.split()[1] for line in said.out.splitlines() if line.startswith("missing")] == [
            f"{story.day}" for story in STORIES[8:10]
        ]
        assert "press-crawl run acme --backfill" in said.err
        told = shell("press-crawl", "check", "acme", "--since", "2026-10-15", "--json").json()["checks"]
        assert [each["title"] for each in told[0]["comparison"]["missing"]] == [
            story.title for story in STORIES[8:10]
        ]
        shell("press-crawl", "run", "acme", "--backfill", "--since", "2026-10-15")
        assert shell("press-crawl", "check", "acme", "--since", "2026-10-15").code == 0


def test_a_newsroom_that_cannot_be_read_is_not_called_complete(shell: Shell) -> None:
    with Loopback(drupal.SITE) as newsroom:
        followed(shell, newsroom, "2026-11")
        newsroom.answer("/newsroom/news", Answer(b"<title>404</title>", status=404))
        said = shell("press-crawl", "check", "acme")
    assert said.code == 3
    assert "not found (404)" in said.out


def test_checking_what_is_not_followed_is_misuse(shell: Shell) -> None:
    said = shell("press-crawl", "check", "nobody")
    assert said.code == 4
    assert "'nobody'" in said.err
