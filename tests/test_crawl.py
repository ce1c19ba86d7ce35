"""A round from outside: what the sites see of it, and what is left when something goes wrong."""

import os
import pty
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.archive import Archive
from crawler.commands import progress
from crawler.visit.tally import Totals
from tests.commands import Shell
from tests.hostile import HOSTS, TRICKS, Hostile
from tests.makers import START, make_release
from tests.newsroom import Answer, Newsroom
from tests.unprivileged import closed, unprivileged

needs_loopback_net = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux answers on all of 127.0.0.0/8 without being told"
)


def source(name: str, url: str) -> str:
    return f'[[source]]\nname = "{name}"\nurl = "{url}"\n'


def start(shell: Shell, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "crawler", "--home", str(shell.home), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def releases(shell: Shell) -> set[str]:
    with Archive.open(shell.home / "archive.db", create=False) as archive:
        return {change.release.url for change in archive.changes(0, 10_000)}


def stories(newsroom: Newsroom, key: str) -> set[str]:
    return {f"{newsroom.url}{path}" for path in newsroom.stories if path.startswith(f"/{key}/")}


# What the sites see


def test_a_mixed_round_is_polite_as_the_site_sees_it(shell: Shell, newsroom: Newsroom) -> None:
    """Never two connections, never under the delay, never a disallowed path, robots.txt once."""
    delay_s = 0.02
    shell.configure("".join(source(name, newsroom.url + path) for name, path in newsroom.starts.items()))
    file = shell.home / "sources.toml"
    file.write_text(file.read_text().replace('delay = "0s"', f'delay = "{delay_s}s"'))
    assert shell("press-crawl", "run").code == 0
    gaps = [later.at - earlier.at for earlier, later in pairwise(newsroom.log)]
    assert min(gaps) >= delay_s
    assert {request.open for request in newsroom.log} == {1}
    assert len({request.connection for request in newsroom.log}) == 1
    assert newsroom.asked("/robots.txt") == 1
    assert [request for request in newsroom.log if request.path.startswith("/halden/internal/")] == []
    assert {request.headers["user-agent"].split("/")[0] for request in newsroom.log} == {"pressdex"}


def test_a_plea_to_wait_is_kept_by_this_run_and_the_next(shell: Shell, newsroom: Newsroom) -> None:
    shell.configure(source("sep", f"{newsroom.url}/sep/news/"))
    path = min(path for path in newsroom.stories if path.startswith("/sep/"))
    for other in (path for path in newsroom.stories if path.startswith("/sep/")):
        newsroom.answer(other, Answer(b"slow down", status=429, headers=(("Retry-After", "3600"),)))
    said = shell("press-crawl", "run")
    assert "not asked before" in said.out
    refused = [request.path for request in newsroom.log if request.status == 429]
    assert len(refused) == 1
    newsroom.forget()
    assert "nothing is due" in shell("press-crawl", "run").out
    named = shell("press-crawl", "run", "sep")
    assert named.code == 3
    assert "too many requests" in named.out
    assert newsroom.log == []
    assert "rests until" in shell("press-crawl", "explain", newsroom.url + path).out


@needs_loopback_net
def test_a_slow_host_holds_up_no_other(shell: Shell) -> None:
    with Newsroom("127.0.0.2") as slow, Newsroom("127.0.0.3") as fast:
        shell.configure(source("slow", f"{slow.url}/sep/news/") + source("fast", f"{fast.url}/sep/news/"))
        file = shell.home / "sources.toml"
        file.write_text(file.read_text().replace('["127.0.0.1"]', '["127.0.0.2", "127.0.0.3"]'))
        with slow.held("/sep/news/"):
            crawl = start(shell, "run")
            fast.wait_for(requests=2 + len(stories(fast, "sep")))
            asked = len(slow.log)
        crawl.communicate(timeout=60)
    assert asked <= 2
    assert crawl.returncode == 0
    assert stories(slow, "sep") | stories(fast, "sep") <= releases(shell)


def test_a_redirect_into_the_private_network_is_refused_and_the_rest_is_kept(
    shell: Shell, newsroom: Newsroom
) -> None:
    paths = sorted(path for path in newsroom.stories if path.startswith("/sep/"))
    newsroom.answer(paths[0], Answer(b"", status=302, location="http://127.0.0.9:80/secret"))
    newsroom.answer(paths[1], Answer(b"", status=302, location="http://169.254.169.254/latest/meta-data"))
    shell.configure(source("sep", f"{newsroom.url}/sep/news/"))
    said = shell("press-crawl", "run")
    assert "2 not read" in said.out
    assert "not a public address" in shell("press-crawl", "explain", newsroom.url + paths[1]).out
    assert stories(newsroom, "sep") - releases(shell) == {newsroom.url + path for path in paths[:2]}


def test_a_newsroom_that_its_site_calls_fresh_is_left_alone_when_only_a_page_is_tried_again(
    shell: Shell, newsroom: Newsroom
) -> None:
    listing, path = "/sep/news/", max(path for path in newsroom.stories if path.startswith("/sep/"))
    page = newsroom.look_up(path)
    newsroom.answer(path, Answer(b"not yet", status=404))
    newsroom.answer(listing, replace(newsroom.look_up(listing), headers=(("Cache-Control", "max-age=7200"),)))
    shell.configure(source("sep", newsroom.url + listing))
    assert shell("press-crawl", "run").code == 0
    newsroom.answer(path, page)
    with closing(sqlite3.connect(shell.home / "archive.db")) as archive, archive:
        archive.execute("UPDATE work SET not_before = '2026-01-01T00:00:00.000000+00:00'")
    assert "1 new" in shell("press-crawl", "run").out
    assert (newsroom.asked(listing), newsroom.asked(path)) == (1, 2)
    shell("press-crawl", "run", "sep")
    assert newsroom.asked(listing) == 2
    shell("press-crawl", "run", "--once", "sep")
    assert newsroom.asked(listing) == 3


# What is made of pages


def test_what_a_sites_pages_share_is_learned_before_they_are_read(shell: Shell, newsroom: Newsroom) -> None:
    shell.configure(source("norvia", f"{newsroom.url}/norvia/atom.xml"))
    assert shell("press-crawl", "run").code == 0
    with Archive.open(shell.home / "archive.db", create=False) as archive:
        learned = archive.habits("norvia")
        changes = archive.changes(0, 10_000)
    assert learned.site_names
    assert {change.kind for change in changes} == {"new"}
    assert [change for change in changes if change.release.title.endswith(learned.site_names)] == []


def test_pages_that_all_declare_one_address_stay_releases_of_their_own(
    shell: Shell, newsroom: Newsroom
) -> None:
    paths = sorted(path for path in newsroom.stories if path.startswith("/sep/"))
    declared = f'<link rel="canonical" href="{newsroom.url}/sep/news/all"></head>'.encode()
    for path in paths:
        body = newsroom.look_up(path).body
        assert b"</head>" in body
        newsroom.answer(path, Answer(body.replace(b"</head>", declared)))
    shell.configure(source("sep", f"{newsroom.url}/sep/news/"))
    assert f"{len(paths)} new" in shell("press-crawl", "run").out
    assert len(releases(shell)) == len(paths)


def test_a_visit_ends_at_its_budget_and_the_next_run_goes_on(
    shell: Shell, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.visit.source.MOST_REQUESTS", 5)
    shell.configure(source("sep", f"{newsroom.url}/sep/news/"))
    assert "more is left for the next visit" in shell("press-crawl", "run").out
    assert len(newsroom.log) == 5
    while "nothing is due" not in shell("press-crawl", "run").out:
        assert len(newsroom.log) < 60
    assert releases(shell) == stories(newsroom, "sep")


# Hostile company


@needs_loopback_net
def test_every_misbehaviour_is_said_of_its_source_and_the_healthy_one_is_done(shell: Shell) -> None:
    with Hostile() as hostile, Newsroom() as newsroom:
        names = {f"trick-{place}": trick for place, trick in enumerate(TRICKS)}
        shell.configure(
            source("healthy", f"{newsroom.url}/sep/news/")
            + "".join(source(name, f"{hostile.url(trick)}news/") for name, trick in names.items())
        )
        hosts = ", ".join(f'"{host}"' for host in HOSTS.values())
        file = shell.home / "sources.toml"
        text = file.read_text().replace(
            '"127.0.0.1"]', f'"127.0.0.1", {hosts}]\ntimeout = "4s"\nlargest = "1 MiB"'
        )
        file.write_text(text)
        said = shell("press-crawl", "run", "--json")
    visits = {visit["source"]: visit for visit in said.json()["visits"]}
    assert said.code == 3
    assert "Traceback" not in said.err
    assert visits["healthy"]["new"] == len(stories(newsroom, "sep")), visits["healthy"]
    assert visits.keys() - {"healthy"} == names.keys()
    assert [name for name in names if not visits[name]["note"]] == []
    assert [name for name in names if "defect" in visits[name]["note"]] == []


# Interruptions


@contextmanager
def in_the_middle(shell: Shell, newsroom: Newsroom) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Give a run that waits for the answer of a release, and that release's address."""
    shell.configure(source("sep", f"{newsroom.url}/sep/news/"))
    path = max(path for path in newsroom.stories if path.startswith("/sep/"))
    for other in newsroom.stories:
        if other.startswith("/sep/") and other != path:
            newsroom.answer(other, Answer(b"not yet", status=404))
    with newsroom.held(path):
        crawl = start(shell, "run")
        while path not in {request.path for request in newsroom.log}:
            newsroom.wait_for(requests=len(newsroom.log) + 1)
        yield crawl, newsroom.url + path


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_first_signal_finishes_what_is_in_flight(
    shell: Shell, newsroom: Newsroom, number: signal.Signals
) -> None:
    with in_the_middle(shell, newsroom) as (crawl, url):
        asked = len(newsroom.log)
        crawl.send_signal(number)
        assert crawl.stderr is not None
        assert "finishing what is in flight" in crawl.stderr.readline()
    out, err = crawl.communicate(timeout=60)
    assert crawl.returncode == 130
    assert "interrupted; the next run goes on here" in out
    assert err == ""
    assert len(newsroom.log) == asked
    assert url in releases(shell)


def test_a_second_signal_stops_at_once_and_loses_nothing(shell: Shell, newsroom: Newsroom) -> None:
    with in_the_middle(shell, newsroom) as (crawl, url):
        crawl.send_signal(signal.SIGINT)
        assert crawl.stderr is not None
        crawl.stderr.readline()
        crawl.send_signal(signal.SIGINT)
        _, err = crawl.communicate(timeout=60)
        assert crawl.returncode == 130
        assert err == "press-crawl: interrupted; run it again to go on\n"
    assert shell("press-crawl", "verify").code == 0
    assert shell("press-crawl", "run", "--all").code == 0
    assert url in releases(shell)


def test_an_interrupted_source_is_gone_on_with_by_the_next_run_though_its_time_has_not_come(
    shell: Shell, newsroom: Newsroom
) -> None:
    shell.configure(source("sep", f"{newsroom.url}/sep/news/"))
    path = next(path for path in newsroom.stories if path.startswith("/sep/"))
    with newsroom.held(path):
        crawl = start(shell, "run")
        while path not in {request.path for request in newsroom.log}:
            newsroom.wait_for(requests=len(newsroom.log) + 1)
        crawl.send_signal(signal.SIGINT)
        assert crawl.stderr is not None
        crawl.stderr.readline()
    crawl.communicate(timeout=60)
    assert shell("press-crawl", "run").code == 0
    assert releases(shell) == stories(newsroom, "sep")


# Disks


def test_a_full_disk_is_one_clear_sentence_and_nothing_is_lost(shell: Shell, newsroom: Newsroom) -> None:
    """A limit on the size of files stands for the disk; SQLite is told the same by both."""
    shell.configure(source("halden", f"{newsroom.url}/halden/news/"))
    command = [sys.executable, "-m", "crawler", "--home", str(shell.home), "run"]
    full = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000)),
    )
    assert full.returncode == 4
    assert full.stderr.count("\n") == 1
    assert "archive.db: the disk" in full.stderr
    assert shell("press-crawl", "verify").code == 0
    assert shell("press-crawl", "run", "--all").code == 0
    assert releases(shell) == stories(newsroom, "halden")


def test_a_home_that_cannot_be_made_is_one_clear_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    said = Shell(Path("/proc/none"), capsys)("press-crawl", "verify")
    assert said.code == 4
    assert said.err.count("\n") == 1
    assert "/proc/none" in said.err


def test_a_home_that_may_only_be_read_is_read_and_every_other_command_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with tempfile.TemporaryDirectory() as folder:  # tmp_path lies in a folder that is closed to others
        shell = Shell(Path(folder), capsys)
        shell.configure(source("acme", "http://127.0.0.1:9/news"))
        with Archive.open(shell.home / "archive.db") as archive:
            archive.record(make_release(1), at=START)
        shell("press-crawl", "--help")  # imports all: Python's own modules may be closed to others, too
        with closed(shell.home), unprivileged():
            read = [shell("press-crawl", *line.split()) for line in ("status", "verify", "health", "stats")]
            read.append(shell("press-crawl", "show", make_release(1).id))
            refused = [
                shell("press-crawl", *line.split())
                for line in ("run --all", "watch", "reread", "remove acme", "import missing.opml")
            ]
    assert [said.code for said in read] == [0] * 5
    assert [said.code for said in refused] == [4] * 5
    assert [said.err for said in refused[:4] if "cannot be written" not in said.err] == []
    assert [said.err for said in refused if said.err.count("\n") != 1] == []


# Progress


def test_progress_is_shown_on_a_terminal_and_never_when_piped(shell: Shell, newsroom: Newsroom) -> None:
    shell.configure(source("sep", f"{newsroom.url}/sep/news/"))
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "crawler", "--home", str(shell.home), "run"]
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "120"}
    crawl = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, text=True, env=environment)
    os.close(theirs)
    shown: list[bytes] = []
    reading = threading.Thread(target=lambda: shown.extend(iter(lambda: _read(ours), b"")))
    reading.start()
    out, _ = crawl.communicate(timeout=60)
    reading.join()
    os.close(ours)
    assert "1/1 sources" in b"".join(shown).decode()
    assert out.startswith("sep: ")
    assert "sources" not in out
    piped = shell("press-crawl", "run", "--all")
    assert piped.err == ""


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # Linux says so when the other end closes
        return b""


def test_a_round_is_summed_up_in_one_line() -> None:
    totals = Totals(sources=9, done=4, pages=120, unchanged=30, new=110, failed=2)
    assert progress.state(totals, 60, 0.4) == (
        "4/9 sources · 120 pages · 110 new · 30 unchanged · 2 not read · 2.5/s · next in 0.4 s"
    )
    assert progress.state(Totals(), 0, None) == "0/0 sources · 0 pages · 0 new · 0.0/s"


def test_verbose_tells_each_request_in_one_line(shell: Shell, newsroom: Newsroom) -> None:
    shell.configure(source("sep", f"{newsroom.url}/sep/news/"))
    said = shell("press-crawl", "-v", "run")
    asked = [line for line in said.err.splitlines() if line.startswith("asked ")]
    assert len(asked) == len(newsroom.log)
    assert f"url={newsroom.url}/sep/news/ status=200" in said.err
