"""Let the places that give out a headline vote on it, and weigh what they say.  Pure: knows no page.

Each place votes for its whole text and, less, for the stretches between its separators.
"""

from typing import Final

from crawler.extract.document.parse import Block
from crawler.extract.title.headings import doubt_h1s, words_of_h1s
from crawler.extract.title.names import is_label, key, pieces, tidy
from crawler.extract.title.places import LONGEST_HEADLINE, Place
from crawler.extract.title.votes import (
    CUT_OFF,
    DOTS,
    SHORT_HEADLINE,
    SHORTEST_HEADLINE,
    WEIGHTS,
    Site,
    Vote,
    bearers,
    without_names,
)

HEAD_ELSEWHERE: Final = (
    1.8  # factor for the head where nothing marks an article: products print slogans as h1
)
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
FAINT: Final = 1.0  # a winner below is a name of the site, or a stretch of something else
UNLIKELY: Final = 0.7  # factor for a text that ends with a colon, is as long as a paragraph, or only a word
LONG_HEADLINE: Final = 220  # characters; a longer one is more often a paragraph set as a heading
MOST_AROUND: Final = 1.6  # times its length may a title be that holds a block of the page


def vote(given: list[Place], site: Site, blocks: dict[str, Block], *, article: bool) -> dict[str, Vote]:
    """Give the votes for every text, by folded text; ``blocks`` are the page's short ones, the same way."""
    votes = _count(given, site, blocks)
    for folded, each in votes.items():
        each.trust = 1.0 if article else HEAD_ELSEWHERE
        _judge(each, folded, site, blocks)
    _doubt_sections(votes, site, blocks)
    doubt_h1s(votes, given, site)
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
                votes.setdefault(folded, Vote(value)).add(name, share, weight)
    return votes


def _shares(
    place: Place, site: Site, blocks: dict[str, Block], sizes: dict[int, list[str]]
) -> list[tuple[str, tuple[float, str]]]:
    """List what one place says the headline is: its text without names of the site, and its stretches.

    Each folded, with its share and as it stands there.
    """
    clean = without_names(place.text, site)
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


def _doubt_sections(votes: dict[str, Vote], site: Site, blocks: dict[str, Block]) -> None:
    """Take for a section's heading what shows a stretch of the head where an h1 tells of the same thing."""
    stretches = [
        each
        for folded, each in votes.items()
        if not each.whole and "h1" not in each.rules and folded in blocks and blocks[folded].heading
    ]
    words = words_of_h1s(votes, site) if stretches else set()
    for each in stretches:
        if not words.isdisjoint(bearers(each.value)):
            each.other += SHOWN - HEADED


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
