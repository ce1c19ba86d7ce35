"""Say of each block of a research page whether it belongs to the text that is known.  Reads, never writes."""

import gzip
import json
import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import Any, Final

from crawler.extract.document.parse import Block
from tests.shared import SHARED

WORD: Final = re.compile(r"\w+")
LETTERS: Final = re.compile(r"[\W_]+")
NEEDLE: Final = 40  # letters of the first and last words that are looked for
SPOKEN: Final = 6  # words; a shorter block is judged whole
HALF: Final = 0.5  # share of a block's words from which it belongs to a text
FEWEST: Final = 3  # words that must stand together for a block to be found inside a line
COMPANY: Final = 5  # blocks of the text in one element; more of them say no more


def pages(name: str) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Yield truth and bytes of every page of a set."""
    with (SHARED / "pages" / name / "truth.jsonl").open(encoding="utf-8") as lines:
        for truth in map(json.loads, lines):
            html = SHARED / "pages" / name / "html" / f"{truth['id']}.html.gz"
            yield truth, gzip.decompress(html.read_bytes())


def has_text(truth: dict[str, Any]) -> bool:
    """Say whether a page's text, or where it begins and ends, is known."""
    return bool(truth.get("body") or truth.get("body_first"))


def labels_of(blocks: Sequence[Block], truth: dict[str, Any]) -> list[float | None]:
    """Give each block the share of it that belongs to the text, 0 to 1; None where nothing is known."""
    return by_text(blocks, truth["body"]) if truth.get("body") else by_ends(blocks, truth)


def by_peers(blocks: Sequence[Block], texts: Sequence[str]) -> list[float | None]:
    """Label blocks of a page whose text nobody wrote down by what its other readers agree on."""
    first, *others = (by_text(blocks, text) for text in texts)
    for other in others:
        first = [
            mine if mine is not None and its is not None and (mine >= HALF) == (its >= HALF) else None
            for mine, its in zip(first, other, strict=True)
        ]
    return first


def by_text(blocks: Sequence[Block], body: str) -> list[float | None]:
    """Label blocks by the share of their words that stand in the known text in the same order."""
    lines = {" ".join(WORD.findall(line.lower())) for line in body.splitlines()}
    words = WORD.findall(body.lower())
    whole = f" {' '.join(words)} "
    triples = set(zip(words, words[1:], words[2:], strict=False))
    found: list[float | None] = []
    for block in blocks:
        said = WORD.findall(block.text.lower())
        text = " ".join(said)
        if not said:
            found.append(None)
        elif text in lines:
            found.append(1.0)
        elif len(said) >= SPOKEN:
            own = list(zip(said, said[1:], said[2:], strict=False))
            found.append(sum(triple in triples for triple in own) / len(own))
        else:
            found.append(float(len(said) >= FEWEST and f" {text} " in whole))
    return found


def once(
    blocks: Sequence[Block], holders: Sequence[Hashable], shares: Sequence[float | None], body: str
) -> list[float | None]:
    """Give the words of a known text out once, first where most blocks of the text stand in one element.

    What else says them is a copy: the text again for machines, a teaser, a caption.
    """
    words = WORD.findall(body.lower())
    left = Counter(zip(words, words[1:], words[2:], strict=False))
    spoken = [at for at, share in enumerate(shares) if share is not None and share >= HALF]
    company = Counter(holders[at] for at in spoken)
    found = list(shares)
    for at in sorted(spoken, key=lambda at: -min(company[holders[at]], COMPANY)):
        said = WORD.findall(blocks[at].text.lower())
        if len(said) >= SPOKEN:
            given = Counter(zip(said, said[1:], said[2:], strict=False)) & left
            found[at] = given.total() / (len(said) - 2)
            left -= given
    return found


def by_ends(blocks: Sequence[Block], truth: dict[str, Any]) -> list[float | None]:
    """Label blocks by the first and last words of the known text; nothing where one is not found.

    What follows the last words in the same element is left open: contacts may be meant or not.
    """
    first = squeeze(truth["body_first"])[:NEEDLE]
    last = squeeze(truth.get("body_last") or truth.get("core_last") or "")[-NEEDLE:]
    junk = [squeeze(words) for words in truth.get("must_not", [])]
    texts = [squeeze(block.text) for block in blocks]
    begin = next((at for at, text in enumerate(texts) if first in text), None)
    end = next((at for at in range(len(texts) - 1, -1, -1) if last in texts[at]), None)
    if begin is None or end is None or end < begin:
        return [None] * len(blocks)
    holder = blocks[end].element.parent
    found: list[float | None] = []
    for at, text in enumerate(texts):
        if any(words in text for words in junk):
            found.append(0.0)
        elif at > end and blocks[at].element.parent is holder:
            found.append(None)
        else:
            found.append(float(begin <= at <= end))
    return found


def squeeze(text: str) -> str:
    """Drop all but letters and figures."""
    return LETTERS.sub("", text.casefold())
