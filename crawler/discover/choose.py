"""Choose which of a page's card runs are its announcements.  Pure: judges only what was read of them.

Dated runs win: dates beside headlines are what tells a list of announcements from menus, shelves and
teasers. Where a page dates nothing, the family of links that look most like headlines is taken, if its
addresses or its words bear it out. What is kin to a chosen run (the same address pattern, the same element
path) comes along.
"""

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import Final
from urllib.parse import urlsplit

from crawler.discover.anchors import CJK, SHELF, Anchor, is_headline
from crawler.discover.carddates import Dated
from crawler.discover.cards import Cards, share
from crawler.discover.markup import Node
from crawler.urls import host, is_file, related

MOSTLY: Final = 0.5  # share of a run's cards
FEW_WORDS: Final = 4.0  # median words of an undated run's headlines; menus have 1 to 3
SPELT_WORDS: Final = 5  # of three letters and more in a headline; teasers of products have 3
CJK_PER_WORD: Final = 2.0  # characters of a script without blanks that make a word
LARGEST_LONE: Final = 12  # text runs of a card that is a list by itself
FEWEST_UNDATED: Final = 3  # links without dates; fewer are a teaser

SLUG_WORD: Final = re.compile(r"[^\W_]{3,}")
#: Words of addresses under which announcements lie.
PRESS: Final = re.compile(
    r"press|news|media|release|announce|presse|meldung|mitteilung|aktuell|communiqu|actualit|prensa|noticia|comunicad"
    r"|stampa|comunicat|notizi|imprensa|nyhet|pressmed|pressemed|uutis|tiedot|aktualno|novinky|haber|xinwen|news_?room"
    r"|story|stories|article|blog|insight|/pr/|/ir/|/20\d\d/",
    re.IGNORECASE,
)
#: How content systems number what they publish: ``/detail/1342.html``, ``/c/20417.shtml`` (CN state firms).
NUMBERED: Final = re.compile(r"/\d{3,12}(?:\.\w{2,5})?/?$")
#: Headings over lists that are not the site's announcements.
OTHER: Final = re.compile(
    r"\b(?:events?|webcasts?|calendar|conferences?|in the (?:news|press|media)|(?:media|press) coverage"
    r"|related|recommended|you (?:may|might)|popular|most read|trending|podcasts?|videos?|webinars?|jobs?"
    r"|careers?|vacancies|follow us|tweets?|contacts?|media kits?|veranstaltung(?:en)?|termine|kalender"
    r"|pressespiegel|in den medien|stellenangebote|agenda|événements|à lire aussi|eventos|calendario)\b"
    r"|活动|イベント",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One card, read."""

    anchor: Anchor
    #: None when the card prints no headline.
    title: str | None
    dated: Dated | None


@dataclass(frozen=True)
class Group:
    """A run of cards, read."""

    run: Cards
    entries: list[Entry]
    #: The nearest heading above the run; empty when there is none.
    heading: str

    @cached_property
    def dated(self) -> float:
        """Share of cards that print a date; a date in an address is none."""
        return share([entry.dated is not None and not entry.dated.filed for entry in self.entries])

    @cached_property
    def titled(self) -> float:
        """Share of cards whose headline reads like one and that no other card has."""
        titles = {entry.title for entry in self.entries if entry.title and is_headline(entry.title)}
        return len(titles) / len(self.entries)

    @cached_property
    def shelves(self) -> Counter[str]:
        """The directories that the targets lie in."""
        return Counter(shelf(entry.anchor.url) for entry in self.entries)

    @cached_property
    def worth(self) -> float:
        """How good a list of announcements this is, for comparison on one page only."""
        strong = 1.0 if self.run.strong else 0.9
        plain = 0.5 if self.is_other else 1.0
        return math.pow(len(self.entries), 0.7) * (0.2 + self.dated) * self.titled * strong * plain

    @property
    def is_other(self) -> bool:
        """Whether the heading above names something else than announcements."""
        return bool(OTHER.search(self.heading)) and not re.search(
            r"press|release|news(?!letter)|presse", self.heading, re.IGNORECASE
        )

    @property
    def marked(self) -> bool:
        """Whether the run stands in what is named like a menu."""
        return share([card.anchor.marked for card in self.run.cards]) > MOSTLY


def shelf(url: str) -> str:
    """Give host and directory of an address, digits folded: ``example.com/news/#``; at the root the host."""
    path = re.sub(r"/index\.\w{2,5}$|/default\.aspx$|/$", "", urlsplit(url).path)
    return host(url).removeprefix("www.") + re.sub(r"\d+", "#", path[: path.rfind("/") + 1].rstrip("/"))


def choose(groups: list[Group], url: str) -> list[Group]:
    """Choose the runs of announcements among those of the page at ``url``; none is a good answer."""
    groups = [group for group in groups if not _is_coarse(group, groups)]
    ranked = sorted(groups, key=lambda group: group.worth, reverse=True)
    dated = [group for group in ranked if group.dated >= MOSTLY and group.titled >= MOSTLY]
    chosen: list[Group] = []
    for group in dated:
        if (
            _is_apart(group, chosen)
            and (not chosen or _joins(group, chosen))
            and (chosen or _leads(group, url))
        ):
            chosen.append(group)
    if not chosen or chosen[0].is_other:
        chosen = _undated(ranked, url) or chosen
    if chosen:
        chosen += [group for group in ranked if _is_kin(group, chosen) and _is_apart(group, chosen)]
    return chosen


def _is_coarse(group: Group, groups: list[Group]) -> bool:
    """Say whether a run of weak links took whole rows for its cards: several dated ones lie within one."""
    if group.run.strong:
        return False
    inner = [
        card.node.order
        for other in groups
        if other is not group and other.run.strong and other.dated >= MOSTLY and other.titled >= MOSTLY
        for card in other.run.cards
    ]
    spans = [(card.node.order, card.node.end) for card in group.run.cards]
    crowded = [sum(start < order <= end for order in inner) > 1 for start, end in spans]
    return share(crowded) > 0


def _leads(group: Group, url: str) -> bool:
    """Say whether a dated run may be the page's list: a lone card must read like a headline, filed below."""
    if len(group.entries) > 1:
        return True
    card, target = group.run.cards[0], group.entries[0].anchor.url
    path, own = urlsplit(target).path, urlsplit(url).path
    filed = related(target, url) and bool(PRESS.search(path)) and not own.startswith(path.rsplit(".", 1)[0])
    return (
        filed and _words([group]) >= FEW_WORDS and card.last - card.first <= LARGEST_LONE and not group.marked
    )


def _joins(group: Group, chosen: list[Group]) -> bool:
    """Say whether a further dated run is of the page's announcements, too."""
    first = chosen[0]
    if group.is_other and not first.is_other:
        return False
    alike = _same_path(group, first) or bool(group.shelves.keys() & _common(chosen))
    if alike:
        return True
    if share([card.anchor.beside for card in group.run.cards]) > MOSTLY:
        return False
    at_home = share([related(entry.anchor.url, first.entries[0].anchor.url) for entry in group.entries])
    return len(group.entries) > 1 and at_home > MOSTLY and not group.marked


def _same_path(one: Group, other: Group) -> bool:
    """Say whether the cards of two runs are the same kind of element in the same kind of place."""
    first, second = one.run.cards[0].node, other.run.cards[0].node
    return first.path == second.path and _names(first.parent) == _names(second.parent)


def _names(node: Node | None) -> frozenset[str]:
    return frozenset(re.sub(r"\d+", "#", node.attrs.get("class", "")).split()) if node else frozenset()


def _common(chosen: list[Group]) -> set[str]:
    """Give the directories that hold much of what was chosen; never a site's root, which holds everything."""
    counts: Counter[str] = Counter()
    for group in chosen:
        counts.update(group.shelves)
    least = max(2, sum(counts.values()) / 5)
    return {name for name, count in counts.items() if count >= least and "/" in name}


def _is_kin(group: Group, chosen: list[Group]) -> bool:
    """Say whether an undated run belongs to what was chosen, by its addresses and its headlines."""
    if group.titled < MOSTLY or group.is_other or group.marked or not group.run.strong:
        return False
    alike = any(_same_path(group, other) for other in chosen)
    undated = not any(other.dated for other in chosen) and _words([group]) >= FEW_WORDS
    return (alike or undated) and group.shelves.keys() <= _common(chosen)


def _is_apart(group: Group, chosen: list[Group]) -> bool:
    """Say whether no card of a run holds, or lies within, a chosen one."""
    spans = sorted((card.node.order, card.node.end) for other in chosen for card in other.run.cards)
    mine = [(card.node.order, card.node.end) for card in group.run.cards]
    return not any(start <= end_ and start_ <= end for start, end in mine for start_, end_ in spans)


def _undated(ranked: list[Group], url: str) -> list[Group]:
    """Choose among runs without dates the family that reads most like headlines."""
    families: dict[int, list[Group]] = {}
    for group in ranked:
        usable = group.titled >= MOSTLY and not group.is_other and not group.marked
        if usable and group.run.strong and not _is_shelf(group):
            families.setdefault(group.run.cards[0].node.path, []).append(group)
    best = max(families.values(), key=_weight, default=[])
    entries = [entry for group in best for entry in group.entries]
    if len(entries) < FEWEST_UNDATED or _words(best) < FEW_WORDS or not _is_borne_out(entries, url):
        return []
    return best


def _is_shelf(group: Group) -> bool:
    return share([bool(SHELF.search(entry.anchor.url)) for entry in group.entries]) >= MOSTLY


def _weight(family: list[Group]) -> float:
    return math.sqrt(sum(len(group.entries) for group in family)) * min(_words(family), 12.0)


def _words(family: list[Group]) -> float:
    return median(
        len(title.split()) + len(CJK.findall(title)) / CJK_PER_WORD
        for group in family
        for title in (entry.title or "" for entry in group.entries)
    )


def _is_spelt_out(title: str, path: str) -> bool:
    """Say whether an address is a long headline spelt out: ``/acme-opens-its-second-plant-in-graz/``."""
    words = set(SLUG_WORD.findall(path.casefold()))
    said = SLUG_WORD.findall(title.casefold())
    return len(said) >= SPELT_WORDS and sum(word in words for word in said) >= MOSTLY * len(said)


def _is_borne_out(entries: list[Entry], url: str) -> bool:
    """Say whether undated links look filed: by place, press word, day, number or headline, or as files."""
    own = urlsplit(url).path.rsplit(".", 1)[0].removesuffix("/index").rstrip("/")
    flags = []
    for entry in entries:
        path = urlsplit(entry.anchor.url).path
        below = bool(own) and path.startswith(own + "/") and bool(PRESS.search(own))
        named = bool(PRESS.search(path) or NUMBERED.search(path)) or _is_spelt_out(entry.title or "", path)
        flags.append(below or entry.dated is not None or named or is_file(entry.anchor.url))
    return share(flags) >= MOSTLY
