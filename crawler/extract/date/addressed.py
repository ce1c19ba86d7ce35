"""Read the day, month or year that an address carries.  Pure: looks at strings, never at a page."""

import re
from datetime import date
from typing import Final
from urllib.parse import unquote, urlsplit

from crawler.dates.find import stamp

#: Dates in addresses, the separator the same between all parts.
_ADDRESS: Final = re.compile(
    r"(?<!\d)(?P<y>19[9]\d|20\d\d)(?P<sep>[-/_.]?)(?P<m>0?[1-9]|1[0-2]|[a-z]{3})(?P=sep)(?P<d>3[01]|[12]\d|0?[1-9])"
    r"(?![a-z]|\d(?!\d{5}(?!\d)))",
    re.IGNORECASE,
)
#: What web archives put before the address that they keep.
_ARCHIVE: Final = re.compile(r"^/web/\d{14}[a-z_]*/")
_DAY_FIRST: Final = re.compile(r"(?<!\d)(?P<d>\d\d)(?P<sep>[-/_.])(?P<m>\d\d)(?P=sep)(?P<y>20\d\d)(?!\d)")
_YEAR: Final = re.compile(r"(?<=[/_-])(?:199\d|20\d\d)(?=[/_.-])")
_MONTH: Final = re.compile(r"/(?P<y>20\d\d|199\d)(?P<sep>[-/_]?)(?P<m>0[1-9]|1[0-2])(?![\d])")


def address_day(url: str) -> date | None:
    """Give the day that an address carries in its path or query; None when it carries none, or nonsense."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path = _ARCHIVE.sub("", parts.path)
    text = unquote(path + "?" + parts.query)[:1000]
    for form in (_ADDRESS, _DAY_FIRST):
        for match in form.finditer(text):
            month = match["m"] if match["m"].isdecimal() else match["m"].casefold()
            found = stamp(
                f"{match['d']} {month} {match['y']}"
                if not month.isdecimal()
                else f"{match['y']}-{month}-{match['d']}"
            )
            if found:
                return found.day
    return None


def address_month(url: str) -> tuple[int, int] | None:
    """Give the year and month that a path carries, as ``/2026/11/``; None when it carries none."""
    try:
        match = _MONTH.search(urlsplit(url).path[:1000])
    except ValueError:
        return None
    return (int(match["y"]), int(match["m"])) if match else None


def address_year(url: str) -> int | None:
    """Give the one year that stands alone in a path, as ``/2026/``; None when there is none, or two."""
    try:
        years = {int(year) for year in _YEAR.findall(urlsplit(url).path[:1000])}
    except ValueError:
        return None
    return years.pop() if len(years) == 1 else None
