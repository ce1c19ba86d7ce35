"""press-crawl explain over pages: kept, saved and fetched."""

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from crawler.archive import Archive
from crawler.model import Link
from tests.commands import Shell
from tests.extract.test_explain import HTML, URL
from tests.makers import START, make_page
from tests.newsroom import Newsroom

TITLE = "Acme opens a plant in Berlin"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(HTML, encoding="utf-8")
    return path


def test_a_kept_page_is_told_after_why_it_was_fetched(shell: Shell) -> None:
    with Archive.open(shell.home / "archive.db") as archive:
        archive.keep_links("acme", [Link(URL, TITLE)], at=START)
        archive.keep_page(make_page(URL, HTML.encode()))
    said = shell("press-crawl", "explain", URL)
    assert said.code == 0
    assert said.out.index("robots.txt") < said.out.index("reads as      a release")
    assert "link" in next(line for line in said.out.splitlines() if line.startswith("  *"))


def test_a_saved_page_is_told_candidate_by_candidate_and_block_by_block(shell: Shell, saved: Path) -> None:
    said = shell("press-crawl", "explain", str(saved))
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0] == f"reads as      a release: {URL}"
    assert f"title         {TITLE}" in lines
    assert "published     2026-03-01 (stated: printed)" in lines
    assert [line for line in lines if line.startswith("  *") and TITLE in line and "h1" in line]
    assert [line for line in lines if line.startswith("  +") and "ten halls" in line]
    assert [line for line in lines if line.startswith("  -") and "Share this" in line]


def test_a_saved_page_is_told_as_json(shell: Shell, saved: Path) -> None:
    document = shell("press-crawl", "explain", str(saved), "--json").json()
    assert (document["version"], document["findings"]) == (1, [])
    (one,) = document["readings"]
    assert one["release"]["title"] == one["titles"][0]["value"] == TITLE
    assert one["refusal"] is None
    assert {"position", "tag", "kept", "reason", "text"} == set(one["blocks"][0])


def test_stdin_is_a_page_too_and_its_address_may_be_given(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(HTML.encode())))
    said = shell("press-crawl", "explain", "-", "--url", "https://other.example/news/7")
    assert said.code == 0
    assert "address       https://other.example/news/7" in said.out


def test_a_refused_page_is_an_answer_with_the_reason(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(b"%PDF-1.7")
    said = shell("press-crawl", "explain", str(path))
    assert said.code == 0
    assert said.out.startswith("reads as      no release: not html")


def test_an_address_that_is_not_kept_says_how_to_see_it(shell: Shell) -> None:
    with Archive.open(shell.home / "archive.db"):
        pass
    said = shell("press-crawl", "explain", URL)
    assert said.code == 1
    assert "--fetch" in said.err


@pytest.mark.parametrize("is_kept", [False, True], ids=["without an archive", "with one"])
def test_a_page_is_fetched_when_asked_for_and_not_kept(
    shell: Shell, newsroom: Newsroom, *, is_kept: bool
) -> None:
    if is_kept:
        Archive.open(shell.home / "archive.db").close()
    path = min(newsroom.stories)
    said = shell("press-crawl", "explain", newsroom.url + path, "--fetch", "--json")
    assert said.code == 0
    assert said.json()["readings"][0]["release"]["title"] == newsroom.stories[path].headline
    assert [request.path for request in newsroom.log] == ["/robots.txt", path]
    assert bool(said.json()["findings"]) == is_kept


def test_what_robots_txt_forbids_is_not_fetched(shell: Shell, newsroom: Newsroom) -> None:
    said = shell("press-crawl", "explain", f"{newsroom.url}/halden/internal/draft-merger.html", "--fetch")
    assert said.code == 3
    assert "robots.txt" in said.err
    assert [request.path for request in newsroom.log] == ["/robots.txt"]


@pytest.mark.parametrize(
    "arguments",
    [["no-such-file.html"], ["."], ["a\0b"], ["page.html", "--fetch"], ["page.html", "--url", "htp:/x"]],
    ids=["missing", "a folder", "a NUL", "a file fetched", "an address that is none"],
)
def test_what_is_neither_page_nor_address_is_one_sentence(shell: Shell, arguments: list[str]) -> None:
    said = shell("press-crawl", "explain", *arguments)
    assert said.code == 4
    assert len(said.err.splitlines()) == 1
