"""List the dates that a page prints for people, each with where it stands.  Weighs nothing."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from crawler.dates.find import Stamp, stamp, stamps
from crawler.extract.date.said import Label, label, says_updated
from crawler.extract.document.parse import Block, Document
from crawler.model import DateOrder

LONGEST_TEXT: Final = 200_000  # characters of a page looked through; the dates of a release stand at its ends
LONGEST_BOX: Final = 10  # characters of a part of a date in a box of its own: "September", "03."
EDGE: Final = "\n\x00\n"
OPEN_EDGE: Final = "\n \n"
MOST_OPENINGS: Final = 300  # blocks whose openings are read for datelines without a year
MOST_LINKED: Final = 0.6  # share of links; more, and a block leads somewhere else
SHORT_LEAD: Final = 3  # characters before a date; with so few, the block before may hold its label
LONGEST_LABEL: Final = 30  # characters of such a block
SPAN_ROOM: Final = 8  # characters between the ends of a span of days
BEHIND: Final = 45  # characters behind a date that are looked at; "updated:" and another date fit in
LABEL_ROOM: Final = 40  # characters before a date in which a label is looked for
LONGEST_MARKS: Final = 2_000  # characters of a block's names that are looked at; 300 real pages: up to 730
MOST_MARKS: Final = 32  # blocks whose names are remembered: a text's dates stand in few
SENTENCE_ENDS: Final = (".", "!", "?", "。", ".”", '."')

#: What stands before the last day of a span that shares its month or year with the first: ``3 - 5 May 2026``.
_SPAN_BEGINS: Final = re.compile(
    r"(?:\b\d{1,2}\.?(?:\s[^\W\d_]{3,10}\.?)?|\b[^\W\d_]{3,10}\.?\s\d{1,2})\s{0,2}(?:[-–—~]|to|until|bis|au|al)\s{0,2}$"
)
#: What stands between the ends of a span of days.
_SPAN: Final = re.compile(r"\s{0,2}(?:[-–—~～至]|to|until|bis|au|al|hasta|tot|till)\s{0,2}", re.IGNORECASE)
#: Marks of elements that hold the date of a text.
_DATE_MARKS: Final = re.compile(r"dat(?:e|um|a)(?:$|[^a])|time|publi|posted|byline|meta\b|info")
#: Marks of elements whose dates are those of other texts.
_OTHER_MARKS: Final = re.compile(
    r"comment|relat|sidebar|widget|teaser|recent|latest|archive|event|calendar|popular|footer|copyright|carousel"
    r"|also|recommend|promo|upcoming|(?<!v)card|next|prev|read-?more|more-?news|trending|\bnav|nav\b"
    r"|todays?[_-]?date|current[_-]?date"
)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One date printed on a page."""

    stamp: Stamp
    #: Position of its block; for a ``<time>`` the block it stands in.
    position: int
    #: Lines of its block before it.
    line: int
    #: Characters of its line before it.
    before: int
    #: Characters of its line.
    length: int
    label: Label
    #: Says that it stands as datelines do: at the start of a text, behind a place, before a dash.
    dateline: bool
    #: Says that its line holds little else.
    alone: bool
    #: Says that it stands behind the first word of a line that ends as sentences do.
    sentence: bool
    #: Says that its line holds nothing else but a place before it, as the last line of a letter does.
    signed: bool
    #: Says that the element's names speak of dates.
    marked: bool
    #: Says that the element's names speak of other texts.
    elsewhere: bool
    #: Says that most of its block is links.
    linked: bool
    #: How many blocks with a date have the same names, 0 without names: a list of teasers has many.
    alike: int
    #: Says that it comes from ``<time datetime>``, not from what is displayed.
    machine: bool
    hidden: bool


def printed(document: Document, *, zone: str | None, order: DateOrder | None) -> list[Sighting]:
    """List the dates printed on a page, and those of its ``<time>`` elements, in the order of the page."""
    blocks = document.blocks
    text, starts = _join(blocks)
    found = stamps(text, order=order, zone=zone)
    places = [bisect_right(starts, each.start) - 1 for each in found]
    alike = Counter(_kind(blocks[place]) for place in {*places, *_time_places(document)})
    spans = _spans(text, found)
    sightings = [
        _sighting(each, document, place, text, starts[place], alike=alike[_kind(blocks[place])], span=span)
        for each, place, span in zip(found, places, spans, strict=True)
    ]
    labels = {(each.position, each.stamp.day): each.label for each in sightings}
    for each in _times(document, zone, order, alike):
        said = labels.get((each.position, each.stamp.day), "")
        sightings.append(each if each.label or not said else replace(each, label=said))
    sightings.sort(key=lambda each: each.position)
    return sightings


def yearless(document: Document, year: int | None) -> list[Sighting]:
    """List the datelines without a year of the first blocks, as old wires printed them, read in ``year``."""
    found: list[Sighting] = []
    for block in document.blocks[:MOST_OPENINGS] if year is not None else ():
        opening = block.text[:DATELINE_ROOM]
        for each in stamps(opening, year=year):
            sighting = _sighting(each, document, block.position, opening, 0, alike=0, span=False)
            if each.form == "short" and sighting.dateline:
                found.append(replace(sighting, length=len(block.text)))
    return found


def _kind(block: Block) -> tuple[str, str]:
    return block.tag, block.marks


def _time_places(document: Document) -> set[int]:
    return {moment.position for moment in document.times if moment.position < len(document.blocks)}


def _spans(text: str, found: list[Stamp]) -> list[bool]:
    """Say of each date whether it ends a span of days, as of ``3 - 5 May``: when something takes place."""
    spans = [bool(_SPAN_BEGINS.search(text, max(0, each.start - LABEL_ROOM), each.start)) for each in found]
    for at, (one, other) in enumerate(pairwise(found)):
        if other.start - one.end <= SPAN_ROOM and _SPAN.fullmatch(text[one.end : other.start]):
            spans[at] = spans[at + 1] = one.day != other.day
    return spans


def _join(blocks: Sequence[Block]) -> tuple[str, list[int]]:
    """Join the blocks' texts so that no date is read across two of them, and give where each starts.

    Only between two that are as short as a day or a month may one be: calendars print a part in a box.
    """
    pieces: list[str] = []
    starts: list[int] = []
    at, last = 0, LONGEST_BOX + 1
    for block in blocks:
        if at > LONGEST_TEXT:
            break
        size = len(block.text)
        pieces.append(OPEN_EDGE if last <= LONGEST_BOX and size <= LONGEST_BOX else EDGE)
        pieces.append(block.text)
        at += len(EDGE)
        starts.append(at)
        at, last = at + size, size
    return "".join(pieces), starts


@lru_cache(maxsize=MOST_MARKS)
def _is_marked(marks: str) -> bool:
    return bool(_DATE_MARKS.search(marks, 0, LONGEST_MARKS))


@lru_cache(maxsize=MOST_MARKS)
def _is_elsewhere(marks: str) -> bool:
    return bool(_OTHER_MARKS.search(marks, 0, LONGEST_MARKS))


def _sighting(
    found: Stamp, document: Document, place: int, text: str, edge: int, *, alike: int, span: bool
) -> Sighting:
    block = document.blocks[place]
    line = text.rfind("\n", edge, found.start) + 1 or edge
    end = text.find("\n", found.end)
    length = (end if end >= 0 else len(text)) - line
    before, size = found.start - line, found.end - found.start
    led = document.blocks[place - 1].text if place and line == edge and before <= SHORT_LEAD else ""
    words = (
        (led if len(led) <= LONGEST_LABEL else "")
        + " "
        + text[max(line, found.start - LABEL_ROOM) : found.start]
    )
    behind = text[found.end : found.end + BEHIND]
    placed = bool(_SIGNED.fullmatch(text, line, found.start))
    closed = _BEHIND_DATELINE.match(behind) or (placed and before > 0 and _BEHIND_PLACE.match(behind))
    return Sighting(
        stamp=found,
        position=block.position,
        line=text.count("\n", edge, line),
        before=before,
        length=length,
        label="never" if span else label(words, behind, timed=found.clock is not None),
        dateline=before + size <= DATELINE_ROOM and bool(closed),
        alone=length < 2 * size + 12,
        sentence=before > 0 and text.endswith(SENTENCE_ENDS, line, line + length),
        signed=placed and length - before - size <= SHORT_LEAD,
        marked=_is_marked(block.marks),
        elsewhere=_is_elsewhere(block.marks),
        linked=block.link_density > MOST_LINKED,
        alike=alike if block.marks else 0,
        machine=False,
        hidden=block.hidden,
    )


#: What follows the date of a dateline: a dash, a wire's name between bars or in brackets.
#: "r.", "г.", "р." are the Slavic "of the year".
_BEHIND_DATELINE: Final = re.compile(
    r"(?:\s?[rгр]\.)?(?:\s{0,3}(?:[-–—―]|/|\(|\)|\]|[:：])|\s{0,2}[.,|]\s?[-–—])"
)
#: The same where a place stands before the date: "Essen, 03.11.2026. Acme hat".
_BEHIND_PLACE: Final = re.compile(r"(?:\s?[rгр])?\.\s(?=[^\W\d_])")
DATELINE_ROOM: Final = 90  # characters from the start of a text to the end of its dateline's date


#: What precedes the date in a line that signs a text: nothing, or a place ("Hamburg, den").
_SIGNED: Final = re.compile(
    r"(?:[^\W\d_][^\n,:;!?]{1,40},\s(?:[^\W\d_][^\n,:;!?]{0,30},\s)?(?:den\s|le\s|li\s|am\s|the\s)?)?"
)


def _times(
    document: Document, zone: str | None, order: DateOrder | None, alike: Counter[tuple[str, str]]
) -> Iterator[Sighting]:
    for moment in document.times[:200]:
        found = stamp(moment.machine, zone=zone, order=order) if moment.machine else None
        if found is None:
            continue
        block = document.blocks[moment.position] if moment.position < len(document.blocks) else None
        yield Sighting(
            stamp=found,
            position=moment.position,
            line=0,
            before=0,
            length=len(moment.text),
            dateline=False,
            alone=True,
            sentence=False,
            signed=False,
            label="updated" if says_updated(moment.marks) else "",
            marked=True,
            elsewhere=_is_elsewhere(moment.marks) or bool(block and _is_elsewhere(block.marks)),
            linked=bool(block and block.link_density > MOST_LINKED),
            alike=alike[_kind(block)] if block and block.marks else 0,
            machine=True,
            hidden=False,
        )
