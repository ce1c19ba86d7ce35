"""Say in our own words what went wrong below us.  Pure: an exception in, a FetchError out."""

from typing import Final

import h11
import httpx

from crawler.errors import FetchError, FetchKind, Refused, TooLarge, Unreachable
from crawler.fetch.connection import HungUpError
from crawler.fetch.lanes import ForbiddenAddressError, NoConnectionError, UnresolvedError
from crawler.fetch.stream import InsecureError
from crawler.fetch.unpack import Body, CrumbledError, EncodingError, TooLongError

#: What is raised below us; all of it is translated.
FOREIGN: Final = (
    CrumbledError,
    EncodingError,
    ForbiddenAddressError,
    HungUpError,
    InsecureError,
    NoConnectionError,
    TooLongError,
    UnresolvedError,
    OSError,  # TimeoutError is one
    UnicodeError,  # of idna, for hosts that only look like names
    h11.ProtocolError,
    httpx.HTTPError,
    httpx.InvalidURL,
)
#: What is raised → our error, its kind, and its sentence; the first row that fits counts.
FAULTS: Final[tuple[tuple[tuple[type[Exception], ...], type[FetchError], FetchKind, str], ...]] = (
    (
        (TimeoutError, httpx.TimeoutException),
        Unreachable,
        "timeout",
        "not complete within {limit_s:g} s; {came}",
    ),
    ((TooLongError,), TooLarge, "size", "larger than the limit; {came}"),
    ((EncodingError,), Unreachable, "encoding", "{error}"),
    ((CrumbledError,), Unreachable, "protocol", "crumbles: {error}"),
    ((ForbiddenAddressError,), Refused, "address", "{error}"),
    ((UnresolvedError,), Unreachable, "dns", "the name leads nowhere: {error}"),
    ((InsecureError,), Unreachable, "tls", "no secure connection: {error}"),
    ((NoConnectionError, httpx.ConnectError), Unreachable, "connect", "no connection: {error}"),
    ((HungUpError,), Unreachable, "truncated", "the server hung up too early; {came}"),
    ((OSError, httpx.NetworkError), Unreachable, "truncated", "the connection broke; {came}"),
    ((httpx.InvalidURL, UnicodeError), Unreachable, "redirect", "redirects to nowhere: {error}"),
)
#: The same for broken HTTP, by what h11 and httpx say of it.
BROKEN_HTTP: Final[tuple[tuple[str, FetchKind, str], ...]] = (
    ("peer closed connection", "truncated", "the server hung up too early; {came}"),
    ("in location header", "redirect", "redirects to nowhere: {error}"),  # httpx reads it before we do
    ("", "protocol", "not proper HTTP: {error}"),
)
LONGEST_WORDS: Final = 200  # characters of a foreign message; h11 quotes what the server sent


def translated(error: Exception, url: str, body: Body | None, limit_s: float) -> FetchError:
    """Translate what was raised while ``url`` was asked for and ``body`` came."""
    came = f"{body.received} bytes came" if body else "nothing came"
    words = str(error)[:LONGEST_WORDS]
    for raised, ours, kind, sentence in FAULTS:
        if isinstance(error, raised):
            return ours(url, sentence.format(error=words, came=came, limit_s=limit_s), kind=kind)
    kind, sentence = next((kind, sentence) for part, kind, sentence in BROKEN_HTTP if part in str(error))
    return Unreachable(url, sentence.format(error=words, came=came), kind=kind)
