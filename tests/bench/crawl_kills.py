"""Kill whole crawls, rereads and syncs at random moments and prove each time that nothing was lost.

    python -m tests.bench.crawl_kills [KILLS] [SEED]

The real commands run against ``tests.bench.site``, each killed with -9 after a random time.  After each kill
the archive must verify, and the index, synced, must hold what the archive holds; no reader may be left over.
Whenever a crawl is complete, every release must be there, and no page may have been sent more often than its
crawl was killed, and once; then another begins in an empty home.
"""

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from crawler.archive import Archive
from index import open_engine
from index.query import Everything, Query
from index.sync import sync
from tests.bench.crawl import Site
from tests.bench.site import FIRST_HOST

ROOT: Final = Path(__file__).resolve().parents[2]
HOSTS, PAGES = 3, 40
LONGEST_S: Final = 6.0  # about what a whole round takes
REST: Final = 0.3  # share of what is killed that is no crawl but a reread or a sync
MOST_A_CRAWL: Final = 10  # kills, so that many crawls come to their end


def configure(home: Path, port: int) -> None:
    """Follow all hosts of the site, without delays."""
    places = [f"127.0.0.{place}" for place in range(FIRST_HOST, FIRST_HOST + HOSTS)]
    allow = ", ".join(f'"{place}"' for place in places)
    text = f'[crawl]\ndelay = "0s"\nallow = [{allow}]\n'
    for number, place in enumerate(places):
        text += f'[[source]]\nname = "host{number}"\nurl = "http://{place}:{port}/news/"\n'
    home.mkdir()
    (home / "sources.toml").write_text(text, encoding="utf-8")


def command(home: Path, *words: str) -> list[str]:
    """Give one of our commands as it is run."""
    module, *rest = words
    return [sys.executable, "-m", module, "--home", str(home), *rest]


def kill(words: list[str], chance: random.Random) -> list[int] | None:
    """Run a command, and kill it after a random time; give its readers, or None when it had ended."""
    running = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    try:
        running.wait(chance.random() * LONGEST_S)
    except subprocess.TimeoutExpired:
        readers = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()
        running.kill()
        running.wait()
        return [int(pid) for pid in readers]
    return None


def check(home: Path) -> list[str]:
    """Give all that is wrong with an archive and its index."""
    if not (home / "archive.db").exists():
        return []
    with Archive.open(home / "archive.db", create=False) as archive:
        wrong = list(archive.verify())
        engine = open_engine(home / "index", create=True)
        try:
            sync(archive, engine)
            counted = engine.search(Query("*", Everything(), limit=1)).total
            if engine.cursor() != archive.last_change():
                wrong.append(f"the index is at {engine.cursor()}, the archive at {archive.last_change()}")
        finally:
            engine.close()
        kept = archive.counts()["releases"]
    if counted != kept:
        wrong.append(f"the index finds {counted} releases, the archive has {kept}")
    return wrong


def leftovers(readers: list[int]) -> list[str]:
    """Give the readers that outlived their crawl; they end when their input does."""
    for _ in range(100):
        left = [pid for pid in readers if Path(f"/proc/{pid}").exists()]
        if not left:
            return []
        time.sleep(0.1)
    return [f"reader {pid} is left over" for pid in left]


def crawl(home: Path, chance: random.Random, most: int) -> tuple[int, list[str]]:
    """Make one crawl under fire, then to its end; give how often it was killed, and what is wrong."""
    kills = 0
    with Site(HOSTS, PAGES) as site:
        configure(home, site.port)
        while kills < most:
            words = ["crawler", "run", "--all"]
            if (home / "archive.db").exists() and chance.random() < REST:
                words = chance.choice([["crawler", "reread"], ["index", "sync"]])
            readers = kill(command(home, *words), chance)
            kills += readers is not None
            if wrong := check(home) + leftovers(readers or []):
                return kills, wrong
            if readers is None and words[-1] == "--all":
                break
        last = subprocess.run(command(home, "crawler", "run", "--all"), check=False, cwd=ROOT)
        told = site.told()
    wrong = check(home)
    with Archive.open(home / "archive.db") as archive:
        count = archive.counts()["releases"]
    if last.returncode or count != HOSTS * PAGES:
        wrong.append(f"{count} of {HOSTS * PAGES} releases, exit {last.returncode}")
    if told["most_often"] > 1 + kills:
        wrong.append(f"a page was sent {told['most_often']} times after {kills} kills")
    print(f"{kills} kills, {count} releases, {told['releases_again']} pages sent again", flush=True)
    return kills, wrong


def main(kills: int, seed: int) -> int:
    """Kill so many times; give the exit code."""
    chance, started = random.Random(seed), time.monotonic()  # noqa: S311 - no secret
    done = crawls = 0
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        while done < kills and not wrong:
            hits, wrong = crawl(Path(folder) / str(crawls), chance, min(kills - done, MOST_A_CRAWL))
            done += hits
            crawls += 1
    print(f"{done} kills over {crawls} crawls, {time.monotonic() - started:.0f} s")
    print("\n".join(wrong) or "nothing lost, every check passed")
    return 1 if wrong else 0


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*(arguments + [50, 1][len(arguments) :])))
