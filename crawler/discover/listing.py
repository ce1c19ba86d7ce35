"""Find the announcements that a newsroom's HTML page lists, and its next page.  Pure: fetches nothing.

The way: parse once (markup) → the links that could be (anchors) → runs of repeated cards (cards) → the
headline, link and date of each (headline, carddates) → the runs that are announcements (choose) → the next
page (pager).
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import Final

from crawler.charset import decode
from crawler.discover.anchors import Anchor, collect
from crawler.discover.carddates import Dates
from crawler.discover.cards import Cards, extend, gaps, runs, share
from crawler.discover.choose import MOSTLY, Entry, Group, choose
from crawler.discover.headline import best_anchor, headline, words
from crawler.discover.markup import HEADINGS, Node, Tree, parse
from crawler.discover.pager import next_page, years
from crawler.errors import UnreadableError
from crawler.garbage import without_collecting
from crawler.model import Habits, Link, Listing, Page
from crawler.urls import is_file

MOST_LINKS: Final = 5_000  # of one page; the fullest seen lists 1,200
#: How pages say that they were refused: titles and headings of error pages and challenges.
BLOCKED: Final = re.compile(
    r"\b40[13]\b.{0,20}(?:forbidden|unauthorized)|access denied|just a moment|attention required"
    r"|are you (?:a )?human|request unsuccessful|pardon our interruption|verify you are|security check",
    re.IGNORECASE,
)
TOO_DEEP: Final = 200  # elements within each other; the parser gives up at 256, and pages have 40
FEW_RUNS: Final = 60  # text runs; error pages and challenges have fewer
HIGHEST_HEADING: Final = 40  # text runs above a list; a filter, an introduction and a row of tabs had 30
NEEDS_SCRIPTS: Final = "needs scripts: the page as served lists no announcements"
NOTHING: Final = "no list of announcements was found"
LEAST_SCRIPTS: Final = (
    4  # pages filled by scripts bring at least a framework, a bundle, settings and a tracker
)


def listing(page: Page, *, habits: Habits = Habits()) -> Listing:  # noqa: B008 - frozen
    """List the announcements of a newsroom's page, in the page's order, each address once.

    A page that is filled by scripts gives no links and a warning.  Links to files are kept where a card leads
    to nothing else.

    Raises:
        UnreadableError: the page is an error page or a challenge, or holds no text at all.
    """
    with without_collecting():
        return _listing(page, habits)


def _listing(page: Page, habits: Habits) -> Listing:
    url = page.final_url
    tree = parse(decode(page.body, page.header("content-type")))
    _refuse(tree, url)
    anchors = collect(tree, url)
    dates = Dates(tree, url, habits)
    chosen = choose(_groups(anchors, dates), url)
    entries = [entry for group in chosen for entry in group.entries]
    following = next_page(tree, url) if entries else None
    # A pager stands as close to the last card as one card to the next.
    links = _links([entry for entry in entries if entry.anchor.url != following])
    return Listing(
        "listing",
        tuple(links.values()),
        following if links else None,
        warning=_warning(tree, links),
        years=years(tree, url),
    )


def filed(page: Page, pattern: re.Pattern[str], *, habits: Habits = Habits()) -> Listing:  # noqa: B008 - frozen
    """List what lies under addresses of a known pattern, wherever it stands on the page.

    For platforms whose addresses tell a release for sure, so that nothing need be chosen by its looks.
    """
    tree = parse(decode(page.body, page.header("content-type")))
    anchors = [anchor for anchor in collect(tree, page.final_url) if pattern.search(anchor.url)]
    entries = [
        entry for group in _groups(anchors, Dates(tree, page.final_url, habits)) for entry in group.entries
    ]
    return Listing("listing", tuple(_links(entries).values()), next_page(tree, page.final_url))


def _links(entries: list[Entry]) -> dict[str, Link]:
    """Give one link for each address, in the page's order, the first with a date before one without."""
    links: dict[str, Link] = {}
    pages = {entry.title for entry in entries if not is_file(entry.anchor.url)}
    for entry in sorted(entries, key=lambda each: each.anchor.node.order):
        if entry.title in pages and is_file(entry.anchor.url):  # the same release as a PDF
            continue
        link = Link(entry.anchor.url, entry.title, entry.dated.published if entry.dated else None)
        known = links.setdefault(entry.anchor.key, link)
        if known.published is None and link.published is not None:
            links[entry.anchor.key] = link
        if len(links) >= MOST_LINKS:
            break
    return links


def _refuse(tree: Tree, url: str) -> None:
    if not tree.runs and tree.depth > TOO_DEEP:
        raise UnreadableError(url, "too deep", f"{tree.depth} elements lie within each other")
    if not tree.runs and not tree.scripts:
        raise UnreadableError(url, "empty", "the page shows no text")
    if len(tree.runs) <= FEW_RUNS:
        for run in tree.runs:
            if run.node.tag in {"title", *HEADINGS} and BLOCKED.search(run.text[:200]):
                raise UnreadableError(url, "blocked", f"the page says {run.text[:80]!r}")


def _warning(tree: Tree, links: dict[str, Link]) -> str | None:
    if links:
        return f"cut after {MOST_LINKS} links" if len(links) >= MOST_LINKS else None
    return NEEDS_SCRIPTS if tree.scripts >= LEAST_SCRIPTS else NOTHING


def _groups(anchors: list[Anchor], dates: Dates) -> list[Group]:
    """Read all runs of cards; those of weak links only where no dated card of strong ones stands."""
    found = runs(anchors, dates.has)
    like: dict[int, list[Node]] = defaultdict(list)
    for run in found:
        like[run.cards[0].node.path] += [card.node for card in run.cards]
    groups: list[Group] = []
    taken: list[int] = []
    for run in found:
        if not run.strong and all(_crowd(taken, card.node) for card in run.cards):
            continue
        group = _read(run, anchors, dates, _heading(dates.tree, run, like[run.cards[0].node.path]))
        groups.append(group)
        if run.strong and group.dated >= MOSTLY and group.titled >= MOSTLY and len(run.cards) > 1:
            taken = sorted([*taken, *(card.node.order for card in run.cards)])
    return groups


def _crowd(orders: list[int], node: Node) -> int:
    """Count the cards, given by their order, that are this node or lie within it."""
    return bisect_right(orders, node.end) - bisect_left(orders, node.order)


def _read(run: Cards, anchors: list[Anchor], dates: Dates, heading: str) -> Group:
    """Read link, headline and date of every card of a run."""
    _settle(run, dates)
    known = words(dates.tree, run)
    entries = []
    for card in run.cards:
        anchor = best_anchor(card, anchors, dates.url)
        dated = dates.of(card)
        entries.append(Entry(anchor, headline(dates.tree, card, anchor, known, dated), dated))
    return Group(run, entries, heading)


def _settle(run: Cards, dates: Dates) -> None:
    """Give flat cards what stands between them, where their dates or headlines stand there."""
    if share([dates.has(card.first, card.last) for card in run.cards]) >= MOSTLY:
        return
    sides = {before: share([dates.has(*gap) for gap in gaps(run, before=before)]) for before in (True, False)}
    before = sides[True] >= sides[False]
    if sides[before] >= MOSTLY or not run.strong:
        extend(run, before=before)


def _heading(tree: Tree, run: Cards, like: list[Node]) -> str:
    """Give the nearest heading above a run that is none of a like card's, a few blocks up at most."""
    first = run.cards[0]
    for at in range(first.first - 1, max(-1, first.first - HIGHEST_HEADING), -1):
        block = tree.runs[at].node.block
        if block.tag in HEADINGS and not any(node.holds(block) for node in like):
            return tree.text(block)
    return ""
