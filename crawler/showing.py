"""Ask a newsroom by every way it has, each to its end, and give what it shows.  Keeps and judges nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final
from urllib.parse import urljoin

from crawler.complete import Way
from crawler.courtesy.guest import Bill, Courtesy
from crawler.discover.pattern import likely
from crawler.discover.probe import Candidate, candidates
from crawler.discover.read import listing
from crawler.errors import FetchError, UnreadableError
from crawler.model import Habits, Link, Listing, Page, Source
from crawler.urls import canonical, origin
from crawler.visit.walk import Step, Walk

MOST_REQUESTS: Final = 1_000  # of one comparison: a quarter of an hour at the usual delay
MOST_WAYS: Final = 6  # beside the source's own


@dataclass(slots=True)
class Showing:
    """One newsroom while it is asked.

    Attributes:
        courtesy: the polite way to the network.
        source: whose newsroom.
        habits: how its pages are read.
        known: addresses that tell where its releases lie.
        since: the day before which nothing is asked for; None for no limit.
        tell: told of each address before it is asked, with the requests sent so far.
        bill: what the requests are added to.
    """

    courtesy: Courtesy
    source: Source
    habits: Habits
    known: Sequence[str]
    since: date | None
    tell: Callable[[str, int], None]
    bill: Bill = field(default_factory=lambda: Bill(most=MOST_REQUESTS))
    #: Addresses that named others, and those they named.
    _named: list[Candidate] = field(default_factory=list)
    _asked: set[str] = field(default_factory=set)

    async def ways(self) -> list[Way]:
        """Ask the source's own way, its page, and the feeds, interfaces and sitemaps that those name."""
        found = [await self._walk(self.source)]
        if self.source.page:
            found.append(await self._walk(replace(self.source, url=self.source.page, way="auto")))
        sitemaps = self.courtesy.sitemaps(self.source.url) or (
            urljoin(origin(self.source.url), "/sitemap.xml"),
        )
        others = [each.url for each in self._named if each.why not in {"newsroom", "sitemap"}]
        for url in [*others, *sitemaps][:MOST_WAYS]:
            if canonical(url) not in self._asked:
                way = await self._walk(replace(self.source, url=url, way="auto"))
                found.append(way)
        return found

    async def _walk(self, source: Source) -> Way:
        """Walk one way to its end."""
        walk = Walk(replace(source, page=None), is_backfill=True, since=self.since)
        links: dict[str, Link] = {}
        trouble = None
        while (step := walk.next()) and step.leg in {"own", "part"}:
            try:
                found = await self._list(step)
            except (FetchError, UnreadableError) as error:
                trouble = trouble or error.reason
                if not walk.may_miss(step, error):
                    break
                walk.fail(step, error)
            else:
                added = {canonical(link.url): link for link in found.links}
                walk.take(step, found, (), at_leg=links.keys() & added.keys())
                links |= added
        trouble = trouble or (None if links else "no announcements")
        return Way(walk.progress.way or "", source.url, tuple(links.values()), trouble)

    async def _list(self, step: Step) -> Listing:
        """Ask for a page and list what it shows; of a sitemap, what lies where known releases lie."""
        page = await self._page(step.url)
        found = listing(page, way=step.way, habits=self.habits)
        if found.way == "sitemap":
            return replace(found, links=likely(found.links, self.known))
        if found.way != "feed" and not self._named:
            self._named += candidates(page)
        return found

    async def _page(self, url: str) -> Page:
        self.tell(url, self.bill.requests)
        self._asked.add(canonical(url))
        page = await self.courtesy.get(url, delay_s=self.source.delay_s, bill=self.bill)
        assert isinstance(page, Page)  # noqa: S101 - no validators were sent, so no 304 can come
        return page
