"""Find the date of each card of a listing: whole, glued to the headline, split, or without a year.  Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Final

from crawler.dates.find import Stamp, stamp, stamps
from crawler.dates.months import MONTHS, fold
from crawler.discover.cards import Card
from crawler.discover.dayorder import day_order
from crawler.discover.markup import HEADINGS, Run, Tree
from crawler.model import DateOrder, Habits, Published

LONGEST_DATED: Final = 90  # characters of a run in which a date is looked for; longer ones are prose
LONGEST_EDGE: Final = 48  # characters of a long run's beginning in which a glued date ends, its hour included
LONGEST_REST: Final = 24  # letters beside a date that is still a line of its own: "Published on", "| London"
MOST_RUNS: Final = 40  # of a card, in which a date in pieces or without a year is looked for
ANY_YEAR: Final = 2000  # a leap year, to see whether a text is a day at all
MOST_PIECES: Final = 4  # weekday, day, month, year
LONGEST_DATELINE: Final = 120  # characters of a teaser in which its dateline ends

YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
YEAR_SEGMENT: Final = re.compile(r"/((?:19|20)\d\d)(?=[/_-]|$)")
YEAR_ALONE: Final = re.compile(r"\W{0,3}((?:19|20)\d\d)\W{0,3}")
SHORT_YEAR: Final = re.compile(r"(?:^|\s)['’]?(\d\d)$")
MONTH_ALONE: Final = re.compile(r"[^\W\d]{3,10}[.,]?\s(?:19|20)\d\d")
#: A part of a date in an element of its own: ``20``, ``2026``, ``Nov.``, ``Aug 01``, ``3rd``, ``20 Nov``.
PIECE: Final = re.compile(
    r"\W{0,2}(?:['’]?\d{1,4}[^\W\d]{0,2}|[^\W\d]{2,10}\.?(?:\W{1,2}\d{1,4}[^\W\d]{0,2})?"
    r"|\d{1,2}[^\W\d]{0,2}\W{1,2}[^\W\d]{2,10})\W{0,2}"
)
#: A day in an address: ``/2026/11/03/``, ``/2005-07-18/``, ``20260928…``, with nothing numeric before it.
IN_ADDRESS: Final = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:/(\d\d?)/(\d\d?)(?=/)|[-_](\d\d)[-_](\d\d)(?!\d)|(0[1-9]|1[0-2])([0-3]\d)(?!\d{1,2}(?!\d)))"
)
#: What is left before a headline when its date is cut off, the zone of New York's wires included.
LEFT_BEFORE: Final = re.compile(r"^(?:\s?(?:ET|EST|EDT)(?=[A-Z\s]))?[\s|:;,.·•–—\])/-]*")
LEFT_BEHIND: Final = re.compile(r"[\s|:;,·•–—\[(/-]*$")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date found in a card."""

    #: None where day and month are printed and no year is near.
    published: Published | None
    #: Text runs that hold nothing but this date, by their index.
    whole: frozenset[int] = frozenset()
    #: Run in which the date is glued to other text, and its stretch there; None when it stands alone.
    glued: tuple[int, int, int] | None = None
    #: Whether the card prints no date, and only its address is filed under one.
    filed: bool = False


@dataclass(frozen=True)
class Dates:
    """The dates of one page, read as this page prints them."""

    tree: Tree
    url: str
    habits: Habits

    @cached_property
    def order(self) -> DateOrder | None:
        """Tell which of day and month this page prints first; None when it prints no such dates."""
        if self.habits.date_order:
            return self.habits.date_order
        texts = [run.text for run in self.tree.runs if len(run.text) <= LONGEST_DATED]
        language = next(
            (node.attrs.get("lang", "") for node in self.tree.nodes[:3] if node.tag == "html"), ""
        )
        return day_order(texts, self.url, language)

    @cached_property
    def by_run(self) -> dict[int, Stamp]:
        """Map the runs that hold a date in a short text to their first one."""
        found = {}
        for at, run in enumerate(self.tree.runs):
            if len(run.text) <= LONGEST_DATED:
                read = self._stamps(run.text)
                if read:
                    found[at] = read[0]
            elif (read := self._stamps(run.text[:LONGEST_EDGE])) and letters(run.text[: read[0].start]) == 0:
                found[at] = read[0]
        return found

    def _stamps(self, text: str) -> list[Stamp]:
        if not any(map(str.isdigit, text)):
            return []
        return stamps(text, order=self.order, zone=self.habits.zone)

    @cached_property
    def times(self) -> dict[int, Stamp]:
        """Map first runs of ``time`` elements to what their ``datetime`` says."""
        found = {}
        for node in self.tree.nodes:
            if node.tag == "time" and (read := stamp(node.attrs.get("datetime", ""), zone=self.habits.zone)):
                found[node.first] = read
        return found

    def _is_whole(self, at: int) -> bool:
        """Say whether a run is a date and little else."""
        read, text = self.by_run.get(at), self.tree.runs[at].text
        return read is not None and letters(text[: read.start] + text[read.end :]) <= LONGEST_REST

    def has(self, first: int, last: int) -> bool:
        """Say whether a date stands alone in a stretch of runs."""
        return any(self._is_whole(at) or at in self.times for at in range(first, last))

    def of(self, card: Card) -> Dated | None:
        """Find the date of a card, the surest spelling first."""
        span = range(card.first, card.last)
        return (
            next(self._alone(span), None)
            or next(self._glued(span), None)
            or self._split(span, None)
            or self._without_year(card, span)
            or self._above(card)
            or self._dateline(span)
            or self._in_address(card.anchor.url)
        )

    def _alone(self, span: range) -> Iterator[Dated]:
        """Give the dates that stand alone, those with the least beside them first."""
        rest: dict[int, int] = {}
        for at in span:
            read, text = self.by_run.get(at), self.tree.runs[at].text
            if read:
                rest[at] = letters(text[: read.start] + text[read.end :])
            elif at in self.times:
                rest[at] = 0
        for at in sorted(rest, key=lambda at: (rest[at], at)):
            read, given = self.by_run.get(at), self.times.get(at)
            if rest[at] > LONGEST_REST:
                return
            if given and (read is None or abs(read.day - given.day) <= timedelta(days=1)):
                exact = Stamp(read.day, given.moment, 0, 0, "iso", ambiguous=False) if read else given
                yield Dated(_published(exact, "time element"), frozenset({at} if read else ()))
            elif read:
                yield Dated(_published(read, "printed in list"), frozenset({at}))

    def _glued(self, span: range) -> Iterator[Dated]:
        for wanted in ("start", "end"):
            for at in span:
                if read := self.by_run.get(at):
                    text = self.tree.runs[at].text
                    rest = text[: read.start] if wanted == "start" else text[read.end :]
                    if letters(rest) == 0:
                        yield Dated(
                            _published(read, "printed beside headline"), glued=(at, read.start, read.end)
                        )

    def _above(self, card: Card) -> Dated | None:
        """Take the day that heads the list the card stands in."""
        at = card.node.parent.first - 1 if card.node.parent else -1
        read = self.by_run.get(at)
        if read is None or not self._is_whole(at) or self.tree.runs[at].node.tag == "a":
            return None
        return Dated(_published(read, "heading above"))

    def _split(self, span: range, year: int | None) -> Dated | None:
        """Join short neighbours: ``Aug 01`` ``22``, or ``20`` ``Nov`` ``2026``; first those in own blocks."""
        runs = self.tree.runs
        found: dict[int, Dated] = {}  # by the letters that share a block with the pieces
        for first in span[:MOST_RUNS]:
            behind = first
            while behind < min(first + MOST_PIECES, span.stop) and behind in self.pieces:
                behind += 1
            for last in range(behind, first + (0 if year else 1), -1):
                text = " ".join(run.text for run in runs[first:last])
                if year is None:
                    text = SHORT_YEAR.sub(r" 20\1", text)
                if (read := self._entire(text, year)) is not None:
                    blocks = {runs[at].node.block for at in range(first, last)}
                    beside = sum(letters(self.tree.text(block)) for block in blocks) - letters(text)
                    dated = Dated(_published(read, "printed in pieces"), frozenset(range(first, last)))
                    found.setdefault(beside, dated)
        return found[min(found)] if found else None

    @cached_property
    def pieces(self) -> frozenset[int]:
        """The runs that could be a part of a date, by their index."""
        return frozenset(at for at, run in enumerate(self.tree.runs) if PIECE.fullmatch(run.text))

    @cached_property
    def read(self) -> dict[tuple[str, int | None], Stamp | None]:
        """Short texts that were read before, with the year they were read for."""
        return {}

    def _entire(self, text: str, year: int | None) -> Stamp | None:
        """Read a text that is a date, signs aside."""
        if (text, year) not in self.read:
            found = stamps(text, order=self.order, year=year) if any(map(str.isdigit, text)) else []
            whole = found and letters(text[: found[0].start] + text[found[0].end :]) == 0
            self.read[text, year] = found[0] if whole else None
        return self.read[text, year]

    def _without_year(self, card: Card, span: range) -> Dated | None:
        """Read a day and month under the card's year; without one they still mark the card as dated."""
        year = self.year(card)
        for at in span[:MOST_RUNS]:
            text = self.tree.runs[at].text
            if len(text) > LONGEST_DATED // 3:
                continue
            read = self._entire(text, year or ANY_YEAR)
            if MONTH_ALONE.fullmatch(text) and fold(text.split()[0].strip(".,")) in MONTHS:
                return Dated(None, frozenset({at}))
            if read and (year or any(map(str.isalpha, text))):
                return Dated(_published(read, f"printed in {year}") if year else None, frozenset({at}))
        split = self._split(span, year or ANY_YEAR)
        return split if year or not split else Dated(None, split.whole)

    def year(self, card: Card) -> int | None:
        """Give the year a card stands under: in its address, the heading above, or the page's address."""
        if found := YEAR_SEGMENT.findall(card.anchor.url):
            return int(found[-1])
        above = [year for at, year in self.headings if at < card.first]
        if above:
            return above[-1]
        found = YEAR.findall(self.url)
        return int(found[-1]) if found else None

    @cached_property
    def headings(self) -> list[tuple[int, int]]:
        """List where a year stands alone or in a heading; of a row of years (tabs) only the chosen one."""
        alone: list[tuple[int, int, bool]] = []
        for at, run in enumerate(self.tree.runs):
            if match := YEAR_ALONE.fullmatch(run.text):
                alone.append((at, int(match[1]), _is_chosen(run)))
            elif run.node.block.tag in HEADINGS and len(found := YEAR.findall(run.text)) == 1:
                alone.append((at, int(found[0]), True))
        rows = {at for (at, *_), (behind, *_) in pairwise(alone) if behind - at == 1 for at in (at, behind)}
        return [(at, year) for at, year, chosen in alone if chosen or at not in rows]

    def _dateline(self, span: range) -> Dated | None:
        """Take the date of a teaser's dateline: ``BERLIN, 3 November 2026 – …``."""
        for at in span:
            text = self.tree.runs[at].text
            if len(text) > LONGEST_DATED:
                read = next(iter(stamps(text[:LONGEST_DATELINE], order=self.order)), None)
                if (
                    read
                    and letters(text[: read.start]) <= LONGEST_REST
                    and text[read.end :].lstrip()[:1] in "–—-(/:|"
                ):
                    return Dated(replace(_published(read, "dateline in list"), certainty="dateline"))
                return None
        return None

    def _in_address(self, url: str) -> Dated | None:
        day = day_in(url)
        return Dated(Published(day, None, "address", "stated"), filed=True) if day else None


def day_in(url: str) -> date | None:
    """Give the day that an address is filed under, or None."""
    for match in IN_ADDRESS.finditer(url):
        year, month, day = (int(part) for part in match.groups() if part)
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return None


def letters(text: str) -> int:
    """Count the letters and digits of a text."""
    return sum(map(str.isalnum, text))


def cut(text: str, start: int, end: int) -> str:
    """Take a glued date off a headline, with the signs that joined them."""
    before, behind = text[:start], text[end:]
    if letters(before):
        return LEFT_BEHIND.sub("", before)
    return LEFT_BEFORE.sub("", behind)


def _is_chosen(run: Run) -> bool:
    around = (run.node, *list(run.node.ancestors())[:2])
    return any(
        node.tag in HEADINGS
        or "aria-current" in node.attrs
        or not {"active", "current", "selected", "is-active"}.isdisjoint(
            node.attrs.get("class", "").casefold().split()
        )
        for node in around
    )


def _published(read: Stamp, rule: str) -> Published:
    return Published(read.day, read.moment, rule, "stated")
