"""Read dates out of text: a machine's stamp, or every date printed in running text.  Pure: reads no clock.

The shapes are patterns in ``dates.forms``, the words (months, eras, zones) in ``dates.months``.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from crawler.dates.forms import (
    ANCHOR,
    BEFORE,
    BEHIND,
    COMPACT,
    DATE,
    DIGITS,
    FOREIGN_DIGIT,
    FOREIGN_LEADS,
    FORMS,
    FULL_HOUR,
    NUMBER,
    SHORT,
    SHORT_ANCHOR,
    TIME,
    WEEKDAY,
)
from crawler.dates.months import ERAS, MONTHS, NUMERALS, WEEKDAYS, ZONES, fold
from crawler.model import DateOrder

FIRST_YEAR: Final = 1990  # the web's first; what is older is history in the text
LAST_YEAR: Final = 2100
LONGEST_STAMP: Final = 80  # characters; JavaScript's own spelling with a zone's long name has 62
LONGEST_TEXT: Final = 400_000  # characters looked through; a release has 10,000
MOST_STAMPS: Final = 2_000  # of one text; the longest archive page had 600


@dataclass(frozen=True, slots=True)
class Stamp:
    """One date as it stands in a text."""

    #: Calendar day as printed, or in the zone that was asked for where the text names an instant.
    day: date
    #: The instant, aware UTC; None when no hour or no zone is known.  Midnight sharp is no hour.
    moment: datetime | None
    #: Offset of the first character, a weekday before the date included.
    start: int
    #: Offset behind the last character, hour and zone included.
    end: int
    #: How it is written: ``iso``, ``digits``, ``words``, ``cjk``, ``era``, ``short`` (without a year).
    form: str
    #: All digits with slashes, and day and month could change places.
    ambiguous: bool
    #: The only order that these digits can have been printed in; None for either, or with a month's name.
    order: DateOrder | None = None
    #: The hour as it stands there, in whatever zone; None when there is none.
    clock: time | None = None
    #: Says that a weekday's name stands before it.
    weekday: bool = False


def stamp(text: str, *, zone: str | None = None, order: DateOrder | None = None) -> Stamp | None:
    """Read a string that is one date: ISO 8601, RFC 2822, RFC 850, or what a content system prints.

    An hour without a zone is taken to be in ``zone`` (IANA); an instant's day is its day there.
    None when the string holds no date, or two.
    """
    text = _plain_digits(text.strip())
    if not text or len(text) > LONGEST_STAMP:
        return None
    if compact := COMPACT.fullmatch(text):
        y, m, d, rest = compact.group("y", "m", "d", "rest")
        digits = rest.removeprefix("T")
        clock = f" {digits[:2]}:{digits[2:4]}{digits[4:]}" if digits[:4].isdecimal() else ""
        text = f"{y}-{m}-{d}{clock}"
    found = stamps(text, order=order, zone=zone)
    return found[0] if found and len({each.day for each in found}) == 1 else None


def stamps(
    text: str, *, order: DateOrder | None = None, zone: str | None = None, year: int | None = None
) -> list[Stamp]:
    """List every date printed in running text, in order, not overlapping.

    All-digit dates are read in ``order``; without one they are read day first, and one with slashes that
    allows both is flagged.  Forms without a year are found only where ``year`` is given.
    """
    text = _plain_digits(text[:LONGEST_TEXT])
    found = _scan(text, order, zone, None)
    if year is not None:
        taken = {at for each in found for at in range(each.start, each.end)}
        short = _scan(text, order, zone, year)
        found += [each for each in short if taken.isdisjoint(range(each.start, each.end))]
        found.sort(key=lambda each: each.start)
    return found


def _plain_digits(text: str) -> str:
    """Spell all digits 0 to 9, every character in its place."""
    encoded = b"" if text.isascii() else text.encode("utf-8", "replace")
    is_likely = any(lead in encoded for lead in FOREIGN_LEADS)
    return text.translate(DIGITS) if is_likely and FOREIGN_DIGIT.search(text) else text


def _windows(anchor: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """List the stretches around a text's anchors, those that touch made one, that may hold a date."""
    if len(text) <= LONGEST_STAMP:
        return [(0, len(text))]
    windows: list[tuple[int, int]] = []
    for match in anchor.finditer(text):
        start, end = max(0, match.start() - BEFORE), min(len(text), match.end() + BEHIND)
        if windows and start <= windows[-1][1]:
            start = windows.pop()[0]
        windows.append((start, end))
    return [(start, end) for start, end in windows if NUMBER.search(text, start, end)]


def _scan(text: str, order: DateOrder | None, zone: str | None, year: int | None) -> list[Stamp]:
    form, anchor = (DATE, ANCHOR) if year is None else (SHORT, SHORT_ANCHOR)
    found: list[Stamp] = []
    floor = 0
    for start, end in _windows(anchor, text):
        at = max(start, floor)
        while match := form.search(text, at, end):
            read = _day(match, order, year)
            if read is None:
                at = match.start() + 1
                continue
            day, ambiguous, only = read
            first = _with_weekday(text, match.start(), floor)
            moment, in_zone, at, clock = _hour(text, match, day, zone)
            name = "short" if year is not None else FORMS.get(match.lastgroup or "", match.lastgroup or "")
            is_named = first < match.start()
            found.append(Stamp(in_zone, moment, first, at, name, ambiguous, only, clock, is_named))
            floor = at
            if len(found) >= MOST_STAMPS:
                return found
    return found


#: A day, whether it is ambiguous, and the only order it can have been printed in.
_Read = tuple[date, bool, DateOrder | None]


def _day(match: re.Match[str], order: DateOrder | None, year: int | None) -> _Read | None:
    """Give the day a match means; None when it is no day."""
    form = match.lastgroup
    if form == "digits":
        return _all_digits(match, order, year)
    if form == "iso":
        day = _calendar(match["iso_y"], match["iso_m"], match["iso_d"])
    elif form == "cjk":
        day = _calendar(year or match["cjk_y"], match["cjk_m"], match["cjk_d"])
    elif form == "words":
        day = _calendar(year or match["w_y"], MONTHS.get(fold(match["w_m"])), match["w_d"])
    elif form == "month":
        day = _calendar(year or match["mo_y"], MONTHS.get(fold(match["mo_m"])), match["mo_d"])
    elif form == "yearfirst":
        day = _calendar(match["yf_y"], MONTHS.get(fold(match["yf_m"])), match["yf_d"])
    elif form == "gada":
        day = _calendar(match["ga_y"], MONTHS.get(fold(match["ga_m"])), match["ga_d"])
    elif form == "thang":
        day = _calendar(match["th_y"], match["th_m"], match["th_d"])
    elif form == "era":
        count = 1 if match["era_y"] == "元" else int(match["era_y"])
        day = _calendar(ERAS[match["era_n"]] + count, match["era_m"], match["era_d"])
    else:
        day = _calendar(_numeral(match["han_y"]), _numeral(match["han_m"]), _numeral(match["han_d"]))
    return None if day is None else (day, False, None)


def _all_digits(match: re.Match[str], order: DateOrder | None, year: int | None) -> _Read | None:
    first, second, whole = match["dig_a"], match["dig_b"], year or match["dig_y"]
    day_first, month_first = _calendar(whole, second, first), _calendar(whole, first, second)
    both = day_first is not None and month_first is not None and day_first != month_first
    wanted = month_first if order == "mdy" else day_first
    day = wanted or day_first or month_first
    if day is None:
        return None
    only: DateOrder | None = "dmy" if month_first is None else "mdy" if day_first is None else None
    return day, both and order is None and "/" in match["dig_sep"], only


def _calendar(year: str | int | None, month: str | int | None, day: str | int | None) -> date | None:
    """Build a day of the web's years from what was printed; None when there is no such day."""
    if year is None or month is None or day is None:
        return None
    whole = int(year.lstrip("'’")) if isinstance(year, str) else year
    if whole < 100:  # noqa: PLR2004 - two digits
        whole += 2000 if whole < 50 else 1900  # noqa: PLR2004 - the pivot of POSIX, moved to the web's years
    elif whole > 2500:  # noqa: PLR2004 - the Thai calendar counts from 543 BC
        whole -= 543
    if not FIRST_YEAR <= whole <= LAST_YEAR:
        return None
    try:
        return date(whole, int(month), int(day))
    except ValueError:
        return None


def _numeral(text: str) -> int:
    """Read a Chinese numeral below 100, or a year written digit by digit."""
    if "十" not in text:
        return int("".join(str(NUMERALS[sign]) for sign in text))
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return (NUMERALS[tens] if tens else 1) * 10 + (NUMERALS[ones] if ones else 0)


def _with_weekday(text: str, start: int, floor: int) -> int:
    before = WEEKDAY.search(text[max(floor, start - 24) : start])
    if before and fold(before[1]) in WEEKDAYS:
        return start - len(before[0])
    return start


def _hour(
    text: str, match: re.Match[str], day: date, zone: str | None
) -> tuple[datetime | None, date, int, time | None]:
    """Give the instant behind a date, its day in ``zone``, where the hour ends, and the hour itself."""
    inner = match["mo_clock"] if match.re is DATE else None
    found = (
        TIME.match(inner) if inner else TIME.match(text, match.end()) or FULL_HOUR.match(text, match.end())
    )
    if found is None:
        return None, day, match.end(), None
    end = match.end() if inner else found.end()
    part = found.groupdict()
    clock, own = _clock(part), _own_zone(match, part)
    where = own or (_zone(zone) if zone else None)
    if clock is None or where is None:
        return None, day, end, clock
    local = datetime.combine(day, clock, tzinfo=where)
    in_zone = local.astimezone(_zone(zone)).date() if zone and own and not _is_printed(match) else day
    return local.astimezone(UTC), in_zone, end, clock


def _clock(part: dict[str, str | None]) -> time | None:
    """Read an hour; None for midnight sharp, which is a day that a program printed."""
    hour, minute, second = (int(part.get(name) or 0) for name in ("hour", "minute", "second"))
    half = part.get("half")
    if half and 1 <= hour <= 12:  # noqa: PLR2004 - hours on a clock's face
        hour = hour % 12 + (12 if half in "Pp" else 0)
    clock = time(hour % 24, minute, second)
    return clock if clock != time.min else None


def _is_printed(match: re.Match[str]) -> bool:
    """Say whether a person prints it so: "Nov 3, 2026, 20:00 ET" means that day wherever its source is."""
    return match.lastgroup != "iso"


def _own_zone(match: re.Match[str], part: dict[str, str | None]) -> tzinfo | None:
    """Give the zone printed behind an hour; "10:00-12:00" in prose is a stretch of time, not an offset."""
    offset, name = part.get("offset"), part.get("zone")
    if offset and not (offset[0] != "+" and ":" in offset and _is_printed(match)):
        return _offset(offset)
    return _zone(ZONES[name]) if name else None


@lru_cache(maxsize=64)
def _zone(name: str) -> tzinfo:
    return ZoneInfo(name)


def _offset(text: str) -> tzinfo:
    sign = 1 if text[0] == "+" else -1
    digits = text[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")  # noqa: PLR2004 - hours alone
    return timezone(sign * timedelta(hours=int(hours), minutes=int(minutes)))
