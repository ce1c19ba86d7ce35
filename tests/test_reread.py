"""Reading kept pages anew: the same code changes nothing, better code changes what it reads better."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.archive import Archive
from crawler.errors import UnreadableError
from crawler.model import Link, Reading, Release
from crawler.reread import BATCH, reread
from tests.makers import START, later, make_page, make_release

COUNT = BATCH + 20


def plain(reading: Reading) -> Release:
    assert reading.page is not None
    if reading.page.body == b"7":
        raise UnreadableError(reading.link.url, "empty")
    return make_release(int(reading.page.body))


def better(reading: Reading) -> Release:
    release = plain(reading)
    return replace(release, title=release.title.upper(), id="another id")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive.db") as opened:
        with opened.together():
            for number in range(COUNT):
                url = make_release(number).url
                opened.keep_links("acme" if number else "beta", [Link(url)], at=START)
                opened.keep_page(make_page(url, b"%d" % number))
                if number != 7:
                    opened.record(make_release(number), at=START)
        yield opened


def test_the_same_code_changes_nothing(archive: Archive) -> None:
    outcomes = list(reread(archive, plain, at=later(1)))
    assert len(outcomes) == COUNT
    assert {outcome.kind for outcome in outcomes} == {None}
    assert [outcome.trouble for outcome in outcomes if outcome.trouble] == ["empty"]
    assert archive.last_change() == COUNT - 1


def test_better_code_revises_and_keeps_every_id(archive: Archive) -> None:
    outcomes = list(reread(archive, better, at=later(1)))
    assert sum(outcome.kind == "revised" for outcome in outcomes) == COUNT - 1
    assert archive.counts()["releases"] == COUNT - 1
    revised = archive.release(make_release(3).id)
    assert revised is not None
    assert revised.title == "ACME OPENS PLANT NUMBER 3"
    assert {outcome.kind for outcome in reread(archive, better, at=later(2))} == {None}


def test_a_dry_run_says_the_same_and_keeps_nothing(archive: Archive) -> None:
    dry = list(reread(archive, better, at=later(1), is_dry_run=True))
    assert archive.last_change() == COUNT - 1
    assert dry == list(reread(archive, better, at=later(1)))


def test_one_source_alone_may_be_read_anew(archive: Archive) -> None:
    (outcome,) = reread(archive, better, at=later(1), source="beta")
    assert (outcome.url, outcome.kind, outcome.title) == (
        make_release(0).url,
        "revised",
        "ACME OPENS PLANT NUMBER 0",
    )
    assert outcome.difference is not None
    assert [change.name for change in outcome.difference.fields] == ["title"]


def test_a_page_that_reads_at_last_is_a_new_release(archive: Archive) -> None:
    def patient(reading: Reading) -> Release:
        assert reading.page is not None
        return make_release(int(reading.page.body))

    assert [outcome.url for outcome in reread(archive, patient, at=later(1)) if outcome.kind == "new"] == [
        make_release(7).url
    ]
