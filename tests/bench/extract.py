"""How well and how fast pages are read, beside the peers: every page by every reader in turn, in one run.

    python -m tests.bench.extract [--sets press,articles,web,dates] [--limit N] [--json FILE]

What the figures mean stands at the top of ../shared/pages/score.py, which reckons them.  CPU is that of
all pages as a share of the first peer's; page by page, the middle page's, with the range of eight of ten.
"""

import argparse
import importlib.util
import json
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from time import process_time
from typing import Any, Final

from tests.bench import adapter
from tests.bench.peers import PEERS, Answer, Reader
from tests.shared import SHARED

SETS: Final = "press,articles,web,dates"
OURS: Final = "pressdex"
NO_RELEASES: Final = frozenset({"listing", "feed", "sitemap"})
WARM_UP: Final = 3  # pages read before the clock counts: the first call compiles and loads

#: What one page gave: an answer, or what the reader was broken by.
Given = Answer | Exception


@dataclass(frozen=True, slots=True)
class Pace:
    """What one reader costs over a set."""

    ms_a_page: float
    #: CPU as a share of the yardstick's: of all pages together …
    ratio: float
    #: … of the page in the middle, and of those with a tenth of all pages below and above them.
    middle: float
    lower: float
    upper: float


@dataclass(slots=True)
class Run:
    """What one reader made of a set, page by page."""

    given: list[Given]
    #: CPU seconds.
    spent: list[float]


def main() -> None:
    """Print a table a set."""
    args = _arguments()
    if not (SHARED / "pages" / "score.py").exists():
        sys.exit(f"{SHARED / 'pages'}: not there; the bench needs the research pages beside the checkout")
    score, readers = _score(), dict(_readers())
    sets = {}
    for name in args.sets.split(","):
        pages = [(html, truth["url"]) for truth, html in _details(score, name, args.limit)]
        runs = read_in_turn(readers, pages)
        figures = {
            reader: score.score_release(_replay(run), name, args.limit, verbose=False)
            for reader, run in runs.items()
        }
        paces = dict(_paces(runs))
        _print(name, len(pages), figures, paces)
        sets[name] = {
            reader: {"figures": figures[reader], "pace": asdict(paces[reader])} for reader in readers
        }
    if args.json:
        report = {
            "version": 1,
            "python": platform.python_version(),
            "machine": platform.machine(),
            "sets": sets,
        }
        args.json.write_text(json.dumps(report, indent=1, ensure_ascii=False), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.extract")
    parser.add_argument("--sets", default=SETS, help=f"names, with commas between (default: {SETS})")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N entries of each set")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    return parser.parse_args()


def _score() -> Any:
    """Load the scoring script from where the pages are."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "pages" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _readers() -> Iterator[tuple[str, Reader]]:
    """Give our reader and those peers that are installed."""
    yield OURS, adapter.release
    for name, open_reader in PEERS.items():
        try:
            yield name, open_reader()
        except ImportError as error:
            print(f"{name}: left out: {error}; install the peers with: make bench", file=sys.stderr)


def _details(score: Any, name: str, limit: int | None) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Give those pages of a set that are scored, in their order; none without an address."""
    for truth, html in score.pages(name, limit):
        if truth["kind"] not in NO_RELEASES and "url" in truth:
            yield truth, html


def read_in_turn(readers: dict[str, Reader], pages: list[tuple[bytes, str]]) -> dict[str, Run]:
    """Read every page with every reader before the next page, a different one first each time."""
    runs = {name: Run([], []) for name in readers}
    for html, url in islice(pages, WARM_UP):
        for reader in readers.values():
            _try(partial(reader, html, url))
    names = list(readers)
    for number, (html, url) in enumerate(pages):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            start = process_time()
            given = _try(partial(readers[name], html, url))
            runs[name].spent.append(process_time() - start)
            runs[name].given.append(given)
    return runs


def _try(read: Callable[[], Answer]) -> Given:
    try:
        return read()
    except Exception as error:  # noqa: BLE001 - a crash is a figure here
        return error


def _replay(run: Run) -> Reader:
    """Give a reader that answers, page after page, what was answered before."""
    given = iter(run.given)

    def read(html: bytes, url: str) -> Answer:
        del html, url
        answer = next(given)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return read


def _paces(runs: dict[str, Run]) -> Iterator[tuple[str, Pace]]:
    """Compare CPU with the first peer's; with our own where there is none."""
    yardstick = runs[next((name for name in runs if name != OURS), OURS)].spent
    for name, run in runs.items():
        ratios = [own / max(other, 1e-6) for own, other in zip(run.spent, yardstick, strict=True)]
        tenths = quantiles(ratios, n=10) if len(ratios) > 1 else ratios * 9
        total = sum(run.spent) / max(sum(yardstick), 1e-6)
        ms_a_page = sum(run.spent) * 1_000 / len(run.spent)
        yield name, Pace(ms_a_page, total, median(ratios), tenths[0], tenths[-1])


def _print(name: str, pages: int, figures: dict[str, dict[str, Any]], paces: dict[str, Pace]) -> None:
    print(f"\n{f'{name} ({pages} pages)':24}" + "".join(f"{reader:>22}" for reader in figures))
    for figure in dict.fromkeys(key for each in figures.values() for key in each):
        print(f"{figure:24}" + "".join(f"{_cell(each.get(figure)):>22}" for each in figures.values()))
    cells = [f"{pace.middle:.2f} ({pace.lower:.2f}-{pace.upper:.2f})" for pace in paces.values()]
    print(f"{'CPU':24}" + "".join(f"{pace.ratio:>22.2f}" for pace in paces.values()))
    print(f"{'CPU, page by page':24}" + "".join(f"{cell:>22}" for cell in cells))
    print(f"{'CPU ms a page':24}" + "".join(f"{pace.ms_a_page:>22.1f}" for pace in paces.values()))


def _cell(value: object) -> str:
    return "-" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main()
