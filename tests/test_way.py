"""The whole way through the real commands: a newsroom's address in, a found release out."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import Shell
from tests.newsroom import Answer, Newsroom

SONGJIANG = json.loads((Path(__file__).parent / "pages" / "songjiang.json").read_text(encoding="utf-8"))

#: Older than what Norvia's and Halden's feeds hold; a backfill brings them.
NOT_IN_THE_FEED = {
    "/norvia/presse/speicher-jemgum",
    "/norvia/presse/stoerung-emden",
    "/halden/news/2024/open-fleet-protocol.html",
    "/halden/news/2024/flood-recovery.html",
}


@pytest.fixture
def followed(shell: Shell, newsroom: Newsroom) -> Shell:
    """Give a shell that follows every company of the newsroom and has crawled them once."""
    for name, path in newsroom.starts.items():
        assert shell("press-crawl", "add", f"{newsroom.url}{path}", "--name", name).code == 0
    assert shell("press-crawl", "run").code == 0
    return shell


def hits(shell: Shell, *arguments: str) -> list[dict[str, object]]:
    said = shell("press-search", *arguments, "--limit", "100", "--json")
    found: list[dict[str, object]] = said.json()["hits"]
    return found


def test_a_search_for_songjiang_finds_the_first_page_read_right(followed: Shell) -> None:
    [hit] = hits(followed, "songjiang", "--source", "sep")
    assert hit["title"] == SONGJIANG["title"]
    assert hit["day"] == "2021-08-27"
    shown = followed("press-crawl", "show", str(hit["id"]), "--json").json()["releases"][0]
    assert shown["published"]["certainty"] == "mentioned"
    assert shown["body"].split("\n\n") == SONGJIANG["body"]
    assert any(SONGJIANG["warning"] in warning for warning in shown["warnings"])


def test_every_release_that_a_newsroom_shows_is_found(followed: Shell, newsroom: Newsroom) -> None:
    released = {f"{newsroom.url}{path}" for path in newsroom.stories if path not in NOT_IN_THE_FEED}
    found = {str(hit["url"]) for hit in hits(followed, "*")}
    assert released - found == set()


def test_a_second_run_finds_nothing_due_and_asks_nothing(followed: Shell, newsroom: Newsroom) -> None:
    newsroom.forget()
    said = followed("press-crawl", "run")
    assert said.code == 0
    assert "nothing is due" in said.out
    assert newsroom.log == []


def test_an_unchanged_newsroom_costs_one_conditional_request(followed: Shell, newsroom: Newsroom) -> None:
    newsroom.forget()
    visits = followed("press-crawl", "run", "norvia", "--json").json()["visits"]
    assert [visit["outcome"] for visit in visits] == ["unchanged"]
    assert [request.status for request in newsroom.log if request.path != "/robots.txt"] == [304]


def test_a_new_release_is_told_and_found_on_the_next_visit(followed: Shell, newsroom: Newsroom) -> None:
    body = ["LOOPBACK, November 4, 2025 – Halden Instruments today presented the zymurgometer, a new device."]
    newsroom.publish("halden", "zymurgometer", "Halden presents the zymurgometer", body)
    said = followed("press-crawl", "run", "halden")
    assert "halden: 1 new" in said.out
    assert [hit["title"] for hit in hits(followed, "zymurgometer")] == ["Halden presents the zymurgometer"]


def test_a_rebuilt_index_gives_the_same_hits(followed: Shell) -> None:
    before = hits(followed, "*")
    shutil.rmtree(followed.home / "index")
    missing = followed("press-search", "songjiang")
    assert missing.code == 4
    assert "press-index rebuild" in missing.err
    assert followed("press-index", "rebuild").code == 0
    assert hits(followed, "*") == before


def test_a_killed_run_loses_nothing(shell: Shell, newsroom: Newsroom) -> None:
    """Kill a run as soon as the site has served some releases; the next run brings the rest, once each."""
    for name in ("halden", "sep"):
        shell("press-crawl", "add", f"{newsroom.url}{newsroom.starts[name]}", "--name", name)
    newsroom.forget()
    command = [sys.executable, "-m", "crawler", "--home", str(shell.home), "run"]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    newsroom.wait_for(requests=12)
    run.kill()
    run.wait()
    assert shell("press-crawl", "run", "--all").code == 0
    released = {
        f"{newsroom.url}{path}"
        for path in newsroom.stories
        if path.split("/")[1] in {"halden", "sep"} and path not in NOT_IN_THE_FEED
    }
    assert {str(hit["url"]) for hit in hits(shell, "*")} >= released


def test_a_second_run_at_the_same_time_is_refused(shell: Shell, newsroom: Newsroom) -> None:
    shell("press-crawl", "add", f"{newsroom.url}/sep/news/", "--name", "sep")
    newsroom.forget()
    with newsroom.held("/sep/news/"):
        command = [sys.executable, "-m", "crawler", "--home", str(shell.home), "run"]
        first = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        newsroom.wait_for(requests=2)
        second = shell("press-crawl", "run")
        first.kill()
        first.wait()
    assert second.code == 6
    assert f"process {first.pid}" in second.err


@pytest.mark.parametrize(
    ("configuration", "words"),
    [
        pytest.param('[[source]]\nname = "a"\nurl = "htp:/x"\n', ["'a'", "'url'", "htp:/x"], id="bad URL"),
        pytest.param(
            '[[source]]\nname = "a"\nurll = "https://a.example/"\n', ["'urll'", "'url'"], id="unknown key"
        ),
        pytest.param("[[source]\n", ["sources.toml"], id="not TOML"),
        pytest.param("", ["no sources yet", "press-crawl add"], id="no sources"),
    ],
)
def test_a_bad_configuration_is_one_clear_sentence(
    shell: Shell, configuration: str, words: list[str]
) -> None:
    shell.configure(configuration)
    said = shell("press-crawl", "run")
    assert said.code == 4
    assert len(said.err.splitlines()) == 1
    for word in ("sources.toml", *words):
        assert word in said.err


def test_an_unreachable_host_is_said_and_the_others_are_done(shell: Shell, newsroom: Newsroom) -> None:
    shell.configure(
        '[[source]]\nname = "dead"\nurl = "http://127.0.0.1:9/news"\n'
        f'[[source]]\nname = "sep"\nurl = "{newsroom.url}/sep/news/"\n'
    )
    said = shell("press-crawl", "run")
    assert said.code == 3
    assert "dead: failed: http://127.0.0.1:9/news" in said.out
    assert "sep: " in said.out
    assert hits(shell, "songjiang") != []


def test_a_page_that_is_not_there_is_counted_and_the_rest_is_kept(shell: Shell, newsroom: Newsroom) -> None:
    path = next(path for path in newsroom.stories if path.startswith("/sep/"))
    newsroom.answer(path, Answer(b"gone", status=404))
    shell("press-crawl", "add", f"{newsroom.url}/sep/news/", "--name", "sep")
    said = shell("press-crawl", "run")
    assert "1 not read" in said.out
    assert all(hit["url"] != f"{newsroom.url}{path}" for hit in hits(shell, "*"))


def test_a_page_that_is_no_release_is_never_indexed(shell: Shell, newsroom: Newsroom) -> None:
    path = next(path for path in newsroom.stories if path.startswith("/sep/"))
    newsroom.answer(path, Answer(b"<title>403 Forbidden</title><h1>403 Forbidden</h1><p>nginx</p>"))
    shell("press-crawl", "add", f"{newsroom.url}/sep/news/", "--name", "sep")
    assert "1 not read" in shell("press-crawl", "run").out
    assert hits(shell, "*")
    assert all(hit["url"] != f"{newsroom.url}{path}" for hit in hits(shell, "*"))


def test_a_corrupt_archive_is_one_clear_sentence_and_is_left_as_it_is(
    shell: Shell, newsroom: Newsroom
) -> None:
    shell.configure(f'[[source]]\nname = "sep"\nurl = "{newsroom.url}/sep/news/"\n')
    broken = shell.home / "archive.db"
    broken.write_bytes(b"this is no database" * 1000)
    said = shell("press-crawl", "run")
    assert said.code == 4
    assert len(said.err.splitlines()) == 1
    assert "archive.db" in said.err
    assert broken.read_bytes() == b"this is no database" * 1000


@pytest.mark.parametrize(
    ("query", "code"),
    [('"unclosed', 2), ("date:>2019", 2), ("zzzznothing", 1), ("", 2)],
    ids=["unclosed quotes", "a date of no form", "a word in no release", "no words"],
)
def test_a_question_is_answered_or_refused_in_one_sentence(followed: Shell, query: str, code: int) -> None:
    said = followed("press-search", query)
    assert said.code == code
    assert said.out == ""
    assert said.err.startswith("press-search: ")
    assert "Traceback" not in said.err


def test_adding_what_is_followed_already_is_refused(followed: Shell, newsroom: Newsroom) -> None:
    said = followed("press-crawl", "add", f"{newsroom.url}/sep/news/")
    assert said.code == 4
    assert "'sep'" in said.err


def test_adding_an_address_that_offers_nothing_changes_nothing(shell: Shell, newsroom: Newsroom) -> None:
    before = (shell.home / "sources.toml").read_text(encoding="utf-8")
    said = shell("press-crawl", "add", f"{newsroom.url}/no/such/page")
    assert said.code == 3
    assert "404" in said.err
    assert (shell.home / "sources.toml").read_text(encoding="utf-8") == before
