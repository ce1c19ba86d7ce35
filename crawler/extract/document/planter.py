"""Plant elements of a thinned tree as BeautifulSoup's, one at a time.  Leaves out only what is too much."""

import re
from typing import Any, Final

from crawler.extract.document.blocks import Planted

MOST_ELEMENTS: Final = 40_000  # left after thinning; the fullest of 1,336 real pages keeps 6,327
#: Attributes that some reader asks for.
KEPT: Final = frozenset(
    {"class", "id", "itemprop", "itemtype", "role", "datetime", "content", "style", "hidden"}
)
#: Those of them that say what an element is for.
TELLING: Final = ("class", "id", "itemprop", "role")
HIDING: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Planter:
    """Make BeautifulSoup's elements from lxml's, in the order of the page; their texts are the blocks'.

    BeautifulSoup spends most of an element's time on questions that a thinned tree does not ask; linked
    here, one takes a tenth of it.
    """

    def __init__(self, soup: Any) -> None:
        self._last: Any = soup
        soup.marks, soup.unseen = "", False
        self._room = MOST_ELEMENTS

    def element(self, name: str, found: list[tuple[str, str]], parent: Any) -> Any:
        """Hang an element with these attributes behind what hangs from ``parent``; None of too many."""
        self._room -= 1
        if self._room < 0:
            return None
        tag: Any = Planted.__new__(Planted)
        tag.name = name
        tag.attrs, tag.marks = described(found) if found else ({}, "")
        tag.unseen = parent.unseen or "hidden" in tag.attrs
        tag.contents = []
        tag.parent = parent
        tag.previous_element = self._last
        siblings = parent.contents
        if siblings:
            before = tag.previous_sibling = siblings[-1]
            before.next_sibling = tag
        self._last.next_element = self._last = tag
        siblings.append(tag)
        return tag


def described(found: list[tuple[str, str]]) -> tuple[dict[str, str], str]:
    """Keep the attributes that readers ask for, and give class, id, itemprop and role in lower case.

    A ``style`` that hides becomes ``hidden``.
    """
    kept = {name: value for name, value in found if name in KEPT}
    if "hidden" in kept or ("style" in kept and HIDING.search(kept.pop("style"))):
        kept["hidden"] = ""
    if len(kept) == 1 and "class" in kept:  # as two of three elements have it
        return kept, kept["class"].lower()
    return kept, " ".join([kept[name] for name in TELLING if name in kept]).lower()
