"""Ten thousand random and hostile questions to an index of 20,000 stories: answered or refused, and how fast.

    python -m tests.bench.hostile [COUNT]

Half are pieces of the grammar and of Unicode, half are words of the index with every sign that costs.  Ends
with an error when one takes more than 200 ms of CPU, breaks, or is refused in more than one sentence.  One
that takes more is asked twice again, and its least counts: what other processes do to the caches only adds.
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from index import open_engine
from index.engine import Engine
from index.errors import QueryError
from index.grammar import parse
from tests.bench.search import Ours, stories
from tests.index.test_grammar import hostile

LIMIT_S = 0.2
SIGNS = (
    *(
        "{0}*",
        "*{1}",
        "{0}?{1}",
        "{2}~",
        '"{2} {2}"',
        '"the of {2}"~100',
        "-{2}",
        "OR {2}",
        "the",
        "of",
        "said",
    ),
    *("title:{2}", "url:{2}", "date:2012..", "{2}", "{2}", "{2}"),
)


def main() -> int:
    """Ask, and print the slowest."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    taken: list[tuple[float, str]] = []
    again = 0
    with tempfile.TemporaryDirectory() as folder:
        told = list(stories(20_000))
        Ours(Path(folder)).write(told, is_first=True)
        engine = open_engine(Path(folder) / "index")
        words = sorted({word for story in told[::20] for word in story["body"].split() if word.isalnum()})
        for question in [*hostile(count // 2), *_expensive(words, count // 2)]:
            seconds = _seconds(engine, question)
            if seconds > LIMIT_S:
                again += 1
                seconds = min(seconds, _seconds(engine, question), _seconds(engine, question))
            taken.append((seconds, question))
    taken.sort(reverse=True)
    for seconds, question in taken[:5]:
        print(f"{seconds * 1000:.0f} ms  {question[:90]}")
    slow = sum(seconds > LIMIT_S for seconds, _ in taken)
    print(f"{len(taken)} questions, {slow} over {LIMIT_S * 1000:.0f} ms; {again} asked again")
    return int(slow > 0)


def _seconds(engine: Engine, question: str) -> float:
    """Give the CPU seconds of an answer or a refusal."""
    before = time.process_time()
    refusal = _refusal(engine, question)
    taken = time.process_time() - before
    assert refusal.count("\n") in {0, 2}, refusal
    return taken


def _refusal(engine: Engine, question: str) -> str:
    try:
        engine.search(parse(question, today=date(2026, 1, 1)))
    except QueryError as error:
        return str(error)
    return ""


def _expensive(words: list[str], count: int) -> Iterator[str]:
    chance = random.Random(3)  # noqa: S311 - the same questions each time
    for _ in range(count):
        pieces = []
        for _ in range(chance.randrange(1, 30)):
            word = chance.choice(words)
            pieces.append(chance.choice(SIGNS).format(word[:3], word[-2:], word))
        yield " ".join(pieces)


if __name__ == "__main__":
    sys.exit(main())
