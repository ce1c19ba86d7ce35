"""Read every monster in a process of its own, and tell what became of it, its CPU and its memory.

    python -m tests.extract.ordeal [NAME ...]

Linux and other systems with ``fork``; one line of JSON a monster.
"""

import json
import os
import resource
import sys
from time import process_time

from crawler.errors import UnreadableError
from crawler.extract.read import read
from crawler.model import Page
from tests.extract.monsters import Monster, monsters
from tests.makers import make_page

MOST_CPU_S = 10  # a reader that needs more is stopped by the system
MOST_BYTES = 4 << 30


def main() -> None:
    """Print the outcomes."""
    named = set(sys.argv[1:])
    for monster in monsters():
        if not named or monster.name in named:
            print(json.dumps(meet(monster)), flush=True)


def meet(monster: Monster) -> dict[str, object]:
    """Read one page in a fork of this process."""
    inlet, outlet = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(inlet)
        os.write(outlet, json.dumps(_read(monster)).encode())
        os._exit(0)
    os.close(outlet)
    with os.fdopen(inlet, "rb") as told:
        words = told.read()
    _, status, usage = os.wait4(child, 0)
    answer = json.loads(words) if words else {"outcome": f"ended by {status}", "cpu_s": usage.ru_utime}
    scale = 1 << 20 if sys.platform == "darwin" else 1 << 10  # ru_maxrss: bytes there, KiB elsewhere
    return {"name": monster.name, **answer, "peak_mib": usage.ru_maxrss // scale}


def _read(monster: Monster) -> dict[str, object]:
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_S, MOST_CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    page: Page = make_page(
        monster.url, monster.make(), headers=(("content-type", monster.kind),) if monster.kind else ()
    )
    start = process_time()
    try:
        release = read(page, source="ordeal")
        outcome = "read"
        json.dumps([release.title, release.body, release.subtitle], ensure_ascii=False).encode(
            "utf-8", "replace"
        )
    except UnreadableError as error:
        outcome = f"refused: {error.reason}"
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is told
        outcome = f"raised {error!r:.200}"
    return {"outcome": outcome, "cpu_s": round(process_time() - start, 3)}


if __name__ == "__main__":
    main()
