"""Weigh a printed date by where it stands on its page, and pick the one next to the headline.  Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from crawler.extract.date.printed import Sighting
from crawler.extract.date.said import Label
from crawler.extract.document.parse import Block, Document

#: Points by distance in lines from the headline, for all of NEAR: (from, to, points), first match.  All
#: points of dates were tuned together with score.py over the sets press, web and dates, starting from a
#: logistic regression over the same features on one half; changed alone by a third, hardly any moves a half
#: by more than 1 %.
DISTANCES: Final = ((0, 0, 0.5), (1, 2, 2.4), (3, 5, 1.6), (-2, -1, 1.4), (6, 10, 0.5), (-6, -3, 0.6))
ABOVE: Final = 0.6  # further up than all of them: a masthead
FAR: Final = 0.5  # further down
NEAR: Final = (-6, 10)  # lines from the headline that belong to it
AT_HEADLINE: Final = 2  # lines
LIST: Final = 3  # days in blocks of one kind above the headline
MASTHEAD: Final = -2  # lines; of 13 pages with a weekday's date above, 4 were of that day, and metadata told

WITHIN: Final = 8.0  # lines that a date within the headline counts as away: it is an event's
FIRST: Final = 3.4  # the date next to the headline
FIRST_IN_TEXT: Final = 1.2  # the same, in running text
#: Lines that a date counts as further from the headline, by label.
DOUBTS: Final[dict[Label, float]] = {"published": -0.5, "updated": 1.0, "other": 6.0, "never": 20.0, "": 0.0}

SAYING: Final[frozenset[Label]] = frozenset({"published", "updated"})  # labels of lines about the text

LABELS_NEAR: Final[dict[Label, float]] = {
    "published": 0.6,
    "updated": -0.6,
    "other": -2.0,
    "never": -6.0,
    "": 0.0,
}
LABELS_FAR: Final[dict[Label, float]] = {
    "published": 1.3,
    "updated": 0.3,
    "other": 0.0,
    "never": -6.0,
    "": 0.0,
}
ALONE_NEAR: Final = 1.2  # nothing else in its line
ALONE_FAR: Final = 0.3
SAID_FAR: Final = 0.9  # its line says that it is that of publication, and no other day's does
MARKED_FAR: Final = 0.9  # the element is called date
MACHINE_FAR: Final = 1.0  # it is a <time>
SIGNED: Final = 2.4  # a line at the end of the text that holds a place and the date
ENDING: Final = 1.0  # a line there that holds little else than the date

IN_START: Final = -0.8  # at the start of a paragraph, not as datelines print it
IN_TEXT: Final = -2.5  # within one
LISTED_AT_HEADLINE: Final = -1.5  # one of many such lines, and next to the headline
LISTED: Final = -3.5  # one of many such lines
ELSEWHERE: Final = -2.0  # in a box about other texts
LINKED: Final = -1.0  # in a line that is mostly links

MOST_ALIKE: Final = 3  # lines of the same kind with a date; more are a list
PARAGRAPH: Final = 160  # characters; a shorter line is about the text, not of it
LEAST_TEXT: Final = 80  # characters of a block below the headline that may be text
MOST_LINKS: Final = 0.5  # share of a paragraph
START: Final = 60  # characters of a paragraph that are its start
LOOSE: Final = 40  # characters before a date in a line that nothing labels: a caption or a sentence; before
# one that is labelled as something else ("due", "until") one is enough: 13 of 1,500 wire stories, then 0
LONGEST_GAP: Final = 12  # blocks without a paragraph within one text
BEFORE_END: Final = 2  # blocks before the last paragraph that are the end of the text
BEHIND_END: Final = 4  # blocks behind it that are


@dataclass(frozen=True, slots=True)
class Ground:
    """Where the text of a page lies, as positions of blocks."""

    #: The headline, or what stands for it; None on a page without text.
    headline: int | None
    #: The last paragraph of the text, before the first long stretch without any; None where there is none.
    end: int | None
    #: The same where every block of some length counts; None where there is none.
    foot: int | None
    #: The first heading below text, with which another section begins; None where none does.
    rest: int | None
    #: Blocks above the headline that belong to a list of other texts or events.
    listed: frozenset[int]
    #: The day of the visit, where the text is told to be of another one; else None.
    today: date | None
    #: The one day that a line of its own says to be that of publication; None where none does, or several.
    said: date | None


def headline_of(document: Document) -> int | None:
    """Give the block that stands for a headline nowhere shown: the first heading, else the first text."""
    for block in document.blocks:
        if block.heading in {1, 2} and not block.hidden:
            return block.position
    return next((block.position for block in document.blocks if _is_paragraph(block)), None)


def ground_of(
    document: Document, headline: int | None, sightings: Sequence[Sighting], *, today: date | None = None
) -> Ground:
    """Measure the page around the headline's block; without one, around what stands for it.

    ``today`` is a day that says nothing above a headline, because it stands above all of them.
    """
    headline = headline_of(document) if headline is None else headline
    last = foot = rest = None
    for block in document.blocks[(headline or 0) :]:
        if last is not None and block.position - last > LONGEST_GAP:
            break
        if block.hidden:
            continue
        if len(block.text) > LEAST_TEXT and block.link_density < MOST_LINKS and not block.heading:
            foot = block.position
        if _is_paragraph(block):
            last = block.position
        if rest is None and foot is not None and block.heading:
            rest = block.position
    said = {each.stamp.day for each in sightings if _says(each) and not _is_out(each)}
    listed = _listed_above(document, headline, sightings)
    return Ground(headline, last, foot, rest, listed, today, said.pop() if len(said) == 1 else None)


def _listed_above(document: Document, headline: int | None, sightings: Sequence[Sighting]) -> frozenset[int]:
    """Give the blocks next above the headline that belong to a list: of one kind, each with its own day."""
    days: dict[tuple[str, str], dict[date, int]] = {}
    for each in sightings:
        block = document.blocks[each.position] if each.position < len(document.blocks) else None
        if block and headline is not None and NEAR[0] <= each.position - headline < 0:
            days.setdefault((block.tag, block.marks), {})[each.stamp.day] = each.position
    lists = [found.values() for found in days.values() if len(found) >= LIST]
    return frozenset(position for found in lists for position in found)


def _is_paragraph(block: Block) -> bool:
    return len(block.text) > PARAGRAPH and block.link_density < MOST_LINKS


def in_text(sighting: Sighting) -> bool:
    """Say whether a date stands in a sentence, not in a line about the text or a dateline."""
    if sighting.dateline or sighting.marked or sighting.machine:
        return False
    loose = (sighting.sentence or sighting.before > (0 if sighting.label else LOOSE)) and not sighting.alone
    return sighting.length >= PARAGRAPH or (loose and sighting.label not in SAYING)


def distance(sighting: Sighting, ground: Ground) -> int:
    """Give the lines from the headline to a date, negative above it; far where there is no headline."""
    return (
        sighting.position + sighting.line - ground.headline if ground.headline is not None else 10 * NEAR[1]
    )


def first(sightings: Sequence[Sighting], ground: Ground) -> Sighting | None:
    """Give the date printed next to the headline: behind before above, lines before sentences."""

    def apart(sighting: Sighting) -> float:
        lines = distance(sighting, ground)
        if lines == 0 and sighting.before > 0:
            return WITHIN
        return (lines if lines > 0 else 0.5 - 1.5 * lines) + DOUBTS[sighting.label]

    near = [each for each in sightings if _is_near(each, ground) and not _is_out(each)]
    return min([each for each in near if not in_text(each)] or near, key=apart, default=None)


def _is_out(sighting: Sighting) -> bool:
    return sighting.hidden or sighting.elsewhere or sighting.label == "never"


def _says(sighting: Sighting) -> bool:
    """Say whether a line holds a date alone and says that it is that of publication."""
    return sighting.alone and sighting.label == "published"


def _is_near(sighting: Sighting, ground: Ground) -> bool:
    if ground.rest is not None and sighting.position > ground.rest and sighting.label not in SAYING:
        return False
    lines = distance(sighting, ground)
    if lines < 0 and _is_masthead(sighting, ground):
        return False
    return NEAR[0] <= lines <= NEAR[1]


def _is_masthead(sighting: Sighting, ground: Ground) -> bool:
    """Say whether a date above the headline is of a list, or today's: newspapers print its weekday, too."""
    if sighting.position in ground.listed or (sighting.stamp.day == ground.today and not sighting.label):
        return True
    loose = sighting.alone and not sighting.label
    return sighting.stamp.weekday and loose and distance(sighting, ground) < MASTHEAD


def points(sighting: Sighting, ground: Ground, *, is_first: bool) -> float:
    """Weigh one printed date: how much it looks like the date of publication."""
    if sighting.hidden:
        return 0.0
    lines = distance(sighting, ground)
    score = ABOVE if lines < 0 else FAR
    if _is_near(sighting, ground):
        score = next(worth for low, high, worth in DISTANCES if low <= lines <= high)
        score += LABELS_NEAR[sighting.label] + ALONE_NEAR * sighting.alone
        if is_first:
            score += FIRST_IN_TEXT if in_text(sighting) else FIRST
    else:
        score += LABELS_FAR[sighting.label] + ALONE_FAR * sighting.alone + _at_end(sighting, lines, ground)
        if _says(sighting) and sighting.stamp.day == ground.said:
            score += SAID_FAR
        if sighting.label != "updated":  # how a page marks its last change says nothing of its first
            score += MARKED_FAR * sighting.marked + MACHINE_FAR * sighting.machine
    if in_text(sighting):
        score += IN_START if sighting.before < START else IN_TEXT
    return score + _in_company(sighting, lines)


def _at_end(sighting: Sighting, lines: int, ground: Ground) -> float:
    """Weigh a line below the text: letters are signed with place and date, Chinese notices with a date."""
    if lines < 0 or ground.foot is None or sighting.position > ground.foot + BEHIND_END:
        return 0.0
    if sighting.signed and sighting.before > 0:
        return SIGNED
    if ground.end is None or not -BEFORE_END <= sighting.position - ground.end <= BEHIND_END:
        return 0.0
    if sighting.signed and sighting.stamp.form == "cjk":
        return SIGNED
    return ENDING if sighting.alone else 0.0


def _in_company(sighting: Sighting, lines: int) -> float:
    """Weigh what else stands around: lists of other texts have a date each."""
    score = ELSEWHERE if sighting.elsewhere else 0.0
    if sighting.alike > MOST_ALIKE:
        score += LISTED_AT_HEADLINE if abs(lines) <= AT_HEADLINE else LISTED
    if sighting.linked and not 0 < lines <= AT_HEADLINE:
        score += LINKED
    return score
