"""Do something in a thread beside the round; the end of the program waits for none."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Thread


async def apart(act: Callable[[], None]) -> None:
    """Do something in a thread, and wait for it; whoever is cancelled leaves it to itself.

    A thread of asyncio's own would hold up the end of the program until it is done, and a mail server that
    does not answer can take a minute.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def settle(error: BaseException | None) -> None:
        if done.done():
            return
        if error:
            done.set_exception(error)
        else:
            done.set_result(None)

    def perform() -> None:
        failure: BaseException | None = None
        try:
            act()
        except BaseException as error:  # noqa: BLE001 - goes on where it is awaited
            failure = error
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(settle, failure)

    Thread(target=perform, daemon=True).start()
    await done
