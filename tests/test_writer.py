"""One writer: what comes together is one commit, and a failure is everybody's who was in it."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from crawler.archive import Archive
from crawler.errors import ArchiveError
from crawler.visit.writer import Writer
from tests.makers import START, make_release


def test_what_comes_together_is_one_commit(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive.db") as archive, Archive.open(tmp_path / "archive.db") as other:
        seen: list[int] = []

        async def write() -> None:
            writer = Writer(archive, wait_s=0)
            records = [partial(archive.record, make_release(number), at=START) for number in range(3)]
            acts: list[Callable[[], object]] = [*records, lambda: seen.append(other.last_change())]
            await asyncio.gather(*map(writer.write, acts))

        asyncio.run(write())
        assert seen == [0]
        assert other.last_change() == 3


def test_a_failure_undoes_all_and_is_told_to_all(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive.db") as archive:

        def fail() -> None:
            raise ArchiveError("the disk is full")

        async def write() -> list[object]:
            writer = Writer(archive, wait_s=0)
            acts: list[Callable[[], object]] = [partial(archive.record, make_release(1), at=START), fail]
            return list(await asyncio.gather(*map(writer.write, acts), return_exceptions=True))

        outcomes = asyncio.run(write())
        assert [type(outcome) for outcome in outcomes] == [ArchiveError, ArchiveError]
        assert archive.last_change() == 0


@pytest.mark.parametrize("times", [1, 5])
def test_commits_go_on_one_after_another(tmp_path: Path, times: int) -> None:
    with Archive.open(tmp_path / "archive.db") as archive:

        async def write() -> None:
            writer = Writer(archive, wait_s=0)
            for number in range(times):
                await writer.write(partial(archive.record, make_release(number), at=START))

        asyncio.run(write())
        assert archive.last_change() == times
