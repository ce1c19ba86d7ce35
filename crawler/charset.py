"""Turn the bytes of a page into text.  Pure; never raises; no label beats the bytes.

The order of the HTML standard (BOM, transport, ``<meta>``), with one rule before it: bytes that are valid
UTF-8 are UTF-8, whatever the labels say; chance does not write valid UTF-8.
"""

import codecs
import re
from typing import Final

from bs4.dammit import EncodingDetector
from charset_normalizer import from_bytes

#: Labels that mean a larger charset than they say (WHATWG Encoding Standard, section 4.2), in Python's names.
WIDER: Final = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "big5": "big5hkscs",
    "x-euc-jp": "euc_jp",
    "x-mac-roman": "mac_roman",
    "unicode": "utf-8",
    "utf8": "utf-8",
}

#: Byte order marks, the longer first.
MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

HEAD_BYTES: Final = 4_096  # the standard looks for <meta charset> in 1,024; newsrooms put scripts before it
SAMPLE_BYTES: Final = (
    6_000  # enough for charset-normalizer to tell CJK charsets apart; its cost grows with it
)
CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]{2,40})", re.IGNORECASE)
FOREIGN: Final = re.compile(rb"[^\x00-\x7f]+")
TAGS: Final = re.compile(rb"<[^<>]*>|\s+")

#: Where bytes above 127 mostly stand in rows this long, a one-byte Latin label is wrong: Latin words have
#: accents one at a time, CJK text has them in rows.
LATIN_ROW: Final = 3.0
FEWEST_ROWS: Final = 40  # accents; on fewer, detection takes one Latin charset for another
ONE_BYTE_LATIN: Final = frozenset({"cp1252", "cp1254", "iso-8859-15", "mac_roman"})


def decode(body: bytes, declared: str | None = None) -> str:
    """Decode a page; what fits no charset becomes U+FFFD, and NUL characters are dropped.

    Args:
        body: the bytes as received.
        declared: the value of the Content-Type header, or a bare charset label.
    """
    return _text(body, declared).replace("\x00", "").removeprefix("\ufeff")


def utf8(body: bytes, declared: str | None = None) -> bytes:
    """Give the same text as UTF-8; of a page that is UTF-8 already, its own bytes."""
    plain = body.removeprefix(codecs.BOM_UTF8)
    if _marked(plain) is None and _broken_at(plain) is None:
        return plain.replace(b"\x00", b"")
    return decode(body, declared).encode("utf-8", "replace")


def _text(body: bytes, declared: str | None) -> str:
    if name := _marked(body):
        return body.decode(name, "replace")
    utf8_breaks_at = _broken_at(body)
    if utf8_breaks_at is None:
        return body.decode("utf-8")
    labels = [label for label in (_label(declared), _meta(body)) if label]
    if "utf-8" in labels and _nearly_utf8(body, utf8_breaks_at):
        return body.decode("utf-8", "replace")
    for label in labels:
        if label != "utf-8" and _fits(body, label):
            return body.decode(label, "replace")
    return body.decode(_detected(body) or next(iter(labels), "cp1252"), "replace")


def _marked(body: bytes) -> str | None:
    """Name the charset that bytes show by a mark, by NULs or by escapes; None when they show none."""
    for mark, name in MARKS:
        if body.startswith(mark):
            return name
    return _wide(body) or ("iso2022_jp" if b"\x1b" in body and b"\x1b$" in body and body.isascii() else None)


def _broken_at(body: bytes) -> int | None:
    """Give the place where bytes cease to be UTF-8; None where they are."""
    if body.isascii():
        return None
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return None


def _wide(body: bytes) -> str | None:
    """Recognise UTF-16 without a mark by the NUL beside its first ``<`` or letter."""
    first = body[:4].ljust(4, b"<")
    if first[0] and first[1] == first[3] == 0:
        return "utf-16-le"
    return "utf-16-be" if first[1] and first[0] == first[2] == 0 else None


def _label(declared: str | None) -> str | None:
    if not declared:
        return None
    found = CHARSET.search(declared[:400])
    return _known(found[1] if found else declared.strip() if "/" not in declared else "")


def _meta(body: bytes) -> str | None:
    label = EncodingDetector.find_declared_encoding(body[:HEAD_BYTES], is_html=True)
    return _known(label or "")


def _known(label: str) -> str | None:
    """Give Python's name of the charset that a label means; None when it means none."""
    folded = label.strip().casefold()
    try:
        name = WIDER.get(folded) or codecs.lookup(folded).name
        "a".encode(name)  # "base64" and "rot13" are codecs, too
    except (LookupError, ValueError, TypeError):
        return None
    name = WIDER.get(name, name)
    return "utf-8" if name.startswith(("utf-16", "utf-32", "utf-7")) else name


def _nearly_utf8(body: bytes, breaks_at: int) -> bool:
    """Say whether bytes are UTF-8 but for a few broken places: cut short, or with a foreign name in it."""
    foreign = sum(map(len, FOREIGN.findall(body)))
    lost = body.decode("utf-8", "replace").count("\ufffd")
    return breaks_at >= len(body) - 3 or lost * 10 <= foreign


def _fits(body: bytes, name: str) -> bool:
    if name in ONE_BYTE_LATIN:
        rows = FOREIGN.findall(body)
        return sum(map(len, rows)) < LATIN_ROW * len(rows)
    text = body.decode(name, "replace")
    return text.count("\ufffd") * 200 <= len(text)


def _detected(body: bytes) -> str | None:
    """Ask charset-normalizer about a sample of the text that begins with the first foreign characters."""
    rows = FOREIGN.findall(body)
    if len(rows) < FEWEST_ROWS and sum(map(len, rows)) < LATIN_ROW * len(rows):
        return "cp1252"
    start = body.index(rows[0]) if rows else 0
    sample = TAGS.sub(b" ", body[start : start + 10 * SAMPLE_BYTES])[:SAMPLE_BYTES]
    best = from_bytes(sample, steps=5, chunk_size=512).best()
    return _known(best.encoding) if best else None
