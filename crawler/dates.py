"""Read dates out of text: a machine's stamp, or every date printed in running text.  Pure: reads no clock.

What a date is printed with (names of months, eras, zones) is data in ``crawler.months``.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from crawler.model import DateOrder
from crawler.months import ERAS, MONTHS, NUMERALS, WEEKDAYS, ZONES, fold

FIRST_YEAR: Final = 1990  # the web's first; what is older is history in the text
LAST_YEAR: Final = 2100
LONGEST_STAMP: Final = 80  # characters; JavaScript's own spelling with a zone's long name has 62
LONGEST_TEXT: Final = 400_000  # characters looked through; a release has 10,000


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
    #: All digits, and day and month could change places.
    ambiguous: bool


#: Letters of scripts that put spaces between words, with their marks; ``\w`` knows no marks, and CJK runs on.
_LETTER: Final = (
    "A-Za-zªºÀ-ÖØ-öø-ɏ\u0300-\u036fͰ-ԯԱ-Ֆա-և\u05d0-\u05ea\u0620-\u065f\u066e-\u06ef\u0900-\u0965"
    "\u0971-\u09e5\u0e01-\u0e4eა-ჿḀ-ỿ"
)
_WORD: Final = rf"[{_LETTER}][{_LETTER}.]{{0,1}}[{_LETTER}]{{1,14}}"
#: Between the parts of a date: blanks, marks that steer direction or width, one or two signs.
_GAP: Final = r"[\s\u200b\u200e\u200f.,/–-]{0,4}"
_ORDINAL: Final = r"(?:st|nd|rd|th|er|º|ª|°|-?e|-?a|η|\.)?"
_OF: Final = r"(?:of\s|de\s|d['’]|di\s|del\s)?"
_CLOCK: Final = r"(?:\d{1,2}:\d\d(?::\d\d)?(?:\s(?:[A-Z]{3,4}|[+-]\d{4}))?)"
_NUMERAL: Final = "〇○零一二三四五六七八九"

#: Every form that carries its own year; the outer group's name is the form.
_DATE: Final = re.compile(
    rf"""
    (?<![\d.:/-])(?<!\d,)(?:
        (?P<iso>(?P<iso_y>(?:19|20)\d\d)(?P<iso_sep>[-/.])\s?(?P<iso_m>\d\d?)(?P=iso_sep)\s?(?P<iso_d>\d\d?)(?!\d))
      | (?P<cjk>(?P<cjk_y>(?:19|20)\d\d)\s?[年년]\s?(?P<cjk_m>\d\d?)\s?[月월]\s?
            (?P<cjk_d>\d\d?)\s?[日일号號]?(?!\d))
      | (?P<digits>(?P<dig_a>\d\d?)(?P<dig_sep>[./-])\s?(?P<dig_b>\d\d?)(?P=dig_sep)\s?
            (?P<dig_y>(?:19|20)\d\d|\d\d)(?![\d%])(?![.,/-]\d))
      | (?P<words>(?P<w_d>\d\d?){_ORDINAL}{_GAP}{_OF}(?P<w_m>{_WORD}){_GAP}(?:de\s|del\s|do\s|of\s)?
            (?P<w_y>(?:19|20|25)\d\d|['’]\d\d|(?<=-)\d\d(?!-)|\d\d(?=\s\d\d:\d\d|\s*(?:[\n|)\]•·–—]|\Z)))(?!\d))
      | (?P<gada>(?P<ga_y>20\d\d)\.?\sgada\s(?P<ga_d>\d\d?)\.?\s(?P<ga_m>{_WORD}))
      | (?P<yearfirst>(?P<yf_y>(?:19|20)\d\d)(?:{_GAP}|\sm\.\s)(?P<yf_m>{_WORD}){_GAP}(?P<yf_d>\d\d?)(?!\d))
      | (?P<thang>(?P<th_d>\d\d?)\s[Tt]háng\s(?P<th_m>\d\d?)(?:,|,?\snăm)?\s(?P<th_y>20\d\d))
    )
    | (?<![{_LETTER}])(?P<month>(?P<mo_m>{_WORD}){_GAP}(?:the\s)?(?P<mo_d>\d\d?){_ORDINAL}
            (?:\s(?P<mo_clock>{_CLOCK}))?[\s.,/–-]{{1,4}}(?P<mo_y>(?:19|20)\d\d)(?!\d))
    | (?P<era>(?P<era_n>令和|平成|民國|民国)\s?(?P<era_y>\d{{1,3}}|元)\s?年\s?
            (?P<era_m>\d\d?)\s?月\s?(?P<era_d>\d\d?)\s?日)
    | (?P<hanzi>(?P<han_y>二[〇○零][{_NUMERAL}]{{2}})年
            (?P<han_m>[{_NUMERAL}十]{{1,2}})月(?P<han_d>[{_NUMERAL}十]{{1,3}})日)
    """,
    re.VERBOSE,
)

#: What every date with a year holds; the forms are tried only around it, five times as fast as everywhere.
_ANCHOR: Final = re.compile(r"(?:19|20|25)\d\d|[./-]\s?\d\d(?!\d)|['’]\d\d|\d\s\d\d:\d\d|年")
_SHORT_ANCHOR: Final = re.compile(r"\d")
BEFORE: Final = 64  # characters of the longest form before its anchor, with a weekday
BEHIND: Final = 40  # characters of the longest form behind its anchor

#: Forms without a year, looked for only where a year is given.
_SHORT: Final = re.compile(
    rf"""
    (?<![\d.:/-])(?:
        (?P<cjk>(?P<cjk_m>\d\d?)\s?[月월]\s?(?P<cjk_d>\d\d?)\s?[日일号號])
      | (?P<words>(?P<w_d>\d\d?){_ORDINAL}{_GAP}{_OF}(?P<w_m>{_WORD}))
      | (?P<digits>(?P<dig_a>\d\d?)(?P<dig_sep>[./])(?P<dig_b>\d\d?)(?P=dig_sep)?(?![\d%]))
    )
    | (?<![{_LETTER}])(?P<month>(?P<mo_m>{_WORD}){_GAP}(?P<mo_d>\d\d?)(?!\d))
    """,
    re.VERBOSE,
)

_ZONE: Final = "|".join(sorted(ZONES, key=len, reverse=True))
#: An hour behind a date.
_TIME: Final = re.compile(
    rf"""
    (?:T|[\s,|·•–—/(@-]{{0,4}}(?:(?:at|um|à|a\slas|às|as|alle|ore|kl|klo|saat|о|в|om|godz|pukul|dès)\.?\s{{1,2}})?)
    (?P<hour>[01]?\d|2[0-4])(?:\s?[:h时時点]\s?|[.](?=\d\d(?![\d.]))|시\s?)(?P<minute>[0-5]\d)
    (?:[:.]?(?P<second>[0-5]\d))?(?:[.,]\d{{1,9}})?(?:\s?[分분])?
    (?:\s?(?P<half>[AaPp])\.?\s?[Mm]\b\.?)?
    (?:[\s(]{{0,2}}(?P<zone>{_ZONE})(?![A-Z]?[a-z]?[+-]?\d)(?=[^A-Za-z]|[A-Z][a-z]|$))?
    (?:\s?(?:UTC|GMT)?(?P<offset>[+−-](?:0\d|1[0-4]|\d):?(?:[0-5]\d)?)(?!\d))?
    """,
    re.VERBOSE,
)
#: The same with a full hour alone: "8 AM ET".
_FULL_HOUR: Final = re.compile(
    rf"[\s,|·–—(-]{{0,4}}(?:at\s)?(?P<hour>1[0-2]|0?\d)\s?(?P<half>[AaPp])\.?[Mm]\b\.?(?:\s?(?P<zone>{_ZONE})\b)?"
)
_WEEKDAY: Final = re.compile(rf"([{_LETTER}]{{2,13}})(?:-feira)?\.?,?\s{{0,2}}(?:den\s|the\s|el\s|le\s)?$")
_COMPACT: Final = re.compile(
    r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?P<rest>(?:T?\d{4,6})?Z?(?:[+-]\d{4})?)"
)


def stamp(text: str, *, zone: str | None = None, order: DateOrder | None = None) -> Stamp | None:
    """Read a string that is one date: ISO 8601, RFC 2822, RFC 850, or what a content system prints.

    An hour without a zone is taken to be in ``zone`` (IANA); an instant's day is its day there.
    None when the string holds no date, or two.
    """
    text = _plain_digits(text.strip())
    if not text or len(text) > LONGEST_STAMP:
        return None
    if compact := _COMPACT.fullmatch(text):
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

    All-digit dates are read in ``order``; without one dots mean day first, and a slash or dash that
    allows both is read day first and flagged.  Forms without a year are found only where ``year`` is given.
    """
    text = _plain_digits(text[:LONGEST_TEXT])
    found = _scan(text, order, zone, None)
    if year is not None:
        taken = {at for each in found for at in range(each.start, each.end)}
        short = _scan(text, order, zone, year)
        found += [each for each in short if taken.isdisjoint(range(each.start, each.end))]
        found.sort(key=lambda each: each.start)
    return found


#: Digits of other scripts: full-width, Arabic, Persian, Hindi, Bengali, Thai.
_ZEROS: Final = "０٠۰०০๐"
_FOREIGN_DIGIT: Final = re.compile("[" + "".join(f"{zero}-{chr(ord(zero) + 9)}" for zero in _ZEROS) + "]")
_DIGITS: Final = {ord(zero) + value: str(value) for zero in _ZEROS for value in range(10)}


def _plain_digits(text: str) -> str:
    """Spell all digits 0 to 9, every character in its place."""
    return text if text.isascii() or not _FOREIGN_DIGIT.search(text) else text.translate(_DIGITS)


def _windows(anchor: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """List the stretches around a text's anchors, those that touch made one."""
    if len(text) <= LONGEST_STAMP:
        return [(0, len(text))]
    windows: list[tuple[int, int]] = []
    for match in anchor.finditer(text):
        start, end = max(0, match.start() - BEFORE), min(len(text), match.end() + BEHIND)
        if windows and start <= windows[-1][1]:
            start = windows.pop()[0]
        windows.append((start, end))
    return windows


def _scan(text: str, order: DateOrder | None, zone: str | None, year: int | None) -> list[Stamp]:
    form, anchor = (_DATE, _ANCHOR) if year is None else (_SHORT, _SHORT_ANCHOR)
    found: list[Stamp] = []
    floor = 0
    for start, end in _windows(anchor, text):
        at = max(start, floor)
        while match := form.search(text, at, end):
            read = _day(match, order, year)
            if read is None:
                at = match.start() + 1
                continue
            day, ambiguous = read
            first = _with_weekday(text, match.start(), floor)
            moment, in_zone, at = _hour(text, match, day, zone)
            name = "short" if year is not None else _FORMS.get(match.lastgroup or "", match.lastgroup or "")
            found.append(Stamp(in_zone, moment, first, at, name, ambiguous))
            floor = at
    return found


#: Outer groups that are spellings of one form.
_FORMS: Final = {"yearfirst": "words", "gada": "words", "thang": "words", "month": "words", "hanzi": "cjk"}


def _day(match: re.Match[str], order: DateOrder | None, year: int | None) -> tuple[date, bool] | None:
    """Give the day a match means and whether it is ambiguous; None when it is no day."""
    part = match.groupdict()
    form = match.lastgroup
    if form == "digits":
        return _all_digits(part, order, year)
    if form == "iso":
        day = _calendar(part["iso_y"], part["iso_m"], part["iso_d"])
    elif form == "cjk":
        day = _calendar(part.get("cjk_y") or year, part["cjk_m"], part["cjk_d"])
    elif form == "words":
        day = _calendar(part.get("w_y") or year, MONTHS.get(fold(part["w_m"])), part["w_d"])
    elif form == "month":
        day = _calendar(part.get("mo_y") or year, MONTHS.get(fold(part["mo_m"])), part["mo_d"])
    elif form == "yearfirst":
        day = _calendar(part["yf_y"], MONTHS.get(fold(part["yf_m"])), part["yf_d"])
    elif form == "gada":
        day = _calendar(part["ga_y"], MONTHS.get(fold(part["ga_m"])), part["ga_d"])
    elif form == "thang":
        day = _calendar(part["th_y"], part["th_m"], part["th_d"])
    elif form == "era":
        count = 1 if part["era_y"] == "元" else int(part["era_y"])
        day = _calendar(ERAS[part["era_n"]] + count, part["era_m"], part["era_d"])
    else:
        day = _calendar(_numeral(part["han_y"]), _numeral(part["han_m"]), _numeral(part["han_d"]))
    return None if day is None else (day, False)


def _all_digits(
    part: dict[str, str | None], order: DateOrder | None, year: int | None
) -> tuple[date, bool] | None:
    first, second, whole = part["dig_a"], part["dig_b"], part.get("dig_y") or year
    day_first, month_first = _calendar(whole, second, first), _calendar(whole, first, second)
    both = day_first is not None and month_first is not None and day_first != month_first
    wanted = month_first if order == "mdy" else day_first
    day = wanted or day_first or month_first
    if day is None:
        return None
    return day, both and order is None and part["dig_sep"] != "."


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
    before = _WEEKDAY.search(text[max(floor, start - 24) : start])
    if before and fold(before[1]) in WEEKDAYS:
        return start - len(before[0])
    return start


def _hour(text: str, match: re.Match[str], day: date, zone: str | None) -> tuple[datetime | None, date, int]:
    """Give the instant behind a date, its day in ``zone``, and where the printed hour ends."""
    inner = match.groupdict().get("mo_clock")
    clock = (
        _TIME.match(inner) if inner else _TIME.match(text, match.end()) or _FULL_HOUR.match(text, match.end())
    )
    if clock is None:
        return None, day, match.end()
    end = match.end() if inner else clock.end()
    part = clock.groupdict()
    hour, minute, second = (int(part.get(name) or 0) for name in ("hour", "minute", "second"))
    half = part.get("half")
    if half and 1 <= hour <= 12:  # noqa: PLR2004 - hours on a clock's face
        hour = hour % 12 + (12 if half in "Pp" else 0)
    if hour > 23 or not (hour or minute or second):  # noqa: PLR2004 - midnight sharp is a day that a program printed
        return None, day, end
    own = _own_zone(match, part)
    where = own or (_zone(zone) if zone else None)
    if where is None:
        return None, day, end
    local = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=where)
    in_zone = local.astimezone(_zone(zone)).date() if zone and own and not _is_printed(match) else day
    return local.astimezone(UTC), in_zone, end


def _is_printed(match: re.Match[str]) -> bool:
    """Say whether a person prints it so: "Nov 3, 2026, 20:00 ET" means that day wherever its source is."""
    return match.lastgroup != "iso"


def _own_zone(match: re.Match[str], clock: dict[str, str | None]) -> tzinfo | None:
    """Give the zone printed behind an hour; "10:00-12:00" in prose is a stretch of time, not an offset."""
    offset, name = clock.get("offset"), clock.get("zone")
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
