"""Turn research pages into lessons, and learn from them what each trait of a block is worth.  Writes nothing.

Logistic regression, twice: over a block's own traits, then over what the first look says of its surroundings;
the second learns from first scores of pages that the first had not seen.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from crawler.charset import decode
from crawler.extract.body.context import CERTAIN, HOPELESS, SECOND_ROLL, Look
from crawler.extract.body.holders import FIRST_ROLL, shared_traits
from crawler.extract.body.read import stage
from crawler.extract.body.scene import Scene
from crawler.extract.body.traits import traits
from crawler.extract.body.weights import Weights
from crawler.extract.document.parse import parse_html
from crawler.extract.title.read import read_title
from tests.bench.known import HALF, by_peers, has_text, labels_of, once, pages
from tests.bench.peers import PEERS

FOLDS: Final = 5
#: Of regularisation (C), by look; a third of either loses .002 of F1 on some set of unseen sites.
STRENGTHS: Final = (0.01, 0.005)
#: Where to stop.  With 1e-3 it stops after 15 steps of 70, and weights hang on which traits there are.
CLOSE: Final = 1e-5
FEWEST_SITES: Final = (20, 10)  # on which a trait must be seen, by look; with 5 and 3 announcements lose .03
#: How much a page counts by set: peers err, and a service page is no announcement.
SAY: Final = {"articles": 100.0, "web": 100.0, "press": 100.0, "dates": 50.0}
SERVICE: Final = 0.4
MOST_SAY: Final = 20.0  # of one block
LEAST_TEXT: Final = 250  # characters that a peer must find on a page to be believed
TEACHERS: Final = ("trafilatura", "readability+htmldate")


@dataclass(slots=True, eq=False)
class Lesson:
    """One page with what is known of its blocks, without those that rules set aside."""

    name: str
    truth: dict[str, Any]
    site: str
    scene: Scene
    own: list[list[int]]
    #: Whether each block belongs to the text.
    answers: list[bool]
    #: How much each block counts; 0 where nothing is known.
    say: list[float]


def lessons() -> Iterator[Lesson]:
    """Yield all pages whose text is known, then those whose text peers agree on."""
    for name in ("articles", "web", "press"):
        for truth, html in pages(name):
            if has_text(truth) and (found := _lesson(name, truth, html)):
                yield found
    teachers = [PEERS[name]() for name in TEACHERS]
    for truth, html in pages("dates"):
        texts = [(teacher(html, truth["url"]) or {}).get("body") or "" for teacher in teachers]
        if min(map(len, texts)) >= LEAST_TEXT and (found := _lesson("dates", truth, html, texts)):
            yield found


def _lesson(name: str, truth: dict[str, Any], html: bytes, texts: Sequence[str] = ()) -> Lesson | None:
    url = truth.get("url") or ""
    document = parse_html(decode(html), url)
    title = read_title(document)
    blocks = document.blocks
    labels = by_peers(blocks, texts) if texts else labels_of(blocks, truth)
    _, scene = stage(blocks, title.text, title.position)
    if not scene.blocks:
        return None
    left = [labels[block.position] for block in scene.blocks]
    if truth.get("body"):
        left = once(scene.blocks, scene.containers, left, truth["body"])
    sizes = [10 + len(block.text) for block in scene.blocks]
    answers = [label is not None and label >= HALF for label in left]
    whole = sum(size for size, answer in zip(sizes, answers, strict=True) if answer) or sum(sizes)
    scale = SAY[name] * (SERVICE if truth["kind"] == "service" else 1.0)
    say = [
        0.0 if label is None else min(scale * size / whole, MOST_SAY)
        for size, label in zip(sizes, left, strict=True)
    ]
    return Lesson(name, truth, urlsplit(url).netloc or truth["id"], scene, traits(scene), answers, say)


class School:
    """All lessons, as one table for each look."""

    def __init__(self, given: Iterable[Lesson]) -> None:
        self.lessons = list(given)
        self._ends = np.cumsum([0, *(len(lesson.own) for lesson in self.lessons)])
        self._answers = np.array([answer for lesson in self.lessons for answer in lesson.answers])
        self._say = np.array([say for lesson in self.lessons for say in lesson.say])
        sites: dict[str, int] = {}
        self._sites = self._spread([sites.setdefault(lesson.site, len(sites)) for lesson in self.lessons])
        self._first = _table(
            (
                [*own, *shared_traits(lesson.scene, spot)]
                for lesson in self.lessons
                for own, spot in zip(lesson.own, lesson.scene.containers, strict=True)
            ),
            len(FIRST_ROLL.names),
        )

    def learn(self, folding: int = 0) -> tuple[list[int], list[tuple[Weights, Weights]]]:
        """Learn both looks; the sites of one fold are left out of each pair of weights, none of the last.

        Returns:
            the fold of each lesson, and FOLDS + 1 pairs of weights.
        """
        folds = [fold_of(lesson.site, folding) for lesson in self.lessons]
        spread = self._spread(folds)
        everything: Any = np.ones(len(spread), dtype=bool)
        groups = [*(spread != fold for fold in range(FOLDS)), everything]
        firsts = [self._fit(self._first, group, 0) for group in groups]
        scores = np.zeros(len(spread))
        for fold, weights in enumerate(firsts[:FOLDS]):
            scores[spread == fold] = self._first[spread == fold] @ np.array(weights.worth) + weights.bias
        table = self._second(scores)
        undecided = (scores >= HOPELESS) & (scores < CERTAIN)
        seconds = [self._fit(table, group & undecided, 1) for group in groups]
        return folds, list(zip(firsts, seconds, strict=True))

    def _second(self, scores: Any) -> csr_matrix:
        rows: list[list[int]] = []
        for lesson, start, end in zip(self.lessons, self._ends, self._ends[1:], strict=False):
            own = scores[start:end].tolist()
            look = Look(lesson.scene, own)
            rows += [
                [*look.traits(at), *look.shared(spot), *lesson.own[at]] if HOPELESS <= score < CERTAIN else []
                for at, (score, spot) in enumerate(zip(own, lesson.scene.containers, strict=True))
            ]
        return _table(rows, len(SECOND_ROLL.names))

    def _fit(self, table: csr_matrix, group: Any, look: int) -> Weights:
        counts = group & (self._say > 0)
        columns = np.flatnonzero(self._seen_on(table[counts], self._sites[counts]) >= FEWEST_SITES[look])
        fitted = LogisticRegression(C=STRENGTHS[look], max_iter=5_000, tol=CLOSE)
        fitted.fit(table[counts][:, columns], self._answers[counts], sample_weight=self._say[counts])
        worth = np.zeros(table.shape[1])
        worth[columns] = fitted.coef_[0]
        return Weights(worth.tolist(), float(fitted.intercept_[0]))

    @staticmethod
    def _seen_on(table: csr_matrix, sites: Any) -> Any:
        """Count the sites that show each trait."""
        entries = table.tocoo()
        pairs = np.unique(entries.col.astype(np.int64) * (sites.max() + 1) + sites[entries.row])
        return np.bincount(pairs // (sites.max() + 1), minlength=table.shape[1])

    def _spread(self, values: Sequence[int]) -> Any:
        """Give every block the value of its page."""
        return np.repeat(np.array(values), np.diff(self._ends))


def fold_of(site: str, folding: int) -> int:
    """Give the fold of a site in one of many foldings."""
    return int(hashlib.sha256(f"{folding}{site}".encode()).hexdigest(), 16) % FOLDS


def mean_of(given: Sequence[Weights]) -> Weights:
    """Give the mean of weights, which scores as they do in the mean."""
    worth = np.mean([weights.worth for weights in given], axis=0)
    return Weights(worth.tolist(), float(np.mean([weights.bias for weights in given])))


def _table(rows: Iterable[Sequence[int]], columns: int) -> csr_matrix:
    flat: list[int] = []
    ends = [0]
    for row in rows:
        flat += row
        ends.append(len(flat))
    return csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(ends) - 1, columns))
