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

from crawler.fetch.unpack import Body, CrumbledError, EncodingError, TooLongError

TEXT = hashlib.shake_256(b"noise").digest(20_000) + b"carbon neutrality " * 10_000
LIMIT = 1_000_000

SHORT = TEXT[19_200:20_900]


def forms(text: bytes) -> dict[str, tuple[str | None, bytes]]:
    """Pack a text in every way that is taken."""
    return {
        "none": (None, text),
        "identity": ("identity", text),
        "a charset for an encoding": ("UTF-8", text),
        "gzip": ("gzip", gzip.compress(text)),
        "x-gzip": ("X-GZIP", gzip.compress(text)),
        "gzip in two members": ("gzip", gzip.compress(text[:999]) + gzip.compress(text[999:])),
        "gzip with padding": ("gzip", gzip.compress(text) + b"\0" * 9),
        "deflate": ("deflate", zlib.compress(text)),
        "deflate without header": ("deflate", zlib.compress(text)[2:-4]),
        "br": ("br", brotli.compress(text, quality=4)),
        "gzip and identity": ("identity, gzip", gzip.compress(text)),
    }


def unpack(encoding: str | None, packed: bytes, step: int, *, limit: int = LIMIT, cut: bool = False) -> bytes:
    body = Body(encoding, limit, cut=cut)
    for start in range(0, len(packed), step):
        body.add(packed[start : start + step])
    return body.whole()


@pytest.mark.parametrize(
    ("text", "step"), [(SHORT, 1), (SHORT, 7), (TEXT, 1000), (TEXT, 65_536), (TEXT, 10**7)]
)
@pytest.mark.parametrize("form", forms(b""))
def test_a_body_is_the_same_however_it_is_packed_and_chunked(form: str, text: bytes, step: int) -> None:
    encoding, packed = forms(text)[form]
    assert unpack(encoding, packed, step) == text


def test_a_body_in_thousands_of_crumbs_is_not_waited_for() -> None:
    with pytest.raises(CrumbledError):
        unpack(None, b"x" * 3000, 1)


@pytest.mark.parametrize("length", ["1000001", "9" * 500])
def test_a_promised_length_over_the_limit_is_believed(length: str) -> None:
    with pytest.raises(TooLongError):
        Body(None, LIMIT).expect(length)
    Body(None, LIMIT, cut=True).expect(length)


@pytest.mark.parametrize("length", [None, "", "1000000", "-1", "many", "１"])
def test_any_other_promise_is_left_to_what_comes(length: str | None) -> None:
    Body(None, LIMIT).expect(length)


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
