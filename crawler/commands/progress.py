"""Show on a terminal how a round goes; where there is none, show nothing."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from crawler.commands.context import answer
from crawler.courtesy.guest import Courtesy
from crawler.visit.tally import Totals

if TYPE_CHECKING:
    from rich.console import RenderableType

REFRESH = 4  # a second; more is flicker


@contextmanager
def progress(totals: Totals, courtesy: Courtesy) -> Iterator[Callable[[str], None]]:
    """Show the state of a round below its lines; give what prints a line.

    Args:
        totals: what the round has come to.
        courtesy: knows how long the next request has to wait.
    """
    if not sys.stderr.isatty():
        yield answer
        return
    from rich.console import Console  # noqa: PLC0415 - 60 ms that a run without a terminal saves
    from rich.live import Live  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    started = time.monotonic()

    def render() -> "RenderableType":
        return Text(
            state(totals, time.monotonic() - started, courtesy.next_wait()), no_wrap=True, overflow="ellipsis"
        )

    console = Console(stderr=True)
    with Live(
        console=console,
        get_renderable=render,
        refresh_per_second=REFRESH,
        transient=True,
        redirect_stdout=False,  # results stay results
    ) as live:

        def line(text: str) -> None:
            if sys.stdout.isatty():
                live.console.print(Text(text), soft_wrap=True)
            else:
                answer(text)

        yield line


def state(totals: Totals, seconds: float, wait_s: float | None) -> str:
    """Sum up a round in one line.

    >>> state(Totals(sources=9, done=4, pages=120, unchanged=30, new=110, failed=2), 60, 0.4)
    '4/9 sources · 120 pages · 110 new · 30 unchanged · 2 not read · 2.5/s · next in 0.4 s'
    """
    answers = totals.pages + totals.unchanged
    parts = [
        f"{totals.done}/{totals.sources} sources",
        f"{totals.pages} pages",
        f"{totals.new} new",
        *(
            f"{count} {word}"
            for count, word in (
                (totals.revised, "revised"),
                (totals.withdrawn, "withdrawn"),
                (totals.unchanged, "unchanged"),
                (totals.failed, "not read"),
            )
            if count
        ),
        f"{answers / max(seconds, 1):.1f}/s",
    ]
    if wait_s is not None:
        parts.append(f"next in {wait_s:.1f} s")
    return " · ".join(parts)
