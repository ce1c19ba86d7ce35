"""Read dates of digits alone in the order that the rest of their page suggests.  Pure."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Final

from crawler.dates.find import Stamp
from crawler.extract.date.printed import Sighting
from crawler.extract.date.told import Told
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
    sightings: list[Sighting], claims: list[Told], *, lang: str | None, url: str
) -> tuple[list[Sighting], list[Told]]:
    """Turn day and month where dates of digits were printed or told month first.

    The page's own digits decide (``11/30``), then the days its metadata tells beyond doubt, then those it
    prints in words; where they say nothing, the language decides for slashes, and the rest is day first.
    """
    digits = [each.stamp for each in sightings if each.stamp.form == "digits"]
    days = {claim.day for claim in claims if not claim.ambiguous}
    is_open = bool(digits) and _spoken(lang, url).startswith("en")  # other languages have one order
    worded = {each.stamp.day for each in sightings if each.stamp.form != "digits"} if is_open else set()
    order = order_of(digits, days) or order_of(digits, worded)
    unclear = order or ("mdy" if _prints_month_first(lang, url) else "dmy")
    read = [
        replace(each, stamp=_turned(each.stamp))
        if each.stamp.form == "digits" and (unclear if each.stamp.ambiguous else order) == "mdy"
        else each
        for each in sightings
    ]
    seen = days | {each.stamp.day for each in read}
    return read, [_explained(claim, seen, unclear) if claim.ambiguous else claim for claim in claims]


def _explained(claim: Told, days: Collection[date], order: DateOrder) -> Told:
    """Read a claim of digits so that it names a day which the page knows, else in the order of the page."""
    other = claim.day.replace(month=claim.day.day, day=claim.day.month)
    turn = other in days if (other in days) != (claim.day in days) else order == "mdy"
    return replace(claim, day=other, moment=None) if turn else claim


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


def _spoken(lang: str | None, url: str) -> str:
    """Give the language of a page in small letters as its address or itself names it, else English."""
    named = _LOCALE.search(url)
    return named[1] if named else (lang or "en").casefold().replace("_", "-")


def _prints_month_first(lang: str | None, url: str) -> bool:
    spoken = _spoken(lang, url)
    if spoken == "en":
        return not host(url).endswith(DAY_FIRST_HOSTS)
    return spoken.startswith(MONTH_FIRST_LANGUAGES)
