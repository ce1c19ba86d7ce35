"""Count what the places of a page say for one text as its headline.  Pure: knows no page."""

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Final

from crawler.extract.title.names import is_announced, is_label, is_name, key, pieces
from crawler.extract.title.places import VISIBLE, PlaceName

#: How much each place is worth.  Weights and factors were tuned together with score.py over the sets press
#: and web, two halves compared; changed alone by a third, none moves a half by more than 1.5 %.
WEIGHTS: Final = {
    "h1": 5.0,
    "link": 2.0,
    "json-ld headline": 2.0,
    "microdata headline": 2.0,
    "og:title": 2.0,
    "title": 1.5,
    "meta": 1.0,
    "twitter:title": 0.5,
}
HEAD_CAP: Final = 4.5  # what all places of the head together are worth: less than an only h1
SHORT_HEADLINE: Final = 12  # letters; a shorter text is found within a title by chance
SHORTEST_HEADLINE: Final = 4  # letters
CUT_OFF: Final = 20  # letters; a text in the head that long, and dots behind it, was cut off
DOTS: Final = ("…", "...")  # behind what was cut off


@dataclass(slots=True)
class Vote:
    """What was said for one text; the places of the head apart, because they copy each other."""

    value: str
    #: Weight of the places of the head.
    head: float = 0.0
    #: Weight of the others.
    other: float = 0.0
    #: What the head's weight is multiplied by.
    trust: float = 1.0
    #: What the whole is multiplied by.
    factor: float = 1.0
    #: Says that a place gives it out as a whole, not as a stretch of more.
    whole: bool = False
    #: Names of the places, in order.
    rules: dict[str, None] = field(default_factory=dict)

    def add(self, name: PlaceName, share: float, weight: float) -> None:
        """Count a place's vote for as much of its text as this is."""
        self.rules[name] = None
        self.whole = self.whole or share >= 1
        weight *= share
        if name in VISIBLE:
            self.other += weight
        else:
            self.head += weight

    @property
    def score(self) -> float:
        """Give the weight of all places, the head's capped."""
        return (min(self.head, HEAD_CAP) * self.trust + self.other) * self.factor


@dataclass(frozen=True, slots=True)
class Site:
    """What a site calls itself."""

    #: Names that are known, folded.
    names: frozenset[str]
    host: str

    def is_name(self, text: str) -> bool:
        """Say whether a text is one of them, or what the host spells."""
        return is_name(text, self.names, self.host)


@lru_cache(maxsize=8)
def without_names(text: str, site: Site) -> str:
    """Cut the site's names and section labels off both ends, as far as something is left."""
    for _ in range(3):
        for piece, strong in pieces(text):
            if piece == text or not (strong or (text.endswith(piece) and is_announced(text, piece))):
                continue
            rest = text[len(piece) :] if text.startswith(piece) else text[: -len(piece)]
            if text.endswith(piece) or text.startswith(piece):
                bare = key(rest)
                if bare and (site.is_name(rest) or is_label(rest)):
                    text = piece
                    break
        else:
            break
    return text


def bearers(text: str) -> set[str]:
    """List what carries meaning in a text: longer words, and pairs of letters of scripts without spaces."""
    words = [word.strip(".,:;!?()\"'’“”") for word in text.casefold().split()]
    found = {word for word in words if len(word) >= SHORTEST_HEADLINE}
    for word in words:
        if word > "\u2e80":  # Chinese, Japanese, Korean
            found.update(pair for pair in map("".join, pairwise(word)) if pair.isalpha())
    return found
