"""Trouble while a watch runs is said in a sentence, survived, and caught up with when it is over."""

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from crawler.commands import context, watch
from crawler.errors import ArchiveError
from crawler.notify import outbox
from crawler.schedule import appointments
from tests.commands import Said, Shell
from tests.newsroom import Newsroom
from tests.notices import HookServer, MailServer, serving

LONGEST_S = 60.0  # until something is expected to have happened, on a busy machine


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what takes seconds or minutes take a moment."""
    monkeypatch.setattr(watch, "LOOK_S", 0.05)
    monkeypatch.setattr(watch, "INDEX_S", 0.1)
    monkeypatch.setattr(watch, "TEND_S", 0.2)
    monkeypatch.setattr(watch, "PARTING_S", 0.2)
    monkeypatch.setattr(watch, "TROUBLE_PAUSE", timedelta(seconds=0.2))
    monkeypatch.setattr(appointments, "BREATH", timedelta(seconds=0.2))
    monkeypatch.setattr(outbox, "FIRST_RETRY", timedelta(seconds=0.1))


def watched(shell: Shell, scene: Callable[[], None]) -> Said:
    """Watch while a scene is played, and give what was said; the end of the scene ends the watch."""
    errors: list[BaseException] = []

    def play() -> None:
        try:
            scene()
        except BaseException as error:  # noqa: BLE001 - raised again below
            errors.append(error)
        os.kill(os.getpid(), signal.SIGTERM)

    player = threading.Thread(target=play, daemon=True)
    player.start()
    said = shell("press-crawl", "watch")
    player.join(LONGEST_S)
    for error in errors:
        raise AssertionError(said.err) from error
    return said


def until(is_so: Callable[[], object]) -> None:
    """Wait until something is so."""
    latest = time.monotonic() + LONGEST_S
    while not is_so():
        assert time.monotonic() < latest, "it did not happen"
        time.sleep(0.01)


def publish(newsroom: Newsroom, name: str, ahead: timedelta = timedelta()) -> None:
    body = [f"LOOPBACK, November 4, 2025 – Halden Instruments today presented its new {name}."]
    today = (datetime.now().astimezone() + ahead).date()
    newsroom.publish("halden", name, f"Halden presents the {name}", body, day=today)


def configure(shell: Shell, newsroom: Newsroom, *channels: str) -> None:
    """Follow a newsroom, and begin to tell."""
    source = f'[[source]]\nname = "halden"\nurl = "{newsroom.url}/halden/news/"\nevery = "1s"\n'
    shell.configure(source + "".join(f"[[notify]]\n{channel}\n" for channel in channels))
    assert shell("press-crawl", "run").code == 0


def test_a_mail_server_that_is_broken_gets_everything_when_it_is_mended(
    shell: Shell, newsroom: Newsroom
) -> None:
    with serving(MailServer()) as mail:
        server = f"smtp://127.0.0.1:{mail.server_address[1]}"
        configure(shell, newsroom, f'name = "desk"\nmail = "a@x.example"\nsmtp = "{server}"')
        mail.refuses = True

        def scene() -> None:
            publish(newsroom, "zymurgometer")
            until(lambda: newsroom.asked("/halden/news/") > 3)
            publish(newsroom, "ozonometer")
            until(lambda: newsroom.asked("/halden/news/") > 6)
            assert mail.taken == []
            mail.refuses = False
            until(lambda: "ozonometer" in "".join(mail.taken))

        said = watched(shell, scene)
    assert said.code == 0
    assert f"notify 'desk': mail server 127.0.0.1:{mail.server_address[1]}: " in said.err
    assert "it is tried again" in said.err
    assert "".join(mail.taken).count("presents the zymurgometer") == 1


def test_a_webhook_that_hangs_holds_up_neither_visits_nor_the_end(
    shell: Shell, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(HookServer()) as hook:
        configure(shell, newsroom, f'name = "chat"\nwebhook = "{hook.url}"')
        hook.hangs = True
        publish(newsroom, "zymurgometer")

        def scene() -> None:
            until(lambda: hook.taken)
            before = newsroom.asked("/halden/news/")
            until(lambda: newsroom.asked("/halden/news/") > before + 3)

        monkeypatch.setattr(watch, "LONGEST_S", 3.0)
        said = watched(shell, scene)
        hook.released.set()
    assert said.code == 0
    assert "webhook" in said.err
    assert "not done within" in said.err


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a folder on a disk of its own, of two megabytes."""
    folder, mount = tmp_path / "small", shutil.which("mount")
    folder.mkdir()
    words = [mount or "", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if not mount or os.getuid() or subprocess.run(words, check=False, capture_output=True).returncode:
        pytest.skip("only root can make a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_said_and_what_came_meanwhile_is_fetched_when_there_is_room(
    newsroom: Newsroom, small_disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = Shell(small_disk / "home", capsys)
    configure(shell, newsroom, 'name = "feed"\natom = "told.xml"')
    filler, feed = small_disk / "filler", shell.home / "told.xml"

    def scene() -> None:
        until(lambda: newsroom.asked("/halden/news/") > 2)
        fill(filler)
        publish(newsroom, "zymurgometer")
        before = newsroom.asked("/halden/news/")
        until(lambda: newsroom.asked("/halden/news/") > before + 2)
        filler.unlink()
        until(lambda: feed.exists() and "zymurgometer" in feed.read_text(encoding="utf-8"))

    said = watched(shell, scene)
    assert said.code == 0
    assert "the disk is full" in said.err
    assert "Traceback" not in said.err
    assert shell("press-search", "zymurgometer").code == 0
    assert shell("press-crawl", "verify").code == 0


def fill(path: Path) -> None:
    """Write a file until there is no room."""
    with path.open("wb", buffering=0) as file:
        while True:
            try:
                file.write(b"x" * 4096)
            except OSError:
                return


def test_a_run_on_a_full_disk_says_so(
    newsroom: Newsroom, small_disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = Shell(small_disk / "home", capsys)
    configure(shell, newsroom)
    publish(newsroom, "zymurgometer")
    fill(small_disk / "filler")
    said = shell("press-crawl", "run", "--all")
    assert (said.code, "full" in said.err) == (4, True)
    (small_disk / "filler").unlink()
    assert shell("press-crawl", "run", "--all").code == 0
    assert shell("press-search", "zymurgometer").code == 0


def test_a_clock_set_back_by_years_delays_nothing(
    shell: Shell, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = timedelta(days=800)

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + ahead

    with serving(HookServer()) as hook, monkeypatch.context() as wrong:
        wrong.setattr(context, "datetime", Clock)
        configure(shell, newsroom, f'name = "chat"\nwebhook = "{hook.url}"')

        def scene() -> None:
            nonlocal ahead
            hook.status = 500
            publish(newsroom, "zymurgometer", ahead)
            until(lambda: hook.taken)
            ahead = timedelta()
            hook.status = 204
            publish(newsroom, "ozonometer")
            until(lambda: b"ozonometer" in b"".join(body for _, body in hook.taken))

        assert watched(shell, scene).code == 0
    assert shell("press-search", "ozonometer").code == 0


def test_a_configuration_that_is_half_written_or_gone_for_a_moment_changes_nothing(
    shell: Shell, newsroom: Newsroom
) -> None:
    configure(shell, newsroom)
    path = shell.home / "sources.toml"
    whole = path.read_text(encoding="utf-8")

    def goes_on() -> None:
        before = newsroom.asked("/halden/news/")
        until(lambda: newsroom.asked("/halden/news/") > before + 2)

    def scene() -> None:
        goes_on()
        path.write_text(whole[:-7], encoding="utf-8")
        goes_on()
        path.unlink()
        goes_on()
        path.write_text(whole, encoding="utf-8")
        goes_on()

    said = watched(shell, scene)
    assert said.code == 0
    assert said.err.count("going on with what was there before") == 1
    assert "0 sources" not in said.err
    assert said.err.count("read anew, 1 sources") == 1


def test_an_archive_that_cannot_be_read_ends_the_watch_with_a_sentence(
    shell: Shell, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(shell, newsroom)

    def damaged(*_: object) -> datetime:
        if newsroom.asked("/halden/news/") > 1:
            raise ArchiveError("archive.db: damaged; restore it from a backup")
        return datetime.now(UTC)

    monkeypatch.setattr(watch, "due_at", damaged)
    said = shell("press-crawl", "watch")
    assert said.code == 4
    assert "press-crawl: archive.db: damaged; restore it from a backup\n" in said.err
    assert "Traceback" not in said.err
