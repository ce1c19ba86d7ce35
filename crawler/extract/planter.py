"""Plant elements of a thinned tree as BeautifulSoup's, one at a time.  Leaves out only what is too much."""

import re
from typing import Any, Final

from bs4.element import NavigableString, Tag

from crawler.extract.blocks import told_by

MOST_ELEMENTS: Final = 40_000  # left after thinning; the fullest of 1,336 real pages keeps 6,327
#: Attributes that some reader asks for.
KEPT: Final = frozenset(
    {"class", "id", "itemprop", "itemtype", "role", "datetime", "content", "style", "hidden"}
)
HIDING: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Planter:
    """Make BeautifulSoup's elements from lxml's, in the order of the page.

    BeautifulSoup spends most of an element's time on questions that a thinned tree does not ask; an element
    cloned from one it made itself, and linked here, takes a quarter of it.
    """

    def __init__(self, soup: Any) -> None:
        self._last: Any = soup
        self._pattern: dict[str, Any] = soup.new_tag("div").__dict__
        self._room = MOST_ELEMENTS

    def element(self, name: str, found: list[tuple[str, str]], parent: Any) -> Any:
        """Hang an element with these attributes behind what hangs from ``parent``; None of too many."""
        self._room -= 1
        if self._room < 0:
            return None
        tag = Tag.__new__(Tag)
        tag.__dict__ = fields = self._pattern.copy()
        fields["name"] = name
        kept = fields["attrs"] = attributes(found) if found else {}
        fields["marks"] = told_by(kept) if kept else ""
        fields["contents"] = []
        self._link(tag, fields, parent)
        return tag

    def text(self, text: str, parent: Any) -> None:
        """Hang a text behind what hangs from ``parent``."""
        string = str.__new__(NavigableString, text)
        fields: dict[str, Any] = {"hidden": False}
        string.__dict__ = fields
        self._link(string, fields, parent)

    def _link(self, node: Any, fields: dict[str, Any], parent: Any) -> None:
        siblings = parent.contents
        before = siblings[-1] if siblings else None
        if before is not None:
            before.next_sibling = node
        fields["parent"] = parent
        fields["previous_element"] = self._last
        fields["previous_sibling"] = before
        fields["next_element"] = fields["next_sibling"] = None
        self._last.next_element = self._last = node
        siblings.append(node)


def attributes(found: list[tuple[str, str]]) -> dict[str, str]:
    """Keep the attributes that readers ask for; a ``style`` that hides becomes ``hidden``."""
    kept = {name: value for name, value in found if name in KEPT}
    if "hidden" in kept or ("style" in kept and HIDING.search(kept.pop("style"))):
        kept["hidden"] = ""
    return kept
