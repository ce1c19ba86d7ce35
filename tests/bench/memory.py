"""How much resident memory a process that reads pages grows by, once it is warm.  Linux: asks /proc.

    python -m tests.bench.memory [--pages 20000] [--warm 2000]

All research pages are read in turn, again and again, each decompressed anew: what is left behind is the
readers' own.
"""

import argparse
import gzip
import os
import sys
from itertools import cycle, islice
from pathlib import Path
from typing import Final

from tests.bench import adapter
from tests.shared import SHARED

STATUS: Final = Path("/proc/self/statm")
REPORTS: Final = 10  # lines between the start and the end


def main() -> None:
    """Print resident memory from time to time, and the growth at the end."""
    args = _arguments()
    paths = sorted((SHARED / "pages").glob("*/html/*.html.gz"))
    if not paths or not STATUS.exists():
        sys.exit(f"needs {SHARED / 'pages'} and {STATUS}; one of them is not there")
    step = max(1, args.pages // REPORTS)
    warm_mib = 0.0
    for number, path in enumerate(islice(cycle(paths), args.pages), 1):
        adapter.release(gzip.decompress(path.read_bytes()), f"https://press.example/{path.stem}")
        if number == args.warm:
            warm_mib = resident_mib()
        if number in {1, args.warm} or number % step == 0:
            print(f"{number:8,} pages {resident_mib():8.1f} MiB", flush=True)
    print(f"growth after the first {args.warm:,}: {resident_mib() - warm_mib:+.1f} MiB")


def resident_mib() -> float:
    """Give the resident memory of this process."""
    return int(STATUS.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.memory")
    parser.add_argument("--pages", type=int, default=20_000, metavar="N", help="pages read in all")
    parser.add_argument("--warm", type=int, default=2_000, metavar="N", help="pages before growth is counted")
    return parser.parse_args()


if __name__ == "__main__":
    main()
