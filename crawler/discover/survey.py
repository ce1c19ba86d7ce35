"""Find out how a site publishes: which address to ask next, and which answer serves best.  Pure: asks none.

The caller asks: ``while (url := survey.next()): survey.take(page)`` or ``survey.miss(url, reason)``.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

from crawler.discover.pattern import likely
from crawler.discover.platforms.known import INTERFACES, owner
from crawler.discover.probe import Candidate, Score, candidates, score
from crawler.discover.read import listing as read_listing
from crawler.errors import UnreadableError
from crawler.model import Habits, Link, Listing, Page
from crawler.urls import canonical

#: What an address's words say of what lies there, as a factor; the first that is found counts.
WORDS: Final = (
    (re.compile(r"comment|career|jobs?\b|event|webcast|podcast|video|support|product|tag/|author/"), 0.3),
    (re.compile(r"press|presse|release|communiqu|comunicad|comunicat|prensa|stampa|mitteilung"), 1.5),
    (re.compile(r"\bblog|stor(?:y|ies)|insight|magazine"), 0.6),
    (re.compile(r"news|media|announce|investor|\bir\b"), 1.3),
)
#: How soon each kind of address is asked; a platform's own interface is none of these and comes first.
SOON: Final = {"newsroom": 1.0, "feed": 2.0, "sitemap": 4.0}
LATER: Final = 0.5  # for each newsroom link before it on its page: the surest words come first
DEEPER: Final = 0.6  # for each page between: what the given page names is asked before what others name
NO_HURRY: Final = 3.0  # for further newsrooms once a good list is known
MOST_SECTIONS: Final = 2  # of what an answer leads on to: the sitemaps of an index, the types of an interface

GOOD: Final = 5  # dated announcements of a list that surely is one
MOSTLY: Final = 0.5
ITS_OWN: Final = (
    1.1  # a platform's own address may look like the page and show more: all years, a hundred at once
)
FOREIGN: Final = 0.1  # of its worth, for a list that is not the one of the page that was given
ENOUGH: Final = 10  # whole and dated announcements; nothing better can come


@dataclass(frozen=True, slots=True)
class Tried:
    """One address that was asked, and what it gave."""

    url: str
    #: Why it was asked: ``given``, ``newsroom``, ``feed``, ``sitemap``, or a platform's name.
    why: str
    #: None where it gave no list.
    listing: Listing | None = None
    #: Why it gave none; None where it gave one.
    trouble: str | None = None
    #: The page that people see and that names it; None when it is such a page itself, or when none does.
    page: str | None = None

    @property
    def score(self) -> Score:
        """Count what it gave."""
        return score(self.listing or Listing("", ()))


@dataclass(frozen=True, slots=True)
class _Waiting:
    candidate: Candidate
    #: The page that names it, when that is one for people.
    page: str | None
    #: Less is sooner.
    rank: float
    #: Pages between it and the given address.
    depth: int
    #: The list that this is a part of, as an index of sitemaps; None for one by itself.
    whole: Tried | None = None

    @property
    def is_newsroom(self) -> bool:
        """Whether it is asked because a link's words say that news lie there."""
        return self.candidate.why == "newsroom"


class Survey:
    """A look at one site, begun at the address that a user gave."""

    def __init__(self, url: str, habits: Habits = Habits()) -> None:  # noqa: B008 - frozen
        self._habits = habits
        self._waiting = [_Waiting(Candidate(url, "given"), None, 0.0, 0)]
        self._asked: set[str] = set()
        self._now = self._waiting[0]
        #: What was asked so far, in that order.
        self.tried: list[Tried] = []

    def next(self) -> str | None:
        """Give the address to ask now; None when nothing more is worth it."""
        ready = [each for each in self._waiting if canonical(each.candidate.url) not in self._asked]
        if not ready or self._is_enough():
            return None
        is_good = any(tried.score.dated >= GOOD for tried in self.tried)
        self._now = min(ready, key=lambda each: each.rank + (is_good and each.is_newsroom) * NO_HURRY)
        self._waiting = ready
        self._asked.add(canonical(self._now.candidate.url))
        return self._now.candidate.url

    def miss(self, reason: str) -> None:
        """Note why the address that was asked gave no page."""
        now = self._now
        self.tried.append(Tried(now.candidate.url, now.candidate.why, trouble=reason, page=now.page))

    def take(self, page: Page, *, sitemaps: Collection[str] = ()) -> None:
        """Read the page that the address gave.

        Args:
            page: the answer.
            sitemaps: what the site's robots.txt names; the usual place is asked where it names none.
        """
        now, found = self._now, None
        self._asked.add(canonical(page.final_url))
        tried = Tried(page.final_url, now.candidate.why, page=now.page)
        try:
            found = read_listing(page, habits=self._habits)
            trouble = None if found.links else found.warning or "no announcements found"
            tried = replace(tried, listing=found, trouble=trouble)
            if now.whole and found.links:
                self._join(now.whole.url, found)
            else:
                self.tried.append(tried)
        except UnreadableError as error:
            self.tried.append(replace(tried, trouble=_reason(error)))
        if found and not found.links:
            self._lead_on(found, tried)
        if _is_for_people(page, found):
            self._offer(page, found, sitemaps)

    def best(self) -> Tried | None:
        """Give what serves best of all that was tried; None when nothing listed an announcement."""
        ranked = self.ranked()
        return ranked[0] if ranked else None

    def ranked(self) -> list[Tried]:
        """List what gave announcements, the best first; of a sitemap only what looks like one."""
        lists = [each for each in self.tried if each.listing and each.listing.links]
        known = [
            link.url
            for each in lists
            if each.listing and each.listing.way != "sitemap"
            if each.score.dated >= GOOD or (each.why == "given" and not _is_front(each.url))
            for link in each.listing.links
        ]
        lists = [each for tried in lists if (each := _narrowed(tried, known)).score.releases]
        own = next((each for each in lists if each.why == "given" and _is_sure(each)), None)
        return sorted(lists, key=lambda each: worth(each, own), reverse=True)

    def _is_enough(self) -> bool:
        """Say whether the given address is a list for machines, or a list was found that leaves no wish."""
        first = self.tried[0] if self.tried else None
        if first and first.listing and first.listing.links and first.listing.way in {"feed", "sitemap"}:
            return True
        if not any(each.score.whole >= ENOUGH for each in self.tried):
            return False
        best = self.ranked()[0].score
        return best.whole >= ENOUGH and best.whole == best.dated == best.releases

    def _lead_on(self, found: Listing, tried: Tried) -> None:
        """Ask what an answer without announcements leads on to; of an index of sitemaps a few."""
        now = self._now
        whole = None if found.next_page else now.whole or tried
        further = [found.next_page] if found.next_page else sorted(found.more, key=_word, reverse=True)
        for url in further[:MOST_SECTIONS]:
            candidate = Candidate(url, now.candidate.why)
            self._waiting.append(_Waiting(candidate, now.page, now.rank, now.depth, whole))

    def _join(self, url: str, part: Listing) -> None:
        """Put a part's announcements to the list they are a part of."""
        for at, each in enumerate(self.tried):
            if each.url == url and each.listing:
                links = each.listing.links + part.links
                self.tried[at] = replace(each, listing=replace(each.listing, links=links), trouble=None)

    def _offer(self, page: Page, found: Listing | None, sitemaps: Iterable[str]) -> None:
        """Add what a page names to what may be asked; its announcements and its pager's pages are not."""
        depth, newsrooms = self._now.depth + 1, 0
        named = [Candidate(url, "sitemap") for url in sitemaps]
        links = found.links if found else ()
        own = {urlsplit(url).path for url in (page.final_url, (found and found.next_page) or "")}
        own |= {urlsplit(link.url).path for link in links}
        for each in candidates(page):
            is_own = each.why == "newsroom" and urlsplit(each.url).path in own
            if is_own or (each.why == "sitemap" and named):
                continue
            rank = SOON.get(each.why, 0.0) + newsrooms * LATER + (depth - 1) * DEEPER
            newsrooms += each.why == "newsroom"
            owner_page = None if each.why in {"newsroom", "sitemap"} else page.final_url
            self._waiting.append(_Waiting(each, owner_page, rank, depth))
        self._waiting += [_Waiting(each, None, SOON["sitemap"], depth) for each in named]


def worth(tried: Tried, own: Tried | None = None) -> float:
    """Give a figure to compare lists by: what they hold, what their address says, whether they are kin.

    Args:
        tried: the list.
        own: the list of the page that was given, where that surely is one: others must share with it.
    """
    value = tried.score.worth * max(_word(tried.url), _word(tried.page or "") if tried.page else 0.0)
    value *= ITS_OWN if tried.why not in {"given", *SOON} else 1.0
    return value if own is None or _is_kin(tried, own) else value * FOREIGN


def _word(url: str) -> float:
    parts = urlsplit(url.casefold())
    return next((factor for words, factor in WORDS if words.search(f"{parts.path}?{parts.query}")), 1.0)


def _is_sure(tried: Tried) -> bool:
    """Say whether a list is the newsroom's for sure: dated, not small, and not of a site's front page."""
    counted = tried.score
    return counted.dated >= GOOD and counted.dated >= MOSTLY * counted.releases and not _is_front(tried.url)


def _is_front(url: str) -> bool:
    return not urlsplit(url).path.strip("/")


def _is_kin(one: Tried, other: Tried) -> bool:
    if one.listing and one.listing.way == "sitemap":
        return True  # it lists all of a site; what lies elsewhere was left out
    first, second = (_marks(each.listing.links if each.listing else ()) for each in (one, other))
    fewer = min(len(first), len(second)) // 2  # each link has two marks
    return sum(mark in second for mark in first) >= MOSTLY * fewer


def _marks(links: Iterable[Link]) -> set[str]:
    """Give what a release is known by in two lists: its address, and its headline."""
    return {canonical(link.url) for link in links} | {(link.title or link.url).casefold() for link in links}


def _narrowed(tried: Tried, known: Collection[str]) -> Tried:
    found = tried.listing
    if found is None or found.way != "sitemap":
        return tried
    return replace(tried, listing=replace(found, links=likely(found.links, known)))


def _is_for_people(page: Page, found: Listing | None) -> bool:
    """Say whether an answer is a page that may name other addresses."""
    is_list = found is not None and found.way in {"feed", "sitemap"}
    return not is_list and owner(page, INTERFACES) is None


def _reason(error: UnreadableError) -> str:
    return f"{error.reason}: {error.detail}" if error.detail else error.reason
