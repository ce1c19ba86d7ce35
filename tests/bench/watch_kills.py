"""Kill a watch at random moments and prove that every channel was told of everything.

    python -m tests.bench.watch_kills [KILLS] [SEED]

The real ``press-crawl watch`` follows a newsroom that goes on publishing, and tells a mail server, a web
hook, a feed and a program, all on this machine.  It is killed with -9 in the midst of a visit, within
milliseconds of a delivery, or at any time, and started again.  In the end every change must have been told by
all four ways, and none more often than once and once more for each kill.
"""

import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_string
from email.policy import default
from pathlib import Path
from typing import Any, Final

import feedparser

from crawler.archive import Archive
from tests.newsroom import Newsroom
from tests.notices import HookServer, MailServer, serving

ROOT: Final = Path(__file__).resolve().parents[2]
LONGEST_S: Final = 30.0  # until something is expected to have happened
FRESH_DAYS: Final = 13  # what is older is not told as new
ANY_TIME_S: Final = 14.0  # two updates of the index
VISIT_S: Final = 0.5  # about what is left of one when it asks for a release
DELIVERY_S: Final = 0.05  # about what one takes with its commit
WAYS: Final = ("mail", "hook", "feed", "program")


@dataclass
class Town:
    """A newsroom, those who are told, and the home of the one who follows and tells."""

    newsroom: Newsroom
    mail: MailServer
    hook: HookServer
    home: Path
    published: int = 0

    def configure(self) -> None:
        """Follow the newsroom, and a host that is not there; tell four channels of everything."""
        self.home.mkdir()
        channels = {
            "mail": f'mail = "a@x.example"\nsmtp = "smtp://127.0.0.1:{self.mail.server_address[1]}"',
            "hook": f'webhook = "{self.hook.url}"',
            "feed": 'atom = "told.xml"',
            "program": f'command = "tee -a {self.home / "told.json"}"',
        }
        (self.home / "sources.toml").write_text(
            '[crawl]\ndelay = "0s"\nallow = ["127.0.0.1"]\n'
            f'[[source]]\nname = "halden"\nevery = "1s"\nurl = "{self.newsroom.url}/halden/news/"\n'
            '[[source]]\nname = "dead"\nurl = "http://127.0.0.1:9/"\n'
            + "".join(f'[[notify]]\nname = "{name}"\nafter = 1\n{way}\n' for name, way in channels.items()),
            encoding="utf-8",
        )

    def publish(self) -> str:
        """Publish a release, no more than three a day, for the newsroom shows five; give its path."""
        self.published += 1
        number = self.published
        body = [
            f"LOOPBACK, November 4, 2025 – Halden Instruments today presented its device number {number}."
        ]
        day = datetime.now().astimezone().date() - timedelta(days=max(FRESH_DAYS - number // 3, 0))
        title = f"Halden presents device {number}"
        return self.newsroom.publish("halden", f"device-{number}", title, body, day=day)

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "crawler", "--home", str(self.home), *words]

    def deliveries(self) -> int:
        """Count what mail server and hook have taken."""
        return len(self.mail.taken) + len(self.hook.taken)

    def told(self) -> dict[str, Counter[str]]:
        """Give for each way how often each thing was told, a thing by its title."""
        path = self.home / "told.json"
        mails = [message_from_string(text, policy=default) for text in self.mail.taken]
        return {
            "mail": Counter(line for mail in mails for line in _lines(mail.get_content())),
            "hook": Counter(_titles(body.decode() for _, body in self.hook.taken)),
            "feed": Counter(entry.title for entry in feedparser.parse(self.home / "told.xml").entries),
            "program": Counter(_titles([path.read_text(encoding="utf-8")] if path.exists() else [])),
        }


def _lines(text: str) -> Iterator[str]:
    """Give the titles that a mail names: behind day and source, or alone."""
    for line in text.splitlines():
        if line.startswith("  ") and not line.startswith("  http"):
            yield line.strip().partition("halden: ")[2] or line.strip()


def _titles(documents: Any) -> Iterator[str]:
    decoder = json.JSONDecoder()
    for text in documents:
        at = 0
        while at < len(text):
            document, at = decoder.raw_decode(text, at)
            yield from (notice["title"] for notice in document["notices"])


@contextmanager
def town(folder: Path) -> Iterator[Town]:
    """Give a town whose watch has run once: from then on, channels are told of what is new."""
    with Newsroom() as newsroom, serving(MailServer()) as mail, serving(HookServer()) as hook:
        made = Town(newsroom, mail, hook, folder / "home")
        made.configure()
        subprocess.run(made.command("run", "halden"), check=True, cwd=ROOT, capture_output=True)
        yield made


def _until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so, or for long enough."""
    until = time.monotonic() + LONGEST_S
    while not is_so() and time.monotonic() < until:
        time.sleep(0.002)


def kill(place: Town, moment: str, chance: random.Random) -> None:
    """Publish something, start a watch, and kill it in a visit, after a delivery or at any time."""
    path = place.publish()
    before = place.deliveries()
    with subprocess.Popen(
        place.command("watch"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
    ) as watch:
        if moment == "visit":
            _until(lambda: place.newsroom.asked(path) > 0)
            time.sleep(chance.random() * VISIT_S)
        elif moment == "delivery":
            _until(lambda: place.deliveries() > before)
            time.sleep(chance.random() * DELIVERY_S)
        else:
            time.sleep(chance.random() * ANY_TIME_S)
        watch.kill()


def finish(place: Town) -> None:
    """Run once more, to the end."""
    subprocess.run(place.command("run", "halden"), check=True, cwd=ROOT, capture_output=True)


def wrong(place: Town, kills: int) -> list[str]:
    """Give all that was lost, or told too often."""
    with Archive.open(place.home / "archive.db") as archive:
        found = [*archive.verify()]
        mine = [change.release.title for change in archive.changes(0, 100_000)]
    expected = {title for title in mine if title.startswith("Halden presents device ")}
    if len(expected) != place.published:
        found.append(f"{place.published} releases published, {len(expected)} kept")
    for way, counts in place.told().items():
        lost = expected - counts.keys()
        found += [f"{way}: never told: {title}" for title in sorted(lost)]
        found += [f"{way}: told {n} times: {title}" for title, n in counts.items() if n > 1 + kills]
        if not any(title.startswith("dead is unreachable") for title in counts):
            found.append(f"{way}: never told of the dead source")
    return found


def main(kills: int, seed: int) -> int:
    """Kill so many times; give the exit code."""
    chance, began = random.Random(seed), time.monotonic()  # noqa: S311 - no secret
    moments = Counter[str]()
    with tempfile.TemporaryDirectory() as folder, town(Path(folder)) as place:
        for number in range(kills):
            moment = ("visit", "delivery", "any time")[number % 3]
            kill(place, moment, chance)
            moments[moment] += 1
        finish(place)
        lost = wrong(place, kills)
        told = place.told()
    often = {way: max(counts.values(), default=0) for way, counts in told.items()}
    again = {way: sum(n - 1 for n in counts.values()) for way, counts in told.items()}
    print(f"{kills} kills ({dict(moments)}), {place.published} releases, {time.monotonic() - began:.0f} s")
    print(f"told at most so often: {often}; copies in all: {again}")
    print("\n".join(lost) or "nothing lost, nothing told more often than once and once more a kill")
    return 1 if lost else 0


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*(arguments + [30, 1][len(arguments) :])))
