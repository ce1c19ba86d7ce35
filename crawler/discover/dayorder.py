"""Tell whether a page prints the day or the month first in dates of digits alone.  Pure.

Its own clear dates decide (a 13 is no month), then their sequence, which falls in a list with the newest
first, then the custom of the site's language and country.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from crawler.dates.find import stamps
from crawler.model import DateOrder

SLASHED: Final = re.compile(r"(?<!\d)(\d\d?)[/-](\d\d?)[/-](?:\d\d){1,2}(?!\d)")
MONTHS: Final = 12
#: Endings of hosts whose English pages print the month first.
MONTH_FIRST: Final = frozenset({"us", "com", "gov", "mil", "edu", "ph"})
ENGLISH: Final = frozenset({"", "en", "en-us", "en_us"})


def day_order(texts: Sequence[str], url: str, language: str) -> DateOrder | None:
    """Judge a page's short texts, in their order; None when none holds such a date."""
    pairs = [(int(match[1]), int(match[2])) for text in texts for match in SLASHED.finditer(text)]
    if not pairs:
        return None
    first, second = (sum(pair[at] > MONTHS for pair in pairs) for at in (0, 1))
    if first != second:
        return "dmy" if first > second else "mdy"
    by_day, by_month = _falls(texts, "dmy"), _falls(texts, "mdy")
    if by_day != by_month:
        return "dmy" if by_day > by_month else "mdy"
    ending = re.sub(r"^[a-z]+://|[:/?#].*$", "", url).rpartition(".")[2]
    return "mdy" if language.casefold() in ENGLISH and ending in MONTH_FIRST else "dmy"


def _falls(texts: Sequence[str], order: DateOrder) -> int:
    """Count how often a date is followed by one no later."""
    days = [each.day for text in texts if SLASHED.search(text) for each in stamps(text, order=order)]
    return sum(one >= other for one, other in pairwise(days))
