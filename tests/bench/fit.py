"""Learn what each trait of a block is worth, from research pages whose text is known; writes weights.tsv.

python -m tests.bench.fit [--check] [--out FILE]     (needs the bench extra, and ../shared/pages)

Logistic regression, twice: over a block's own traits, then over what the first look says of its surroundings;
the second looks at first scores of pages that the first had not seen (five folds; a site in one only).
``--check`` writes nothing and prints the share of text judged right on folds that were not learned from.
"""

import argparse
import gzip
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from crawler.charset import decode
from crawler.extract.body import set_aside
from crawler.extract.context import context
from crawler.extract.document import Block, parse_html
from crawler.extract.title import read_title
from crawler.extract.traits import Scene, traits
from tests.shared import SHARED

OUT: Final = Path(__file__).parents[2] / "crawler" / "extract" / "weights.tsv"
FOLDS: Final = 5
STRENGTH: Final = 0.01  # of regularisation (C); 0.001 and 0.1 lose .002 of F1 on unseen folds
FEWEST_SITES: Final = (5, 3)  # on which a trait must be seen, by look
LEAST: Final = 0.01  # smaller weights are left out
SERVICE: Final = 0.4  # share of a page's say that a service page has: they are no announcements
WORD: Final = re.compile(r"\w+")

Rows = Sequence[Sequence[str]]


@dataclass(slots=True)
class Learned:
    """One page with what is known of its blocks."""

    fold: int
    site: str
    scene: Scene
    own: list[list[str]]
    #: 1 belongs to the text, 0 does not, None is not known.
    labels: list[float | None]
    #: How much each block counts.
    say: list[float]


def pages(name: str) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Yield truth and bytes of every page of a set that has a known text."""
    with (SHARED / "pages" / name / "truth.jsonl").open(encoding="utf-8") as lines:
        for truth in map(json.loads, lines):
            if truth.get("body") or truth.get("body_first"):
                html = SHARED / "pages" / name / "html" / f"{truth['id']}.html.gz"
                yield truth, gzip.decompress(html.read_bytes())


def squeeze(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


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
        elif len(said) >= 6:
            own = list(zip(said, said[1:], said[2:], strict=False))
            found.append(sum(triple in triples for triple in own) / len(own))
        else:
            found.append(float(len(said) >= 3 and f" {text} " in whole))
    return found


def by_ends(blocks: Sequence[Block], truth: dict[str, Any]) -> list[float | None]:
    """Label blocks by the first and last words of the known text; nothing where one is not found."""
    first, last = (
        squeeze(truth["body_first"]),
        squeeze(truth.get("body_last") or truth.get("core_last") or ""),
    )
    junk = [squeeze(words) for words in truth.get("must_not", [])]
    texts = [squeeze(block.text) for block in blocks]
    begin = next((at for at, text in enumerate(texts) if first[:40] in text), None)
    end = next((at for at in range(len(texts) - 1, -1, -1) if last[-40:] in texts[at]), None)
    if begin is None or end is None or end < begin:
        return [None] * len(blocks)
    return [
        float(begin <= at <= end and not any(words in text for words in junk))
        for at, text in enumerate(texts)
    ]


def learned(truth: dict[str, Any], html: bytes) -> Learned | None:
    """Prepare one page as the reader sees it: what its rules set aside is not learned from."""
    url = truth.get("url") or ""
    document = parse_html(decode(html), url)
    title = read_title(document)
    aside = set_aside(document.blocks, title.text, title.position)
    blocks = document.blocks
    labels = by_text(blocks, truth["body"]) if truth.get("body") else by_ends(blocks, truth)
    kept = [block for block in blocks if block.position not in aside]
    labels = [label for block, label in zip(blocks, labels, strict=True) if block.position not in aside]
    if not kept:
        return None
    scene = Scene(kept, title.position, title.text)
    own = [[*mine, *scene.shared(spot)] for mine, spot in zip(traits(scene), scene.containers, strict=True)]
    sizes = [10 + len(block.text) for block in kept]
    total = sum(size for size, label in zip(sizes, labels, strict=True) if label and label >= 0.5) or sum(
        sizes
    )
    scale = 100 * (SERVICE if truth["kind"] == "service" else 1.0)
    say = [
        0.0 if label is None else min(scale * size / total, 20.0)
        for size, label in zip(sizes, labels, strict=True)
    ]
    site = urlsplit(url).netloc or truth["id"]
    fold = int(hashlib.sha256(site.encode()).hexdigest(), 16) % FOLDS
    return Learned(fold, site, scene, own, labels, say)


class Model:
    """A logistic regression over traits."""

    def __init__(self, given: Sequence[Learned], rows: Callable[[Learned], Rows], fewest_sites: int) -> None:
        sites: defaultdict[str, set[str]] = defaultdict(set)
        for page in given:
            for row in rows(page):
                for trait in row:
                    sites[trait].add(page.site)
        names = sorted(trait for trait, seen in sites.items() if len(seen) >= fewest_sites)
        self._column = {trait: number for number, trait in enumerate(names)}
        matrix = self._matrix([row for page in given for row in rows(page)])
        answers = np.array([label is not None and label >= 0.5 for page in given for label in page.labels])
        say = np.array([each for page in given for each in page.say])
        counts = say > 0
        self._fitted = LogisticRegression(C=STRENGTH, max_iter=200)
        self._fitted.fit(matrix[counts], answers[counts], sample_weight=say[counts])

    def _matrix(self, rows: Rows) -> csr_matrix:
        columns = [[self._column[trait] for trait in row if trait in self._column] for row in rows]
        ends = np.cumsum([0, *map(len, columns)])
        flat = np.array([column for row in columns for column in row], dtype=np.int32)
        return csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(columns), len(self._column)))

    def scores(self, rows: Rows) -> list[float]:
        found: list[float] = self._fitted.decision_function(self._matrix(rows)).tolist()
        return found

    def weights(self) -> dict[str, float]:
        """Give trait → worth, the bias under the empty trait."""
        worth = self._fitted.coef_[0]
        found = {trait: float(worth[number]) for trait, number in self._column.items()}
        return {"": float(self._fitted.intercept_[0])} | {
            trait: weight for trait, weight in found.items() if abs(weight) >= LEAST
        }


def unseen_scores(
    given: Sequence[Learned], rows: Callable[[Learned], Rows], fewest: int
) -> list[list[float]]:
    """Score every page by a model that has not seen its site."""
    models = [Model([page for page in given if page.fold != fold], rows, fewest) for fold in range(FOLDS)]
    return [models[page.fold].scores(rows(page)) for page in given]


def main() -> None:
    """Learn, and write or check."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="write nothing; judge blocks of unseen sites")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    given = [
        page for name in ("articles", "web", "press") for each in pages(name) if (page := learned(*each))
    ]
    first = unseen_scores(given, lambda page: page.own, FEWEST_SITES[0])
    second_rows = {
        id(page): [row or [] for row in context(page.scene, page.own, scores)]
        for page, scores in zip(given, first, strict=True)
    }
    if args.check:
        second = unseen_scores(given, lambda page: second_rows[id(page)], FEWEST_SITES[1])
        for look, scored in (("first", first), ("second", second)):
            right = total = 0.0
            for page, scores in zip(given, scored, strict=True):
                for score, label, say in zip(scores, page.labels, page.say, strict=True):
                    total += say
                    right += say * ((score > 0) == (label is not None and label >= 0.5))
            print(f"{look} look: {right / total:.4f} of the text judged right on unseen sites")
        return
    looks = {
        "first": Model(given, lambda page: page.own, FEWEST_SITES[0]).weights(),
        "second": Model(given, lambda page: second_rows[id(page)], FEWEST_SITES[1]).weights(),
    }
    lines = [
        f"{look}\t{worth:.3f}\t{trait}\n"
        for look, worths in looks.items()
        for trait, worth in sorted(worths.items())
    ]
    args.out.write_text("".join(lines), encoding="utf-8")
    print(f"{len(given)} pages, {len(lines)} weights written to {args.out}")


if __name__ == "__main__":
    main()
