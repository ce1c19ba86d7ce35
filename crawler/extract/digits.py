"""Read dates of digits alone in the order that the rest of their page suggests.  Pure."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Final

from crawler.dates.find import Stamp
from crawler.extract.printed import Sighting
from crawler.model import DateOrder
from crawler.urls import host

#: Ends of hosts whose English pages print the day first.
DAY_FIRST_HOSTS: Final = (
    *(".uk", ".au", ".nz", ".ie", ".in", ".za", ".sg", ".hk", ".my", ".ae", ".ng", ".ke"),
    *(".eu", ".int"),
)
#: Languages that print the month first, as ``lang`` attributes name them.
MONTH_FIRST_LANGUAGES: Final = ("en-us", "en-ca", "en-ph", "fil")
_LOCALE: Final = re.compile(r"/(en-[a-z]{2})/")


def in_order(
    sightings: list[Sighting], days: Collection[date], *, lang: str | None, url: str
) -> list[Sighting]:
    """Turn day and month where dates of digits were printed month first.

    The page's own digits decide (``11/30``), then the days told in its metadata; where they say nothing,
    the language decides for slashes, and dots are day first.
    """
    digits = [each.stamp for each in sightings if each.stamp.form == "digits"]
    order = order_of(digits, days)
    unclear = order or ("mdy" if _prints_month_first(lang, url) else "dmy")
    return [
        replace(each, stamp=_turned(each.stamp))
        if each.stamp.form == "digits" and (unclear if each.stamp.ambiguous else order) == "mdy"
        else each
        for each in sightings
    ]


def order_of(digits: Collection[Stamp], days: Collection[date]) -> DateOrder | None:
    """Give the order that stamps read day first were printed in; None where nothing tells."""
    balance = 0
    for stamp in digits:
        other = _turned(stamp).day
        if stamp.order is not None:
            balance += 1 if stamp.order == "mdy" else -1
        elif other != stamp.day:
            balance += (other in days) - (stamp.day in days)
    return None if balance == 0 else "mdy" if balance > 0 else "dmy"


def _turned(stamp: Stamp) -> Stamp:
    day = stamp.day
    can_turn = stamp.order is None and day.day <= 12  # noqa: PLR2004 - months
    return replace(stamp, day=day.replace(month=day.day, day=day.month)) if can_turn else stamp


def _prints_month_first(lang: str | None, url: str) -> bool:
    named = _LOCALE.search(url)
    spoken = named[1] if named else (lang or "en").casefold().replace("_", "-")
    if spoken == "en":
        return not host(url).endswith(DAY_FIRST_HOSTS)
    return spoken.startswith(MONTH_FIRST_LANGUAGES)
