"""See a page as blocks in elements, with sums over each element and where its text may begin.  Pure."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from crawler.extract.body.clues import NO_STEMS, ends_sentence, said, size
from crawler.extract.document.parse import Block, Element, marks

PROSE: Final = 60  # size; a shorter paragraph is as often a label as a sentence
LONG_PROSE: Final = 80  # size of what counts as a landmark for the blocks around it
PROSE_LINKS: Final = 0.4  # link density above which a block is a menu
OPENING_SIZE: Final = 90  # of the first sentences of a text
HEART: Final = 0.6  # of the prose is in the innermost element that a page is about

#: Steps of sizes, and kinds of elements, that other traits are told apart by.
COARSE: Final = (25, 60, 140)
STEPS: Final = len(COARSE) + 1
KINDS: Final = ("p", "li", "tr", "heading", "other")
KIND_NUMBERS: Final = {
    "p": 0,
    "li": 1,
    "tr": 2,
    "h1": 3,
    "h2": 3,
    "h3": 3,
    "h4": 3,
    "h5": 3,
    "h6": 3,
}
OTHER_KIND: Final = 4


class Spot:
    """One element that holds text, with the sums over all of it."""

    #: First scores of its blocks by their size: all, those above 0, and the sizes; added up when asked.
    gain: float
    good: float
    mass: float

    __slots__ = (
        "blocks",
        "chars",
        "comments",
        "depth",
        "gain",
        "good",
        "links",
        "mass",
        "name",
        "parent",
        "prose",
        "second",
        "shared",
        "stems",
    )

    def __init__(self, element: Element, parent: "Spot | None") -> None:
        self.parent = parent
        self.name: str = element.name
        self.depth: int = parent.depth + 1 if parent else 0
        #: Numbers of the stems in its names; whether those speak of comments.
        found = marks(element)
        self.stems, self.comments = said(found) if found else (NO_STEMS, False)
        #: Traits of all blocks that this element is the container of, by look; collected when first asked.
        self.shared: list[int] | None = None
        self.second: list[int] | None = None
        self.chars = self.links = self.prose = 0.0
        self.blocks = 0


def spots_of(blocks: Iterable[Block]) -> list[Spot]:
    """Give each block's own element."""
    known: dict[int, Spot] = {}
    return [known.get(id(block.element)) or _spot(block.element, known) for block in blocks]


def _spot(element: Element, known: dict[int, Spot]) -> Spot:
    parent = element.parent
    around = None
    if parent is not None and parent.parent is not None:
        around = known.get(id(parent)) or _spot(parent, known)
    found = known[id(element)] = Spot(element, around)
    return found


class Scene:
    """The blocks of a page with what is known of each, and the elements around them."""

    def __init__(
        self, blocks: Sequence[Block], own: Sequence[Spot], headline: int | None, title: str
    ) -> None:
        self.blocks = blocks
        #: Each block's own element.
        self.own = own
        #: Position of the headline; None where the page shows none.
        self.headline = headline
        self.title = title
        self.sizes = [size(block.text) for block in blocks]
        self.steps = [bisect_right(COARSE, length) for length in self.sizes]
        self.kinds = [KIND_NUMBERS.get(block.tag, OTHER_KIND) for block in blocks]
        self.densities = [block.link_chars and block.link_density for block in blocks]
        #: Size of what is likely to be sentences; 0 for other blocks.
        self.prose = [
            length * (1 - density) if length >= PROSE and density < PROSE_LINKS and not block.hidden else 0.0
            for block, length, density in zip(blocks, self.sizes, self.densities, strict=True)
        ]
        self.total = max(1.0, sum(self.prose))
        #: All elements that hold these blocks, one before those inside it.
        self.spots = _unfold(own)
        self._add_up()
        #: How many elements within one are called alike.
        self.kin = Counter([(spot.parent, spot.name, spot.stems) for spot in self.spots])
        #: The innermost element around each block that holds others, too.
        self.containers = [spot if spot.blocks > 1 or spot.parent is None else spot.parent for spot in own]
        opening = next((at for at in range(len(blocks)) if self._opens(at)), None)
        #: Container of the first sentences: below the headline, where the page shows one.
        self.opening = None if opening is None else self.containers[opening]
        #: The elements around it: what they are called says nothing, for they hold the text.
        self.path = frozenset(lineage_of(self.opening))
        #: How each container stands to it, as a number in STANDINGS.
        self.standings = {spot: apart(spot, self.opening, self.path) for spot in set(self.containers)}
        #: The innermost element that holds most of the prose.
        self.heart = self._heart()

    def _opens(self, at: int) -> bool:
        below = self.headline is None or self.blocks[at].position > self.headline
        return below and self.prose[at] >= OPENING_SIZE and ends_sentence(self.blocks[at].text)

    def _heart(self) -> Spot | None:
        enough = HEART * self.total
        found = None
        for spot in self.spots:
            if spot.prose >= enough and (found is None or spot.chars <= found.chars):
                found = spot
        return found

    def _add_up(self) -> None:
        for spot, length, density, prose in zip(
            self.own, self.sizes, self.densities, self.prose, strict=True
        ):
            spot.chars += length
            if density:
                spot.links += length * density
            spot.prose += prose
            spot.blocks += 1
        for spot in reversed(self.spots):
            if around := spot.parent:
                around.chars += spot.chars
                around.links += spot.links
                around.prose += spot.prose
                around.blocks += spot.blocks


def _unfold(own: Iterable[Spot]) -> list[Spot]:
    """List elements and all around them, an outer one before those inside it."""
    found: dict[Spot, None] = {}
    for spot in own:
        if spot not in found:
            _enter(spot, found)
    return list(found)


def _enter(spot: Spot, found: dict[Spot, None]) -> None:
    if spot.parent and spot.parent not in found:
        _enter(spot.parent, found)
    found[spot] = None


def lineage_of(spot: Spot | None) -> list[Spot]:
    """List an element and those around it, innermost first."""
    found = []
    while spot is not None:
        found.append(spot)
        spot = spot.parent
    return found


#: How one container may stand to another: what ``apart`` says, by number.
STANDINGS: Final = ("none", "here", "inside", "around", "beside", "near", "apart")
NONE, HERE, INSIDE, AROUND, BESIDE, NEAR, APART = range(len(STANDINGS))


def apart(spot: Spot, other: Spot | None, path: frozenset[Spot]) -> int:
    """Say how a container stands to another, whose lineage is ``path``, as a number in STANDINGS."""
    if other is None:
        return NONE
    if spot is other:
        return HERE
    if spot in path:
        return AROUND
    beside = other.parent
    beyond = beside.parent if beside else None
    around: Spot | None = spot
    found = APART
    while around is not None:
        if around is other:
            return INSIDE
        if around is beside:
            return BESIDE
        if around is beyond:
            return NEAR
        around = around.parent
    return found
