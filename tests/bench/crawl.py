"""Measure the whole way of a page, and what a crawl holds, on a loopback site of nineteen hosts.

    python -m tests.bench.crawl [--hosts N] [--pages N] [--peers] [--json FILE]

Two rounds over HOSTS × PAGES releases of 30 to 80 KB (``tests.bench.site``), delays off: first all are new,
then all are unchanged and asked again.  Printed: pages a second, CPU milliseconds a page by stage, requests,
connections, peak memory.  ``--peers``: in the same run, Scrapy fetching the same pages and taking out their
links, and trafilatura reading them.  Needs the ``bench`` extra.  CPU is of our processes alone;
trafilatura is measured before and after the first round, as a busy machine's pace changes: figures of two
runs differ by a fifth there, ratios by a tenth.
"""

import argparse
import asyncio
import gc
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from crawler.archive import Archive
from crawler.commands.network import guest
from crawler.config.toml import Settings
from crawler.crawl import Crawl
from crawler.model import Source, Visit, Way
from crawler.reading.pool import Readers
from crawler.visit.desk import Desk
from crawler.visit.tally import Totals
from crawler.visit.writer import Writer
from index import open_engine
from index.sync import sync
from tests.bench.served import ROOT, Site
from tests.bench.site import FIRST_HOST, release

LATER: Final = timedelta(days=365)  # when everything is due to be asked again
SAMPLE: Final = 300  # pages that trafilatura reads

SPIDER: Final = """
import json, resource, sys
from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.linkextractors import LinkExtractor

port, hosts, pages = map(int, sys.argv[1:])
seen = [0]

class Bare(Spider):
    name = "bare"
    links = LinkExtractor()
    async def start(self):
        for number in range(pages):
            for host in range(2, 2 + hosts):
                yield Request(f"http://127.0.0.{host}:{port}/news/{number}.html", dont_filter=True)
    def parse(self, response):
        self.links.extract_links(response)
        seen[0] += 1

process = CrawlerProcess({"LOG_ENABLED": False, "CONCURRENT_REQUESTS": hosts, "ROBOTSTXT_OBEY": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "TELNETCONSOLE_ENABLED": False, "DOWNLOAD_DELAY": 0})
process.crawl(Bare)
process.start()
used = resource.getrusage(resource.RUSAGE_SELF)
cpu_s, peak_mb = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
print(json.dumps({"pages": seen[0], "cpu_s": cpu_s, "peak_mb": peak_mb}))
"""


class Clocked(Writer):
    """A writer that knows how much CPU its commits took."""

    cpu_s = 0.0

    def _commit(self) -> None:
        before = time.process_time()
        super()._commit()
        self.cpu_s += time.process_time() - before


def cpu_s(who: int) -> float:
    """Give the CPU seconds of this process, or of its ended children."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def sources(port: int, hosts: int, path: str, way: Way) -> list[Source]:
    """Give the sources of the site."""
    places = range(FIRST_HOST, FIRST_HOST + hosts)
    return [Source(f"host{place}", f"http://127.0.0.{place}:{port}{path}", way) for place in places]


async def round_of(archive: Archive, found: list[Source], *, at: timedelta) -> tuple[Totals, float]:
    """Crawl all sources once; give what it came to and the CPU of writing."""
    hosts = tuple(f"127.0.0.{place}" for place in range(FIRST_HOST, FIRST_HOST + len(found)))
    settings = Settings(contact="bench@example.org", delay_s=0.0, allow=hosts)
    totals, writer = Totals(), Clocked(archive)

    def clock() -> datetime:
        return datetime.now(UTC) + at

    async with guest(settings, archive) as courtesy, Readers(1) as readers:
        desk = Desk(courtesy, archive, writer, readers, clock, totals, rechecks=100_000)
        crawl = Crawl(desk, on_visit=_hush)
        await crawl.visit_all(found)
    return totals, writer.cpu_s


def _hush(visit: Visit) -> None:
    del visit


def measure(home: Path, port: int, hosts: int, *, at: timedelta) -> dict[str, Any]:
    """Make one round and the index's share of it; give all figures.  Runs in a process of its own."""
    with Archive.open(home / "archive.db") as archive:
        started, before = time.monotonic(), cpu_s(resource.RUSAGE_SELF)
        totals, write_s = asyncio.run(round_of(archive, sources(port, hosts, "/news/", "auto"), at=at))
        crawled, wall_s = cpu_s(resource.RUSAGE_SELF) - before, time.monotonic() - started
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        engine = open_engine(home / "index", create=True)
        before = cpu_s(resource.RUSAGE_SELF)
        sync(archive, engine)
        index_s = cpu_s(resource.RUSAGE_SELF) - before
        engine.close()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "new": totals.new,
        "unchanged": totals.unchanged,
        "pages": totals.pages,
        "failed": totals.failed,
        "wall_s": wall_s,
        "cpu_s": {
            "fetch and order": crawled - write_s,
            "keep": write_s,
            "read": cpu_s(resource.RUSAGE_CHILDREN),
            "index": index_s,
        },
        "peak_mb": {"crawl": peak_mb, "reader": children.ru_maxrss / 1024},
    }


def apart(*arguments: str) -> dict[str, Any]:
    """Run a part of this bench in a process of its own; give what it measured."""
    command = [sys.executable, "-m", "tests.bench.crawl", *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def trafilatura_ms(hosts: int, pages: int) -> float:
    """Give the milliseconds that trafilatura takes for one of the site's pages, date and title included."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - a peer

    chosen = [(FIRST_HOST + number % hosts, number % pages) for number in range(SAMPLE)]
    read = [(release(host, number), f"http://127.0.0.{host}/news/{number}.html") for host, number in chosen]
    for html, url in read[:10]:
        bare_extraction(html, url=url, with_metadata=True, include_comments=False)
    gc.collect()
    before = time.process_time()
    for html, url in read:
        bare_extraction(html, url=url, with_metadata=True, include_comments=False)
    return (time.process_time() - before) / SAMPLE * 1000


def scrapy(port: int, hosts: int, pages: int) -> dict[str, Any]:
    """Let Scrapy fetch all releases and take out their links; give pages, CPU and memory."""
    command = [sys.executable, "-W", "ignore", "-c", SPIDER, str(port), str(hosts), str(pages)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def compare(hosts: int, pages: int, *, peers: bool) -> dict[str, Any]:
    """Make both rounds, and the peers' beside them."""
    figures: dict[str, Any] = {"hosts": hosts, "pages": pages}
    with tempfile.TemporaryDirectory() as folder, Site(hosts, pages) as site:
        before = site.told()
        beside = [apart("--trafilatura", str(hosts), str(pages))["ms"]] if peers else []
        for name, days in (("first", 0), ("again", LATER.days)):
            figures[name] = apart("--measure", folder, str(site.port), str(hosts), str(days))
            after = site.told()
            figures[name]["requests"] = after["requests"] - before["requests"]
            figures[name]["connects"] = after["connects"] - before["connects"]
            before = after
            if peers and name == "first":
                beside.append(apart("--trafilatura", str(hosts), str(pages))["ms"])
        figures["most_open_to_a_host"] = before["most_open_to_a_host"]
        if peers:
            figures["trafilatura_ms"] = statistics.mean(beside)
            figures["scrapy"] = scrapy(site.port, hosts, pages)
    return figures


def table(figures: dict[str, Any]) -> Iterator[str]:
    """Write the figures for people."""
    first, again = figures["first"], figures["again"]
    for name, one, count in (("first round", first, first["new"]), ("again", again, again["unchanged"])):
        total = sum(one["cpu_s"].values())
        yield (
            f"{name}: {count} releases ({one['failed']} not read), {count / one['wall_s']:.0f}/s, "
            f"{one['requests']} requests, {one['connects']} connections, "
            f"peak {one['peak_mb']['crawl']:.0f} + {one['peak_mb']['reader']:.0f} MB"
        )
        stages = ", ".join(f"{stage} {spent / count * 1000:.2f}" for stage, spent in one["cpu_s"].items())
        yield f"  CPU ms a page: {total / count * 1000:.2f} ({stages})"
    yield f"most connections open to one host: {figures['most_open_to_a_host']}"
    if "trafilatura_ms" in figures:
        whole = sum(first["cpu_s"].values()) / first["new"] * 1000
        peer, other = figures["trafilatura_ms"], figures["scrapy"]
        yield f"trafilatura, reading alone: {peer:.2f} ms a page; whole way here: {whole / peer:.2f} of it"
        ours = (first["cpu_s"]["fetch and order"] + first["cpu_s"]["keep"]) / first["new"] * 1000
        theirs = other["cpu_s"] / other["pages"] * 1000
        yield (
            f"Scrapy, fetching and taking out links: {theirs:.2f} ms a page, peak {other['peak_mb']:.0f} MB; "
            f"fetching and keeping here: {ours / theirs:.2f} of it"
        )


@contextmanager
def parsed() -> Iterator[argparse.Namespace]:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--hosts", type=int, default=19)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--peers", action="store_true", help="measure Scrapy and trafilatura, too")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    parser.add_argument("--measure", nargs=4, help=argparse.SUPPRESS)
    parser.add_argument("--trafilatura", nargs=2, help=argparse.SUPPRESS)
    yield parser.parse_args()


def main() -> None:
    """Run what is asked for."""
    with parsed() as args:
        if args.measure:
            home, port, hosts, days = args.measure
            print(json.dumps(measure(Path(home), int(port), int(hosts), at=timedelta(days=int(days)))))
        elif args.trafilatura:
            print(json.dumps({"ms": trafilatura_ms(*map(int, args.trafilatura))}))
        else:
            figures = compare(args.hosts, args.pages, peers=args.peers)
            print("\n".join(table(figures)))
            if args.json:
                args.json.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
