"""Kill a crawl's writes at random moments and prove each time that nothing was lost.

    python -m tests.bench.kills [KILLS] [SEED]

A worker process does what a crawl does to the archive: queue links, lend them, keep their pages, record,
revise, withdraw, hold listings, record visits.  It says what is committed.  It is killed with -9 after a
random number of commits and microseconds; then the archive must verify, hold all that was said, and have
every link either settled or queued.  No kill may cost more than one page fetched again.
"""

import random
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import IO

from crawler.archive import Archive
from crawler.model import Link, Unchanged
from tests.makers import START, later, make_page, make_release, make_visit

ROOT = Path(__file__).resolve().parents[2]
BATCH = 20


def work(path: Path, seed: int) -> None:
    """Write like a crawl for ever, and say every release that is committed."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    with Archive.open(path) as archive:
        archive.free()
        number = archive.counts()["links"]
        while True:
            if archive.waiting() == 0:
                links = [Link(make_release(number + step).url, f"title {step}") for step in range(BATCH)]
                number += BATCH
                with archive.together():
                    archive.offer("acme", links, at=START)
                    archive.hold_page(make_page("https://acme.example/list", b"%d" % number))
            for leased in archive.lease(now=START, until=later(1), limit=5):
                fetch(archive, leased.link.url, chance)
            archive.record_visit(make_visit(found=number))


def fetch(archive: Archive, url: str, chance: random.Random) -> None:
    number = int(url.rpartition("/")[2])
    print("fetched", number, flush=True)
    body = chance.randbytes(chance.randrange(60_000))
    if number % 10 == 9:
        archive.record_failure(url, "empty", START)
        print("failed", number, flush=True)
        return
    with archive.together():
        archive.keep_page(make_page(url, body))
        archive.record(make_release(number), at=START)
    print("kept", number, flush=True)
    if number % 5 == 0:
        archive.record(replace(make_release(number), title="revised"), at=later(1))
        print("revised", number, flush=True)
    if number % 7 == 0:
        archive.withdraw(make_release(number).id, at=later(2))
        print("withdrawn", number, flush=True)
    if number % 11 == 0:
        archive.record_unchanged(Unchanged(url, later(3)))


def killed(path: Path, seed: int, chance: random.Random, log: IO[str]) -> None:
    """Let a worker write for a while, and kill it."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.kills", "--work", str(path), str(seed)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as worker:
        assert worker.stdout is not None
        for _ in range(chance.randrange(1, 60)):
            log.write(worker.stdout.readline())
        time.sleep(chance.random() * 0.004)  # a commit takes about that long: die anywhere in it
        worker.kill()
        rest = worker.stdout.read()
        log.write(rest[: rest.rfind("\n") + 1])


def check(path: Path, said: list[tuple[str, int]]) -> list[str]:
    """Give all that was lost, done twice or damaged."""
    wrong = []
    with Archive.open(path, create=False) as archive:
        wrong += list(archive.verify())
        kinds: dict[str, set[str]] = {}
        for change in archive.changes(0, limit=10**9):
            kinds.setdefault(change.release.id, set()).add(change.kind)
        for word, number in said:
            release = make_release(number)
            has = kinds.get(release.id, set())
            lost = {
                "kept": "new" not in has or archive.page(release.url) is None,
                "revised": "revised" not in has,
                "withdrawn": "withdrawn" not in has,
                "failed": release.url not in archive.failures([release.url]),
            }
            if lost.get(word, False):
                wrong.append(f"{word} {number} was said, and is lost")
        links = [make_release(number).url for number in range(archive.counts()["links"])]
        queued = archive.waiting()
        settled = len(archive.known(links)) + len(archive.failures(links))
        if settled + queued != len(links):
            wrong.append(f"{len(links)} links, {settled} settled, {queued} queued")
    return wrong


def twice(said: list[tuple[str, int]], kills: int) -> list[str]:
    """Give the fetches that a kill cannot excuse: each kill may cost one fetch of the page it hit."""
    fetched = [number for word, number in said if word == "fetched"]
    again = len(fetched) - len(set(fetched))
    return [f"{again} pages were fetched again after {kills} kills"] if again > kills else []


def main(kills: int, seed: int) -> int:
    chance = random.Random(seed)  # noqa: S311
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        path, log_path = Path(folder) / "archive.db", Path(folder) / "said.txt"
        Archive.open(path).close()
        wrong: list[str] = []
        for kill in range(1, kills + 1):
            with log_path.open("a", encoding="utf-8") as log:
                killed(path, seed * 100_000 + kill, chance, log)
            lines = log_path.read_text(encoding="utf-8").split("\n")[:-1]
            said = [(word, int(number)) for word, _, number in (line.partition(" ") for line in lines)]
            wrong = check(path, said) + twice(said, kill)
            if wrong:
                break
        with Archive.open(path) as archive:
            counts = archive.counts()
    print(f"{kill} kills, {len(said)} things said, {time.monotonic() - started:.0f} s; {counts}")
    print("\n".join(wrong) or "nothing lost, nothing done twice, every check passed")
    return 1 if wrong else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        arguments = [int(argument) for argument in sys.argv[1:]]
        sys.exit(main(*(arguments + [200, 1][len(arguments) :])))
