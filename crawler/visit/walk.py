"""Walk through a newsroom, newest first: which page is asked next, where the walk ends.  Pure: asks none.

The caller asks: ``while (step := walk.next()):`` then ``walk.take(step, listing, known)``, or
``walk.fail(step, error)`` where there is no list; ``walk.settle()`` at the end.
"""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urljoin

from crawler.errors import CrawlError, Gone, Refused, Resting, UnreadableError
from crawler.model import Link, Listing, Source, Way
from crawler.urls import canonical, origin

if TYPE_CHECKING:
    from crawler.discover.probe import Candidate

#: What part of a walk a page is: the way that the source names, a part of a list (a sitemap of an index), the
#: page that people see, the site's sitemap, or what is tried when the source's own way is broken.
Leg = Literal["own", "part", "page", "sitemap", "rescue"]

MOST_PAGES: Final = 20  # newsroom pages of one visit; a backlog longer than that is a backfill
MOST_BACKFILL_PAGES: Final = 2_000  # at the usual delay half an hour; a site with more is no newsroom
MOST_PARTS: Final = 200  # sitemaps of an index: sixteen years of monthly ones
MOST_RESCUES: Final = 4  # addresses tried beside the page that people see

#: Ways whose one answer, or last page, is the end of what there is; others may show only what is newest.
COMPLETE: Final = frozenset(
    {"cision", "drupal", "eqs", "equisolve", "mfn", "nir", "prnewswire", "q4", "sitemap", "wordpress"}
)
#: Reasons of an UnreadableError for which another way is no use, or no manners.
FINAL: Final = frozenset({"blocked"})


@dataclass(frozen=True, slots=True)
class Step:
    """One page to ask for."""

    url: str
    way: Way
    leg: Leg


@dataclass(slots=True)
class Progress:
    """How far a walk has come; it can be kept and taken up again."""

    waiting: list[Step] = field(default_factory=list)
    #: Pages asked for.
    pages: int = 0
    #: Pages of the source's own way that gave announcements.
    own_pages: int = 0
    #: How the newsroom was read; None before the first list.
    way: str | None = None
    #: Legs that were begun.
    legs: list[Leg] = field(default_factory=list)

    def record(self) -> dict[str, Any]:
        """Give it as plain values."""
        return asdict(self)

    @classmethod
    def of(cls, record: dict[str, Any]) -> "Progress":
        """Read it back."""
        return cls(**{**record, "waiting": [Step(**step) for step in record["waiting"]]})


class Walk:
    """A walk through the newsroom of one source.

    Args:
        source: the source.
        is_backfill: go on to the end instead of stopping at known ground.
        trusts_known: whether behind known releases there are none that are not; False after a failed visit.
        since: the day before which nothing is wanted; None for no limit.
        progress: where an interrupted walk stands.
    """

    def __init__(
        self,
        source: Source,
        *,
        is_backfill: bool = False,
        trusts_known: bool = True,
        since: date | None = None,
        progress: Progress | None = None,
    ) -> None:
        self._source = source
        self._is_backfill = is_backfill
        self._trusts_known = trusts_known
        self._since = since
        start = _widened(source.way, source.url) if is_backfill else source.url
        self.progress = progress or Progress([Step(start, source.way, "own")])
        self._asked: set[str] = set()
        #: Addresses that a leg has shown.
        self._shown: dict[Leg, set[str]] = {}
        self._is_grounded = False
        self._error: CrawlError | None = None
        self._has_found = False
        #: Announcements by their canonical addresses, in the order they were met.
        self.links: dict[str, Link] = {}
        #: What people should know of the walk, each a sentence.
        self.notes: list[str] = []

    @property
    def is_cut(self) -> bool:
        """Whether the walk ended at its limit, with more to see."""
        return len(self._asked) >= self._most and bool(self.progress.waiting)

    @property
    def _most(self) -> int:
        return MOST_BACKFILL_PAGES if self._is_backfill else MOST_PAGES

    def next(self) -> Step | None:
        """Give the page to ask for now; None at the end."""
        waiting = self.progress.waiting
        while len(self._asked) < self._most:
            if not waiting:
                waiting.extend(self._further_leg())
            if not waiting:
                return None
            step = waiting[0]
            if step.url not in self._asked:
                return step
            waiting.pop(0)
        return None

    def take(
        self, step: Step, listing: Listing, known: Collection[str], *, at_leg: Collection[str] = ()
    ) -> None:
        """Note what a page showed.

        Args:
            step: the page.
            listing: what it showed.
            known: those of its addresses, canonical, that need not be met again.
            at_leg: those of its addresses that this leg showed before, where that is kept elsewhere.
        """
        self._done(step)
        added = {canonical(link.url): link for link in listing.links}
        shown = self._shown.setdefault(step.leg, set())
        fresh = added.keys() - shown - set(at_leg)
        if not self._is_backfill:
            fresh -= set(known)
            self._is_grounded |= step.leg in {"own", "part"} and bool(added.keys() & set(known))
            shown.update(added)
        self.links = added | self.links
        if added:
            self._has_found = True
            self.progress.way = self.progress.way or listing.way
            self.progress.own_pages += step.leg == "own"
        if listing.warning and step.leg in {"own", "part"}:
            self.notes.append(listing.warning)
        self._go_on(step, listing, has_fresh=bool(fresh))

    def fail(self, step: Step, error: CrawlError) -> None:
        """Note that a page gave no list; raise the error where the walk cannot go on without it."""
        self._done(step)
        is_first = self.progress.pages == 1 and step.leg == "own"
        if is_first and self._can_be_rescued(error):
            self._error = error
            page = self._source.page or urljoin(origin(step.url), "/")
            self.progress.waiting = [Step(page, "auto", "rescue")]
        elif not self.may_miss(step, error):
            raise error
        elif step.leg in {"own", "part", "page"} and not self._is_past_the_end(error):
            self.notes.append(f"not all of the newsroom: {error}")

    def may_miss(self, step: Step, error: CrawlError) -> bool:
        """Say whether the walk goes on without a page: a pager led nowhere, and will again tomorrow."""
        if step.leg != "own":
            return not isinstance(error, Resting)
        dead_ends = (Gone, UnreadableError) if self._is_backfill else (Gone, Refused, UnreadableError)
        return self.progress.own_pages > 0 and isinstance(error, dead_ends)

    def _is_past_the_end(self, error: CrawlError) -> bool:
        """Say whether a page is missing because a feed, whose pages can only be guessed, has no more."""
        return isinstance(error, Gone) and self.progress.way == "feed" and self.progress.legs == ["own"]

    def rescue(self, candidates: Iterable["Candidate"]) -> None:
        """Try the feeds and the sitemap that a page without a list names."""
        if not self._has_found:
            others = [each for each in candidates if each.why in {"feed", "sitemap"}]
            self.progress.waiting += [Step(each.url, "auto", "rescue") for each in others[:MOST_RESCUES]]

    def settle(self) -> None:
        """Close the walk: say what replaced a broken way, or raise what broke it where nothing did."""
        if self._error is None:
            return
        if not self._has_found:
            raise self._error
        self.notes.append(f"{self._error}; read another way instead: {self.progress.way}")

    def is_wanted(self, link: Link) -> bool:
        """Say whether an announcement is new enough; one without a date is."""
        return self._since is None or link.published is None or link.published.day >= self._since

    def _done(self, step: Step) -> None:
        self._asked.add(step.url)
        if self.progress.waiting and self.progress.waiting[0] == step:
            self.progress.waiting.pop(0)
        self.progress.pages += 1
        if step.leg not in self.progress.legs:
            self.progress.legs.append(step.leg)

    def _go_on(self, step: Step, listing: Listing, *, has_fresh: bool) -> None:
        if step.leg == "rescue" and listing.links:
            self.progress.waiting.clear()
        leg: Leg = "part" if listing.way == "sitemap" else step.leg
        parts = [_widened(step.way, url) if self._is_backfill else url for url in listing.more[:MOST_PARTS]]
        further = [Step(url, step.way, leg) for url in parts]
        goes_on = has_fresh or (not self._is_backfill and not self._trusts_known) or not listing.links
        if listing.next_page and goes_on and not self._is_too_old(listing):
            further.insert(0, Step(listing.next_page, step.way, step.leg))
        self.progress.waiting[:0] = further[:1]
        self.progress.waiting.extend(further[1:])

    def _is_too_old(self, listing: Listing) -> bool:
        """Say whether all that a page shows is older than what is wanted."""
        days = [link.published.day for link in listing.links if link.published]
        return self._since is not None and bool(days) and max(days) < self._since

    def _further_leg(self) -> list[Step]:
        """Give where to look when a leg is at its end: a feed may show only what is newest."""
        progress, page = self.progress, self._source.page
        if "rescue" in progress.legs:
            return []
        if not self._is_backfill:
            is_short = not self._is_grounded and progress.own_pages <= 1
            return [Step(page, "auto", "page")] if page and is_short and "page" not in progress.legs else []
        is_whole = progress.way in COMPLETE or progress.own_pages > 1
        if is_whole or "sitemap" in progress.legs:
            return []
        if page and "page" not in progress.legs:
            return [Step(page, "auto", "page")]
        has_more_pages = progress.pages > progress.own_pages + 1
        return (
            []
            if has_more_pages
            else [Step(urljoin(origin(self._source.url), "/sitemap.xml"), "sitemap", "sitemap")]
        )

    def _can_be_rescued(self, error: CrawlError) -> bool:
        if isinstance(error, UnreadableError):
            is_changed = error.reason == "shape changed"
            return is_changed or (self._source.page is not None and error.reason not in FINAL)
        return isinstance(error, Gone) and self._source.page is not None


def _widened(way: Way, url: str) -> str:
    from crawler.discover.platforms.known import widened  # noqa: PLC0415 - half of the start of a run

    return widened(way, url)
