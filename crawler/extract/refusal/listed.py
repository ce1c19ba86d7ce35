"""Count the announcements that a page points to, where it is a list of them and none itself.  Pure.

A list shows headlines of one make, all of them links or each with the same link below, their days beside
them, and hardly a text that is not theirs.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from crawler.extract.document.parse import Block, Document, marks
from crawler.extract.refusal.sections import names_news

FEWEST: Final = 5  # linked headlines of one make
FEWEST_NAMED: Final = 3  # of a page that is named after a section
FEWEST_DAYS: Final = 3  # short lines with a day
LINKED: Final = 0.6  # of a headline's letters; a day may stand beside it
LEAST_LINKED: Final = 0.25  # of it with its day
HEADLINE: Final = range(20, 300)  # bytes of one
LONGEST_DAY: Final = 60  # characters of a line that is a day
LONGEST_ONWARD: Final = 40  # characters of "Read more"
ALL_LINK: Final = 0.9
PROSE: Final = 60  # bytes of a sentence
TEASER: Final = 700  # bytes of text between two headlines …
LARGEST_SHARE: Final = 0.3  # … or of all text, where texts stand there whole
AWAY_SHARE: Final = 0.08  # of all text, not between the headlines
AWAY: Final = 150  # bytes of it, in any case: a note above the list; …
AWAY_BARE: Final = 300  # … on a page that shows no headline of its own; …
AWAY_NAMED: Final = 600  # … and on one named after a section: a note on cookies, whom to ask

NEAR: Final = 2  # blocks between a headline and its day
BELOW: Final = 12  # blocks below "Latest news" that are looked at
FEWEST_TEASED: Final = 2  # linked headlines, or days, there
FEWEST_DATED: Final = 8  # linked headlines with a day; a blog that shows its newest text whole has fewer

DAY: Final = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d\d?[./-]\d\d?[./-]\d{2,4}\b|\d月\d"
    r"|\b(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-z]{0,7}\.? \d\d?\b"
    r"|\b\d\d?\.? (?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])",
    re.IGNORECASE,
)
FIGURE: Final = re.compile(r"\d")
#: What days are written with, and what stands between them and a headline.
FIGURES: Final = re.compile(r"[\d\s.:/|年月日,()\[\]–-]+")


@dataclass(frozen=True, slots=True)
class Group:
    """Entries of one make."""

    #: Blocks of their headlines, or of the links below their texts.
    positions: tuple[int, ...]
    #: They are links below the texts: "Read more".
    onward: bool


def groups_of(blocks: Sequence[Block]) -> list[Group]:
    """List the groups of entries that are large enough for a list; a line of a list of links is one, too."""
    makes: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
    onward: defaultdict[str, list[int]] = defaultdict(list)
    found = []
    for block in blocks:
        if not block.link_chars or block.hidden:
            continue
        text = block.text
        if len(text) < LONGEST_ONWARD and block.link_chars > ALL_LINK * len(text):
            onward[text].append(block.position)
        if block.link_chars < HEADLINE[0] // 4 or not _is_linked(block):
            continue
        if "\n" in text and (lines := sum(_size(line) in HEADLINE for line in text.split("\n"))) >= FEWEST:
            found.append(Group((block.position,) * lines, onward=False))
        elif _size(text) in HEADLINE:
            around = block.element.parent
            makes[block.tag, block.marks, marks(around) if around else ""].append(block.position)
    found += [Group(tuple(each), onward=False) for each in makes.values() if len(each) >= FEWEST_NAMED]
    found += [Group(tuple(each), onward=True) for each in onward.values() if len(each) >= FEWEST_NAMED]
    return found


def most(groups: Iterable[Group]) -> int:
    """Give the number of entries of the largest group."""
    return max((len(group.positions) for group in groups), default=0)


def listed(
    document: Document,
    groups: Iterable[Group],
    headline: int | None,
    *,
    named: bool = False,
    away: int = AWAY,
) -> int:
    """Give the number of headlines that a list shows; 0 where a page is no list of announcements.

    Args:
        document: the page.
        groups: its groups of entries.
        headline: position of the block that was read as the page's own headline.
        named: the page is named after a section of its site.
        away: bytes of text that may stand away from it.
    """
    fewest = FEWEST_NAMED if named else FEWEST
    large = [group for group in groups if len(group.positions) >= fewest and (named or not group.onward)]
    if not large or not (named or _days(document.blocks) >= FEWEST_DAYS):
        return 0
    prose = [_prose(block) for block in document.blocks]
    return most(
        group
        for group in large
        if _is_all(group, prose, headline, max(away, _most_away(document, group)) if named else away)
    )


def _most_away(document: Document, group: Group) -> int:
    """Give the bytes of text that may stand away from the list of a section: no more than it has itself."""
    return min(AWAY_NAMED, sum(_size(document.blocks[at].text) for at in set(group.positions)))


def teased(document: Document) -> int:
    """Give the number of a home page's headlines: below "Latest news", or each beside its day."""
    blocks = [block for block in document.blocks if not block.hidden and len(block.text) < HEADLINE[-1]]
    linked = [_is_linked(block) and _size(block.text) in HEADLINE for block in blocks]
    days = [_days((block,)) > 0 for block in blocks]
    dated = sum(link and any(days[max(0, at - NEAR) : at + NEAR + 1]) for at, link in enumerate(linked))
    if (entries := min(dated, sum(days))) >= FEWEST_DATED:
        return entries
    for at, block in enumerate(blocks):
        if len(block.text) < LONGEST_ONWARD and block.link_density < ALL_LINK and names_news(block.text):
            below = slice(at + 1, at + 1 + BELOW)
            if (entries := max(sum(linked[below]), sum(days[below]))) >= FEWEST_TEASED:
                return entries
    return 0


def _is_linked(block: Block) -> bool:
    """Say whether a block is a link but for a day."""
    size = len(block.text)
    if block.link_chars > LINKED * size:
        return True
    if block.link_chars < LEAST_LINKED * size or size > HEADLINE[-1]:
        return False
    return block.link_chars > LINKED * len(FIGURES.sub("", block.text))


def _is_all(group: Group, prose: Sequence[int], headline: int | None, most_away: int) -> bool:
    """Say whether a page's text is that of these entries: between them, or as much before or behind."""
    at = group.positions
    between = [sum(prose[start:end]) for start, end in pairwise(at)]
    beyond = sum(prose[: at[0]]) if group.onward else sum(prose[at[-1] :])
    away = sum(prose) - sum(between) - min(beyond, max(between))
    alike = headline in at or max(between) < max(TEASER, LARGEST_SHARE * sum(prose))
    return alike and away <= max(most_away, AWAY_SHARE * sum(prose))


def _days(blocks: Iterable[Block]) -> int:
    """Count the short lines, and cells of rows, with a day."""
    texts = (block.text for block in blocks if FIGURE.search(block.text))
    lines = (line for text in texts for line in text.replace(" | ", "\n").split("\n"))
    return sum(1 for line in lines if len(line) < LONGEST_DAY and DAY.search(line))


def _prose(block: Block) -> int:
    size = _size(block.text)
    return size if size >= PROSE and block.link_density < 0.5 and not block.hidden else 0  # noqa: PLR2004


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))
