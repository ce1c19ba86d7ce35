"""Show a text on a terminal: its colour, its width, its pager.  Part of the edge."""

import os
import re
import sys
from collections.abc import Sequence
from pathlib import PurePath
from typing import Final

#: Cells of a line beyond which eyes lose it; a terminal may be wider.
WIDEST: Final = 120
#: The first less that hands links on; earlier ones, and other pagers, print them as rubbish.
LINKING_LESS: Final = 566

_LINK: Final = re.compile(r"\x1b\]8;;[^\x1b]*\x1b\\")


def has_colour() -> bool:
    """Tell whether stdout shows colour and may (https://no-color.org)."""
    is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not is_plain


def line_width() -> int | None:
    """Give the cells of a line; None where stdout is no terminal and lines are not broken."""
    if not sys.stdout.isatty():
        return None
    import shutil  # noqa: PLC0415 - 10 ms that only a terminal pays

    return min(shutil.get_terminal_size().columns, WIDEST)


def show(text: str) -> None:
    """Print a text; on a terminal through ``$PAGER``, else less, when it has more lines than fit."""
    if not sys.stdout.isatty():
        print(text, end="")
        return
    import shutil  # noqa: PLC0415

    pager = os.environ.get("PAGER", "less" if shutil.which("less") else "")
    if not pager.strip() or text.count("\n") < shutil.get_terminal_size().lines:
        print(text, end="")
    else:
        _paged(pager, text)


def _paged(pager: str, text: str) -> None:
    import shlex  # noqa: PLC0415 - for those alone who see a pager
    import signal  # noqa: PLC0415
    import subprocess  # noqa: PLC0415

    sys.stdout.flush()
    try:
        words = shlex.split(pager)
        paged = text if _hands_links_on(words) else _LINK.sub("", text)
        with subprocess.Popen(  # noqa: S603 - the user's own
            words, stdin=subprocess.PIPE, env={"LESS": "FRX", **os.environ}
        ) as reader:
            before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the pager's
            try:
                reader.communicate(paged.encode(sys.stdout.encoding, "replace"))
            finally:
                signal.signal(signal.SIGINT, before)
    except (OSError, ValueError, IndexError, subprocess.TimeoutExpired) as error:
        print(text, end="")
        print(f"press-search: $PAGER: {pager}: {error}", file=sys.stderr)


def _hands_links_on(words: Sequence[str]) -> bool:
    """Tell whether a pager is a less that knows links."""
    import subprocess  # noqa: PLC0415 - for those alone who see a pager

    if PurePath(words[0]).stem != "less":
        return False
    asked = subprocess.run([words[0], "--version"], capture_output=True, check=False, timeout=5)  # noqa: S603
    version = re.match(rb"less (\d{1,6})", asked.stdout)
    return version is not None and int(version[1]) >= LINKING_LESS
