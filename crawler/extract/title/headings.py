"""Set a page's first-level headings against what its head says of them.  Pure: knows no page."""

import re
from collections.abc import Collection
from typing import Final

from crawler.extract.title.names import heft, key, pieces
from crawler.extract.title.places import Place
from crawler.extract.title.votes import (
    CUT_OFF,
    DOTS,
    SHORT_HEADLINE,
    WEIGHTS,
    Site,
    Vote,
    bearers,
    without_names,
)

SLOGAN: Final = 0.6  # factor for an h1 that shares no word with the head, or names the site
HUNG_ON: Final = 0.5  # factor for an h1 that is what the head says with something hung on
LONG_CUT_OFF: Final = 40  # letters of a text in the head that was cut off, though no dots say so
CONTINUES: Final = (" ", "\xa0", ",", ":")  # signs behind a text in the head with which an h1 goes on

#: What the head says of an h1, which is the bar, and means the same: "8 Trends in …", "Trends for 2026".
_NUMBER: Final = re.compile(r"[1-9]\d?\||\|(?:in|for|of)?(?:19|20)\d\d")


def words_of_h1s(votes: dict[str, Vote], site: Site) -> set[str]:
    """List what carries meaning in the h1s that the head does not give out and that do not name the site."""
    alone = (each for each in votes.values() if [*each.rules] == ["h1"] and not site.is_name(each.value))
    return {word for each in alone for word in bearers(each.value)}


def doubt_h1s(votes: dict[str, Vote], given: list[Place], site: Site) -> None:
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
        inside = max(held, key=lambda head: (len(head), head), default="")
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
            clean = without_names(place.text, site)
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
    return not said or not bearers(text).isdisjoint(bearers(said))
