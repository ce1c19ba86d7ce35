"""Kill a sync a hundred times: each time the index answers, and in the end it equals the archive.

    python -m tests.bench.index_kills [COUNT]

Each round starts a sync of ten small batches and kills it (SIGKILL) after a random number of them and some
milliseconds; then the index must open, hold exactly the releases up to its cursor, and go on.
"""

import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from crawler.model import Change
from index import open_engine
from index.embedded import manifest
from index.errors import EngineError
from index.grammar import parse
from index.sync import sync
from tests.index.releases import change, release

STEP = 20
WORDS = [f"word{chr(97 + number)}" for number in range(26)]


class History:
    """An archive of invented releases, the same in every process."""

    def __init__(self, last: int) -> None:
        self._last = last

    def last_change(self) -> int:
        """Give the number of the last change."""
        return self._last

    def changes(self, after: int, limit: int = STEP) -> list[Change]:
        """List changes; every tenth revises an earlier release."""
        return [_change(number) for number in range(after + 1, min(after + limit, self._last) + 1)]


def _change(number: int) -> Change:
    text = " ".join(random.Random(number).choices(WORDS, k=40))  # noqa: S311
    name = f"r{number - 5 if number % 10 == 0 else number}"
    return change(number, release(name, text[:40], text), "revised" if number % 10 == 0 else "new")


def main() -> int:
    """Kill, look, go on."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    chance = random.Random(1)  # noqa: S311
    killed = 0
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder) / "index"
        open_engine(where, create=True)
        for _ in range(rounds):
            before = open_engine(where).cursor()
            command = [
                sys.executable,
                "-m",
                "tests.bench.index_kills",
                "--sync",
                str(where),
                str(before + 200),
            ]
            with subprocess.Popen(command) as run:
                _wait(run, where, commits=chance.randrange(1, 9))
                time.sleep(chance.random() * 0.05)
                run.send_signal(signal.SIGKILL)
            killed += run.returncode == -signal.SIGKILL
            _look(where)
        last = open_engine(where).cursor() + 200
        sync(History(last), open_engine(where), STEP)
        _look(where)
        sync(History(last), open_engine(Path(folder) / "anew", create=True))
        for text in ("worda", '"worda wordb"', "word*", "worda -wordb"):
            here, there = (_ids(one, text) for one in (where, Path(folder) / "anew"))
            assert here == there, text
        leftovers = {path.suffix for path in where.iterdir()} - {".seg", ""}
    print(f"{killed} of {rounds} killed, {last} changes, nothing lost; left over: {leftovers or 'nothing'}")
    return 0


def _wait(run: subprocess.Popen[bytes], where: Path, commits: int) -> None:
    """Wait for a sync to have begun and committed so many batches more, or to have ended."""
    first = manifest.read(where).generation
    while manifest.read(where).generation < first + commits and run.poll() is None:
        time.sleep(0.002)


def _look(where: Path) -> None:
    """The index must hold what the changes up to its cursor leave."""
    engine = open_engine(where)
    cursor = engine.cursor()
    expected = {_change(number).release.id for number in range(1, cursor + 1)}
    assert _ids(where, "*") == expected, (cursor, len(expected))


def _ids(where: Path, text: str) -> set[str]:
    try:
        results = open_engine(where).search(parse(text, limit=1_000_000, is_folding=False))
    except EngineError as error:
        raise AssertionError(error) from error
    return {hit.id for hit in results.hits}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--sync"]:
        sync(History(int(sys.argv[3])), open_engine(Path(sys.argv[2]), create=True), STEP)
        sys.exit()
    sys.exit(main())
