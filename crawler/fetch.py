"""Fetch one address: the only door to the network.  It never decides whether or when to ask; callers do.

One request is one exchange after another along the redirects, each over the one connection of its host
(``crawler.wire``), each hop checked.  What comes is a Page or Unchanged; everything else is a FetchError.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from datetime import datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Final, Self, cast

import httpcore
import httpx

from crawler.errors import FetchError, Refused, TooLarge, Unreachable
from crawler.model import Page, Unchanged
from crawler.reach import objection_to_url
from crawler.unpack import ACCEPTED, Body, EncodingError, TooLongError
from crawler.urls import is_web
from crawler.verdict import Hop, judge
from crawler.wire import ForbiddenAddressError, Lane, Lanes, UnresolvedError

MOST_HOPS: Final = 10  # redirects followed; browsers follow 20, RFC 9110 says only "limited"
LARGEST_BYTES: Final = 10 * 1024 * 1024  # ten times the largest page in the research set
TIMEOUT_S: Final = 20.0
DRAIN_BYTES: Final = 64 * 1024  # error pages are smaller; a new connection costs about as much
DRAIN_S: Final = 2.0
#: What a reader of pages and feeds takes.
ACCEPT: Final = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

#: What is raised below us; all of it is translated.
FOREIGN: Final = (
    EncodingError,
    ForbiddenAddressError,
    TooLongError,
    UnresolvedError,
    TimeoutError,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    httpx.HTTPError,
    httpx.InvalidURL,
    UnicodeError,  # of idna, for hosts that only look like names
)
#: How httpcore and h11 say that the server closed the connection before the end of its answer.
HUNG_UP: Final = ("peer closed connection", "Server disconnected")

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
        self._allow = tuple(allow)
        self._client = httpx.AsyncClient(
            transport=transport or Transport(self._allow),
            headers={"User-Agent": agent, "Accept": ACCEPT, "Accept-Encoding": ACCEPTED},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
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
        body: Body | None = None
        try:
            request = self._client.build_request("GET", url, headers=headers)
            async with asyncio.timeout(max(left_s, 0)):
                response = await self._client.send(request, stream=True)
                try:
                    verdict = judge(
                        url,
                        response.status_code,
                        response.headers,
                        conditional=bool(headers),
                        now=self._clock(),
                    )
                    if verdict is not None:
                        await _drain(response)
                    else:
                        body = self._body(response, cut_bytes)
                        await _fill(body, response)
                finally:
                    await response.aclose()
            whole = body.whole() if body else b""
        except FOREIGN as error:
            raise _translated(error, url, body, self._timeout_s) from error
        if isinstance(verdict, FetchError):
            raise verdict
        return verdict or Page(url, url, response.status_code, _headers(response), whole, self._clock())

    def _body(self, response: httpx.Response, cut_bytes: int | None) -> Body:
        encoding = response.headers.get("content-encoding")
        return Body(encoding, cut_bytes or self._largest, cut=cut_bytes is not None)


class Transport(httpx.AsyncBaseTransport):
    """httpx's way to the lanes."""

    def __init__(self, allow: Collection[str]) -> None:
        self._lanes = Lanes(allow, httpx.create_ssl_context())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request in its host's turn; the turn ends when the response is closed."""
        url = request.url
        asked = httpcore.Request(
            request.method,
            httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
        )
        async with AsyncExitStack() as stack:
            lane = await stack.enter_async_context(self._lanes.turn(url.raw_host.decode("ascii")))
            answer = await _send(lane, asked)
            stack.push_async_callback(answer.aclose)
            stream = _Stream(answer, stack.pop_all())
        return httpx.Response(answer.status, headers=answer.headers, stream=stream)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._lanes.aclose()


class _Stream(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response, stack: AsyncExitStack) -> None:
        self._answer = answer
        self._stack = stack

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._answer.aiter_stream():
            yield chunk

    async def aclose(self) -> None:
        await self._stack.aclose()


async def _send(lane: Lane, request: httpcore.Request) -> httpcore.Response:
    """Send a request, once more if the kept connection turns out to be dead (RFC 9110, 9.2.2: GET may)."""
    before = lane.connects
    try:
        return await lane.send(request)
    except (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError):
        if lane.connects != before:
            raise
        await lane.reset()
        return await lane.send(request)


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


def _translated(error: Exception, url: str, body: Body | None, timeout_s: float) -> FetchError:
    """Say in our own words what went wrong below us."""
    came = f"{body.received} bytes came" if body else "nothing came"
    match error:
        case TimeoutError() | httpx.TimeoutException():
            return Unreachable(url, f"not complete within {timeout_s:g} s; {came}", kind="timeout")
        case TooLongError():
            return TooLarge(url, f"larger than the limit; {came}", kind="size")
        case EncodingError():
            return Unreachable(url, str(error), kind="encoding")
        case ForbiddenAddressError():
            return Refused(url, str(error), kind="address")
        case UnresolvedError():
            return Unreachable(url, f"the name leads nowhere: {error}", kind="dns")
        case httpcore.NetworkError() | httpx.NetworkError():
            return _broken_connection(error, url, came)
        case httpcore.RemoteProtocolError() | httpx.RemoteProtocolError():
            if any(words in str(error) for words in HUNG_UP):
                return Unreachable(url, f"the server hung up too early; {came}", kind="truncated")
            return Unreachable(url, f"not proper HTTP: {error}", kind="protocol")
    return Refused(url, f"cannot be asked for: {error}", kind="address")


def _broken_connection(error: Exception, url: str, came: str) -> FetchError:
    if isinstance(error.__cause__, ssl.SSLError):
        return Unreachable(url, f"no secure connection: {error}", kind="tls")
    if isinstance(error, httpcore.ConnectError | httpx.ConnectError):
        return Unreachable(url, f"no connection: {error}", kind="connect")
    return Unreachable(url, f"the connection broke; {came}", kind="truncated")


def _headers(response: httpx.Response) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in response.headers.raw
    )
