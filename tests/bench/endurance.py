"""Backfill a hundred thousand generated releases, and watch the memory of every process.  Linux: asks /proc.

    python -m tests.bench.endurance [--pages 100000] [--hosts 19] [--json FILE]

``press-crawl run --backfill`` itself runs, its readers and the index that follows included, against slim
pages of ``tests.bench.site``, 5.7 to 8.5 KB each.  Printed for every ten thousand releases: the most resident
memory of the crawl and of any reader, and what of it is no file's (RssAnon).  Fails where a process holds
300 MB, or a tenth more than in the first ten thousand, or where releases are missing.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from crawler.archive import Archive
from tests.bench.served import ROOT, Site, command

STEP: Final = 10_000  # releases a line; the first are the warming up
LOOK_S: Final = 2.0  # between two looks
MOST_MB: Final = 300  # of a process
FLAT: Final = 1.1  # times the first step's most, which a later step may reach
KB_IN_MB: Final = 1024
HEAD: Final = " releases   crawl MB    its own  reader MB  readers  seconds"


@dataclass(slots=True)
class Stretch:
    """The most memory seen while some releases were fetched, in MB."""

    #: Releases that were sent at its end.
    releases: int
    crawl_mb: float = 0.0
    crawl_anon_mb: float = 0.0
    reader_mb: float = 0.0
    readers: int = 0
    seconds: float = 0.0

    def look(self, pid: int) -> None:
        """Take down what the crawl and its readers hold now."""
        whole, anon = memory_mb(pid)
        held = [memory_mb(reader)[0] for reader in children(pid)]
        self.crawl_mb, self.crawl_anon_mb = max(self.crawl_mb, whole), max(self.crawl_anon_mb, anon)
        self.reader_mb = max([self.reader_mb, *held])
        self.readers = max(self.readers, len(held))

    def line(self) -> str:
        """Write it for people."""
        return (
            f"{self.releases:9,} {self.crawl_mb:10.0f} {self.crawl_anon_mb:10.0f} {self.reader_mb:10.0f} "
            f"{self.readers:8} {self.seconds:8.0f}"
        )


def memory_mb(pid: int) -> tuple[float, float]:
    """Give a process's resident memory, and what of it is no file's; nothing of one that has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0.0, 0.0
    fields = dict(line.split(":", 1) for line in lines if ":" in line)
    whole, anon = (int(fields.get(name, "0 kB").split()[0]) / KB_IN_MB for name in ("VmRSS", "RssAnon"))
    return whole, anon


def children(pid: int) -> list[int]:
    """List the processes that another one started, from any of its threads."""
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in path.read_text(encoding="ascii").split()]
        except OSError:  # the thread has ended meanwhile
            continue
    return found


def watch(crawl: subprocess.Popen[bytes], site: Site) -> list[Stretch]:
    """Look at the memory until the crawl ends; a stretch is printed when it is over."""
    stretches: list[Stretch] = []
    now, started = Stretch(0), time.monotonic()
    while crawl.poll() is None:
        now.releases, now.seconds = site.told()["releases"], time.monotonic() - started
        now.look(crawl.pid)
        if now.releases >= STEP * (len(stretches) + 1):
            print(now.line(), flush=True)
            stretches.append(now)
            now = Stretch(0)
        time.sleep(LOOK_S)
    if now.releases:
        print(f"{now.line()}  and to the end", flush=True)
        stretches.append(now)
    return stretches


def wrong(stretches: list[Stretch], held: int, wanted: int, code: int) -> list[str]:
    """Give what does not hold."""
    said = [f"{held} of {wanted} releases, exit {code}"] if held != wanted or code else []
    first = stretches[0]
    for name in ("crawl_mb", "reader_mb"):
        most = max(getattr(each, name) for each in stretches)
        if most >= MOST_MB:
            said.append(f"{name} {most:.0f}, of {MOST_MB} allowed")
        if most > FLAT * getattr(first, name):
            said.append(f"{name} {most:.0f} is not flat: {getattr(first, name):.0f} in the first {STEP:,}")
    return said


def main() -> int:
    """Make the backfill; give the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=100_000, metavar="N", help="releases in all")
    parser.add_argument("--hosts", type=int, default=19, metavar="N", help="of which each shows its share")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    args = parser.parse_args()
    pages = -(-args.pages // args.hosts)
    with tempfile.TemporaryDirectory() as folder, Site(args.hosts, pages, is_slim=True) as site:
        home = Path(folder) / "home"
        site.follow(home)
        print(HEAD)
        words = command(home, "crawler", "run", "--all", "--backfill")
        crawl = subprocess.Popen(words, stdout=subprocess.DEVNULL, cwd=ROOT)
        stretches = watch(crawl, site)
        with Archive.open(home / "archive.db") as archive:
            held = archive.counts()["releases"]
    said = wrong(stretches, held, pages * args.hosts, crawl.returncode)
    print("\n".join(said) or f"{held:,} releases; below {MOST_MB} MB each, and flat")
    if args.json:
        figures = {"releases": held, "wrong": said, "stretches": [asdict(each) for each in stretches]}
        args.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
