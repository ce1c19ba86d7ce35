"""Let the places that give out a headline vote on it, and weigh what they say.  Pure: knows no page.

Each place votes for its whole text and, less, for the stretches between its separators.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Final

from crawler.extract.document import Block
from crawler.extract.names import heft, is_announced, is_label, is_name, key, pieces, tidy
from crawler.extract.places import LONGEST_HEADLINE, VISIBLE, Place, PlaceName

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
HEAD_ELSEWHERE: Final = 1.8  # factor for it where nothing marks an article: products print slogans as h1
MANY_H1: Final = 0.6  # factor for each h1 where a page has several
STRONG_PIECE: Final = 0.6  # of a place's weight for a stretch between strong separators
SHOWN_PIECE: Final = (
    0.7  # for a block of the page that holds most of a text: the rest hangs on, shown nowhere
)
WEAK_PIECE: Final = 0.1  # for one at a weak separator
BARRED: Final = 0.7  # for a whole with a bar in it; what stands before the bar has all
SHOWN: Final = 1.0  # added where the text stands as a block of its own in the page
HEADED: Final = 2.5  # the same, where that block is a heading
NAME: Final = 0.1  # factor for what is a name of the site
SLOGAN: Final = 0.6  # factor for an h1 that shares no word with the head, or names the site
FAINT: Final = 1.0  # a winner below is a name of the site, or a stretch of something else
HUNG_ON: Final = 0.5  # factor for an h1 that is what the head says with something hung on
UNLIKELY: Final = 0.7  # factor for a text that ends with a colon, is as long as a paragraph, or only a word
LONG_HEADLINE: Final = 220  # characters; a longer one is more often a paragraph set as a heading
SHORT_HEADLINE: Final = 12  # letters; a shorter text is found within a title by chance
SHORTEST_HEADLINE: Final = 4  # letters
MOST_AROUND: Final = 1.6  # times its length may a title be that holds a block of the page
CUT_OFF: Final = 20  # letters; a text in the head that long, and dots behind it, was cut off
LONG_CUT_OFF: Final = 40  # letters; the same where no dots say so
DOTS: Final = ("…", "...")  # behind what was cut off
CONTINUES: Final = (" ", "\xa0", ",", ":")  # signs behind a text in the head with which an h1 goes on

#: What the head says of an h1, which is the bar, and means the same: "8 Trends in …", "Trends for 2026".
_NUMBER: Final = re.compile(r"[1-9]\d?\||\|(?:in|for|of)?(?:19|20)\d\d")


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
    #: Names of the places, in order.
    rules: dict[str, None] = field(default_factory=dict)

    def add(self, name: PlaceName, weight: float) -> None:
        """Count a place's vote."""
        self.rules[name] = None
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


def vote(given: list[Place], site: Site, blocks: dict[str, Block], *, article: bool) -> dict[str, Vote]:
    """Give the votes for every text, by folded text; ``blocks`` are the page's short ones, the same way."""
    votes = _count(given, site, blocks)
    for folded, each in votes.items():
        each.trust = 1.0 if article else HEAD_ELSEWHERE
        _judge(each, folded, site, blocks)
    _doubt_h1s(votes, given, site)
    _join_cut_off(votes, blocks)
    return votes


def _count(given: list[Place], site: Site, blocks: dict[str, Block]) -> dict[str, Vote]:
    """Count the votes of all places, by folded text; places of one name vote once for what they share."""
    votes: dict[str, Vote] = {}
    h1s = sum(place.name == "h1" for place in given)
    sizes: dict[int, list[str]] = {}
    for folded in blocks:
        sizes.setdefault(len(folded), []).append(folded)
    texts = {(place.text, place.in_head): place for place in given}  # most places say the same
    shares = {text: _shares(place, site, blocks, sizes) for text, place in texts.items()}
    for name in dict.fromkeys(place.name for place in given):
        weight = WEIGHTS[name] * (MANY_H1 if name == "h1" and h1s > 1 else 1.0)
        said: dict[str, tuple[float, str]] = {}
        for place in given:
            for folded, voted in shares[place.text, place.in_head] if place.name == name else ():
                said[folded] = max(voted, said.get(folded, (0.0, "")))
        for folded, (share, value) in said.items():
            if folded and not is_label(value) and len(value) <= LONGEST_HEADLINE:
                votes.setdefault(folded, Vote(value)).add(name, weight * share)
    return votes


def _shares(
    place: Place, site: Site, blocks: dict[str, Block], sizes: dict[int, list[str]]
) -> list[tuple[str, tuple[float, str]]]:
    """List what one place says the headline is: its text without names of the site, and its stretches.

    Each folded, with its share and as it stands there.
    """
    clean = _without_names(place.text, site)
    shares = {place.text: NAME, clean: 1.0}
    first, bar, _ = clean.partition("|")
    if place.in_head and bar and len(key(first)) >= SHORT_HEADLINE and not site.is_name(first):
        shares |= {clean: BARRED, first.strip(): 1.0}
    for piece, strong in pieces(clean):
        shares.setdefault(piece, STRONG_PIECE if strong else WEAK_PIECE)
    folded = key(clean)
    for size in range(max(SHORT_HEADLINE, int(len(folded) / MOST_AROUND) + 1), len(folded)):
        for inside in sizes.get(size, ()):
            if inside in folded:
                text = tidy(blocks[inside].text)
                shares[text] = max(shares.get(text, 0.0), SHOWN_PIECE)
    return [(key(value), (share, value)) for value, share in shares.items()]


@lru_cache(maxsize=8)
def _without_names(text: str, site: Site) -> str:
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


def _judge(said: Vote, folded: str, site: Site, blocks: dict[str, Block]) -> None:
    """Weigh a text by what it looks like: shown in the page, a name of the site, a colon, a word."""
    block = blocks.get(folded)
    if block and "h1" not in said.rules:
        said.other += HEADED if block.heading else SHOWN
    if site.is_name(said.value):
        said.factor *= NAME
    if said.value.endswith((":", "：")) or len(said.value) > LONG_HEADLINE:
        said.factor *= UNLIKELY
    if len(folded) < SHORTEST_HEADLINE or (len(folded) < SHORT_HEADLINE and said.value.isascii()):
        said.factor *= UNLIKELY


def _doubt_h1s(votes: dict[str, Vote], given: list[Place], site: Site) -> None:
    """Take from an h1 what hangs on to it, and doubt one that the head says nothing of."""
    heads, tails = _head_ends(given, site)
    long = {head for head in heads if heft(head) >= CUT_OFF}
    for place in given:
        folded = key(place.text)
        if place.name != "h1" or folded not in votes:
            continue
        numbered = min((head for head in long & votes.keys() if _numbers(head, folded)), default="")
        if numbered:
            votes[numbered].other += WEIGHTS["h1"]
            votes[folded].factor *= HUNG_ON
        if numbered or folded in long:
            continue
        first = key(place.first_line)
        held = (head for head in long & votes.keys() if head == first or _holds(folded, head))
        inside = max(held, key=len, default="")
        if inside:
            _unhang(votes, place, folded, inside)
        elif any(tail in folded for tail in tails) or not _has_kin(place.text, heads, votes):
            votes[folded].factor *= SLOGAN


def _head_ends(given: list[Place], site: Site) -> tuple[set[str], set[str]]:
    """List what the places of the head begin with, and what they end with after a longer one; folded."""
    heads: set[str] = set()
    tails: set[str] = set()
    for place in given:
        if place.in_head:
            clean = _without_names(place.text, site)
            if not clean.endswith(DOTS):
                heads |= {key(piece) for piece, strong in pieces(clean) if strong and clean.startswith(piece)}
            whole = place.text
            tails |= {
                key(piece)
                for piece, strong in pieces(whole)
                if strong and whole.endswith(piece) and 2 * len(piece) < len(whole)
            }
    return {head for head in heads if heft(head) >= SHORT_HEADLINE}, {
        tail for tail in tails if len(tail) >= SHORT_HEADLINE
    }


def _numbers(head: str, folded: str) -> bool:
    """Say whether the head's text is an h1's with a number before it, or a year behind."""
    return len(head) > len(folded) >= SHORT_HEADLINE and bool(_NUMBER.fullmatch(head.replace(folded, "|", 1)))


def _holds(folded: str, head: str) -> bool:
    """Say whether an h1 is a head's text with something hung on, behind it or before."""
    half = 2 * len(head) > len(folded)
    return (half and head in folded) or (len(head) >= LONG_CUT_OFF and folded.startswith(head))


def _unhang(votes: dict[str, Vote], place: Place, folded: str, inside: str) -> None:
    """Give the h1's votes to what the head says of it, unless the head was cut off in mid-sentence."""
    behind = _behind(place.text, inside)
    one_line = key(place.first_line) != inside and folded.startswith(inside)
    goes_on = one_line and behind[:1] in CONTINUES and behind.strip(" ,:")[:1].isalpha()
    if goes_on and behind[:1].isspace() and len(inside) < LONG_CUT_OFF:
        return
    numbered = folded.removesuffix(inside).isdecimal()  # "2026 Guide to …", "8 Trends in …"
    gainer, loser = (folded, inside) if goes_on or numbered else (inside, folded)
    votes[gainer].other += WEIGHTS["h1"]
    votes[loser].factor *= HUNG_ON


def _behind(text: str, folded: str) -> str:
    """Give what stands behind the letters of ``folded`` in a text that holds them."""
    wanted = key(text).find(folded) + len(folded)
    seen = 0
    for at, sign in enumerate(text):
        if seen >= wanted:
            return text[at:]
        seen += len(key(sign))
    return ""


def _has_kin(text: str, heads: Collection[str], votes: dict[str, Vote]) -> bool:
    """Say whether a text shares a word that carries meaning with one of the heads, or there is no telling."""
    said = " ".join(votes[head].value for head in heads if head in votes)
    return not said or not _bearers(text).isdisjoint(_bearers(said))


def _bearers(text: str) -> set[str]:
    """List what carries meaning in a text: longer words, and pairs of letters of scripts without spaces."""
    words = [word.strip(".,:;!?()\"'’“”") for word in text.casefold().split()]
    found = {word for word in words if len(word) >= SHORTEST_HEADLINE}
    for word in words:
        if word > "\u2e80":  # Chinese, Japanese, Korean
            found.update(pair for pair in map("".join, pairwise(word)) if pair.isalpha())
    return found


def _goes_on(text: str, cut_off: str) -> bool:
    """Say whether a text goes on where dots cut the other off."""
    start = cut_off.rstrip("….").rstrip()
    return text.startswith(start) and text[len(start) :].lstrip()[:1] not in {"", "…", "."}


def _join_cut_off(votes: dict[str, Vote], blocks: dict[str, Block]) -> None:
    """Let a text that dots cut off vote for the longer one that it begins, told elsewhere or only shown."""
    for short, said in list(votes.items()):
        if len(short) < CUT_OFF or not said.value.endswith(DOTS):
            continue
        longer = next((each for each in votes if _goes_on(votes[each].value, said.value)), None)
        if longer is None:
            shown = next((each for each in blocks if _goes_on(tidy(blocks[each].text), said.value)), None)
            if shown is None:
                continue
            votes[shown] = Vote(tidy(blocks[shown].text), rules=said.rules)
            longer = shown
        votes[longer].other += said.score
        said.factor = 0.0
