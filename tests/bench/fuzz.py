"""Mutate real-looking pages and read them: every page is answered or refused, each within its time.

python -m tests.bench.fuzz [--pages 10000] [--seed 1]
"""

import argparse
import random
import resource
import sys
import time
from collections import Counter

from crawler.errors import UnreadableError
from crawler.extract.read import read
from tests.bench.adapter import page
from tests.extract.test_hostile import PIECES, SEED

LIMIT_S = 2.0


def mutated(chance: random.Random) -> bytes:
    """Change the seed page: move, repeat and drop its pieces, then break some of its bytes."""
    pieces = list(PIECES)
    for _ in range(chance.randrange(1, 12)):
        at = chance.randrange(len(pieces))
        change = chance.randrange(4)
        if change == 0:
            del pieces[at]
        elif change == 1:
            pieces[at:at] = [chance.choice(PIECES)] * chance.choice((1, 3, 50, 2_000))
        elif change == 2:
            pieces[at] = pieces[at][: chance.randrange(len(pieces[at]) + 1)]
        else:
            pieces[at] = pieces[at] + chance.choice(("<", ">", '"', "'", "&#x", "\x00", "\ufdd0", "\u202e"))
        if not pieces:
            pieces = [SEED]
    body = bytearray("".join(pieces).encode("utf-8", "replace"))
    for _ in range(chance.choice((0, 0, 1, 20))):
        body[chance.randrange(len(body))] = chance.randrange(256)
    return bytes(body)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    chance = random.Random(args.seed)  # noqa: S311
    ends: Counter[str] = Counter()
    slowest = 0.0
    for _ in range(args.pages):
        body = mutated(chance)
        start = time.process_time()
        try:
            read(page(body, "https://acme.example/news/1"), source="fuzz")
            ends["read"] += 1
        except UnreadableError as error:
            ends[error.reason] += 1
        slowest = max(slowest, time.process_time() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{args.pages} pages: {dict(ends)}; slowest {slowest:.2f} s of CPU; peak {peak} MB")
    return int(slowest > LIMIT_S)


if __name__ == "__main__":
    sys.exit(main())
