"""Laws of ending a round by a signal, on loops that handle signals and on those that do not."""

import asyncio
import signal
from collections.abc import Callable
from typing import TypeVarTuple

import pytest

from crawler.commands.signals import NUMBERS, on_signals

Ts = TypeVarTuple("Ts")


class Windows(asyncio.SelectorEventLoop):
    """A loop that handles no signals, as those of Windows do not."""

    def add_signal_handler(self, sig: int, callback: Callable[[*Ts], object], *args: *Ts) -> None:
        raise NotImplementedError

    def remove_signal_handler(self, sig: int) -> bool:
        raise NotImplementedError


LOOPS = [asyncio.SelectorEventLoop, Windows]


@pytest.mark.parametrize("loop", LOOPS)
@pytest.mark.parametrize("number", NUMBERS)
def test_a_signal_wakes_the_loop_and_calls(
    loop: Callable[[], asyncio.AbstractEventLoop], number: signal.Signals
) -> None:
    async def stay() -> None:
        ended = asyncio.Event()
        with on_signals(asyncio.get_running_loop(), ended.set):
            signal.raise_signal(number)
            async with asyncio.timeout(10):
                await ended.wait()

    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(stay())


@pytest.mark.parametrize("loop", LOOPS)
def test_what_is_raised_for_a_signal_ends_the_loop(loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
    def act() -> None:
        raise KeyboardInterrupt

    async def stay() -> None:
        with on_signals(asyncio.get_running_loop(), act):
            signal.raise_signal(signal.SIGTERM)
            await asyncio.sleep(10)

    with pytest.raises(KeyboardInterrupt), asyncio.Runner(loop_factory=loop) as runner:
        runner.run(stay())


@pytest.mark.parametrize("loop", LOOPS)
def test_the_handlers_from_before_come_back(loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
    async def stay() -> None:
        before = [signal.getsignal(number) for number in NUMBERS]
        with on_signals(asyncio.get_running_loop(), lambda: None):
            assert before != [signal.getsignal(number) for number in NUMBERS]
        after = [signal.getsignal(number) for number in NUMBERS]
        assert after[1] == before[1]
        assert after[0] in {before[0], signal.default_int_handler}  # what a loop's own removal leaves

    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(stay())
