"""A backfill gets all that a newsroom shows, with the fewest requests; later visits stop at known ground."""

import asyncio
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from crawler.archive import Archive
from crawler.commands.context import now
from crawler.commands.network import guest
from crawler.config import toml
from crawler.config.toml import Settings
from crawler.habits import known
from crawler.model import Habits, Source
from crawler.reading.pool import Readers
from crawler.visit.desk import Desk
from crawler.visit.newsroom import Newsroom as Reading
from crawler.visit.tally import Tally, Totals
from crawler.visit.writer import Writer
from tests.commands import Shell
from tests.newsroom import Answer
from tests.platforms import drupal, equisolve, q4, wordpress
from tests.platforms.loopback import Loopback
from tests.platforms.site import HOW_MANY, STORIES, Site
from tests.platforms.sites import SITES

EACH = pytest.mark.parametrize("site", SITES, ids=lambda site: site.platform)
HERE = Settings(delay_s=0.0, allow=("127.0.0.1",))

NO_PROCESS = ("/nonexistent",)  # pages are then read in this one, which starts at once

#: What a backfill asks beyond the platform's own pages: where nothing tells that a list is whole.
LOOKS_BEHIND = {"aem": 2}
#: What it need not ask, because the look at the site did: the types of posts.
IS_KNOWN = {"wordpress": 1}


def follow(shell: Shell, newsroom: Loopback) -> Source:
    assert shell("press-crawl", "add", newsroom.newsroom, "--name", "acme").code == 0
    text = (shell.home / "sources.toml").read_text(encoding="utf-8")
    newsroom.forget()
    return toml.load(text, "sources.toml").sources[0]


async def read_to_the_end(source: Source, archive: Archive) -> None:
    async with guest(HERE, archive) as courtesy, Readers(1, command=NO_PROCESS) as readers:
        desk = Desk(courtesy, archive, Writer(archive, wait_s=0.0), readers, now, Totals())
        await Reading(desk, source, Tally(now()), known(source, Habits())).backfill(None)


@EACH
def test_all_thousand_are_found_with_the_fewest_requests_and_no_address_is_asked_twice(
    site: Site, shell: Shell, tmp_path: Path
) -> None:
    with Loopback(site) as newsroom, Archive.open(tmp_path / "archive.db") as archive:
        source = follow(shell, newsroom)
        asyncio.run(read_to_the_end(source, archive))
        assert archive.waiting("acme") == HOW_MANY
        extra = LOOKS_BEHIND.get(site.platform, 0) - IS_KNOWN.get(site.platform, 0)
        assert len(newsroom.paths) == site.requests + extra
        assert max(Counter(newsroom.paths).values()) == 1


@pytest.mark.parametrize(
    ("site", "since", "count"),
    [
        pytest.param(q4.SITE, "2026-06", 78, id="whole releases from an interface"),
        pytest.param(drupal.SITE, "2026-10", 17, id="pages of a list"),
    ],
)
def test_a_backfill_brings_what_is_not_too_old_and_the_next_visit_nothing(
    site: Site, since: str, count: int, shell: Shell
) -> None:
    with Loopback(site) as newsroom:
        follow(shell, newsroom)
        said = shell("press-crawl", "run", "--backfill", "--since", since)
        assert f"acme: {count} new" in said.out
        assert max(Counter(newsroom.paths).values()) == 1
        details = [path for path in newsroom.paths if "acme-notice" in path]
        assert len(details) == (0 if site.whole else count)
        hits = shell("press-search", "*", "--source", "acme", "--limit", "100", "--json").json()["hits"]
        assert sorted(hit["day"] for hit in hits) == sorted(f"{story.day}" for story in STORIES[:count])
        newsroom.forget()
        if count > 50:  # as many as one answer to an ordinary visit holds
            assert "acme: 0 new (50 known), q4" in shell("press-crawl", "run", "--all").out
            assert len(newsroom.paths) == 1


def test_a_killed_backfill_goes_on_where_it_was(shell: Shell) -> None:
    with Loopback(equisolve.SITE) as newsroom:
        follow(shell, newsroom)
        run = ["run", "--backfill", "--since", "2026-07"]
        command = [sys.executable, "-m", "crawler", "--home", str(shell.home), *run]
        with newsroom.held("/news-events/press-releases?page=2"):
            killed = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            newsroom.wait_for(requests=3)  # robots.txt, the list, its second page
            killed.kill()
            killed.wait()
        assert "acme: 63 new" in shell("press-crawl", *run).out
        twice = [path for path, times in Counter(newsroom.paths).items() if times > 1]
        assert twice == ["/news-events/press-releases?page=2"]


def test_an_unchanged_release_of_an_interface_is_left_and_a_changed_one_is_read_anew(shell: Shell) -> None:
    with Loopback(q4.SITE) as newsroom:
        source = follow(shell, newsroom)
        shell("press-crawl", "run", "--backfill", "--since", "2026-07-20")
        path = source.url.removeprefix(newsroom.url)
        newsroom.change(path, lambda body: body.replace(b"said today", b"was wrong to say", 1))
        said = shell("press-crawl", "run", "acme")
        assert "1 revised" in said.out
        assert "acme: 0 new" in said.out


def test_a_changed_interface_is_replaced_by_the_newsrooms_page_and_that_is_said(shell: Shell) -> None:
    with Loopback(wordpress.SITE) as newsroom:
        source = follow(shell, newsroom)
        path = source.url.removeprefix(newsroom.url)
        newsroom.answer(path, Answer(json.dumps({"entries": []}).encode(), "application/json"))
        said = shell("press-crawl", "run", "acme")
        assert said.code == 0
        assert "acme: 10 new (0 known), listing" in said.out
        assert "shape changed: wordpress" in said.out


def test_a_site_that_is_broken_altogether_fails_with_its_first_trouble(shell: Shell) -> None:
    with Loopback(q4.SITE) as newsroom:
        source = follow(shell, newsroom)
        newsroom.answer(source.url.removeprefix(newsroom.url), Answer(b"<h1>Sorry</h1>"))
        said = shell("press-crawl", "run", "acme")
    assert said.code == 3
    assert "shape changed: q4" in said.out


@pytest.mark.parametrize(
    ("options", "words"),
    [(["--since", "2015"], "--backfill"), (["--backfill", "--since", "last year"], "'last year'")],
    ids=["since without a backfill", "no day"],
)
def test_a_wrong_since_is_said(options: list[str], words: str, shell: Shell) -> None:
    shell.configure('[[source]]\nname = "acme"\nurl = "https://acme.example/"\n')
    said = shell("press-crawl", "run", *options)
    assert said.code == 4
    assert words in said.err
