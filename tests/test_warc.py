"""WARC files: what is written reads back, passes warcio's own check, and a broken file is said to be one."""

import gzip
import io
import random
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.errors import ArchiveError
from crawler.model import Page
from crawler.warc import Skipped, read, write
from tests.makers import START, later, make_page

LARGEST = 10 * 2**20

PAGES = [
    make_page("https://a.example/1", bytes(range(256)) * 40),
    make_page(
        "https://a.example/short", b"<p>Gr\xc3\xbc\xc3\x9fe", final_url="https://a.example/long?x=1&y=2"
    ),
    make_page("https://a.example/empty", b"", headers=()),
    make_page(
        "https://a.example/zipped",
        b"<p>plain",
        headers=(
            ("content-encoding", "gzip"),
            ("content-length", "31"),
            ("transfer-encoding", "chunked"),
            ("set-cookie", "a=1"),
            ("set-cookie", "b=2"),
        ),
        fetched=later(0.123456),
        status=203,
    ),
]


def written(pages: list[Page]) -> bytes:
    file = io.BytesIO()
    assert write(file, pages, software="pressdex 0.1", at=START) == len(pages)
    return file.getvalue()


def test_pages_read_back_as_they_were_written() -> None:
    assert list(read(io.BytesIO(written(PAGES)), "x.warc.gz", largest_bytes=LARGEST)) == PAGES


def test_the_same_pages_give_the_same_file() -> None:
    assert written(PAGES) == written(PAGES)


def test_warcio_check_accepts_what_is_written(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(written(PAGES))
    run = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "--verbose", str(path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.count("digest pass") == len(PAGES) + 1


FOREIGN = b"\r\n".join(
    [
        b"WARC/1.0",
        b"WARC-Type: response",
        b"WARC-Record-ID: <urn:uuid:11111111-1111-4111-8111-111111111111>",
        b"WARC-Date: 2025-11-03T10:00:00Z",
        b"WARC-Target-URI: <https://b.example/x>",
        b"Content-Type: application/http; msgtype=response",
        b"Content-Length: %d",
        b"",
        b"%s",
        b"",
        b"",
    ]
)


def foreign(http: bytes, **replaced: bytes) -> bytes:
    record = FOREIGN % (len(http), http)
    for name, value in replaced.items():
        before = {"date": b"2025-11-03T10:00:00Z", "url": b"<https://b.example/x>"}[name]
        record = record.replace(before, value)
    return record


def test_a_packed_page_of_another_archive_is_unpacked() -> None:
    body = gzip.compress(b"<p>unpacked")
    http = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    (page,) = read(io.BytesIO(foreign(http)), "x.warc", largest_bytes=LARGEST)
    assert isinstance(page, Page)
    assert (page.url, page.body, page.fetched.isoformat()) == (
        "https://b.example/x",
        b"<p>unpacked",
        "2025-11-03T10:00:00+00:00",
    )


OK = b"HTTP/1.1 200 OK\r\n\r\nhello"


@pytest.mark.parametrize(
    ("record", "given"),
    [
        (foreign(b"HTTP/1.1 301 Moved\r\nLocation: /\r\n\r\n"), []),
        (foreign(b"HTTP/1.1 abc\r\n\r\n"), []),
        (foreign(OK, url=b"http://[b/x"), [Skipped("http://[b/x", "not a web address")]),
        (foreign(OK, date=b"soon"), [Skipped("https://b.example/x", "without a date")]),
        (foreign(OK + b"!" * 100), [Skipped("https://b.example/x", "larger than 100 bytes")]),
        (
            foreign(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"\0" * 10_000_000)),
            [Skipped("https://b.example/x", "larger than 100 bytes")],
        ),
    ],
    ids=["redirect", "no status", "no web address", "no date", "too large", "a bomb"],
)
def test_what_is_no_page_is_passed_over(record: bytes, given: list[Skipped]) -> None:
    assert list(read(io.BytesIO(record), "x.warc", largest_bytes=100)) == given


@pytest.mark.parametrize(
    "content", [b"<html>hello</html>", b"\x1f\x8b\x08\0broken", b"WARC/9.9\r\n\r\n", b""]
)
def test_a_file_that_is_no_warc_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(ArchiveError, match=r"^x\.warc: not a WARC file, or damaged: .+; look at it with"):
        list(read(io.BytesIO(content), "x.warc", largest_bytes=LARGEST))


def test_a_page_that_was_cut_off_or_altered_is_not_taken() -> None:
    whole = foreign(OK).replace(
        b"Content-Type", b"WARC-Payload-Digest: sha1:%s\r\nContent-Type" % (b"A" * 32)
    )
    altered = Skipped("https://b.example/x", "cut off or altered: its digest does not match")
    assert list(read(io.BytesIO(whole), "x", largest_bytes=LARGEST)) == [altered]
    assert list(read(io.BytesIO(whole[: whole.index(b"hello") + 2]), "x", largest_bytes=LARGEST)) == [altered]


def test_a_damaged_file_gives_pages_or_an_error_of_the_archive_and_nothing_else() -> None:
    chance = random.Random(7)  # noqa: S311 - the same damage every time
    plain = foreign(OK) * 3
    for whole in (written(PAGES), plain):
        for _ in range(300):
            harmed = bytearray(whole)
            for _ in range(chance.randrange(1, 6)):
                harmed[chance.randrange(len(harmed))] = chance.randrange(256)
            try:
                for page in read(
                    io.BytesIO(harmed[: chance.randrange(len(harmed))]), "x", largest_bytes=LARGEST
                ):
                    assert isinstance(page, Page | Skipped)
            except ArchiveError as error:
                assert str(error).startswith("x: not a WARC file, or damaged: ")  # noqa: PT017
