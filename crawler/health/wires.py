"""Recognise in the texts of a source which wire its releases went out by.  Pure."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

#: Wire → what its releases carry, and where a company's releases are found there.
#: Seen in the datelines and last lines of releases on companies' own sites.
WIRES: Final = {
    "PR Newswire": (r"/PRNewswire(?:-FirstCall)?/|prnewswire\.com", "https://www.prnewswire.com/news/"),
    "Business Wire": (r"\(BUSINESS WIRE\)|businesswire\.com", "https://www.businesswire.com/newsroom"),
    "GlobeNewswire": (
        r"\( ?GLOBE ?NEWSWIRE ?\)|globenewswire\.com",
        "https://www.globenewswire.com/en/search/organization/",
    ),
    "CNW": (r"/CNW/|newswire\.ca", "https://www.newswire.ca/news/"),
    "ACCESS Newswire": (
        r"/ ?ACCESS(?:WIRE| Newswire) ?/|access(?:news)?wire\.com",
        "https://www.accessnewswire.com/newsroom",
    ),
    "Newsfile": (r"\(Newsfile Corp\.|newsfilecorp\.com", "https://www.newsfilecorp.com/"),
    "EQS": (r"EQS[- ]News|eqs-news\.com|DGAP", "https://www.eqs-news.com/"),
    "Cision": (r"news\.cision\.com", "https://news.cision.com/"),
    "MFN": (r"\bmfn\.se\b", "https://mfn.se/"),
}
_MARKS: Final = {name: re.compile(marks, re.IGNORECASE) for name, (marks, _) in WIRES.items()}


def named(texts: Iterable[str]) -> tuple[str, str] | None:
    """Give name and address of the wire that most of the texts name, if at least half do; None when none is.

    Args:
        texts: bodies of a source's latest releases.
    """
    texts = list(texts)
    counts = Counter(name for text in texts for name, mark in _MARKS.items() if mark.search(text))
    name, count = counts.most_common(1)[0] if counts else ("", 0)
    return (name, WIRES[name][1]) if count and count * 2 >= len(texts) else None
