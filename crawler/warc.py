"""Write kept pages as a WARC 1.1 file and read pages out of any WARC file.  Opens no file, keeps nothing.

The format is ISO 28500:2017 (https://iipc.github.io/warc-specifications/).  Bodies are kept with their
content encoding undone, so a header that no longer holds is renamed with ``x-archive-orig-`` before it, as
other archives do, and gets its name back when it is read.
"""

import io
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import IO, Any, Final
from uuid import NAMESPACE_URL, uuid5

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.errors import ArchiveError
from crawler.model import Page
from crawler.urls import is_web

RENAMED: Final = "x-archive-orig-"
UNDONE: Final = frozenset({"content-encoding", "transfer-encoding", "content-length"})
#: Our own field for the address asked for, where a redirect led to another; readers pass over unknown fields.
ASKED: Final = "Pressdex-Asked-URI"

CHUNK_BYTES: Final = 65_536  # what is unpacked at once; a bomb grows a chunk by a thousand at most

#: What warcio raises on files that are cut off, altered or no WARC at all.
_BROKEN: Final = (ArchiveLoadFailed, zlib.error, EOFError, OSError, ValueError, IndexError, AttributeError)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A response in a WARC file that is not taken."""

    url: str
    #: A few words, lower case.
    reason: str


def write(file: IO[bytes], pages: Iterable[Page], *, software: str, at: datetime) -> int:
    """Write pages as one gzipped WARC file; give how many there were.

    The same pages, software and instant give the same bytes.

    Args:
        file: open for writing bytes.
        pages: taken one by one, so that any number of them fits.
        software: our name and version, for the file's first record.
        at: now.
    """
    writer = WARCWriter(file, gzip=True, warc_version="WARC/1.1")
    about = f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()
    writer.write_record(_record(writer, "warcinfo", "", at, about, name=software))
    count = 0
    for page in pages:
        writer.write_record(_response(writer, page))
        count += 1
    return count


def read(file: IO[bytes], where: str, *, largest_bytes: int) -> Iterator[Page | Skipped]:
    """Give the pages of a WARC file, gzipped or not: its responses of status 200 to 299.

    Args:
        file: open for reading bytes.
        where: name of the file, for messages.
        largest_bytes: a larger body, unpacked, is skipped.

    Raises:
        ArchiveError: the file is no WARC file, or damaged from some place on; what came before it was given.
    """
    count = 0
    try:
        for record in ArchiveIterator(file, check_digests=True):
            count += 1
            if record.rec_type == "response" and record.http_headers is not None:
                yield from _page(record, largest_bytes)
        if not count:
            raise EOFError("it has no record")
    except _BROKEN as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ArchiveError(
            f"{where}: not a WARC file, or damaged: {reason}; look at it with: warcio check"
        ) from error


def _response(writer: WARCWriter, page: Page) -> Any:
    headers = [(f"{RENAMED}{name}" if name in UNDONE else name, _line(value)) for name, value in page.headers]
    headers.append(("content-length", str(len(page.body))))
    fields = {} if page.url == page.final_url else {ASKED: page.url}
    return _record(
        writer,
        "response",
        page.final_url,
        page.fetched,
        page.body,
        name=page.url,
        http_headers=StatusAndHeaders(_status(page.status), headers, protocol="HTTP/1.1"),
        fields=fields,
    )


def _record(
    writer: WARCWriter,
    kind: str,
    url: str,
    at: datetime,
    body: bytes,
    *,
    name: str,
    http_headers: StatusAndHeaders | None = None,
    fields: dict[str, str] | None = None,
) -> Any:
    date = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    identity = uuid5(NAMESPACE_URL, f"{kind} {date} {name}")
    named = {"WARC-Record-ID": f"<urn:uuid:{identity}>", "WARC-Date": date} | (fields or {})
    return writer.create_warc_record(
        url,
        kind,
        payload=io.BytesIO(body),
        length=len(body),
        warc_headers_dict=named,
        http_headers=http_headers,
    )


def _page(record: Any, largest_bytes: int) -> Iterator[Page | Skipped]:
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    asked = record.rec_headers.get_header(ASKED) or url
    code = record.http_headers.get_statuscode()
    status = int(code) if code.isdecimal() and len(code) == len("200") else 0
    if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return
    if not is_web(url) or not is_web(asked):
        yield Skipped(url, "not a web address")
        return
    body = _body(record.content_stream(), largest_bytes)
    if body is None:
        yield Skipped(url, f"larger than {largest_bytes} bytes")
        return
    if not _is_proven(record):
        yield Skipped(url, "cut off or altered: its digest does not match")
        return
    fetched = _instant(record.rec_headers.get_header("WARC-Date") or "")
    if fetched is None:
        yield Skipped(url, "without a date")
        return
    headers = ((name.lower(), value) for name, value in record.http_headers.headers)
    named = tuple((name.removeprefix(RENAMED), value) for name, value in headers if name != "content-length")
    yield Page(asked, url, status, named, body, fetched)


def _body(stream: IO[bytes], largest_bytes: int) -> bytes | None:
    """Read a body to its end; None when it is larger."""
    body = bytearray()
    while chunk := stream.read(CHUNK_BYTES):
        body += chunk
        if len(body) > largest_bytes:
            return None
    return bytes(body)


def _is_proven(record: Any) -> bool:
    """Say whether a record read to its end is what was written; one that names no digest is believed."""
    while record.raw_stream.read(CHUNK_BYTES):
        pass
    named = (record.rec_headers.get_header(f"WARC-{of}-Digest") for of in ("Block", "Payload"))
    return record.digest_checker.passed is True or not any(named)


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _status(code: int) -> str:
    phrases = {int(status): status.phrase for status in HTTPStatus}
    return f"{code} {phrases.get(code, 'Unknown')}"


def _line(value: str) -> str:
    return value.replace("\r", " ").replace("\n", " ")
