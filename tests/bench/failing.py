"""Serve newsrooms that publish for years, and some that fail, each in its own way: a web on a fake clock."""

import hashlib
import html
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import httpx

SHOWN: Final = 15  # releases on a page of a listing
OTHER: Final = "casino.example"  # who bought a lapsed domain
SHIFT: Final = timedelta(hours=9)  # Berlin's wall clock read as Los Angeles'
PLEA_S: Final = 1800  # what a site under repair asks for with Retry-After

#: Failure → most visits until a channel that is told ``after = 3`` visits hears of it.  A failing visit must
#: be the third in a row to be trouble, and two more must see it; robots.txt is read once a day, so a closed
#: one is met up to a day late; what shows only in new releases needs four of them, and silence needs its
#: weeks.
FAILURES: Final = {
    "redesign": 5,
    "empty listing": 5,
    "dates gone": 60,
    "403": 5,
    "challenge page": 5,
    "domain sold": 5,
    "feed frozen": 200,
    "moved to a wire": 120,
    "time zone changed": 60,
    "robots closed": 15,
    "TLS expired": 5,
    "soft 404": 5,
}


@dataclass(frozen=True, slots=True)
class Outage:
    """A time in which a well site does not answer as it should."""

    begins: datetime
    ends: datetime
    #: What it answers: 500, or 503 with a plea; 0 hangs up.
    status: int


@dataclass
class Site:
    """One newsroom on a host of its own."""

    name: str
    rhythm: str
    #: When it publishes, in order.
    times: Sequence[datetime]
    #: One of FAILURES; empty for a site that stays well.
    failure: str = ""
    fails_from: datetime | None = None
    outages: Sequence[Outage] = ()
    #: Seconds between two requests that its robots.txt asks for; 0 for none.
    delay_s: int = 0
    #: How often it was asked, and how often sooner than it had asked for.
    requests: int = 0
    too_early: int = 0
    _last: datetime | None = field(default=None, repr=False)
    _not_before: datetime | None = field(default=None, repr=False)

    @property
    def host(self) -> str:
        return f"{self.name}.example"

    def is_failing(self, now: datetime) -> bool:
        return self.fails_from is not None and now >= self.fails_from

    def answer(self, request: httpx.Request, now: datetime, usual_delay_s: float) -> httpx.Response:
        """Answer as the site would now, and note whether it was asked too soon."""
        self._keep_watch(now, usual_delay_s)
        path = request.url.path
        broken = BROKEN.get(self.failure)
        if broken and self.is_failing(now) and (answer := broken(self, path)):
            return answer
        if out := next((each for each in self.outages if each.begins <= now < each.ends), None):
            return self._out(out, now)
        if path == "/robots.txt":
            asks = f"User-agent: *\nCrawl-delay: {self.delay_s}\n" if self.delay_s else ""
            return httpx.Response(200, text=asks) if asks else httpx.Response(404)
        stands = self.fails_from if self.failure in {"feed frozen", "moved to a wire"} else None
        count = bisect_right(self.times, min(now, stands or now))
        if path == "/news":
            return page(request, self.listing(count, int(request.url.params.get("page", "1")), now))
        number = path.removeprefix("/news/")
        if not number.isdigit() or int(number) >= count:
            return httpx.Response(404, text="<h1>Not found</h1>")
        return page(request, self.release(int(number), now))

    def _keep_watch(self, now: datetime, usual_delay_s: float) -> None:
        owed = timedelta(seconds=max(self.delay_s, usual_delay_s))
        is_early = self._last is not None and now < self._last + owed
        is_unwanted = self._not_before is not None and now < self._not_before
        self.requests += 1
        self.too_early += is_early or is_unwanted
        self._last = now

    def _out(self, out: Outage, now: datetime) -> httpx.Response:
        if not out.status:
            raise httpx.ReadError("connection reset by peer")
        if out.status == httpx.codes.SERVICE_UNAVAILABLE:
            self._not_before = now + timedelta(seconds=PLEA_S)
            return httpx.Response(out.status, headers={"retry-after": str(PLEA_S)})
        return httpx.Response(out.status, text="<h1>Internal Server Error</h1>")

    def listing(self, count: int, number: int, now: datetime) -> str:
        first = count - 1 - SHOWN * (number - 1)
        rows = [
            f'<li><a href="/news/{each}">{self.title(each)}</a> {self.stamp(each, now)}</li>'
            for each in range(first, max(first - SHOWN, -1), -1)
        ]
        older = f'<a rel="next" href="/news?page={number + 1}">Older</a>' if first >= SHOWN else ""
        return f"<title>News | {self.name}</title><h1>News</h1><ul>{''.join(rows)}</ul>{older}"

    def release(self, number: int, now: datetime) -> str:
        paragraphs = [
            f"The {self.name} company today announced step {number} of its programme number {part}, "
            f"which {' and '.join(words)} in {20 + number} plants, its management said on the site."
            for part, words in enumerate([["adds work", "saves water"], ["ends late"], ["cuts cost"]] * 2)
        ]
        if self.failure == "moved to a wire":
            paragraphs[0] = f"BERLIN /PRNewswire/ -- {paragraphs[0]}"
        body = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs)
        return (
            f"<title>{self.title(number)} | {self.name}</title>{self.meta(number, now)}"
            f"<article><h1>{self.title(number)}</h1>{self.stamp(number, now)}{body}</article>"
        )

    def title(self, number: int) -> str:
        return f"{self.name.title()} takes step {number} of its long programme for better plants"

    def meta(self, number: int, now: datetime) -> str:
        if not self.is_dated(number, now):
            return ""
        at = self.stated(number, now)
        return f'<meta property="article:published_time" content="{at.isoformat()}">'

    def stamp(self, number: int, now: datetime) -> str:
        return f"<time>{self.stated(number, now):%d %B %Y}</time>" if self.is_dated(number, now) else ""

    def is_dated(self, number: int, now: datetime) -> bool:
        return not (self.failure == "dates gone" and self.is_failing(now) and self.fails(number))

    def stated(self, number: int, now: datetime) -> datetime:
        changed = self.failure == "time zone changed" and self.is_failing(now) and self.fails(number)
        return self.times[number] + SHIFT * changed

    def fails(self, number: int) -> bool:
        return self.fails_from is not None and self.times[number] >= self.fails_from


def page(request: httpx.Request, text: str) -> httpx.Response:
    """Answer with a page, or with "unchanged"."""
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:16]}"'
    headers = {"etag": etag, "content-type": "text/html; charset=utf-8"}
    if request.headers.get("if-none-match") == etag:
        return httpx.Response(304, headers=headers)
    return httpx.Response(200, headers=headers, text=text)


def _text(text: str) -> httpx.Response:
    return httpx.Response(200, headers={"content-type": "text/html"}, text=text)


def _redesign(_: Site, path: str) -> httpx.Response | None:
    if path == "/robots.txt":
        return None
    script = "<script>" + "draw();" * 500 + "</script>"
    links = "".join(f'<li><a href="/app/{n}">Our new story number {n} of the day</a></li>' for n in range(12))
    return _text(
        f"<title>App</title><div id=app></div>{script}" + (f"<ul>{links}</ul>" if path == "/news" else "")
    )


def _empty(site: Site, path: str) -> httpx.Response | None:
    return _text(f"<title>News | {site.name}</title><h1>News</h1><ul></ul>") if path == "/news" else None


def _forbidden(_: Site, path: str) -> httpx.Response | None:
    return None if path == "/robots.txt" else httpx.Response(403, text="<h1>403 Forbidden</h1>")


def _challenge(_: Site, __: str) -> httpx.Response | None:
    return _text("<title>Just a moment...</title><h1>Checking your browser</h1><p>Enable JavaScript.</p>")


def _sold(_: Site, path: str) -> httpx.Response | None:
    return httpx.Response(301, headers={"location": f"https://{OTHER}{path}"})


def _closed(_: Site, path: str) -> httpx.Response | None:
    return httpx.Response(200, text="User-agent: *\nDisallow: /\n") if path == "/robots.txt" else None


def _expired(_: Site, __: str) -> httpx.Response | None:
    raise httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate has expired")


def _soft(_: Site, path: str) -> httpx.Response | None:
    return None if path == "/robots.txt" else _text("<title>Page not found</title><h1>Page not found</h1>")


BROKEN: Final[dict[str, Callable[[Site, str], httpx.Response | None]]] = {
    "redesign": _redesign,
    "empty listing": _empty,
    "403": _forbidden,
    "challenge page": _challenge,
    "domain sold": _sold,
    "robots closed": _closed,
    "TLS expired": _expired,
    "soft 404": _soft,
}


class Web:
    """All the sites, and the one that buys domains; answers by host.

    Args:
        sites: all of them.
        clock: gives now.
        delay_s: seconds that a host is owed between two requests where it asks for no more.
    """

    def __init__(self, sites: Sequence[Site], clock: Callable[[], datetime], delay_s: float) -> None:
        self._sites = {site.host: site for site in sites}
        self._clock = clock
        self._delay_s = delay_s

    def __call__(self, request: httpx.Request) -> httpx.Response:
        site = self._sites.get(request.url.host)
        if site:
            return site.answer(request, self._clock(), self._delay_s)
        if request.url.path == "/robots.txt":
            return httpx.Response(404)
        offers = [f'<li><a href="/win/{n}">Win number {n} of a thousand tonight</a></li>' for n in range(12)]
        return _text(f"<title>Lucky casino</title><h1>Play now</h1><ul>{''.join(offers)}</ul>")
