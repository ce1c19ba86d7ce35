"""A site of many hosts and many releases, for benches: one process, every answer made in microseconds.

    python -m tests.bench.site HOSTS PAGES [--slim]

Hosts are 127.0.0.2 and following, on one port, which is printed.  Each has a robots.txt, a sitemap, a
newsroom of fifty releases a page, and PAGES releases of 30 to 80 KB in the manner of real newsroom pages (a
hundred links and ``div`` each, the rest scripts and styles), with gzip and ETags; ``--slim`` makes them 4 to
8 KB, with small menus and no scripts.  Deterministic.  To "told" it answers with requests, connections and
the most that were open at once to one host, to "sent" with how often each release was sent; it ends with
its input.
"""

import asyncio
import gzip
import json
import sys
from collections import Counter
from functools import lru_cache, partial
from random import Random
from typing import Final
from zlib import crc32

FIRST_HOST: Final = 2
PER_LIST: Final = 50
SMALLEST_BYTES: Final = 30_000
LARGEST_BYTES: Final = 80_000
MENU: Final = 40  # entries of a menu
SLIM_MENU: Final = 6
PARAGRAPHS: Final = (6, 14)
SLIM_PARAGRAPHS: Final = (3, 9)
# fmt: off
WORDS: Final = [
    "plant", "energy", "revenue", "quarter", "partners", "hydrogen", "agreement", "battery",
    "district", "customers", "growth", "market", "announced", "today", "company", "first", "second",
    "year", "new", "results", "million", "billion", "percent", "increase", "technology", "services",
    "products", "global", "leading", "solutions", "management", "board", "chief", "executive",
    "officer", "shares", "investors", "sustainable", "operations", "expects", "strategic",
    "acquisition", "completed", "facility", "employees", "region", "data", "cloud", "network",
    "research", "development", "clinical", "patients", "program", "government", "regulatory",
    "approval", "launch", "platform",
]
MONTHS: Final = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]
# fmt: on
NAMES: Final = ("Acme", "Globex", "Initech", "Umbrella", "Hooli", "Vandelay", "Stark", "Wayne")


def release(host: int, number: int, *, is_slim: bool = False) -> str:
    """Write one release's page."""
    chance = Random(host * 1_000_003 + number)  # noqa: S311 - no secret
    size = 0 if is_slim else chance.randrange(SMALLEST_BYTES, LARGEST_BYTES)
    entries = SLIM_MENU if is_slim else MENU
    title, day = headline(host, number), date(number)
    span = SLIM_PARAGRAPHS if is_slim else PARAGRAPHS
    paragraphs = [sentence(chance, 60) for _ in range(chance.randrange(*span))]
    lead = f"BERLIN, {day} – {NAMES[host % len(NAMES)]} {paragraphs[0]}"
    body = "".join(f"<p>{text}</p>\n" for text in (lead, *paragraphs[1:]))
    related = "".join(
        f'<li class="related-item"><a href="/news/{other}.html" class="related-link"><span class="date">'
        f"{date(other)}</span> {headline(host, other)}</a></li>\n"
        for other in range(number + 1, number + 7)
    )
    html = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | {NAMES[host % len(NAMES)]} Newsroom</title>
<meta property="og:title" content="{title}"><meta name="description" content="{paragraphs[1][:150]}">
<link rel="stylesheet" href="/site.css"><script src="/site.js"></script>
<style>{".m{color:#123;margin:0 auto}" * (1 if is_slim else 60)}</style></head>
<body class="page news-detail">
<header class="site-header"><nav class="main-nav"><ul>{menu(host, entries)}</ul></nav></header>
<main><div class="container"><div class="row"><div class="col-md-8"><article class="press-release">
<h1 class="headline">{title}</h1>
<div class="meta"><span class="date">{day}</span> <a href="#print">Print</a></div>
<div class="body">{body}<p><strong>About {NAMES[host % len(NAMES)]}</strong></p><p>{sentence(chance, 40)}</p>
<p>Media contact: press@example.org</p></div></article></div>
<aside class="col-md-4"><h2>Related news</h2><ul>{related}</ul></aside></div></div></main>
<footer class="site-footer"><div class="columns"><ul>{menu(host + 100, entries)}</ul></div>
<p>&copy; 2026</p></footer>
"""
    filler = "window.layer.push({event:'view',id:%d});"
    scripts = "".join(filler % chance.randrange(10**6) for _ in range(max(size - len(html), 0) // 46))
    return f"{html}<script>{scripts}</script></body></html>"


def headline(host: int, number: int) -> str:
    """Write the headline of a release."""
    chance = Random(f"{host} {number}")  # noqa: S311
    words = " ".join(chance.choice(WORDS).capitalize() for _ in range(7))
    return f"{NAMES[host % len(NAMES)]} {words} {number}"


def date(number: int) -> str:
    """Write the day of a release."""
    return f"{MONTHS[number % 12]} {number % 28 + 1}, {2025 - number // 336 % 20}"


def sentence(chance: Random, words: int) -> str:
    """Write a paragraph."""
    return " ".join(chance.choices(WORDS, k=words)) + "."


@lru_cache(maxsize=256)
def menu(seed: int, entries: int = MENU) -> str:
    """Write a menu."""
    chance = Random(seed)  # noqa: S311
    return "".join(
        f'<li class="nav-item"><div class="nav-box">'
        f'<a class="nav-link" href="/{chance.choice(WORDS)}/{place}">'
        f"{chance.choice(WORDS)} {chance.choice(WORDS)}</a></div></li>\n"
        for place in range(entries)
    )


def listing(host: int, page: int, pages: int) -> str:
    """Write one page of a newsroom."""
    first = page * PER_LIST
    cards = "".join(
        f'<div class="card"><span class="date">{date(number)}</span><h3><a href="/news/{number}.html">'
        f"{headline(host, number)}</a></h3><p>{sentence(Random(number), 20)}</p></div>\n"  # noqa: S311
        for number in range(first, min(first + PER_LIST, pages))
    )
    more = f'<a rel="next" href="/news/?page={page + 1}">Next</a>' if first + PER_LIST < pages else ""
    return (
        f"<!doctype html><html><head><title>News</title></head><body><nav><ul>{menu(host)}</ul></nav>"
        f'<main><h1>Press releases</h1>{cards}<div class="pager">{more}</div></main></body></html>'
    )


def sitemap(host: int, pages: int) -> str:
    """Write the sitemap of a host."""
    base = f"http://127.0.0.{host}"
    entries = "".join(f"<url><loc>{base}:PORT/news/{number}.html</loc></url>" for number in range(pages))
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


class Site:
    """What all hosts answer, and what they were asked."""

    def __init__(self, pages: int, *, is_slim: bool = False) -> None:
        self.pages = pages
        self.is_slim = is_slim
        self.port = 0
        self.requests: Counter[int] = Counter()
        #: How often each release was sent.
        self.sent: Counter[tuple[int, str]] = Counter()
        self.connects = 0
        self.open: Counter[int] = Counter()
        self.most_open = 0
        self.answer = lru_cache(maxsize=8_000)(self._answer)

    def told(self) -> str:
        """Give what was counted, as JSON."""
        return json.dumps(
            {
                "requests": sum(self.requests.values()),
                "by_status": self.requests,
                "connects": self.connects,
                "releases": len(+self.sent),
                "releases_again": self.sent.total() - len(+self.sent),
                "most_often": max(self.sent.values(), default=0),
                "most_open_to_a_host": self.most_open,
            }
        )

    def counts(self) -> str:
        """Give how often each release was sent, as JSON."""
        return json.dumps(
            {
                f"http://127.0.0.{host}:{self.port}{path}": times
                for (host, path), times in (+self.sent).items()
            }
        )

    def _answer(self, host: int, path: str) -> tuple[str, bytes] | None:
        name, _, query = path.partition("?")
        if name == "/robots.txt":
            text, kind = "User-agent: *\nDisallow: /private/\n", "text/plain"
        elif name == "/sitemap.xml":
            text, kind = sitemap(host, self.pages).replace("PORT", str(self.port)), "application/xml"
        elif name == "/news/":
            text, kind = listing(host, int(query.partition("=")[2] or 0), self.pages), "text/html"
        elif name.startswith("/news/") and name.endswith(".html"):
            text, kind = release(host, int(name[6:-5]), is_slim=self.is_slim), "text/html"
        else:
            return None
        tag = f'"{crc32(text.encode()):x}"'
        body = gzip.compress(text.encode(), compresslevel=1, mtime=0)
        head = (
            f"HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Encoding: gzip\r\n"
            f"ETag: {tag}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return tag, head.encode() + body


class Connection(asyncio.Protocol):
    """One connection to one host."""

    def __init__(self, site: Site, host: int) -> None:
        self._site = site
        self._host = host
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Count it."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        site = self._site
        site.connects += 1
        site.open[self._host] += 1
        site.most_open = max(site.most_open, site.open[self._host])

    def connection_lost(self, exc: Exception | None) -> None:
        """Count it out."""
        del exc
        self._site.open[self._host] -= 1

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete."""
        self._buffer += data
        while b"\r\n\r\n" in self._buffer:
            request, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
            self._reply(request)

    def _reply(self, request: bytes) -> None:
        assert self._transport is not None
        path = request.split(b" ", 2)[1].decode("latin-1")
        found = self._site.answer(self._host, path)
        if found is None:
            status, reply = 404, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        elif found[0].encode() in request:
            status, reply = 304, b"HTTP/1.1 304 Not Modified\r\nETag: " + found[0].encode() + b"\r\n\r\n"
        else:
            status, reply = 200, found[1]
            self._site.sent[(self._host, path)] += path.endswith(".html")
        self._site.requests[status] += 1
        self._transport.write(reply)


async def serve(hosts: int, pages: int, *, is_slim: bool) -> None:
    """Serve until the standard input ends."""
    site, loop = Site(pages, is_slim=is_slim), asyncio.get_running_loop()
    for host in range(FIRST_HOST, FIRST_HOST + hosts):
        server = await loop.create_server(
            partial(Connection, site, host), f"127.0.0.{host}", site.port, backlog=64
        )
        site.port = site.port or server.sockets[0].getsockname()[1]
    print(site.port, flush=True)
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        if line.strip() == "told":
            print(site.told(), flush=True)
        if line.strip() == "sent":
            print(site.counts(), flush=True)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2]), is_slim="--slim" in sys.argv[3:]))
