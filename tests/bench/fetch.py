"""Compare the CPU that fetching a page costs with aiohttp's, at 1, 32 and 128 hosts in parallel.

    python -m tests.bench.fetch [--pages N] [--rounds N] [--json FILE]

One server process answers on 127.0.0.1 … 127.0.0.128 with gzip pages of 30 to 80 KB; each client runs in a
process of its own, one worker a host, rounds interleaved.  Printed: milliseconds of client CPU a page (median
and spread of the rounds), the ratio, and how many connections the server saw.  Needs the ``bench`` extra.
"""

import argparse
import asyncio
import gzip
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from crawler.fetch import Fetcher

ROOT: Final = Path(__file__).resolve().parents[2]
HOSTS: Final = (1, 32, 128)
CLIENTS: Final = ("pressdex", "aiohttp")
WORDS: Final = (
    "energy",
    "revenue",
    "quarter",
    "partners",
    "hydrogen",
    "agreement",
    "battery",
    "district",
    "said",
)
#: Different pages; the sizes are those of the research set's middle half.
KINDS: Final = 8
SMALLEST_BYTES: Final = 30_000
LARGEST_BYTES: Final = 80_000

Get = Callable[[str], Awaitable[int]]


def page(kind: int) -> bytes:
    """Give one page as it goes over the wire, headers included."""
    size = SMALLEST_BYTES + (LARGEST_BYTES - SMALLEST_BYTES) * kind // (KINDS - 1)
    words = [WORDS[(place * place + kind) % len(WORDS)] + str(place % 97) for place in range(size // 10)]
    html = f"<!doctype html><title>{kind}</title><p>{' '.join(words)}</p>".encode()[:size]
    body = gzip.compress(html, mtime=0)
    head = (
        "HTTP/1.1 200 OK\r\nServer: bench\r\nDate: Mon, 03 Nov 2025 12:00:00 GMT\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\nVary: Accept-Encoding\r\n"
        f'ETag: "{kind}"\r\nCache-Control: max-age=0\r\nContent-Length: {len(body)}\r\n\r\n'
    )
    return head.encode() + body


class Answers(asyncio.Protocol):
    """Answers each request with the page that its path's last digit names."""

    connects = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        Answers.connects += 1

    def data_received(self, data: bytes) -> None:
        path = data.split(b" ", 2)[1]
        if path == b"/connects":
            body = str(Answers.connects - 1).encode()
            Answers.connects = 0
            self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        else:
            self.transport.write(PAGES[int(path[-1:]) % KINDS])


PAGES: Final = [page(kind) for kind in range(KINDS)]


async def serve() -> None:
    """Serve on all hosts until the standard input ends."""
    loop = asyncio.get_running_loop()
    port = 0
    for host in range(1, max(HOSTS) + 1):
        server = await loop.create_server(Answers, f"127.0.0.{host}", port, backlog=256)
        port = port or server.sockets[0].getsockname()[1]
    print(port, flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


async def drive(get: Get, port: int, hosts: int, pages: int) -> float:
    """Fetch pages with one worker a host; give the CPU seconds, warm-up not counted."""

    async def worker(host: int, count: int) -> None:
        for number in range(count):
            assert await get(f"http://127.0.0.{host}:{port}/news/{number % 10}") >= SMALLEST_BYTES

    async def all_workers(count: int) -> None:
        await asyncio.gather(*(worker(host, count) for host in range(1, hosts + 1)))

    await all_workers(1)
    before = time.process_time()
    await all_workers(pages // hosts)
    return time.process_time() - before


async def run_pressdex(port: int, hosts: int, pages: int) -> float:
    """Drive our own fetcher."""
    allow = [f"127.0.0.{host}" for host in range(1, hosts + 1)]
    async with Fetcher(agent="pressdex", clock=lambda: datetime.now(UTC), allow=allow) as fetcher:

        async def get(url: str) -> int:
            return len((await fetcher.fetch(url)).body)  # type: ignore[union-attr]

        return await drive(get, port, hosts, pages)


async def run_aiohttp(port: int, hosts: int, pages: int) -> float:
    """Drive aiohttp as its documentation says: one session, one connection a host."""
    import aiohttp  # noqa: PLC0415 - of the bench extra, and not in the other client's process

    connector = aiohttp.TCPConnector(limit=0, limit_per_host=1)
    async with aiohttp.ClientSession(connector=connector, headers={"User-Agent": "pressdex"}) as session:

        async def get(url: str) -> int:
            async with session.get(url) as answer:
                return len(await answer.read())

        return await drive(get, port, hosts, pages)


def client(name: str, port: int, hosts: int, pages: int) -> float:
    """Run one client in its own process; give its CPU milliseconds a page."""
    command = [sys.executable, "-m", "tests.bench.fetch", "--client", name, "--port", str(port)]
    command += ["--hosts", str(hosts), "--pages", str(pages)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return float(run.stdout) * 1000 / (pages // hosts * hosts)


def connects(port: int) -> int:
    """Ask the server how many connections it saw since it was asked last."""
    import http.client  # noqa: PLC0415 - beside the server's use, not the clients'

    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/connects")
    seen = int(connection.getresponse().read())
    connection.close()
    return seen


def compare(pages: int, rounds: int) -> list[dict[str, object]]:
    """Run all clients at all numbers of hosts, in turn."""
    rows: list[dict[str, object]] = []
    command = [sys.executable, "-m", "tests.bench.fetch", "--serve"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as server:
        assert server.stdout
        assert server.stdin
        port = int(server.stdout.readline())
        for hosts in HOSTS:
            times: dict[str, list[float]] = {name: [] for name in CLIENTS}
            seen = dict.fromkeys(CLIENTS, 0)
            for _ in range(rounds):
                for name in CLIENTS:
                    times[name].append(client(name, port, hosts, pages))
                    seen[name] = connects(port)
            medians = {name: statistics.median(times[name]) for name in CLIENTS}
            row = {"hosts": hosts, "pages": pages // hosts * hosts, "connects": seen, "ms": times}
            rows.append(row | {"ratio": medians["pressdex"] / medians["aiohttp"]})
        server.stdin.close()
    return rows


def table(rows: list[dict[str, object]]) -> str:
    """Lay the rows out for people."""
    lines = ["hosts  pages  client     ms CPU/page  (spread)         connects  ratio"]
    for row in rows:
        for name in CLIENTS:
            times = row["ms"][name]  # type: ignore[index]
            spread = f"{min(times):.3f}…{max(times):.3f}"
            ratio = f"{row['ratio']:.2f}" if name == CLIENTS[0] else "1"
            lines.append(
                f"{row['hosts']!s:>5}  {row['pages']!s:>5}  {name:9}  {statistics.median(times):11.3f}"
                f"  ({spread:14})  {row['connects'][name]!s:>8}  {ratio}"  # type: ignore[index]
            )
    return "\n".join(lines)


def main() -> None:
    """Read the command line and do one of the three parts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=2560)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--client", choices=CLIENTS, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--hosts", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        asyncio.run(serve())
    elif given.client:
        run = {"pressdex": run_pressdex, "aiohttp": run_aiohttp}[given.client]
        print(asyncio.run(run(given.port, given.hosts, given.pages)))
    else:
        rows = compare(given.pages, given.rounds)
        print(table(rows))
        if given.json:
            given.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
