"""The platforms that are known, and which of them a page belongs to."""

from datetime import UTC, datetime
from typing import Final

from crawler.discover.platforms import (
    aem,
    cision,
    drupal,
    eqs,
    equisolve,
    globenewswire,
    mfn,
    nextjs,
    nir,
    prnewswire,
    q4,
    wordpress,
)
from crawler.discover.platforms.protocol import Platform
from crawler.model import Page

#: Known by the address that was asked: interfaces.
INTERFACES: Final[tuple[Platform, ...]] = (q4, wordpress, cision, mfn, globenewswire, aem)
#: Known by marks in the page: lists.
LISTS: Final[tuple[Platform, ...]] = (nir, equisolve, prnewswire, eqs, drupal)
#: Asked only where the page itself shows no list.
SHELLS: Final[tuple[Platform, ...]] = (nextjs,)

PLATFORMS: Final[tuple[Platform, ...]] = (*INTERFACES, *LISTS, *SHELLS)


def owner(page: Page, among: tuple[Platform, ...]) -> Platform | None:
    """Give the first of some platforms that knows a page as its answer; None when none does."""
    return next((platform for platform in among if platform.owns(page)), None)


def offers(page: Page) -> list[tuple[Platform, str]]:
    """List the platforms that a newsroom's page belongs to, with the address to ask first."""
    found = ((platform, platform.first(page)) for platform in PLATFORMS)
    return [(platform, address) for platform, address in found if address is not None]


def widest(page: Page) -> str:
    """Give the address that asks an answer's platform for as much at once as it allows; any other's own."""
    platform = owner(page, PLATFORMS)
    return platform.widest(page.url) if platform else page.url


def widened(way: str, url: str) -> str:
    """Give the address that asks a platform's interface for as much at once as it allows; any other's own."""
    page = Page(url, url, 0, (), b"", datetime.min.replace(tzinfo=UTC))
    named = next((platform for platform in INTERFACES if way == platform.NAME and platform.owns(page)), None)
    return named.widest(url) if named else url
