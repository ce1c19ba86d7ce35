"""Read many broken pages: the research pages cut, doubled, spliced and mangled, the same way every time.

    python -m tests.bench.fuzz [--mutations 10000] [--seed 1] [--slow 2.0]

Counts outcomes, and names whatever raised anything but UnreadableError or needed more CPU than it may.
"""

import argparse
import gzip
import sys
from collections import Counter
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage
from time import process_time
from typing import Final

from crawler.errors import UnreadableError
from crawler.extract.read import read
from tests.bench import adapter
from tests.extract.wounds import any_wounds, wounded
from tests.shared import SHARED

REPORTS: Final = 10  # lines between the start and the end


def main() -> None:
    """Print counts, the slowest, and what went wrong; exit 1 when anything did."""
    args = _arguments()
    paths = sorted((SHARED / "pages").glob("*/html/*.html.gz"))
    if not paths:
        sys.exit(f"{SHARED / 'pages'}: not there; the fuzzer needs the research pages beside the checkout")
    outcomes: Counter[str] = Counter()
    slowest, wrong = (0.0, ""), []
    for number in range(args.mutations):
        name, body = broken(paths, args.seed, number)
        start = process_time()
        outcome = outcome_of(body)
        spent = process_time() - start
        outcomes[outcome] += 1
        slowest = max(slowest, (spent, name))
        if outcome.startswith("raised") or spent > args.slow:
            wrong.append(f"{name}: {outcome} after {spent:.2f} s")
            print(wrong[-1], flush=True)
        if (number + 1) % max(1, args.mutations // REPORTS) == 0:
            print(f"{number + 1:,} read", file=sys.stderr, flush=True)
    for outcome, count in outcomes.most_common():
        print(f"{count:8,}  {outcome}")
    print(f"slowest: {slowest[0]:.2f} s CPU, {slowest[1]}")
    print(f"peak memory: {getrusage(RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    sys.exit(1 if wrong else 0)


def broken(paths: list[Path], seed: int, number: int) -> tuple[str, bytes]:
    """Give the name and the body of one broken page; the same for the same numbers."""
    random = Random(f"{seed} {number}")  # noqa: S311 - it must be foreseeable
    path, other = random.choice(paths), random.choice(paths)
    body = wounded(_unpacked(path), any_wounds(random), _unpacked(other))
    return f"{path.parent.parent.name}/{path.stem} number {number}", body


def _unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())


def outcome_of(body: bytes) -> str:
    """Read a page and say what came of it."""
    try:
        release = read(adapter.page(body, "https://press.example/news/1"), source="fuzz")
    except UnreadableError as error:
        return f"refused: {error.reason}"
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        return f"raised {type(error).__name__}: {error!s:.100}"
    return "read, with a day" if release.published else "read, without a day"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.fuzz")
    parser.add_argument("--mutations", type=int, default=10_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another one gives other mutations")
    parser.add_argument("--slow", type=float, default=2.0, metavar="SECONDS", help="CPU that a page may need")
    return parser.parse_args()


if __name__ == "__main__":
    main()
