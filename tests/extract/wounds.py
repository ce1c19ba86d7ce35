"""Break a page the ways that pages get broken: cut, doubled, spliced, mangled.  Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final, Literal

Kind = Literal[
    "cut off", "cut out", "double", "multiply", "move", "flip", "insert", "case", "digits", "splice"
]
KINDS: Final[tuple[Kind, ...]] = (
    *("cut off", "cut out", "double", "multiply", "move", "flip", "insert", "case", "digits", "splice"),
)

#: What is inserted: markup that opens, closes or hides too much, and bytes that no encoding takes.
JUNK: Final = (
    b"<", b">", b"</", b"&", b"&#", b"&#0;", b"&#xd800;", b'"', b"'", b"\0", b"\xff\xfe", b"\xc3",
    b"\x1b[2J", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<script>", b"</script>", b"<style>",
    b"<template>", b"<noscript>", b"<table>", b"<tr>", b"</table>", b"<p>", b"</p>", b"<h1>", b"</h1>",
    b"<a href=", b"<li>", b"<pre>", b"<svg>", b"</body>", b"</html>", b"</head>", b"<body>", b"<head>",
    b"<title>", b"<div hidden>", b"<select>", b"<br>" * 50, b"<plaintext>", b"<textarea>",
    b"<frameset>", b"<base href=//>", b"<time datetime=9999-12-31>", b"<meta charset=x>",
    b'<script type="application/ld+json">', b'{"@graph": [',
    b'{"@type": "NewsArticle", "datePublished": []}', b"0000-00-00", b"31.02.2026", b"99:99",
    b"2026-13-45T25:61:61+99:99", b"February 30, 0", b"99999999999999999999", "2026年13月45日".encode(),
    "令和99年".encode(), "\u202e\u200b\ufdd0".encode(), "ﷺ".encode() * 20,
)  # fmt: skip
LONGEST: Final = 4_000  # bytes of one wound; a few of them leave a page a page
MOST_TIMES: Final = 40  # that a stretch is multiplied
LARGEST: Final = 8_000_000  # bytes of what comes out; the readers take half as many characters


@dataclass(frozen=True, slots=True)
class Wound:
    """One way of breaking a page; any numbers will do."""

    kind: Kind
    #: Where, as a byte; taken modulo the page's length.
    at: int
    #: Bytes that are concerned.
    length: int
    #: What else the kind needs: which junk, how often, which bit, where to.
    number: int


def any_wounds(random: Random, most: int = 6) -> list[Wound]:
    """Give a few wounds."""
    return [
        Wound(
            random.choice(KINDS),
            random.randrange(1 << 30),
            random.randrange(1, LONGEST),
            random.randrange(1 << 30),
        )
        for _ in range(random.randint(1, most))
    ]


def wounded(page: bytes, wounds: Sequence[Wound], other: bytes = b"") -> bytes:
    """Break a page; ``other`` is the page that is spliced in."""
    for wound in wounds:
        if page:
            page = _wound(page, wound, other)[:LARGEST]
    return page


def _wound(page: bytes, wound: Wound, other: bytes) -> bytes:
    at = wound.at % len(page)
    before, stretch, behind = page[:at], page[at : at + wound.length], page[at + wound.length :]
    if wound.kind == "cut off":
        return before
    if wound.kind == "move":
        to = wound.number % (len(before) + 1)
        return before[:to] + stretch + before[to:] + behind
    return before + _instead(stretch, wound, other) + behind


def _instead(stretch: bytes, wound: Wound, other: bytes) -> bytes:
    """Give what stands in the place of a stretch."""
    number = wound.number
    start = number % (len(other) + 1)
    digit = b"0123456789"[number % 10]
    given: dict[Kind, bytes] = {
        "cut out": b"",
        "double": stretch * 2,
        "multiply": stretch * (number % MOST_TIMES),
        "flip": bytes([stretch[0] ^ (1 << number % 8)]) + stretch[1:],
        "insert": JUNK[number % len(JUNK)] + stretch,
        "case": stretch.swapcase(),
        "digits": bytes(digit if sign in b"0123456789" else sign for sign in stretch),
        "splice": other[start : start + wound.length],
    }
    return given[wound.kind]
