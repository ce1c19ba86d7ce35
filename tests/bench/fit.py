"""Learn what each trait of a block is worth from research pages, or judge how well that does on unseen sites.

python -m tests.bench.fit [--check] [--out FILE]     (needs the bench extra, and ../shared/pages)

Writes weights.tsv.  ``--check`` writes nothing, and prints the figures of ``../shared/pages/score.py``: on
sites left out, a fifth at a time, the mean of three ways to part them; and on the pages learned from.
Title and headline are found by the reader; only the weights are learned anew.
"""

import argparse
import importlib.util
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import Any, Final

from crawler.extract.body.context import SECOND_ROLL
from crawler.extract.body.holders import FIRST_ROLL
from crawler.extract.body.read import join, judge, weigh
from crawler.extract.body.weights import Weights
from tests.bench.lessons import Lesson, School, lessons, mean_of
from tests.shared import SHARED

OUT: Final = Path(__file__).parents[2] / "crawler" / "extract" / "body" / "weights.tsv"
FOLDINGS: Final = 3
LEAST: Final = 0.01  # smaller weights are left out

Pair = tuple[Weights, Weights]


def measures() -> Any:
    """Load the script that scores: its measures are the ones to be compared with."""
    path = SHARED / "pages" / "score.py"
    if not path.exists():
        raise SystemExit(
            f"{path}: not there; the weights are learned from the research pages beside the checkout"
        )
    told = importlib.util.spec_from_file_location("score", path)
    assert told is not None
    assert told.loader is not None
    score = importlib.util.module_from_spec(told)
    told.loader.exec_module(score)
    return score


def figures(given: Sequence[Lesson], looks: Sequence[Pair], score: Any) -> tuple[dict[str, float], list[str]]:
    """Score every page, read with its own pair of weights; and name the announcements that were misread."""
    bags: list[tuple[float | None, float | None]] = []
    values: defaultdict[str, list[float]] = defaultdict(list)
    missed = []
    for lesson, pair in zip(given, looks, strict=True):
        verdicts = judge(lesson.scene, weigh(lesson.scene, *pair))
        text = join(
            [block for block, verdict in zip(lesson.scene.blocks, verdicts, strict=True) if verdict.kept]
        )
        truth = lesson.truth
        if lesson.name == "articles":
            bags.append(score.overlap(score.shingles(text), score.shingles(truth["body"])))
        elif lesson.name == "web":
            words = (Counter(score.WORD.findall(side.lower())) for side in (text, truth["body"]))
            values[f"web {truth['kind']}"].append(score.harmonic(*score.overlap(*words)))
        elif lesson.name == "press":
            right = _is_whole(text, truth, score)
            values["press"].append(right)
            if not right:
                missed.append(truth["id"])
    precision, recall = (score.mean(side) for side in zip(*bags, strict=True))
    return {
        "articles": score.harmonic(precision, recall),
        "articles precision": precision,
        "articles recall": recall,
        **{name: fmean(found) for name, found in sorted(values.items())},
    }, missed


def _is_whole(text: str, truth: dict[str, Any], score: Any) -> bool:
    """Say whether an announcement's first and last words are there, and nothing that must not be."""
    said = score.squeeze(text)
    return (
        score.squeeze(truth["body_first"]) in said
        and score.squeeze(truth.get("core_last") or truth.get("body_last")) in said
        and not any(score.squeeze(junk) in said for junk in truth.get("must_not", []))
    )


def check(school: School, score: Any) -> None:
    """Print the figures on unseen sites beside those on the pages learned from."""
    given = school.lessons
    unseen, wholes = [], []
    for folding in range(FOLDINGS):
        folds, pairs = school.learn(folding)
        found, missed = figures(given, [pairs[fold] for fold in folds], score)
        unseen.append(found)
        wholes.append(pairs[-1])
        print(f"folding {folding}: announcements misread: {', '.join(missed) or 'none'}")
    seen, missed = figures(given, [_together(wholes)] * len(given), score)
    print(f"learned from: announcements misread: {', '.join(missed) or 'none'}")
    print(f"{'':20} {'unseen sites':>12} {'from … to':>13} {'learned from':>12}")
    for name, value in seen.items():
        held = [found[name] for found in unseen]
        print(f"{name:20} {fmean(held):12.4f} {min(held):6.3f} {max(held):6.3f} {value:12.4f}")


def _together(pairs: Sequence[Pair]) -> Pair:
    """Join the weights of several foldings: one alone has its accidents, as large as a page in a set."""
    return mean_of([first for first, _ in pairs]), mean_of([second for _, second in pairs])


def write(school: School, out: Path) -> None:
    """Write the weights learned from all pages."""
    pair = _together([school.learn(folding)[1][-1] for folding in range(FOLDINGS)])
    lines = []
    for look, roll, weights in zip(("first", "second"), (FIRST_ROLL, SECOND_ROLL), pair, strict=True):
        lines.append(f"{look}\t{weights.bias:.3f}\t\n")
        lines += [
            f"{look}\t{worth:.3f}\t{trait}\n"
            for trait, worth in sorted(zip(roll.names, weights.worth, strict=True))
            if abs(worth) >= LEAST
        ]
    out.write_text("".join(lines), encoding="utf-8")
    print(f"{len(school.lessons)} pages, {len(lines)} weights written to {out.name}")


def main() -> None:
    """Learn, and write or check."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="write nothing; judge on unseen sites")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    score = measures()
    try:
        school = School(lessons())
    except ImportError as error:
        raise SystemExit(f"{error}; install the bench extra with: make bench") from error
    if args.check:
        check(school, score)
    else:
        write(school, args.out)


if __name__ == "__main__":
    main()
