"""Count the announcements that a page points to, where it is a list of them and none itself.  Pure.

A list shows headlines of one make, all of them links, with their days beside them, and hardly a text that is
not theirs.  Of 1,307 pages that are one announcement, article or service, none does; of 23 lists 13 do.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from crawler.extract.document import Block, Document, marks
from crawler.extract.jsonld import types

FEWEST: Final = 5  # linked headlines of one make
FEWEST_DAYS: Final = 3  # short lines with a day
LINKED: Final = 0.6  # of a headline's characters; a day may stand beside it
HEADLINE: Final = range(20, 300)  # bytes of one
LONGEST_DAY: Final = 60  # characters of a line that is a day
PROSE: Final = 60  # bytes of a sentence
TEASER: Final = 700  # bytes of text between two headlines …
LARGEST_SHARE: Final = 0.3  # … or of all text, where texts stand there whole
AWAY_SHARE: Final = 0.08  # of all text, not between the headlines
AWAY: Final = 150  # bytes of it, in any case: a note above the list

#: What a page that is one article says of itself.
ARTICLES: Final = frozenset({"newsarticle", "article", "blogposting", "report", "pressrelease"})
DAY: Final = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d\d?[./-]\d\d?[./-]\d{2,4}\b|\d月\d"
    r"|\b(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-z]{0,7}\.? \d\d?\b"
    r"|\b\d\d?\.? (?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])",
    re.IGNORECASE,
)


def listed(document: Document, headline: int | None = None) -> int:
    """Give the number of headlines that a list shows; 0 where a page is no list of announcements.

    Args:
        document: the page.
        headline: position of the block that was read as the page's own headline.
    """
    if any(types(entry) & ARTICLES for entry in document.jsonld):
        return 0
    groups = [group for group in _groups(document.blocks) if len(group) >= FEWEST]
    prose = [_prose(block) for block in document.blocks] if groups else []
    most = max((len(group) for group in groups if _is_all(group, prose, headline)), default=0)
    return most if most and _days(document.blocks) >= FEWEST_DAYS else 0


def _groups(blocks: Sequence[Block]) -> Iterator[list[int]]:
    """Yield the positions of linked headlines of one make; a line of a list of links counts as one."""
    makes: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
    for block in blocks:
        if block.link_chars < HEADLINE[0] // 2 or block.hidden or block.link_density <= LINKED:
            continue
        lines = [line for line in block.text.split("\n") if _size(line) in HEADLINE]
        if len(lines) >= FEWEST:
            yield [block.position] * len(lines)
        elif _size(block.text) in HEADLINE:
            around = block.element.parent
            makes[block.tag, block.marks, marks(around) if around else ""].append(block.position)
    yield from makes.values()


def _is_all(group: Sequence[int], prose: Sequence[int], headline: int | None) -> bool:
    """Say whether a page's text is that of these headlines: between them, or as much behind the last."""
    between = [sum(prose[start:end]) for start, end in pairwise(group)]
    behind = min(sum(prose[group[-1] :]), max(between))
    away = sum(prose) - sum(between) - behind
    alike = headline in group or max(between) < max(TEASER, LARGEST_SHARE * sum(prose))
    return alike and away <= max(AWAY, AWAY_SHARE * sum(prose))


def _days(blocks: Sequence[Block]) -> int:
    lines = (line for block in blocks for line in block.text.split("\n"))
    return sum(1 for line in lines if len(line) < LONGEST_DAY and DAY.search(line))


def _prose(block: Block) -> int:
    size = _size(block.text)
    return size if size >= PROSE and block.link_density < 0.5 and not block.hidden else 0  # noqa: PLR2004


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))
