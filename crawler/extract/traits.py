"""Describe every block of a page by traits: its text, its element, its surroundings, its neighbours.  Pure.

A trait is a short string, as ``tag p`` or ``near related``; what each is worth stands in ``weights``.
Figures are cut into steps, numbered from 0.  Traits of an element are shared by all blocks in it, and are
collected once.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from crawler.extract.document import Block, Element, marks

PROSE: Final = 60  # size; a shorter paragraph is as often a label as a sentence
LONG_PROSE: Final = 80  # size of what counts as a landmark for the blocks around it
PROSE_LINKS: Final = 0.4  # link density above which a block is a menu
OPENING_SIZE: Final = 90  # of the first sentences of a text
WIDE: Final = 0.6  # share of the prose; what an element that holds more is called says nothing, either
LEVELS: Final = 4  # elements around a block whose figures count

#: Stems in class, role and itemprop of elements.  What they say was learnt, not written down: see weights.
STEMS: Final = re.compile(
    "articlebody|article|accordion|action|advert|alert|announce|aside|attribution|author|avatar|banner|bio(?!l)"
    "|blockquote|blog|body|breadcrumb|button|btn|byline|callout|caption|card|carousel|cart|categor|collection"
    "|column|comment|consent|contact|content|cookie|copyright|credit|cta|date|dek|description|detail|dialog"
    "|disclaimer|discussion|donat|download|email|entry|entries|event|excerpt|faq|feature|feedback|figure|follow"
    "|foot|form(?!at)|gallery|grid|head|hero|hide|hidden|icon|image|info|intro|invisible|item|job|label|latest|lead"
    "|legal|link|list|login|logo|main|markdown|media|menu|message|meta|mobile|modal|more|most|nav|news|newsletter"
    "|next|note|notice|overlay|page|pagina|pager|paragraph|photo|player|policy|popup|popular|post|press|prev|price"
    "|print|privacy|product|promo|prose|publish|quote|rating|read|recent|recirc|recommend|related|release|reply"
    "|respond|review|rich|rail|row|script|search|section|share|sharing|side|sign|skip|slide|social|sponsor|sticky"
    "|stor(?:y|ies)|sub(?!stack)|summary|swiper|tab|table|tag|teaser|term|text|thread|thumb|tile|time|title|toc"
    "|toggle|tool|topic|trending|twitter|tweet|user|video|view|widget|wysiwyg|xn-"
)
#: Elements around a block that say something by their name.
AROUND: Final = frozenset(
    [
        "article",
        "main",
        "aside",
        "header",
        "footer",
        "form",
        "table",
        "figure",
        "blockquote",
        "ul",
        "ol",
        "section",
        "li",
        "figcaption",
        "dl",
        "details",
    ]
)
TAGS: Final = frozenset(
    [
        "p",
        "li",
        "tr",
        "td",
        "th",
        "div",
        "span",
        "blockquote",
        "figcaption",
        "dd",
        "dt",
        "pre",
        "article",
        "section",
        "body",
        "header",
        "footer",
        "form",
        "aside",
        "main",
        "figure",
        "caption",
        "address",
        "ul",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    ]
)

#: How short blocks begin that belong to the page, in the languages of the sources.
OPENING: Final = re.compile(
    r"(?P<share>(?:share|tweet|e-?mail|print|follow|pin it|facebook|twitter|linkedin|whatsapp"
    r"|teilen|drucken|partage[rz]"
    r"|compart[ei]r?|condividi|deel|del\b|jaa\b|udostępnij|分享|シェア|공유))"
    r"|(?P<more>(?:read|see|view|learn|load|show) (?:more|also|all|full|next)|more\b|related"
    r"|also\b|click|recommended"
    r"|trending|popular|most |you (?:may|might)|next\b|previous|prev\b|mehr\b|weiter|lire"
    r"|voir|leer|ver |leggi|vedi"
    r"|lees|les |läs|lue |czytaj|back to|return to|zurück|retour|volver|相关|上一|下一|関連|もっと|一覧|관련)"
    r"|(?P<by>(?:by|von|par|por|di|av|af|door|written by|posted|author|photo|image|picture"
    r"|credit|foto|bild|source"
    r"|quelle)\b)"
    r"|(?P<ad>(?:advertisement|advertorial|sponsored|anzeige|werbung|publicidad|publicité|pubblicità)\b)"
    r"|(?P<part>(?:about|über|contacts?|media contact|press contact|forward[- ]looking|notes?"
    r"|view original|source:)\b"
    r"|#|- ?end)"
    r"|(?P<number>\d)|(?P<quote>[\"“„«‘「『])|(?P<bullet>[•·–—*\-])",
    re.IGNORECASE,
)
#: What else betrays a short block.
INSIDE: Final = re.compile(
    r"(?P<sign>subscri|sign ?up|newsletter|sign ?in|log ?in|register|your e-?mail|inbox"
    r"|abonnier|inscri|suscr|iscriv"
    r"|cookie|privacy|terms of)"
    r"|(?P<copy>©|\(c\) ?\d|copyright|rights reserved|rechte vorbehalten)"
    r"|(?P<count>\b\d+ ?(?:min|views?|comments?|shares?|likes?|replies)\b|\bago\b)"
    r"|(?P<address>https?://|www\.|\w@\w)"
    r"|(?P<year>\b(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
CLUED: Final = 200  # size; longer blocks begin with these words by chance
ENDS: Final = frozenset({".", "!", "?", "。", "！", "？", "…"})
CLOSES: Final = "\"”»’')]"

SIZES: Final = (8, 15, 25, 40, 60, 90, 140, 220, 400)
COARSE: Final = (25, 60, 140)
DENSITIES: Final = (0.001, 0.1, 0.25, 0.4, 0.6, 0.8, 0.97)
COARSE_DENSITIES: Final = (0.001, 0.25, 0.6)
SHARES: Final = (0.001, 0.03, 0.1, 0.25, 0.5, 0.75, 0.95)
PARTS: Final = (0.05, 0.15, 0.3, 0.5, 0.8, 0.95)
GAPS: Final = (1, 2, 3, 5, 9, 20, 60)
PLACES: Final = (0.001, 0.02, 0.1, 0.5, 0.9, 0.98, 0.999)
COUNTS: Final = (2, 4, 8, 16, 40, 100, 250)
TOTALS: Final = (300, 800, 2000, 5000)
HEADLINE: Final = (-20, -5, -1, 0, 1, 2, 4, 8, 20, 60, 150)


class Spot:
    """One element that holds text, with the sums over all of it."""

    __slots__ = ("blocks", "chars", "depth", "links", "name", "parent", "prose", "shared", "stems")

    def __init__(self, element: Element, parent: "Spot | None") -> None:
        self.parent = parent
        self.name = element.name
        self.depth: int = parent.depth + 1 if parent else 0
        found = marks(element)
        self.stems = frozenset(STEMS.findall(found)) if found else frozenset()
        self.chars = self.links = self.prose = 0.0
        self.blocks = 0
        #: Traits of all blocks that this element is the container of; collected when first asked.
        self.shared: list[str] | None = None


class Scene:
    """The blocks of a page with what is known of each, and the elements around them."""

    def __init__(self, blocks: Sequence[Block], headline: int | None, title: str) -> None:
        self.blocks = blocks
        self.headline = headline
        self.title = title
        self.sizes = [size(block.text) for block in blocks]
        self.densities = [block.link_density for block in blocks]
        self.prose = [
            length * (1 - density) if length >= PROSE and density < PROSE_LINKS and not block.hidden else 0.0
            for block, length, density in zip(blocks, self.sizes, self.densities, strict=True)
        ]
        self.total = max(1.0, sum(self.prose))
        self._known: dict[int, Spot] = {}
        self.own = [self._spot(block.element) for block in blocks]
        #: All elements that hold text, one before those inside it.
        self.spots = list(self._known.values())
        self._add_up()
        self.containers = [
            spot if spot.blocks > 1 or spot.parent is None else spot.parent for spot in self.own
        ]
        opening = next((at for at in range(len(blocks)) if self._opens(at)), None)
        #: Container of the first sentences: below the headline, where the page shows one.
        self.opening = None if opening is None else self.containers[opening]
        #: The elements around it: what they are called says nothing, for they hold the text.
        self.path = frozenset(lineage_of(self.opening))
        self.heart = min(
            (spot for spot in self.spots if spot.prose >= 0.6 * self.total),
            key=lambda spot: (spot.chars, -spot.depth),
            default=None,
        )

    def _opens(self, at: int) -> bool:
        below = self.headline is None or self.blocks[at].position > self.headline
        return below and self.prose[at] >= OPENING_SIZE and ends_sentence(self.blocks[at].text)

    def _spot(self, element: Element) -> Spot:
        found = self._known.get(id(element))
        if found is None:
            parent = element.parent
            around = self._spot(parent) if parent is not None and parent.parent is not None else None
            found = self._known[id(element)] = Spot(element, around)
        return found

    def _add_up(self) -> None:
        for spot, length, density, prose in zip(
            self.own, self.sizes, self.densities, self.prose, strict=True
        ):
            spot.chars += length
            spot.links += length * density
            spot.prose += prose
            spot.blocks += 1
        for spot in reversed(self.spots):
            if around := spot.parent:
                around.chars += spot.chars
                around.links += spot.links
                around.prose += spot.prose
                around.blocks += spot.blocks

    def shared(self, spot: Spot) -> list[str]:
        """Give the traits that all blocks of one container share."""
        if spot.shared is None:
            spot.shared = self._collect(spot)
        return spot.shared

    def _collect(self, spot: Spot) -> list[str]:
        found = [f"blocks {bisect_right(COUNTS, spot.blocks)}"]
        level = 0
        names: set[str] = set()
        around: Spot | None = spot
        inside_heart = False
        while around is not None:
            inside_heart = inside_heart or around is self.heart
            share = around.prose / self.total
            if level < LEVELS:
                chars = around.chars or 1.0
                found.append(f"share{level} {bisect_right(SHARES, share)}")
                found.append(f"links{level} {bisect_right(PARTS, around.links / chars)}")
                found.append(f"prose{level} {bisect_right(PARTS, around.prose / chars)}")
            if around.stems and share < WIDE and around not in self.path:
                reach = "near" if level < 2 else "far"  # noqa: PLR2004
                found.extend([f"{reach} {stem}" for stem in around.stems])
            if around.name in AROUND:
                names.add(around.name)
            around = around.parent
            level += 1
        found.extend([f"in {name}" for name in names])
        found.append("in heart" if inside_heart else "outside heart")
        found.append(f"opens {apart(spot, self.opening)}")
        return found


def lineage_of(spot: Spot | None) -> list[Spot]:
    """List an element and those around it, innermost first."""
    found = []
    while spot is not None:
        found.append(spot)
        spot = spot.parent
    return found


def apart(spot: Spot, other: Spot | None) -> str:
    """Say in a word how a container stands to another."""
    if other is None:
        return "none"
    if spot is other:
        return "here"
    around = lineage_of(spot)
    if other in around:
        return "inside"
    if spot in lineage_of(other):
        return "around"
    if other.parent in around:
        return "beside"
    return "near" if other.parent and other.parent.parent in around else "apart"


def ends_sentence(text: str) -> bool:
    """Say whether a text ends like a sentence, closing quotes and brackets aside."""
    return text.rstrip(CLOSES)[-1:] in ENDS if text else False


def leads_away(block: Block) -> bool:
    """Say whether a block is a link to share, go back or go on; 1 in 10 of them belonged to a text."""
    if block.link_density <= 0.9 or len(block.text) >= PROSE:  # noqa: PLR2004
        return False
    found = OPENING.match(block.text)
    return found is not None and found.lastgroup in {"share", "more"}


def size(text: str) -> int:
    """Measure a text in Latin letters: a Chinese character says as much as two of them."""
    return len(text) if text.isascii() else (len(text) + len(text.encode("utf-8", "replace"))) // 2


def traits(scene: Scene) -> list[list[str]]:
    """List each block's own traits, in the order of the page; those of its container are ``Scene.shared``."""
    kinds = [
        _kind(block, length, prose)
        for block, length, prose in zip(scene.blocks, scene.sizes, scene.prose, strict=True)
    ]
    own = [_text(scene, at) for at in range(len(scene.blocks))]
    _add_neighbours(own, kinds, scene)
    _add_places(own, scene)
    return own


def _kind(block: Block, length: int, prose: float) -> str:
    if prose and length >= LONG_PROSE:
        return "prose"
    if block.heading:
        return "heading"
    if block.link_density > 0.5:  # noqa: PLR2004
        return "links"
    return "short" if length < 40 else "line"  # noqa: PLR2004


def _text(scene: Scene, at: int) -> list[str]:
    block, length, density = scene.blocks[at], scene.sizes[at], scene.densities[at]
    text = block.text
    step = bisect_right(COARSE, length)
    tag = block.tag if block.tag in TAGS else "other"
    ends = ends_sentence(text)
    found = [
        f"size {bisect_right(SIZES, length)}",
        f"links {bisect_right(DENSITIES, density)}",
        f"size {step} links {bisect_right(COARSE_DENSITIES, density)}",
        f"tag {tag}",
        f"tag {tag} size {step}",
        f"sentence {step}" if ends else f"phrase {step}",
    ]
    first = text[0]
    found.append("upper" if first.isupper() else "lower" if first.islower() else "sign")
    if length < CLUED:
        form = f"{step} {'sentence' if ends else 'phrase'} {'link' if density > PROSE_LINKS else ''}"
        if clue := OPENING.match(text):
            found.append(f"begins {clue.lastgroup} {form}")
        if clue := INSIDE.search(text):
            found.append(f"holds {clue.lastgroup} {form}")
    if "\n" in text:
        found.append(f"lines {bisect_right(COUNTS, text.count(chr(10)))}")
    if text.isupper():
        found.append("capitals")
    if text[-1] == ":":
        found.append("colon")
    if block.hidden:
        found.append("hidden")
    if scene.title and len(text) > 12 and (text in scene.title or scene.title in text):  # noqa: PLR2004
        found.append("headline" if len(text) < len(scene.title) + 40 else "holds headline")
    if block.marks:
        found.extend([f"own {stem}" for stem in set(STEMS.findall(block.marks))])
    return found


def _add_neighbours(own: list[list[str]], kinds: list[str], scene: Scene) -> None:
    last = len(own) - 1
    containers = scene.containers
    for at, found in enumerate(own):
        for away in (-3, -2, -1, 1, 2, 3):
            there = at + away
            found.append(f"{away:+d} {kinds[there]}" if 0 <= there <= last else f"{away:+d} edge")
        if at and containers[at] is containers[at - 1]:
            found.append("with last")
        if at < last and containers[at] is containers[at + 1]:
            found.append("with next")


def _add_places(own: list[list[str]], scene: Scene) -> None:
    count = len(own)
    before = list(accumulate(scene.prose, initial=0.0))
    landmarks = [n for n, prose in enumerate(scene.prose) if prose and scene.sizes[n] >= LONG_PROSE]
    seen = Counter(block.text for block in scene.blocks)
    met: set[str] = set()
    page = [f"page blocks {bisect_right(COUNTS, count)}", f"page prose {bisect_right(TOTALS, scene.total)}"]
    for at, found in enumerate(own):
        after = bisect_right(landmarks, at)
        last = (
            landmarks[after - 1]
            if after and landmarks[after - 1] != at
            else (landmarks[after - 2] if after > 1 else -1_000)
        )
        following = landmarks[after] if after < len(landmarks) else 1_000_000
        found.append(f"since {bisect_right(GAPS, at - last)}")
        found.append(f"until {bisect_right(GAPS, following - at)}")
        found.append(f"passed {bisect_right(COUNTS, bisect_left(landmarks, at))}")
        found.append(f"place {bisect_right(PLACES, before[at] / scene.total)}")
        if scene.headline is None:
            found.append("no headline")
        else:
            found.append(f"headline {bisect_right(HEADLINE, scene.blocks[at].position - scene.headline)}")
        text = scene.blocks[at].text
        if seen[text] > 1:
            found.append("again" if text in met else "twice")
            met.add(text)
        found.extend(page)
