"""Collect the links of a parsed page that could lead to an announcement.  Pure.

Dropped at once: the page itself, the site's root, other protocols, social networks, links inside links, and
what stands in menus and footers. A link is *strong* when its own text could be a headline, and *weak* when
it is an icon or a label that repeats ("Read more").
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from crawler.discover.markup import Node, Tree
from crawler.urls import canonical, host, resolve

#: Hosts that share buttons and profile icons lead to.
SOCIAL: Final = frozenset(
    {
        "facebook.com", "twitter.com", "x.com", "linkedin.com", "youtube.com", "youtu.be", "instagram.com",
        "pinterest.com", "tiktok.com", "xing.com", "whatsapp.com", "wa.me", "t.me", "telegram.me",
        "reddit.com", "tumblr.com", "vk.com", "weibo.com", "flickr.com", "vimeo.com", "addtoany.com",
        "addthis.com", "sharethis.com", "line.me", "threads.net", "bsky.app", "snapchat.com",
        "apple.com/app", "play.google.com", "maps.google.com", "goo.gl", "plus.google.com",
    }
)  # fmt: skip
#: Elements and roles that hold a site's furniture.
FURNITURE_TAGS: Final = frozenset({"nav", "footer", "header"})
FURNITURE_ROLES: Final = frozenset(
    {"navigation", "menubar", "menu", "contentinfo", "banner", "search", "toolbar"}
)
#: Inside these a ``header`` or ``footer`` belongs to one card, not to the page.
CARD_TAGS: Final = frozenset({"article", "li", "main", "section", "td", "a"})
#: Words of class names and ids that mark furniture; a hint that many dates outweigh, never a verdict.
FURNITURE_WORDS: Final = frozenset(
    {
        "nav", "navbar", "navigation", "menu", "megamenu", "submenu", "subnav", "footer", "breadcrumb",
        "breadcrumbs", "cookie", "cookies", "social", "share", "sharing", "skip", "pagination", "pager",
        "paging", "toolbar", "sitemap", "language", "lang", "login",
    }
)  # fmt: skip
BESIDE_WORDS: Final = frozenset({"sidebar", "aside", "widget", "related", "recent", "popular", "teaser"})
#: Where a link stands, from the page's matter outward.
MATTER, BESIDE, MARKED, FURNITURE = range(4)
WIDEST: Final = 0.5  # share of the page's text; what holds more is the page, whatever its name
WORD: Final = re.compile(r"[a-z]+")
#: Segments of paths that lead to shelves, not to announcements (WordPress, Drupal, Ghost, Enfold).
SHELF: Final = re.compile(
    r"/(?:category|categories|tag|tags|author|authors|topic|topics|taxonomy|kategorie|schlagwort|label|search)/"
    r"|[?&](?:cat|tag|author|category|topic|s|search|filter)=",
    re.IGNORECASE,
)
#: Texts of links that only say "go there", folded; the rest shows itself by repeating.
GENERIC: Final = frozenset(
    {
        "read more", "read", "more", "learn more", "view more", "see more", "find out more", "full story",
        "read full story", "read the full story", "read article", "read release", "read press release",
        "view release", "view", "details", "view details", "continue reading", "download", "download pdf",
        "pdf", "html", "new", "neu", "opens in new window", "opens in a new window", "opens in new tab",
        "opens in a new tab", "external link", "open", "link", "here", "click here", "full release",
        "press release", "show more", "read on", "mehr", "mehr lesen", "weiterlesen", "mehr erfahren",
        "lesen", "lesen sie mehr", "zum artikel", "zur meldung", "zur pressemitteilung", "herunterladen",
        "lire la suite", "en savoir plus", "lire plus", "lire", "télécharger", "leer más", "ver más",
        "más información", "más", "descargar", "leggi tutto", "leggi di più", "leggi", "scopri di più",
        "continua", "saiba mais", "leia mais", "ler mais", "lees meer", "lees verder", "läs mer", "les mer",
        "læs mere", "lue lisää", "czytaj więcej", "więcej", "číst více", "více", "tovább", "devamı",
        "devamını oku", "подробнее", "читать далее", "далее", "もっと見る", "続きを読む", "詳しくはこちら",
        "詳細", "更多", "查看更多", "阅读更多", "详情", "查看详情", "more+", "자세히 보기", "더보기",
        "اقرأ المزيد", "קרא עוד",
    }
)  # fmt: skip
#: Paths of a site's home.
ROOT: Final = re.compile(r"/?(?:(?:index|home|default)\.\w{2,5})?")
SIGNS: Final = re.compile(r"[^\w]+")
WORDS: Final = re.compile(r"\w{2,}")
SIZE: Final = re.compile(r"\d+(?:[.,]\d+)?\s?[km]i?b", re.IGNORECASE)

SHORTEST_HEADLINE: Final = 9  # letters; "Q1 results" has 9 with its digit
SHORTEST_CJK: Final = 5  # characters of a script without spaces
CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
LONGEST_LABEL_WORDS: Final = 5
PROSE_WORDS: Final = 7  # before a link on its line; "Press release, London, 3 November 2026:" has 6
REPEATS: Final = 3  # a text on three links is a label
MOST_ANCHORS: Final = 10_000  # links of the fullest page seen: 2,300


@dataclass(slots=True, eq=False)
class Anchor:
    """One link of the page."""

    node: Node
    url: str
    #: The address as an identity.
    key: str
    text: str
    strong: bool = False
    #: Stands in something that is named like a menu, though it is none by its tags.
    marked: bool = False
    #: Stands beside the page's matter: in an ``aside`` or in what is named like one.
    beside: bool = False


@lru_cache(maxsize=4_096)
def fold(text: str) -> str:
    """Give a text as a label: small letters, no signs, no file size."""
    return SIGNS.sub(" ", SIZE.sub("", text.casefold())).strip()


def is_headline(text: str) -> bool:
    """Say whether a text is long enough for a headline, and not a label that everyone prints."""
    if fold(text) in GENERIC:
        return False
    if len(CJK.findall(text)) >= SHORTEST_CJK:
        return True
    return sum(map(str.isalpha, text)) >= SHORTEST_HEADLINE and " " in text


def collect(tree: Tree, url: str) -> list[Anchor]:
    """List the links of a page that could lead to an announcement, in document order."""
    base = _base(tree, url)
    own = canonical(url)
    places: dict[int, int] = {}
    anchors: list[Anchor] = []
    seen: dict[str, tuple[str, str] | None] = {}
    breaks = {node.first for node in tree.nodes if node.tag == "br"}
    behind = -1
    for node in tree.nodes:
        if node.tag != "a" or "href" not in node.attrs or node.order <= behind:
            continue
        behind = node.end
        place = _place(tree, node, places)
        if place == FURNITURE:
            continue
        href = node.attrs["href"]
        if href not in seen:
            seen[href] = _target(base, href, own)
        if (target := seen[href]) and not _in_prose(tree, node, breaks):
            text = tree.text(node)
            if not text or any(map(str.isalpha, text)):  # numbers and signs are pagers
                anchors.append(Anchor(node, *target, text, marked=place >= MARKED, beside=place == BESIDE))
        if len(anchors) >= MOST_ANCHORS:
            break
    counts = Counter(fold(anchor.text) for anchor in anchors)
    for anchor in anchors:
        label = fold(anchor.text)
        repeated = counts[label] >= REPEATS and len(label.split()) <= LONGEST_LABEL_WORDS
        anchor.strong = is_headline(anchor.text) and not repeated
    return anchors


def _in_prose(tree: Tree, node: Node, breaks: set[int]) -> bool:
    """Say whether a link stands in the middle of a sentence: many words before it on its line."""
    before = 0
    for at in range(node.first - 1, node.block.first - 1, -1):
        run = tree.runs[at]
        if at + 1 in breaks or run.node.block is not node.block:
            break
        before += 0 if _is_linked(run.node) else len(WORDS.findall(run.text))
    return before >= PROSE_WORDS


def _is_linked(node: Node) -> bool:
    return node.tag == "a" or (node.parent is not None and node.parent.tag == "a")


def _base(tree: Tree, url: str) -> str:
    for node in tree.nodes[:200]:
        if node.tag == "base" and (found := resolve(url, node.attrs.get("href", ""))):
            return found
    return url


def _target(base: str, href: str, own: str) -> tuple[str, str] | None:
    url = resolve(base, href)
    if url is None:
        return None
    key = canonical(url)
    name = host(url).removeprefix("www.").removeprefix("m.")
    parts = urlsplit(key)
    if key == own or name in SOCIAL or (not parts.query and ROOT.fullmatch(parts.path)):
        return None
    return url, key


def _place(tree: Tree, node: Node, known: dict[int, int]) -> int:
    """Say where a node stands: the outermost of its own place and those around it."""
    trail: list[Node] = []
    at: Node | None = node
    while at is not None and at.order not in known:
        trail.append(at)
        at = at.parent
    place = known[at.order] if at is not None else MATTER
    for step in reversed(trail):
        place = max(place, _own_place(tree, step))
        known[step.order] = place
    return place


def _own_place(tree: Tree, node: Node) -> int:
    if node.attrs.get("role") in FURNITURE_ROLES:
        return FURNITURE
    if node.tag in FURNITURE_TAGS:
        in_card = node.tag != "nav" and any(outer.tag in CARD_TAGS for outer in node.ancestors())
        return MATTER if in_card else FURNITURE
    if node.tag == "aside":
        return BESIDE
    wide = node.last - node.first > WIDEST * len(tree.runs)
    names = f"{node.attrs.get('class', '')} {node.attrs.get('id', '')}"
    if wide or len(names) == 1 or node.tag in {"html", "body", "main", "article", "li"}:
        return MATTER
    words = WORD.findall(names.casefold())
    if not FURNITURE_WORDS.isdisjoint(words):
        return MARKED
    return MATTER if BESIDE_WORDS.isdisjoint(words) else BESIDE
