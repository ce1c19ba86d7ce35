"""Readers in processes of their own: what they read, and what a page that ends one costs."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

import pytest

from crawler.errors import UnreadableError
from crawler.model import Habits, Link, Release
from crawler.reading.jobs import ReadRelease
from crawler.reading.pool import CODE, Readers
from crawler.reading.worker import perform
from tests.makers import make_page

HTML = (
    b"<!doctype html><html><head><title>Acme opens a plant in Berlin</title></head><body><article>"
    b"<h1>Acme opens a plant in Berlin</h1><p>March 1, 2026</p><p>Acme today opened a plant in Berlin that "
    b"makes zymurgometers for brewers in forty countries of the world.</p></article></body></html>"
)
URL = "https://acme.example/news/1"
PAGE = make_page(URL, HTML)

#: A reader that dies over some pages, sleeps over others, and prints what it should not.
WILD = (
    sys.executable,
    "-c",
    CODE.replace("main()", "")
    + "import crawler.reading.worker as w; old = w.read\n"
    + "def read(page, **how):\n"
    + "    print('noise')\n"
    + "    if b'die' in page.body: raise ValueError('a defect')\n"
    + "    if b'kill' in page.body: import os; os.kill(os.getpid(), 9)\n"
    + "    if b'sleep' in page.body: import time; time.sleep(60)\n"
    + "    return old(page, **how)\n"
    + "w.read = read; main()",
)

T = TypeVar("T")


def with_readers(act: Callable[[Readers], Awaitable[T]], **how: object) -> T:
    async def run() -> T:
        async with Readers(1, **how) as readers:  # type: ignore[arg-type]
            return await act(readers)

    return asyncio.run(run())


async def release(readers: Readers, body: bytes = HTML) -> Release:
    return await readers.release(replace(PAGE, body=body), source="acme", link=Link(URL), habits=Habits())


async def trouble(readers: Readers, body: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        await release(readers, body)
    return str(caught.value)


def test_a_reader_reads_what_we_would() -> None:
    mine = perform(ReadRelease(PAGE, "acme", Link(URL), Habits()))
    assert with_readers(release) == mine


def test_a_listing_comes_back_with_its_links() -> None:
    feed = make_page(
        "https://acme.example/feed",
        b"<rss><channel><item><title>Acme opens a plant</title><link>https://acme.example/1</link></item>"
        b"</channel></rss>",
    )
    listing = with_readers(lambda readers: readers.listing(feed, way="auto", habits=Habits()))
    assert [link.url for link in listing.links] == ["https://acme.example/1"]


def test_a_page_that_is_no_release_is_said_to_be_none() -> None:
    said = with_readers(lambda readers: trouble(readers, b"%PDF-1.4"))
    assert said.startswith(f"{URL}: not html")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param(
            b"die", "defect: reading it failed, please report it: ValueError: a defect", id="defect"
        ),
        pytest.param(b"kill", "it ended with status -9", id="killed"),
        pytest.param(b"sleep", "too slow: not read within 0.5 s", id="too slow"),
    ],
)
def test_a_page_that_ends_its_reader_is_named_and_the_next_is_read(
    body: bytes, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def act(readers: Readers) -> tuple[str, Release]:
        await release(readers)
        readers._read_s = 0.5
        said = await trouble(readers, body)
        readers._read_s = 60
        return said, await release(readers)

    said, after = with_readers(act, command=WILD)
    assert words in said
    assert after.title == "Acme opens a plant in Berlin"
    del caplog


def test_a_reader_is_replaced_after_so_many_pages() -> None:
    async def act(readers: Readers) -> list[int]:
        seen = []
        for _ in range(4):
            await release(readers)
            seen.append(len(readers._idle))
        return seen

    assert with_readers(act, most_jobs=2) == [1, 0, 1, 0]


@pytest.mark.parametrize(
    "command",
    [("/no/such/program",), (sys.executable, "-c", "raise SystemExit('no')")],
    ids=["is not there", "ends at once"],
)
def test_where_no_reader_starts_pages_are_read_here_and_it_is_said_once(
    command: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> None:
    async def act(readers: Readers) -> list[str]:
        return [(await release(readers)).title for _ in range(2)]

    assert with_readers(act, command=command) == ["Acme opens a plant in Berlin"] * 2
    assert [record.getMessage() for record in caplog.records] == ["pages are read in this process"]


def test_many_pages_at_once_take_turns() -> None:
    async def act(readers: Readers) -> list[Release]:
        return await asyncio.gather(*(release(readers) for _ in range(20)))

    assert {one.title for one in with_readers(act)} == {"Acme opens a plant in Berlin"}
