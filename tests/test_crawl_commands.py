"""The commands over what the archive keeps: show, diff, explain, reread, verify, warc."""

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.archive import Archive
from crawler.known import HostState, Robots
from crawler.model import Link, Page
from tests.commands import Said, Shell
from tests.makers import START, later, make_page, make_release

URL = "https://acme.example/news/1"
FIRST = replace(make_release(1), body="Acme opened a plant.\n\nIt has ten halls.\n\nAbout Acme")
SECOND = replace(FIRST, title="Acme opens two plants", body="Acme opened two plants.\n\nIt has ten halls.")
HTML = (
    "<!doctype html><html><head><title>Acme opens a plant in Berlin</title></head><body><article>"
    "<h1>Acme opens a plant in Berlin</h1>"
    "<p>March 1, 2026</p><p>BERLIN, March 1, 2026 – Acme today opened a plant in Berlin that makes "
    "zymurgometers for brewers in forty countries of the world.</p><p>The plant has ten halls, and four "
    "hundred people work there.</p></article></body></html>"
).encode()


@pytest.fixture
def kept(shell: Shell) -> Shell:
    """Give a shell whose archive holds one release in two versions, withdrawn since."""
    shell.configure('[[source]]\nname = "acme"\nurl = "https://acme.example/news"\n')
    with Archive.open(shell.home / "archive.db") as archive:
        archive.keep_links("acme", [Link(URL, "Acme opens a plant in Berlin")], at=START)
        archive.keep_page(make_page(URL, HTML))
        archive.record(FIRST, at=START)
        archive.keep_page(make_page(URL, b"<p>two</p>", fetched=later(1)))
        archive.record(SECOND, at=later(1))
        archive.withdraw(FIRST.id, at=later(2))
    return shell


def with_archive(shell: Shell) -> Archive:
    return Archive.open(shell.home / "archive.db", create=False)


def test_show_prints_the_current_version_and_what_became_of_it(kept: Shell) -> None:
    said = kept("press-crawl", "show", "HTTPS://ACME.example/news/1?utm_source=x")
    assert said.code == 0
    assert said.out.splitlines()[0] == "Acme opens two plants"
    assert "version 2 of 2" in said.out
    assert "withdrawn 2026-03-02 10:00 UTC" in said.out


def test_show_prints_any_version(kept: Shell) -> None:
    assert kept("press-crawl", "show", URL, "--version", "1").out.startswith(FIRST.title)
    missing = kept("press-crawl", "show", URL, "--version", "3")
    assert missing.code == 1
    assert "versions 1 to 2" in missing.err


def test_show_raw_writes_the_page_of_a_version_byte_for_byte(kept: Shell) -> None:
    assert kept("press-crawl", "show", URL, "--version", "1", "--raw").out.encode() == HTML
    assert kept("press-crawl", "show", URL, "--raw").out == "<p>two</p>"
    both = kept("press-crawl", "show", URL, "--raw", "--json")
    assert (both.code, both.out) == (2, "")


def test_a_page_cannot_steer_the_terminal(shell: Shell) -> None:
    with Archive.open(shell.home / "archive.db") as archive:
        archive.record(replace(FIRST, body="before\x1b[2Jafter\x07\nnext"), at=START)
    said = shell("press-crawl", "show", URL)
    assert "before [2Jafter \nnext" in said.out


def test_diff_prints_what_each_version_changed(kept: Shell) -> None:
    said = kept("press-crawl", "diff", URL)
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0].startswith("version 2, revised 2026-03-02 09:00 UTC: title; body")
    assert f"- title: {FIRST.title}" in lines
    assert "+ Acme opened two plants." in lines
    assert "- About Acme" in lines
    assert "version 2, withdrawn" in said.out
    steps = kept("press-crawl", "diff", URL, "--json").json()
    assert steps["version"] == 1
    assert [step["kind"] for step in steps["changes"]] == ["revised", "withdrawn"]


def test_diff_of_one_version_finds_nothing(shell: Shell) -> None:
    with Archive.open(shell.home / "archive.db") as archive:
        archive.record(FIRST, at=START)
    said = shell("press-crawl", "diff", URL)
    assert (said.code, said.out) == (1, "")


@pytest.mark.parametrize("command", [["show"], ["diff"]], ids=["show", "diff"])
def test_a_release_that_is_not_there_is_one_sentence(kept: Shell, command: list[str]) -> None:
    said = kept("press-crawl", *command, "https://acme.example/none")
    assert said.code == 1
    assert len(said.err.splitlines()) == 1
    assert "acme.example/none" in said.err


@pytest.mark.parametrize(
    "command",
    [["show", URL], ["diff", URL], ["explain", URL], ["reread"], ["verify"], ["warc", "export", "x.warc.gz"]],
    ids=lambda command: str(command[0]),
)
def test_without_an_archive_it_is_said_how_to_make_one(shell: Shell, command: list[str]) -> None:
    said = shell("press-crawl", *command)
    assert said.code == 4
    assert "press-crawl run" in said.err
    assert len(said.err.splitlines()) == 1


def test_verify_says_that_all_is_well(kept: Shell) -> None:
    said = kept("press-crawl", "verify")
    assert said.code == 0
    assert said.out.endswith("whole\n")
    assert kept("press-crawl", "verify", "--json").json()["problems"] == []


def test_verify_names_what_is_damaged(kept: Shell) -> None:
    kept("press-crawl", "verify")
    database = sqlite3.connect(kept.home / "archive.db")
    database.executescript("DROP TRIGGER bodies_hold; UPDATE bodies SET packed = x'00' WHERE id = 1;")
    database.close()
    said = kept("press-crawl", "verify")
    assert said.code == 4
    assert "it is not what was kept" in said.out
    assert "restore it from a backup" in said.err


def test_reread_shows_first_and_changes_then(kept: Shell) -> None:
    with with_archive(kept) as archive:
        archive.keep_page(make_page(URL, HTML, fetched=later(3)))
    dry = kept("press-crawl", "reread", "--dry-run")
    assert dry.code == 0
    assert "Acme opens a plant in Berlin" in dry.out
    assert "would be" in dry.out
    with with_archive(kept) as archive:
        before = archive.last_change()
    told = kept("press-crawl", "reread", "--source", "acme", "--json").json()["rereads"]
    assert [one["url"] for one in told] == [URL]
    with with_archive(kept) as archive:
        assert archive.last_change() == before + 1
    assert kept("press-crawl", "reread", "--json").json()["rereads"] == []


def test_reread_of_a_source_without_pages_says_so(kept: Shell) -> None:
    said = kept("press-crawl", "reread", "--source", "nobody")
    assert said.code == 1
    assert "'nobody'" in said.err


def test_a_release_that_came_whole_in_a_feed_is_read_anew_without_a_page(shell: Shell) -> None:
    text = HTML.decode().partition("</h1>")[2]
    with Archive.open(shell.home / "archive.db") as archive:
        archive.keep_links("acme", [Link(URL, "Acme opens a plant", html=text)], at=START)
    told = shell("press-crawl", "reread", "--json").json()["rereads"]
    assert [(one["kind"], one["title"]) for one in told] == [("new", "Acme opens a plant")]
    assert shell("press-crawl", "show", URL, "--raw").out == text


def test_pages_go_out_as_a_warc_file_that_warcio_accepts_and_come_in_elsewhere(
    kept: Shell, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "pages.warc.gz"
    assert "2 pages written" in kept("press-crawl", "warc", "export", str(file)).out
    check = subprocess.run([sys.executable, "-m", "warcio.cli", "check", str(file)], check=False)
    assert check.returncode == 0
    other = Shell(tmp_path / "other", capsys)
    other.configure('[[source]]\nname = "acme"\nurl = "https://acme.example/news"\n')
    [counts] = other("press-crawl", "warc", "import", str(file), "--source", "acme", "--json").json()[
        "counts"
    ]
    assert counts == {"new": 1, "kept, not read": 1}
    assert other("press-crawl", "show", URL).out.startswith("Acme opens a plant in Berlin")
    again = other("press-crawl", "warc", "import", str(file), "--source", "acme")
    assert "2 known already" in again.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["import", "none.warc", "--source", "acme"], "none.warc", id="no file"),
        pytest.param(["import", "none.warc"], "--source", id="no source"),
        pytest.param(["import", "none.warc", "--source", "zzz"], "'zzz'", id="unknown source"),
        pytest.param(["export", "/none/x.warc"], "/none/x.warc", id="no folder"),
    ],
)
def test_a_warc_file_that_cannot_be_used_is_one_sentence(
    kept: Shell, arguments: list[str], words: str
) -> None:
    said = kept("press-crawl", "warc", *arguments)
    assert said.code in {1, 4}
    assert words in said.err
    assert len(said.err.splitlines()) == 1


def findings(said: Said) -> dict[str, str]:
    return {one["topic"]: one["evidence"] for one in said.json()["findings"]}


def test_explain_names_the_rule_of_robots_txt(kept: Shell) -> None:
    body = b"User-agent: *\nDisallow: /private\nDisallow: /news/1  # ours\n"
    answer = Robots("https://acme.example", 200, body, later(0), later(24 * 365 * 90))
    with with_archive(kept) as archive:
        archive.keep_robots(answer)
    said = kept("press-crawl", "explain", URL)
    assert said.code == 0
    assert "forbids it by Disallow: /news/1" in said.out
    assert "(line 3)" in said.out
    assert "not asked for: robots.txt" in said.out


def test_explain_tells_release_rest_failures_and_queue(kept: Shell) -> None:
    waiting = "https://acme.example/news/2"
    far = later(24 * 365 * 90)
    with with_archive(kept) as archive:
        archive.record_failure(waiting, "forbidden by the site (403)", START, status=403)
        archive.offer("acme", [Link(waiting)], at=START)
        archive.postpone(waiting, until=far)
        archive.keep_host_state(HostState("https://acme.example", 2, START, far, "too many requests"))
    told = findings(kept("press-crawl", "explain", URL, "--json"))
    assert "leads to https://acme.example/news/1" in told["release"]
    assert "rests until" in told["host"]
    assert "too many requests" in told["host"]
    told = findings(kept("press-crawl", "explain", waiting, "--json"))
    assert "once in a row without a release: forbidden by the site (403)" in told["last answer"]
    assert "not before 21" in told["queue"]
    assert told["release"] == "leads to none"


def test_explain_of_an_address_never_met_says_so(kept: Shell) -> None:
    said = kept("press-crawl", "explain", "https://acme.example/never")
    assert said.code == 1
    assert "never met" in said.out
    assert "not asked for yet" in said.out
    assert kept("press-crawl", "explain", "htp:/x").code == 4


def test_the_page_of_a_version_is_the_one_it_was_read_from(kept: Shell) -> None:
    with with_archive(kept) as archive:
        first = archive.raw(FIRST.id, 1)
    assert isinstance(first, Page)
    assert first.body == HTML
