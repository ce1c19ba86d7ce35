"""Kill crawls, backfills, rereads and syncs at random moments and prove each time that nothing was lost.

    python -m tests.bench.crawl_kills [KILLS] [SEED] [--json FILE]

The real commands run against ``tests.bench.site``, each killed with -9 after a random time.  Rereads find a
line more on every page than the ones before, so that all is revised; syncs find an index that is behind, or
none.  After each kill the archive must verify, the index, brought up to date, must hold what the archive
holds, and no reader may be left over.  A page that was sent and kept may never be sent again.  Whenever a
crawl is complete, every release must be there; then another begins in an empty home.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from crawler.archive import Archive
from crawler.commands import reread
from crawler.commands.context import Context
from crawler.model import Reading, Release
from index import open_engine
from index.engine import Engine
from index.grammar import parse
from index.sync import sync
from tests.bench.served import ROOT, Site, command

HOSTS, PAGES = 3, 80
REST: Final = 0.4  # share of what is killed that is no crawl but a reread or a sync
MOST_A_CRAWL: Final = 12  # kills, so that many crawls come to their end

READING: Final = "Reading "  # begins the line that a reread adds

KINDS: Final = ("run", "backfill", "reread", "sync", "rebuild")


@dataclass(slots=True)
class Outcome:
    """What all of it came to."""

    #: By what was killed.
    kills: Counter[str] = field(default_factory=Counter)
    crawls: int = 0
    #: Pages that a kill met between their sending and their keeping; they had to be sent again.
    lost_in_flight: int = 0
    #: The most of them by one kill, and of one page by all of a crawl's.
    most_by_a_kill: int = 0
    most_of_a_page: int = 0
    #: Pages that were sent again although they were kept.
    sent_needlessly: int = 0
    wrong: list[str] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """Give it for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


class Ledger:
    """What the site sent of each page, beside what the archive kept of it."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._sent: dict[str, int] = {}
        self._kept: set[str] = set()
        self.lost: Counter[str] = Counter()
        self.needless: Counter[str] = Counter()

    def settle(self, home: Path) -> int:
        """Account for what was sent since the last time; give how many pages were sent and not kept."""
        sent, before = self._site.sent(), self._sent
        newly = {url: times - before.get(url, 0) for url, times in sent.items()}
        kept = kept_pages(home, sent)
        lost = [url for url, times in newly.items() if times and url not in kept]
        self.lost.update(lost)
        for url, times in newly.items():
            self.needless[url] += times if url in self._kept else max(times - 1, 0)
        self._sent, self._kept = sent, kept
        return len(lost)


def kept_pages(home: Path, urls: dict[str, int]) -> set[str]:
    """Give those of the addresses whose page is in the archive."""
    if not (home / "archive.db").exists():
        return set()
    with Archive.open(home / "archive.db", create=False) as archive:
        return {url for url in urls if archive.page(url) is not None}


def words(kind: str, home: Path, number: int) -> list[str]:
    """Give the command line of what is killed."""
    if kind == "reread":
        return [sys.executable, "-m", "tests.bench.crawl_kills", "--reread", str(home), str(number)]
    return {
        "run": command(home, "crawler", "run", "--all"),
        "backfill": command(home, "crawler", "run", "--all", "--backfill"),
        "sync": command(home, "index", "sync"),
        "rebuild": command(home, "index", "rebuild"),
    }[kind]


def amended(home: Path, number: int) -> int:
    """Read all kept pages anew, each with a line at its end that no reading before had; the exit code."""
    plain = reread.reader

    def reader(context: Context, archive: Archive) -> Callable[[Reading], Release]:
        read = plain(context, archive)

        def longer(reading: Reading) -> Release:
            release = read(reading)
            return replace(release, body=f"{release.body}\n{READING}{number}")

        return longer

    reread.reader = reader
    return reread.run(argparse.Namespace(source=None, dry_run=False, json=False), Context(home))


def kill(line: list[str], most_s: float, chance: random.Random) -> list[int] | None:
    """Run a command, and kill it after a random time; give its readers, or None when it had ended."""
    running = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    try:
        running.wait(chance.random() * most_s)
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
            if engine.cursor() != archive.last_change():
                wrong.append(f"the index is at {engine.cursor()}, the archive at {archive.last_change()}")
            newest = {change.release.id: change.release for change in archive.changes(0, limit=10**9)}
            wrong += differing(engine, newest)
        finally:
            engine.close()
    return wrong


def differing(engine: Engine, newest: dict[str, Release]) -> list[str]:
    """Give what an index finds otherwise than the newest versions in the archive would have it."""
    ends = {release.id: release.body.rpartition("\n")[2] for release in newest.values()}
    readings = {end for end in ends.values() if end.startswith(READING)}
    wrong = []
    for text in ["*", *(f'"{reading}"' for reading in sorted(readings))]:
        query = replace(parse(text, limit=HOSTS * PAGES + 1, is_folding=False), loose=None)
        found = {hit.id for hit in engine.search(query).hits}
        wanted = {id_ for id_, end in ends.items() if text in {"*", f'"{end}"'}}
        if found != wanted:
            wrong.append(f"the index finds {len(found)} releases by {text}, the archive holds {len(wanted)}")
    return wrong


def leftovers(readers: list[int]) -> list[str]:
    """Give the readers that outlived their crawl; they end when their input does."""
    for _ in range(100):
        left = [pid for pid in readers if Path(f"/proc/{pid}").exists()]
        if not left:
            return []
        time.sleep(0.1)
    return [f"reader {pid} is left over" for pid in left]


def pace(folder: Path) -> dict[str, float]:
    """Give the seconds that each command takes on this machine when nobody kills it."""
    taken = {}
    with Site(HOSTS, PAGES) as site:
        for kind in KINDS:
            home = folder / f"pace {'backfill' if kind == 'backfill' else 'run'}"
            if not home.exists():
                site.follow(home)
            if kind == "sync":
                shutil.rmtree(home / "index")
            started = time.monotonic()
            subprocess.run(words(kind, home, -1), check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
            taken[kind] = time.monotonic() - started
    return taken


def crawl(home: Path, chance: random.Random, most: int, outcome: Outcome, paces: Mapping[str, float]) -> None:
    """Make one crawl under fire, then to its end; note how often it was killed, and what is wrong."""
    kills = 0
    with Site(HOSTS, PAGES) as site:
        site.follow(home)
        ledger = Ledger(site)
        while kills < most and not outcome.wrong:
            kind = choose(home, chance)
            readers = kill(words(kind, home, outcome.kills.total() + kills), paces[kind], chance)
            if readers is not None:
                kills += 1
                outcome.kills[kind] += 1
            lost = ledger.settle(home)
            outcome.most_by_a_kill = max(outcome.most_by_a_kill, lost)
            outcome.wrong += check(home) + leftovers(readers or [])
            if lost and readers is None:
                outcome.wrong.append(f"{lost} pages were sent and not kept, and {kind} was not killed")
            if readers is None and kind in {"run", "backfill"}:
                break
        last = subprocess.run(
            command(home, "crawler", "run", "--all"), check=False, cwd=ROOT, stdout=subprocess.DEVNULL
        )
        ledger.settle(home)
    outcome.wrong += check(home)
    with Archive.open(home / "archive.db") as archive:
        count = archive.counts()["releases"]
    if last.returncode or count != HOSTS * PAGES:
        outcome.wrong.append(f"{count} of {HOSTS * PAGES} releases, exit {last.returncode}")
    outcome.wrong += [
        f"{url} was sent again, and was kept" for url, times in ledger.needless.items() if times
    ]
    outcome.crawls += 1
    outcome.lost_in_flight += ledger.lost.total()
    outcome.most_of_a_page = max(outcome.most_of_a_page, *ledger.lost.values(), 0)
    outcome.sent_needlessly += ledger.needless.total()


def choose(home: Path, chance: random.Random) -> str:
    """Choose what to kill next; before a sync, the index is sometimes taken away."""
    if not (home / "archive.db").exists() or chance.random() > REST:
        return chance.choice(["run", "backfill"])
    kind = chance.choice(["reread", "reread", "sync", "rebuild"])
    if kind == "sync":
        shutil.rmtree(home / "index", ignore_errors=True)
    return kind


def main() -> int:
    """Kill so many times; give the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("kills", nargs="?", type=int, default=200)
    parser.add_argument("seed", nargs="?", type=int, default=1)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the outcome there, too")
    parser.add_argument("--reread", nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.reread:
        return amended(Path(args.reread[0]), int(args.reread[1]))
    chance, started, outcome = random.Random(args.seed), time.monotonic(), Outcome()  # noqa: S311 - no secret
    with tempfile.TemporaryDirectory() as folder:
        paces = pace(Path(folder))
        print(", ".join(f"{kind} takes {seconds:.1f} s" for kind, seconds in paces.items()), flush=True)
        while (done := outcome.kills.total()) < args.kills and not outcome.wrong:
            most = min(args.kills - done, MOST_A_CRAWL)
            crawl(Path(folder) / str(outcome.crawls), chance, most, outcome, paces)
            print(
                f"{outcome.kills.total()} of {args.kills} kills over {outcome.crawls} crawls, "
                f"{outcome.lost_in_flight} pages lost in flight, {outcome.sent_needlessly} sent needlessly, "
                f"{time.monotonic() - started:.0f} s",
                flush=True,
            )
    print(", ".join(f"{count} of {kind}" for kind, count in outcome.kills.most_common()))
    print(f"most lost in flight: {outcome.most_by_a_kill} by a kill, {outcome.most_of_a_page} of one page")
    print("\n".join(outcome.wrong) or "nothing lost, nothing sent needlessly, every check passed")
    if args.json:
        args.json.write_text(json.dumps(outcome.told(), indent=1) + "\n", encoding="utf-8")
    return 1 if outcome.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
