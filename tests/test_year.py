"""A small edition of the simulated year: each failure is told in time, and nothing of those that are well."""

import asyncio
from dataclasses import replace

import pytest

from tests.bench.failing import FAILURES
from tests.bench.following import Told, follow
from tests.bench.year import START, sites, table

SOONEST_S = 8 * 3600  # a third of the visits, and so of the time this takes
DAYS = 60


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    """Follow twelve sites that fail and six that do not for two months."""
    some = {replace(source, soonest_s=SOONEST_S): site for source, site in sites(18, DAYS).items()}
    return asyncio.run(follow(some, START, DAYS, tmp_path_factory.mktemp("year")))


@pytest.mark.parametrize("failure", FAILURES)
def test_each_failure_is_told_within_its_visits(followed: list[Told], failure: str) -> None:
    [one] = [told for told in followed if told.failure == failure]
    assert one.is_right, one


def test_nothing_is_told_of_sites_that_are_well_and_all_they_publish_is_found(followed: list[Told]) -> None:
    well = [one for one in followed if not one.failure]
    assert len(well) == 6
    assert [one for one in well if not one.is_right] == []
    assert sum(one.found for one in well) > 20


def test_the_table_names_nothing_wrong(followed: list[Told]) -> None:
    assert [line for line in table(followed) if line.startswith("BAD")] == []
