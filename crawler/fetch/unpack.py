"""Undo the content encoding of a body as it arrives, never past a size.  Pure: bytes in, bytes out."""

import zlib
from typing import Final, Protocol

import brotli

#: What is asked for; RFC 9110, 8.4.1.
ACCEPTED: Final = "gzip, deflate, br"

#: Values of Content-Encoding that mean none, with where seen.
NOT_ENCODED: Final = frozenset(
    {
        "",
        "identity",  # RFC 9110, 12.5.3
        "none",  # old IIS
        "utf-8",  # sites that take it for the charset
        "iso-8859-1",  # the same
        "binary",  # Java servlets
    }
)
#: zlib window bits: 16 more reads a gzip header, negative reads no header.
GZIP: Final = 16 + zlib.MAX_WBITS
RAW: Final = -zlib.MAX_WBITS
GZIP_MAGIC: Final = b"\x1f"  # the first of two bytes: a chunk may end between them
ZLIB_HEADER_BYTES: Final = 2  # RFC 1950, 2.2: what zlib checks before it unpacks anything
#: Bytes unpacked at a time: bounds what one hostile chunk costs before the limit is looked at.
STEP_BYTES: Final = 64 * 1024
MOST_DIGITS: Final = 18  # of a Content-Length; its number then fits 64 bits, as h11 has checked before us
#: Pieces taken however small they are, and the mean size from then on; servers flush lines, not letters.
MOST_CRUMBS: Final = 2_000
CRUMB_BYTES: Final = 32


class EncodingError(Exception):
    """A body cannot be unpacked; the message says why."""


class TooLongError(Exception):
    """A body is longer than the limit."""


class CrumbledError(Exception):
    """A body comes in so many small pieces that handling them costs more than the body is worth."""


class Decoder(Protocol):
    """One content encoding being undone."""

    def step(self, chunk: bytes) -> tuple[bytes, bytes]:
        """Give up to about STEP_BYTES of output, and the input left for the next step."""

    def is_complete(self) -> bool:
        """Say whether the stream has reached its own end."""


class Body:
    """A body that grows by chunks as received and is kept as unpacked."""

    def __init__(self, encoding: str | None, largest_bytes: int, *, cut: bool = False) -> None:
        self._decoder = _decoder(encoding)
        self._largest = largest_bytes
        self._cut = cut
        self._unpacked = bytearray()
        #: Bytes received so far.
        self.received = 0
        self._pieces = 0
        #: Whether ``cut`` was asked for and bytes behind the limit were dropped.
        self.is_cut = False

    def expect(self, length: str | None) -> None:
        """Take what Content-Length promises.

        Raises:
            TooLongError: more than the limit, so that nothing of it need be received.
        """
        promised = (length or "").strip()
        if promised.isdecimal() and not self._cut and int(promised[:MOST_DIGITS]) > self._largest:
            raise TooLongError

    def add(self, chunk: bytes) -> None:
        """Take the next chunk as received.

        Raises:
            EncodingError: the chunk does not fit its encoding.
            TooLongError: more than the limit, on the wire or unpacked, unless ``cut`` was asked for.
            CrumbledError: thousands of pieces of a few bytes each.
        """
        self.received += len(chunk)
        self._pieces += 1
        if self._pieces > MOST_CRUMBS and self.received < self._pieces * CRUMB_BYTES:
            raise CrumbledError(f"{self._pieces} pieces for {self.received} bytes")
        if self._decoder is None:
            self._keep(chunk)
        else:
            self._unpack(self._decoder, chunk)
        if self.received > self._largest and not self.is_cut:
            self._overflow()

    def whole(self) -> bytes:
        """Give the body after its last chunk.

        Raises:
            EncodingError: the encoded stream ended before its own end.
        """
        if self._decoder and self.received and not self.is_cut and not self._decoder.is_complete():
            raise EncodingError("the packed body ends too early")
        return bytes(self._unpacked)

    def _unpack(self, decoder: Decoder, chunk: bytes) -> None:
        while not self.is_cut:
            try:
                piece, chunk = decoder.step(chunk)
            except (zlib.error, brotli.error) as error:
                raise EncodingError(f"the packed body is broken: {error}") from error
            self._keep(piece)
            if not piece and not chunk:
                return

    def _keep(self, piece: bytes) -> None:
        self._unpacked += piece
        if len(self._unpacked) > self._largest:
            self._overflow()

    def _overflow(self) -> None:
        if not self._cut:
            raise TooLongError
        del self._unpacked[self._largest :]
        self.is_cut = True


def _decoder(encoding: str | None) -> Decoder | None:
    names = [name.strip().casefold() for name in (encoding or "").split(",")]
    names = [name for name in names if name not in NOT_ENCODED]
    if not names:
        return None
    if len(names) > 1:
        raise EncodingError(f"packed {len(names)} times over")
    match names[0]:
        case "gzip" | "x-gzip":
            return _Zlib(GZIP)
        case "deflate":
            return _Zlib(zlib.MAX_WBITS)
        case "br":
            return _Brotli()
    raise EncodingError(f"packed in a way that was not asked for: {names[0][:20]!r}")


class _Zlib:
    """gzip of one or more members, or deflate with or without its zlib header (both are sent)."""

    def __init__(self, bits: int) -> None:
        self._bits = bits
        self._stream = zlib.decompressobj(bits)
        self._head = b""

    def step(self, chunk: bytes) -> tuple[bytes, bytes]:
        if self._stream.eof:
            if self._bits != GZIP or not chunk.startswith(GZIP_MAGIC):
                return b"", b""  # what follows the end is padding
            self._stream = zlib.decompressobj(self._bits)
        try:
            piece = self._stream.decompress(chunk, STEP_BYTES)
        except zlib.error:
            if len(self._head) >= ZLIB_HEADER_BYTES or self._bits != zlib.MAX_WBITS:
                raise
            self._bits = RAW
            self._stream = zlib.decompressobj(RAW)
            piece = self._stream.decompress(self._head + chunk, STEP_BYTES)
        if len(self._head) < ZLIB_HEADER_BYTES:
            self._head += chunk[:ZLIB_HEADER_BYTES]
        return piece, self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail

    def is_complete(self) -> bool:
        return self._stream.eof


class _Brotli:
    """Brotli, RFC 7932."""

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def step(self, chunk: bytes) -> tuple[bytes, bytes]:
        if self._stream.is_finished():
            return b"", b""
        if not self._stream.can_accept_more_data():
            return self._stream.process(b"", output_buffer_limit=STEP_BYTES), chunk
        return self._stream.process(chunk, output_buffer_limit=STEP_BYTES), b""

    def is_complete(self) -> bool:
        return bool(self._stream.is_finished())
