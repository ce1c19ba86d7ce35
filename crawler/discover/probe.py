"""Say which addresses of a newsroom are worth asking, and how good an answer is.  Pure: asks none of them."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from crawler.charset import decode
from crawler.discover.anchors import fold
from crawler.discover.markup import Node, Tree, parse
from crawler.discover.platforms.known import offers
from crawler.model import Listing, Page
from crawler.urls import canonical, is_file, origin, related, resolve

#: Types of ``<link rel="alternate">`` that are feeds.
FEED_TYPES: Final = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "text/xml",
    }
)
#: Addresses of feeds among a page's links.
FEED_PATH: Final = re.compile(
    r"(?:/(?:rss|feeds?|atom)/?$|\.(?:rss|rdf|atom)$|(?:rss|feed|atom)[\w-]*\.(?:xml|aspx)$)"
)
COMMENTS: Final = re.compile(r"comment|kommentar", re.IGNORECASE)

#: What links to newsrooms say or lead to, the surest first; fold() has taken signs out of the texts.
NEWSROOMS: Final = (
    re.compile(
        r"press ?releases?|news ?releases?|media ?releases?|pressemitteilung|communiqu|comunicad|comunicat"
    ),
    re.compile(
        r"(?:press|news) ?room|press ?(?:cent(?:er|re)|office)|media ?cent(?:er|re)|presse|stampa|prensa"
    ),
    re.compile(r"\bnews\b|\bpress\b|newsroom|aktuelles|actualit|noticias|notizie|nyheter|新闻|ニュース|뉴스"),
    re.compile(r"\bmedia\b|\binvestors?\b|investor relations|announcements?|medien|imprensa"),
)
#: Usual places of feeds on platforms, asked for only where their marks are seen.
USUAL_FEEDS: Final = {
    "q4": "/rss/pressrelease.aspx",
    "nir": "/rss/news-releases.xml",
    "equisolve": "/news-events/press-releases/rss",
}
SITEMAP: Final = "/sitemap.xml"

MOST_CANDIDATES: Final = 24  # twice what is asked, so that refusals leave enough
MOST_NEWSROOMS: Final = 8  # links by their words; menus repeat the same few
LONGEST_TEXT: Final = 60  # characters of a link to a newsroom; headlines are longer


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address worth asking."""

    url: str
    #: Why, for people: ``q4``, ``feed``, ``newsroom``, ``sitemap``.
    why: str


@dataclass(frozen=True, slots=True)
class Score:
    """How much one answer tells of a newsroom."""

    #: Announcements listed.
    releases: int
    #: Announcements with a date.
    dated: int
    #: Announcements that bring their bodies along.
    whole: int
    #: Days of the oldest and the newest dated one; None where there is none.
    oldest: date | None
    newest: date | None
    #: Whether older ones can be asked for.
    goes_on: bool

    @property
    def worth(self) -> float:
        """Give a figure to compare ways to one newsroom by: dates first, then bodies, depth and number."""
        if not self.releases:
            return 0.0
        dated, whole = self.dated / self.releases, self.whole / self.releases
        return (0.1 + dated) * (1 + 0.3 * whole + 0.3 * self.goes_on) * math.log2(1 + self.releases)


def candidates(page: Page) -> tuple[Candidate, ...]:
    """List the addresses that a page names or its platform has, the most promising first; never its own.

    Only addresses of the page's own site are given, and of platforms that it names.
    """
    tree = parse(decode(page.body, page.header("content-type")))
    found: dict[str, Candidate] = {}
    for each in _all(page, tree):
        key = canonical(each.url)
        if key not in {canonical(page.url), canonical(page.final_url)}:
            found.setdefault(key, each)
    return tuple(found.values())[:MOST_CANDIDATES]


def score(listing: Listing) -> Score:
    """Count what an answer holds."""
    days = [link.published.day for link in listing.links if link.published]
    return Score(
        releases=len(listing.links),
        dated=len(days),
        whole=sum(link.html is not None for link in listing.links),
        oldest=min(days, default=None),
        newest=max(days, default=None),
        goes_on=listing.next_page is not None or bool(listing.more),
    )


def _all(page: Page, tree: Tree) -> Iterator[Candidate]:
    platforms = offers(page)
    yield from (Candidate(url, platform.NAME) for platform, url in platforms)
    yield from _feeds(page, tree)
    for platform, _ in platforms:
        if path := USUAL_FEEDS.get(platform.NAME):
            yield Candidate(origin(page.final_url) + path, "feed")
    yield from _newsrooms(page, tree)
    yield Candidate(origin(page.final_url) + SITEMAP, "sitemap")


def _feeds(page: Page, tree: Tree) -> Iterator[Candidate]:
    """Give the feeds that a page names, those of comments left out."""
    for node in tree.nodes:
        url = _target(page, node)
        if url is None or COMMENTS.search(f"{url} {node.attrs.get('title', '')}"):
            continue
        named = node.tag == "link" and node.attrs.get("type", "").casefold() in FEED_TYPES
        if named or (node.tag == "a" and FEED_PATH.search(urlsplit(url).path)):
            yield Candidate(url, "feed")


def _newsrooms(page: Page, tree: Tree) -> Iterator[Candidate]:
    """Give the links that by their words lead to a newsroom, those of the surest words first."""
    anchors = [node for node in tree.nodes if node.tag == "a"]
    links = [(url, fold(tree.text(node))) for node in anchors if (url := _target(page, node))]
    given = 0
    for words in NEWSROOMS:
        for url, text in links:
            last = fold(re.sub(r"\.\w{2,5}$", "", urlsplit(url).path.rstrip("/").rpartition("/")[2]))
            short = 0 < len(text) <= LONGEST_TEXT
            if (short and words.search(text)) or words.search(last):
                given += 1
                yield Candidate(url, "newsroom")
            if given >= MOST_NEWSROOMS:
                return


def _target(page: Page, node: Node) -> str | None:
    href = node.attrs.get("href", "")
    url = resolve(page.final_url, href) if href and node.tag in {"a", "link"} else None
    return url if url and related(url, page.final_url) and not is_file(url) else None
