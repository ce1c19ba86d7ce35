"""Bodies are unpacked under a limit, whatever they are."""

import gzip
import hashlib
import zlib
from contextlib import suppress
from time import process_time

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch.unpack import Body, EncodingError, TooLongError

TEXT = hashlib.shake_256(b"noise").digest(20_000) + b"carbon neutrality " * 10_000
LIMIT = 1_000_000

PACKED = {
    "none": (None, TEXT),
    "identity": ("identity", TEXT),
    "a charset for an encoding": ("UTF-8", TEXT),
    "gzip": ("gzip", gzip.compress(TEXT)),
    "x-gzip": ("X-GZIP", gzip.compress(TEXT)),
    "gzip in two members": ("gzip", gzip.compress(TEXT[:999]) + gzip.compress(TEXT[999:])),
    "gzip with padding": ("gzip", gzip.compress(TEXT) + b"\0" * 9),
    "deflate": ("deflate", zlib.compress(TEXT)),
    "deflate without header": ("deflate", zlib.compress(TEXT)[2:-4]),
    "br": ("br", brotli.compress(TEXT, quality=4)),
    "gzip and identity": ("identity, gzip", gzip.compress(TEXT)),
}


def unpack(encoding: str | None, packed: bytes, step: int, *, limit: int = LIMIT, cut: bool = False) -> bytes:
    body = Body(encoding, limit, cut=cut)
    for start in range(0, len(packed), step):
        body.add(packed[start : start + step])
    return body.whole()


@pytest.mark.parametrize("step", [1, 7, 65_536, 10**7])
@pytest.mark.parametrize(("encoding", "packed"), PACKED.values(), ids=PACKED)
def test_a_body_is_the_same_however_it_is_packed_and_chunked(
    encoding: str | None, packed: bytes, step: int
) -> None:
    assert unpack(encoding, packed, step) == TEXT


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_a_bomb_costs_no_more_than_the_limit(encoding: str) -> None:
    bomb = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}[encoding](
        b"0" * 50_000_000
    )
    before = process_time()
    with pytest.raises(TooLongError):
        unpack(encoding, bomb, 65_536)
    assert unpack(encoding, bomb, 65_536, limit=1000, cut=True) == b"0" * 1000
    assert process_time() - before < 1


@pytest.mark.parametrize("cut", [False, True])
def test_a_plain_body_may_be_as_long_as_the_limit_and_no_longer(cut: bool) -> None:
    assert unpack(None, b"x" * 100, 7, limit=100) == b"x" * 100
    if cut:
        assert unpack(None, b"x" * 101, 7, limit=100, cut=True) == b"x" * 100
    else:
        with pytest.raises(TooLongError):
            unpack(None, b"x" * 101, 7, limit=100)


@pytest.mark.parametrize(
    ("encoding", "packed", "words"),
    [
        ("gzip", b"plain text", "broken"),
        ("gzip", gzip.compress(TEXT)[:-9], "too early"),
        ("deflate", b"\xff\xff\xff", "broken"),
        ("br", b"\xff" * 50, "broken"),
        ("br", brotli.compress(TEXT)[:-5], "too early"),
        ("gzip, gzip", gzip.compress(gzip.compress(TEXT)), "2 times"),
        ("compress", b"\x1f\x9d", "not asked for: 'compress'"),
        ("zstd", b"", "not asked for"),
    ],
)
def test_what_cannot_be_unpacked_is_told(encoding: str, packed: bytes, words: str) -> None:
    with pytest.raises(EncodingError, match=words):
        unpack(encoding, packed, 1000)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_an_empty_body_is_empty_in_every_encoding(encoding: str) -> None:
    assert unpack(encoding, b"", 1) == b""


@given(st.sampled_from(["gzip", "deflate", "br"]), st.binary(max_size=200), st.integers(1, 20))
def test_no_bytes_bring_a_traceback(encoding: str, packed: bytes, step: int) -> None:
    with suppress(EncodingError, TooLongError):
        assert len(unpack(encoding, packed, step, limit=1000)) <= 1000
