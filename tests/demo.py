"""`make demo`: serve the test newsroom on this machine, follow it, search it, and say what to type next."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.newsroom import Newsroom

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".demo"
BIN = Path(sys.executable).parent

SETTINGS = """\
[crawl]
contact = "demo@example.org"
delay = "0s"                # our own machine; the default is a second
allow = ["127.0.0.1"]       # our own machine; the default is the public web alone
"""


def run(*command: str) -> None:
    """Show a command as a user would type it, and run it."""
    shown = " ".join(f'"{word}"' if " " in word else word for word in command)
    print(f"\n$ {shown}", flush=True)
    subprocess.run([BIN / command[0], *home(command[0]), *command[1:]], check=True)


def home(program: str) -> Sequence[str]:
    del program
    return ("--home", str(HOME))


def main() -> None:
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir()
    (HOME / "sources.toml").write_text(SETTINGS, encoding="utf-8")
    with Newsroom() as newsroom:
        print(f"a newsroom of several companies is served at {newsroom.url}")
        for name, path in newsroom.starts.items():
            run("press-crawl", "add", f"{newsroom.url}{path}", "--name", name)
        run("press-crawl", "run")
    run("press-search", "songjiang")
    run("press-search", "carbon neutrality", "--since", "2021-01-01", "--source", "sep")
    print(f"\nThat newsroom is gone now, the archive stays.  Type next:\n\n    export PRESS_HOME={HOME}")
    print(f"    {BIN.relative_to(ROOT)}/press-search '\"interim report\" OR umsatz*'")
    print(f"    {BIN.relative_to(ROOT)}/press-search serve    # the same in a browser")
    print(f"    {BIN.relative_to(ROOT)}/press-crawl health")
    print(f"    {BIN.relative_to(ROOT)}/press-crawl add https://example.com/news")


if __name__ == "__main__":
    main()
