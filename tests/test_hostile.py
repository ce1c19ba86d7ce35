"""Whatever a server does, the fetcher calls it by its name, in time, and stays small."""

import asyncio
import resource
import sys
from datetime import UTC, datetime

import pytest

from crawler.errors import FetchError
from crawler.fetch import Fetcher
from crawler.model import Page
from tests.hostile import HOSTS, TRICKS, Hostile, Trick
from tests.newsroom import Newsroom

NOW = datetime(2025, 11, 3, 12, 0, tzinfo=UTC)
TIMEOUT_S = 3.0
LIMIT = 1_000_000

needs_loopback_net = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux answers on all of 127.0.0.0/8 without being told"
)


async def verdict(fetcher: Fetcher, url: str) -> str:
    try:
        answer = await fetcher.fetch(url)
    except FetchError as error:
        return error.kind if error.url == url and error.reason else "an error that says too little"
    return "page" if isinstance(answer, Page) else "unchanged"


async def meet(hostile: Hostile, newsroom: Newsroom) -> tuple[dict[str, str], set[str]]:
    """Fetch all tricks at once, and a healthy newsroom beside them, whose verdicts come second."""
    verdicts: dict[str, str] = {}

    async def one(fetcher: Fetcher, trick: Trick) -> None:
        verdicts[trick.name] = await verdict(fetcher, hostile.url(trick))

    async def healthy(fetcher: Fetcher) -> set[str]:
        return {await verdict(fetcher, newsroom.url + path) for path in newsroom.stories}

    async with (
        Fetcher(
            agent="pressdex",
            clock=lambda: NOW,
            timeout_s=TIMEOUT_S,
            largest_bytes=LIMIT,
            allow=[*HOSTS.values(), "127.0.0.1"],
        ) as fetcher,
        asyncio.TaskGroup() as tasks,
    ):
        beside = tasks.create_task(healthy(fetcher))
        for trick in TRICKS:
            tasks.create_task(one(fetcher, trick))
    return verdicts, beside.result()


@needs_loopback_net
def test_every_misbehaviour_is_called_by_its_name_beside_a_healthy_site() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with Hostile() as hostile, Newsroom() as newsroom:
        verdicts, healthy = asyncio.run(meet(hostile, newsroom))
    grown_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert verdicts == {trick.name: trick.verdict for trick in TRICKS}
    assert healthy == {"page"}
    assert grown_kib < 100_000
