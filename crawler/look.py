"""Look at a site with few requests: what it offers, and its newest releases as they will be read."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from crawler.courtesy.guest import Bill, Courtesy
from crawler.discover.survey import Survey, Tried
from crawler.errors import FetchError, UnreadableError
from crawler.extract import read as extract
from crawler.model import Habits, Link, Page, Release, Source
from crawler.visit import carried

MOST_REQUESTS: Final = 12  # of one look, robots.txt and the previews included; a person opens as many
PREVIEWS: Final = 5  # releases read in full: enough to see a wrong date order or a wrong headline
KEPT_BACK: Final = 2  # requests, while nothing is found: to read at least these of what may be

Ask = Callable[[str], Awaitable[Page]]


@dataclass(frozen=True, slots=True)
class Preview:
    """One of the newest releases, as a crawl would read it."""

    link: Link
    #: None where it could not be read.
    release: Release | None
    #: Why not; None where it could.
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class View:
    """What a look at a site brought."""

    #: The address that was given.
    url: str
    #: What gave announcements, the best first.
    ways: tuple[Tried, ...]
    #: What gave none.
    others: tuple[Tried, ...]
    #: Of the best way, newest first.
    previews: tuple[Preview, ...]
    requests: int


async def look(
    courtesy: Courtesy, source: Source, habits: Habits, *, at: datetime, tell: Callable[[str, int], None]
) -> View:
    """Look at a site from one address on, with at most ``MOST_REQUESTS``.

    Args:
        courtesy: the polite way to the network.
        source: with the address that was given.
        habits: how its pages are read.
        at: now.
        tell: told of each address before it is asked, with the requests sent so far.

    Raises:
        FetchError: the given address gave no page.
    """
    survey, bill = Survey(source.url, habits), Bill(most=MOST_REQUESTS)

    async def ask(url: str) -> Page:
        tell(url, bill.requests)
        page = await courtesy.get(url, delay_s=source.delay_s, bill=bill)
        assert isinstance(page, Page)  # noqa: S101 - no validators were sent, so no 304 can come
        return page

    while _may_go_on(bill, survey) and (url := survey.next()):
        try:
            page = await ask(url)
        except FetchError as error:
            if not survey.tried:
                raise
            survey.miss(error.reason)
        else:
            survey.take(page, sitemaps=courtesy.sitemaps(page.final_url))
    ways = survey.ranked()
    links = newest(ways[0]) if ways else []
    previews = [await _preview(ask, link, source, habits, at) for link in links]
    others = tuple(each for each in survey.tried if each.trouble)
    return View(source.url, tuple(ways), others, tuple(previews), bill.requests)


def newest(tried: Tried, most: int = PREVIEWS) -> list[Link]:
    """List the newest announcements of a list; those without a date stand as on the page, behind."""
    links = tried.listing.links if tried.listing else ()
    dated = sorted(
        (link for link in links if link.published),
        key=lambda link: link.published.day if link.published else date.min,
        reverse=True,
    )
    return [*dated, *(link for link in links if not link.published)][:most]


def _may_go_on(bill: Bill, survey: Survey) -> bool:
    best = survey.best()
    kept_back = sum(link.html is None for link in newest(best)) if best else KEPT_BACK
    return bill.requests + kept_back < MOST_REQUESTS


async def _preview(ask: Ask, link: Link, source: Source, habits: Habits, at: datetime) -> Preview:
    try:
        page = carried.page(link, fetched=at) or await ask(link.url)
        return Preview(link, extract.read(page, source=source.name, link=link, habits=habits))
    except (FetchError, UnreadableError) as error:
        return Preview(link, None, error.reason)
