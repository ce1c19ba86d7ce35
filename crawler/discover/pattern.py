"""Tell a source's releases from the rest of its site by where the known ones lie.  Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import urlsplit

from crawler.discover.choose import PRESS, shelf
from crawler.model import Link

LEAST_SHARE: Final = 0.05  # of the known addresses; a directory with fewer is where one was mislaid
SHORTEST_SLUG: Final = 3  # words of an address's last part that can be a headline
SLUG_WORD: Final = re.compile(r"[^\W\d_]{2,}")


def likely(links: Sequence[Link], known: Iterable[str] = ()) -> tuple[Link, ...]:
    """Keep of a sitemap's links those that lie where the known releases lie.

    ``known`` are addresses of releases of the same source.  Where none is known, directories named for news
    are taken; where a site has none either, every link is kept.
    """
    counts = Counter(map(shelf, known))
    if counts:
        least = LEAST_SHARE * sum(counts.values())
        shelves = {name for name, count in counts.items() if count >= least}
        return tuple(link for link in links if shelf(link.url) in shelves and _fits(link.url))
    news = tuple(link for link in links if PRESS.search(shelf(link.url).partition("/")[2]))
    return news or tuple(links)


def _fits(url: str) -> bool:
    """Say whether an address at a site's root could be a headline's; deeper ones have their directory."""
    if "/" in shelf(url):
        return True
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    return len(SLUG_WORD.findall(last)) >= SHORTEST_SLUG or any(
        map(str.isdigit, f"{last}{urlsplit(url).query}")
    )
