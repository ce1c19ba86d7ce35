"""Read what people type for some days: 2024, 2024-03, 2024-03..2024-06, 30d.  Pure: reads no clock."""

import calendar
import re
from datetime import date, timedelta
from typing import Final

#: The forms, as error messages name them.
FORMS: Final = "2024, 2024-03, 2024-03-05, 2024-03..2024-06, 2024.., ..2024 or 30d (also w, m, y)"

_DAY: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_AGO: Final = re.compile(r"(\d{1,5})([dwmy])")
_UNIT_DAYS: Final = {"d": 1, "w": 7, "m": 30, "y": 365}


def period(text: str, today: date | None) -> tuple[date | None, date | None]:
    """Read a period; both ends belong to it, None is open.

    ``today`` is what ``30d`` counts back from; where it is None, such forms are refused.

    Raises:
        ValueError: the text is none of the forms, or no such day exists; one sentence.
    """
    if ago := _AGO.fullmatch(text):
        return _back(ago, today), today
    first, dots, last = text.partition("..")
    if not dots:
        return _span(first)
    if not first and not last:
        raise ValueError(f"'..' needs a day on at least one side: {FORMS}")
    since = _edge(first, today, last=False) if first else None
    until = _edge(last, today, last=True) if last else None
    if since and until and since > until:
        raise ValueError(f"the period ends before it begins: {text}")
    return since, until


def bound(text: str | None, today: date | None, *, last: bool) -> date | None:
    """Read one bound of what was asked for: its first day, or its last; None where nothing was typed.

    Raises:
        ValueError: it is of none of the forms.
    """
    if text is None:
        return None
    return period(text, today)[last and ".." not in text and not text[-1:].isalpha()]


def _edge(text: str, today: date | None, *, last: bool) -> date:
    if ago := _AGO.fullmatch(text):
        return _back(ago, today)
    return _span(text)[last]


def _back(ago: re.Match[str], today: date | None) -> date:
    if today is None:
        raise ValueError(f"'{ago[0]}' counts back from today, which is not known here")
    days = int(ago[1]) * _UNIT_DAYS[ago[2]]
    return today - timedelta(days=min(days, today.toordinal() - 1))


def _span(text: str) -> tuple[date, date]:
    """Give the first and last day of a year, a month or a day."""
    found = _DAY.fullmatch(text)
    if not found:
        raise ValueError(f"'{text}' is no date: write {FORMS}")
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError as error:
        raise ValueError(f"there is no day '{text}'") from error
    if day:
        return first, first
    if month:
        return first, first.replace(day=calendar.monthrange(first.year, month)[1])
    return first, first.replace(month=12, day=31)
