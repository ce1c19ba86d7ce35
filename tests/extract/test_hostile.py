"""Whatever a page holds, it is read or refused, within bounds, and never with another error."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import UnreadableError
from crawler.extract.read import read
from crawler.model import Release
from tests.makers import make_page

SEED = (
    '<!doctype html><html lang="en"><head><title>Acme opens a plant | Acme</title><meta name="date" '
    'content="2026-03-01"><script type="application/ld+json">{"@type":"NewsArticle","headline":"Acme opens a '
    'plant","datePublished":"2026-03-01T08:00:00+01:00"}</script></head><body><nav><a href="/">Home</a></nav>'
    "<h1>Acme opens a plant</h1><p>BERLIN, March 1, 2026 – Acme today opened a plant in Berlin that makes "
    "brewing tools for forty countries.</p><table><tr><th>Sales</th><td>12</td></tr></table>"
    "<ul><li>Ten halls</li></ul><p>About Acme<br>Acme makes brewing tools.</p><footer>Acme</footer></body>"
)
PIECES = re.findall(r"<[^>]*>|[^<]+", SEED)


def answer(body: bytes) -> Release | None:
    try:
        return read(make_page(body=body), source="acme")
    except UnreadableError:
        return None


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 20_000 + "text",
        "<p " + " ".join(f"a{n}=1" for n in range(60_000)) + ">text</p>",
        "<p " + " ".join(f"a{n}='>'" for n in range(30_000)) + ">text</p>",
        "<p>" + "word<br>" * 30_000,
        "<p>" + "<b>word</b>" * 30_000,
        "<p>" + "word " * 200_000,
        "\x00<p>te\x00xt</p>" * 500,
        "<ul><li><a href=x>text</a>" * 3_000,
        "<table><tr><td>" * 3_000 + "text",
        "<script type='application/ld+json'>" + "[" * 90_000 + "</script><p>text",
        "<title>" + " - | " * 50_000 + "</title><p>text",
        "<p>" + "3 November 2026, 11/03/2026 " * 5_000,
        '<a href="' * 20_000,
        "<" * 200_000,
        "&#" * 100_000,
        "<p>one<br>\x1b two &#x1; <a href=x>\x02</a>\x03 &#xfffe;</p>",
    ],
    ids=range(16),
)
def test_a_page_made_to_hurt_is_answered(body: str) -> None:
    answer(body.encode())


@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=30) | st.sampled_from(["<", ">", '"', "&", "\x00"]))
)
@settings(max_examples=60, deadline=None)
def test_pages_put_together_wrongly_are_answered(pieces: list[str]) -> None:
    found = answer("".join(pieces).encode("utf-8", "replace"))
    assert found is None or all(0 <= part.start < part.end <= len(found.body) for part in found.parts)


@given(st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_pages_with_broken_bytes_are_answered(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    body = bytearray(SEED.encode())
    for _ in range(chance.randrange(1, 40)):
        body[chance.randrange(len(body))] = chance.randrange(256)
    answer(bytes(body[: chance.randrange(len(body))]))
