"""Fetch one address along its redirects, each hop checked.  Never decides whether or when to ask."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from http.cookiejar import CookieJar
from types import TracebackType
from typing import Final, Self, cast

import httpx

from crawler.errors import FetchError, Refused, Unreachable
from crawler.fetch.faults import FOREIGN, translated
from crawler.fetch.reach import exceptions, objection_to_url
from crawler.fetch.transport import Transport
from crawler.fetch.unpack import ACCEPTED, Body
from crawler.fetch.verdict import Hop, judge
from crawler.model import Page, Unchanged
from crawler.urls import is_web

MOST_HOPS: Final = 10  # redirects followed; browsers follow 20, RFC 9110 says only "limited"
LARGEST_BYTES: Final = 10 * 1024 * 1024  # ten times the largest page in the research set
TIMEOUT_S: Final = 20.0
DRAIN_BYTES: Final = 64 * 1024  # error pages are smaller; a new connection costs about as much
DRAIN_S: Final = 2.0
#: What a reader of pages and feeds takes.
ACCEPT: Final = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

#: Awaited before each hop of a redirect with its address; raises FetchError to refuse it.
Gate = Callable[[str], Awaitable[None]]


class Fetcher:
    """Fetches pages over kept connections; an async context manager."""

    def __init__(
        self,
        *,
        agent: str,
        clock: Callable[[], datetime],
        timeout_s: float = TIMEOUT_S,
        largest_bytes: int = LARGEST_BYTES,
        allow: Collection[str] = (),
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Prepare a fetcher.

        Args:
            agent: the User-Agent header, with a contact.
            clock: gives now, aware UTC.
            timeout_s: seconds for all exchanges of one address together; waiting at gates not counted.
            largest_bytes: limit of a body, as received and as unpacked.
            allow: hosts or ``host:port`` that may be on private networks.
            transport: a fake web, for tests.
        """
        self._clock = clock
        self._timeout_s = timeout_s
        self._largest = largest_bytes
        self._allow = exceptions(allow)
        self._headers = {"User-Agent": agent, "Accept": ACCEPT, "Accept-Encoding": ACCEPTED}
        self._client = httpx.AsyncClient(
            transport=transport or Transport(self._allow),
            cookies=_NoCookies(),
            trust_env=False,
            follow_redirects=False,
            timeout=None,  # noqa: S113 - the deadline is ours, over the whole
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def fetch(
        self,
        url: str,
        *,
        etag: str | None = None,
        modified: str | None = None,
        hops: int = MOST_HOPS,
        cut_bytes: int | None = None,
        gate: Gate | None = None,
    ) -> Page | Unchanged:
        """Fetch one address, following at most ``hops`` redirects.

        Args:
            url: the address; http or https.
            etag: validator of the copy we have, as its ``ETag`` header gave it.
            modified: validator of the copy we have, as its ``Last-Modified`` header gave it.
            hops: redirects followed.
            cut_bytes: keep this much of a longer body instead of raising TooLarge.
            gate: awaited before each redirected request, to apply manners to it.

        Raises:
            FetchError: no page; its class, kind and reason say why.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in conditions.items() if value}
        here, seen, left_s = url, {url}, self._timeout_s
        while True:
            self._check(url, here)
            if gate and here != url:
                await gate(here)
            started = asyncio.get_running_loop().time()
            try:
                answer = await self._exchange(here, headers, left_s, cut_bytes)
            except FetchError as error:
                raise (error if here == url else _of(url, error)) from error.__cause__
            left_s -= asyncio.get_running_loop().time() - started
            if not isinstance(answer, Hop):
                return replace(answer, url=url)
            if answer.target in seen or len(seen) > hops:
                what = "a loop" if answer.target in seen else f"more than {hops} hops"
                raise Unreachable(url, f"redirected in {what}", status=answer.status, kind="redirect")
            here = answer.target
            seen.add(here)

    def _check(self, url: str, here: str) -> None:
        where = "" if here == url else f"redirected to {here}: "
        if not is_web(here):
            raise Refused(url, f"{where}not a web address", kind="address")
        if word := objection_to_url(here, self._allow):
            raise Refused(url, f"{where}{word}", kind="address")

    async def _exchange(
        self, url: str, headers: dict[str, str], left_s: float, cut_bytes: int | None
    ) -> Page | Unchanged | Hop:
        """Ask once."""
        request = self._request(url, headers)
        body: Body | None = None
        try:
            async with asyncio.timeout(max(left_s, 0)) as deadline:
                response = await self._client.send(request, stream=True)
                try:
                    heads = _headers(response)
                    first = dict(reversed(heads))
                    verdict = judge(
                        url, response.status_code, first, conditional=bool(headers), now=self._clock()
                    )
                    if verdict is None:
                        body = self._body(first, cut_bytes)
                        await _fill(body, response)
                    else:
                        deadline.reschedule(None)  # the answer is known; draining has a limit of its own
                        await _drain(response)
                finally:
                    await response.aclose()
            whole = body.whole() if body else b""
        except FOREIGN as error:
            raise translated(error, url, body, self._timeout_s) from error
        if isinstance(verdict, FetchError):
            raise verdict
        return verdict or Page(url, url, response.status_code, heads, whole, self._clock())

    def _request(self, url: str, headers: dict[str, str]) -> httpx.Request:
        try:
            return httpx.Request("GET", url, headers=self._headers | headers)
        except (httpx.InvalidURL, UnicodeError) as error:  # the latter from idna
            raise Refused(url, f"not a web address: {error}", kind="address") from error

    def _body(self, headers: dict[str, str], cut_bytes: int | None) -> Body:
        limit = cut_bytes or self._largest
        body = Body(headers.get("content-encoding"), limit, cut=cut_bytes is not None)
        body.expect(headers.get("content-length"))
        return body


class _NoCookies(CookieJar):
    """Takes no cookie and gives none; a jar with a policy against all would still parse every one."""

    def extract_cookies(self, *_: object) -> None:
        pass


def _of(url: str, error: FetchError) -> FetchError:
    """Give the error of a hop as one of the address asked for."""
    return type(error)(
        url,
        f"redirected to {error.url}: {error.reason}",
        status=error.status,
        retry_after_s=error.retry_after_s,
        kind=error.kind,
    )


async def _fill(body: Body, response: httpx.Response) -> None:
    async for chunk in _raw(response):
        body.add(chunk)
        if body.is_cut:
            return


def _raw(response: httpx.Response) -> httpx.AsyncByteStream:
    """Give the body as it is on the wire; httpx would unpack it without a limit."""
    return cast("httpx.AsyncByteStream", response.stream)


async def _drain(response: httpx.Response) -> None:
    """Read a body nobody wants, if it is small, so that the connection can be kept."""
    left = DRAIN_BYTES
    with suppress(*FOREIGN):
        async with asyncio.timeout(DRAIN_S):
            async for chunk in _raw(response):
                left -= len(chunk)
                if left < 0:
                    return


def _headers(response: httpx.Response) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in response.headers.raw
    )
