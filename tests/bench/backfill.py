"""Backfill a thousand releases from a newsroom on each platform, on loopback, and count what was asked.

::

    python -m tests.bench.backfill [PLATFORM …] [--json FILE]

For each platform ``add`` is given the page that people see, and ``run --backfill`` fetches the rest.
Printed are the releases that are held, the requests for lists, those for releases, addresses asked twice,
and seconds.
"""

import argparse
import json
import tempfile
import time
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass
from io import StringIO
from pathlib import Path

from crawler.__main__ import main as press_crawl
from crawler.archive import Archive
from tests.platforms.loopback import Loopback
from tests.platforms.site import Site
from tests.platforms.sites import SITES

SETTINGS = '[crawl]\ndelay = "0s"\nallow = ["127.0.0.1"]\n'


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one backfill came to."""

    platform: str
    #: Of a thousand.
    releases: int
    #: Requests for lists, and the fewest that the platform allows.
    lists: int
    fewest: int
    #: Requests for releases; none where they come whole.
    pages: int
    #: Addresses asked more than once.
    twice: int
    seconds: float


def backfill(site: Site) -> Outcome:
    with Loopback(site) as newsroom, tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "sources.toml").write_text(SETTINGS, encoding="utf-8")
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            press_crawl(["--home", folder, "add", newsroom.newsroom, "--name", "acme"])
            newsroom.forget()
            started = time.perf_counter()
            press_crawl(["--home", folder, "run", "--backfill"])
            seconds = time.perf_counter() - started
        with Archive.open(home / "archive.db") as archive:
            releases = archive.counts()["releases"]
        asked = Counter(newsroom.paths)
        pages = sum("acme-notice" in path for path in newsroom.paths)
        twice = sum(times > 1 for times in asked.values())
        lists = asked.total() - pages
        return Outcome(site.platform, releases, lists, site.requests, pages, twice, round(seconds, 1))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("platforms", nargs="*", metavar="PLATFORM", help="only these")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    args = parser.parse_args()
    outcomes = []
    print(f"{'platform':14}{'releases':>9}{'lists':>7}{'fewest':>8}{'pages':>7}{'twice':>7}{'seconds':>9}")
    for site in SITES:
        if not args.platforms or site.platform in args.platforms:
            one = backfill(site)
            outcomes.append(one)
            print(
                f"{one.platform:14}{one.releases:>9}{one.lists:>7}{one.fewest:>8}{one.pages:>7}{one.twice:>7}"
                f"{one.seconds:>9}",
                flush=True,
            )
    if args.json:
        args.json.write_text(json.dumps([asdict(one) for one in outcomes], indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
