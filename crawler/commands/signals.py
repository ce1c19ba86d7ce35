"""Let Ctrl-C and SIGTERM call a function within an event loop, on every system."""

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

NUMBERS: Final = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def on_signals(loop: asyncio.AbstractEventLoop, act: Callable[[], None]) -> Iterator[None]:
    """Call ``act`` in the loop for each signal, for the time of a ``with`` block.

    The loops of Windows handle no signals themselves (https://docs.python.org/3/library/asyncio-platforms.html):
    there Python's own handler hands the call to the loop, which the signal has woken up.
    """
    try:
        for number in NUMBERS:
            loop.add_signal_handler(number, act)
    except NotImplementedError:
        with _handled(lambda *_: loop.call_soon_threadsafe(act)):
            yield
        return
    try:
        yield
    finally:
        for number in NUMBERS:
            loop.remove_signal_handler(number)


@contextmanager
def _handled(handler: Callable[..., Any]) -> Iterator[None]:
    before = [signal.signal(number, handler) for number in NUMBERS]
    try:
        yield
    finally:
        for number, previous in zip(NUMBERS, before, strict=True):
            signal.signal(number, previous)
