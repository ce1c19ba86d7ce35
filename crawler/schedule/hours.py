"""Read the hours of a week in which a source may be visited, and find the next.  Pure: reads no clock."""

import re
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.model import Hours

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES: Final = 24 * 60  # of a day
_FORM: Final = re.compile(
    r"(?:([a-z]{3})(?: ?- ?([a-z]{3}))? )?(\d{1,2}):(\d{2}) ?- ?(\d{1,2}):(\d{2})(?: ([a-z0-9_+/-]{1,64}))?",
    re.ASCII | re.IGNORECASE,
)


def read(text: str) -> Hours:
    """Read ``Mon-Fri 07:00-19:00 Europe/Berlin``; days and zone may be left out.

    A range that ends where it began or earlier goes on past midnight, or past the week's end.

    Raises:
        ValueError: it is not of that form.
    """
    found = _FORM.fullmatch(" ".join(text.split()))
    if not found:
        raise ValueError(f"not hours of a week: {text!r}; write them like Mon-Fri 07:00-19:00")
    first, last, *clock, zone = found.groups()
    opens_m, closes_m = _minutes(*clock[:2]), _minutes(*clock[2:])
    return Hours(_days(first, last), opens_m, closes_m, _zone(zone))


def spell(hours: Hours) -> str:
    """Write hours as ``read`` takes them."""
    days = [DAYS[day].title() for day in hours.days]
    named = f"{days[0]}-{days[-1]} " if len(days) > 1 else f"{days[0]} "
    spans = [f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (hours.opens_m, hours.closes_m)]
    return f"{named}{'-'.join(spans)}{f' {hours.zone}' if hours.zone else ''}"


def next_open(hours: Hours, at: datetime, zone: str) -> datetime:
    """Give the first instant from ``at`` on that lies in the hours.

    Args:
        hours: of a week.
        at: aware.
        zone: IANA zone of hours that name none.
    """
    local = at.astimezone(ZoneInfo(hours.zone or zone))
    length_m = (hours.closes_m - hours.opens_m) % MINUTES or MINUTES
    for ahead in range(-1, 9):
        day = local.date() + timedelta(days=ahead)
        if day.weekday() in hours.days:
            opens = datetime.combine(day, time(), local.tzinfo) + timedelta(minutes=hours.opens_m)
            if at < opens + timedelta(minutes=length_m):
                return max(at, opens.astimezone(at.tzinfo))
    return at


def _days(first: str | None, last: str | None) -> tuple[int, ...]:
    if first is None:
        return tuple(range(7))
    start, end = _day(first), _day(last or first)
    return tuple((start + step) % 7 for step in range((end - start) % 7 + 1))


def _day(name: str) -> int:
    if name.casefold() not in DAYS:
        raise ValueError(f"not a day of the week: {name!r}; write Mon, Tue, Wed, Thu, Fri, Sat or Sun")
    return DAYS.index(name.casefold())


def _minutes(hour: str, minute: str) -> int:
    minutes = int(hour) * 60 + int(minute)
    if minutes > MINUTES or int(minute) >= 60:  # noqa: PLR2004 - minutes of an hour
        raise ValueError(f"not a time of day: {hour}:{minute}; write it like 07:00")
    return minutes


def _zone(name: str | None) -> str | None:
    try:
        return ZoneInfo(name).key if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"not a time zone: {name!r}; write it like Europe/Berlin") from error
