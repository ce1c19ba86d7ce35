"""Watching: it visits what is due, reads its configuration anew, and ends when told; nothing is lost."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import Shell
from tests.newsroom import Newsroom


def source(newsroom: Newsroom, name: str) -> str:
    return f'[[source]]\nname = "{name}"\nurl = "{newsroom.url}{newsroom.starts[name]}"\n'


@pytest.fixture
def watching(shell: Shell, newsroom: Newsroom) -> Iterator[subprocess.Popen[str]]:
    """Give a watch over one source that has begun to visit it."""
    shell.configure(source(newsroom, "sep"))
    command = [sys.executable, "-m", "crawler", "--home", str(shell.home), "watch"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as watch:
        newsroom.wait_for(requests=3)
        yield watch
        watch.kill()


def said(watch: subprocess.Popen[str], words: str) -> str:
    """Give the first line on stderr that holds some words."""
    assert watch.stderr is not None
    return next(line for line in watch.stderr if words in line)


def test_a_watch_visits_indexes_and_ends_cleanly(watching: subprocess.Popen[str], shell: Shell) -> None:
    assert watching.stdout is not None
    assert watching.stdout.readline().startswith("sep: ")
    assert shell("press-crawl", "run").code == 6  # one at a time
    watching.send_signal(signal.SIGTERM)
    assert watching.wait(timeout=30) == 0
    assert shell("press-search", "songjiang").code == 0
    assert "nothing is due" in shell("press-crawl", "run").out


def test_a_half_written_configuration_keeps_the_old_one_until_it_is_whole(
    watching: subprocess.Popen[str], shell: Shell, newsroom: Newsroom
) -> None:
    assert watching.stdout is not None
    assert watching.stdout.readline().startswith("sep: ")
    path = shell.home / "sources.toml"
    whole = path.read_text(encoding="utf-8") + source(newsroom, "norvia")
    path.write_text(whole[:-9], encoding="utf-8")
    assert "going on with what was there before" in said(watching, "sources.toml")
    path.write_text(whole, encoding="utf-8")
    assert "2 sources" in said(watching, "read anew")
    assert watching.stdout.readline().startswith("norvia: ")


def test_a_killed_watch_leaves_nothing_that_the_next_run_does_not_bring(
    watching: subprocess.Popen[str], shell: Shell, newsroom: Newsroom
) -> None:
    watching.kill()
    watching.wait()
    assert shell("press-crawl", "run", "--all").code == 0
    released = {f"{newsroom.url}{path}" for path in newsroom.stories if path.startswith("/sep/")}
    found = shell("press-search", "*", "--limit", "100", "--json").json()["hits"]
    assert {hit["url"] for hit in found} >= released


def test_a_dry_run_asks_for_nothing(shell: Shell, newsroom: Newsroom) -> None:
    shell.configure(source(newsroom, "sep"))
    told = shell("press-crawl", "run", "--dry-run")
    assert told.out == f"sep: would ask for {newsroom.url}/sep/news/\n"
    assert newsroom.log == []
    shell("press-crawl", "run", "--once", "sep")
    newsroom.forget()
    assert "nothing is due; next is sep, at " in shell("press-crawl", "run", "--dry-run").out
    assert newsroom.log == []


@pytest.mark.parametrize("kind", ["--systemd", "--cron", "--launchd"])
def test_what_is_installed_names_program_and_home_absolutely(shell: Shell, kind: str) -> None:
    told = shell("press-crawl", "install", kind)
    assert told.code == 0
    assert str(shell.home.resolve()) in told.out
    assert str(Path(sys.executable).parent) in told.out


def test_a_unit_is_written_to_its_place(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    told = shell("press-crawl", "install", "--systemd", "--write")
    assert told.code == 0
    assert "systemctl --user" in told.err
    unit = tmp_path / ".config/systemd/user/pressdex.service"
    assert "ExecStart=" in unit.read_text(encoding="utf-8")
    assert shell("press-crawl", "install", "--cron", "--write").code == 4
