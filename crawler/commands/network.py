"""Open the door to the network the way the configuration asks."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from crawler.commands.context import now
from crawler.config.toml import Settings
from crawler.courtesy.guest import Courtesy
from crawler.courtesy.memory import Forgetful, Memory
from crawler.fetch import Fetcher
from crawler.version import VERSION

PRODUCT = "pressdex"  # the token that a robots.txt addresses


def agent(settings: Settings) -> str:
    """Say who asks: product, version and how to reach the person behind it."""
    contact = f" (+{settings.contact})" if settings.contact else ""
    return f"{PRODUCT}/{VERSION}{contact}"


@asynccontextmanager
async def guest(settings: Settings, memory: Memory | None = None) -> AsyncIterator[Courtesy]:
    """Give a polite guest for the time of an ``async with`` block.

    Args:
        settings: how to ask.
        memory: the archive, which remembers what hosts said; None forgets it with the guest.
    """
    async with Fetcher(
        agent=agent(settings),
        timeout_s=settings.timeout_s,
        largest_bytes=settings.largest_bytes,
        allow=settings.allow,
        clock=now,
    ) as fetcher:
        yield Courtesy(
            fetcher,
            memory or Forgetful(),
            agent=PRODUCT,
            delay_s=settings.delay_s,
            clock=now,
            monotonic=time.monotonic,
            sleep=asyncio.sleep,
            random=random.random,
        )
