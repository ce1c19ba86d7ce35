"""Plant a thinned tree of lxml's as elements of BeautifulSoup's.  Leaves nothing out but what is too much."""

import re
from typing import Any, Final

from bs4.element import NavigableString, Tag

DEEPEST: Final = 120  # levels; what lies deeper is text of the last one.  Real pages: up to 60
MOST_ELEMENTS: Final = 40_000  # left after thinning; the fullest of those pages keeps 6,327
#: Attributes that some reader asks for.
KEPT: Final = frozenset(
    {"class", "id", "itemprop", "itemtype", "role", "datetime", "content", "style", "hidden"}
)
HIDING: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Planter:
    """Make BeautifulSoup's elements from lxml's.

    BeautifulSoup spends most of an element's time on questions that a thinned tree does not ask; an element
    cloned from one it made itself, and linked here, takes a quarter of it.
    """

    def __init__(self, soup: Any) -> None:
        self._last: Any = soup
        self._pattern = soup.new_tag("div").__dict__
        self._room = MOST_ELEMENTS

    def plant(self, element: Any, parent: Any, depth: int) -> None:
        """Hang an element of lxml's, with all in it, behind what hangs from ``parent`` already."""
        self._room -= 1
        if self._room < 0:
            return
        tag = Tag.__new__(Tag)
        fields = tag.__dict__
        fields.update(self._pattern)
        fields["name"] = element.tag
        fields["attrs"] = _attributes(element)
        fields["contents"] = []
        self._link(tag, parent)
        if depth >= DEEPEST:
            self._put("".join(element.itertext()), tag)
            return
        if (text := element.text) and not text.isspace():
            self._put(text, tag)
        for child in element:
            if len(child) or ((text := child.text) and not text.isspace()):
                self.plant(child, tag, depth + 1)
            if (text := child.tail) and not text.isspace():
                self._put(text, tag)

    def _put(self, text: str, parent: Any) -> None:
        string = str.__new__(NavigableString, text)
        string.hidden = False
        self._link(string, parent)

    def _link(self, node: Any, parent: Any) -> None:
        siblings = parent.contents
        node.parent = parent
        node.previous_element = self._last
        node.next_element = node.next_sibling = node.previous_sibling = None
        if siblings:
            before = node.previous_sibling = siblings[-1]
            before.next_sibling = node
        self._last.next_element = self._last = node
        siblings.append(node)


def _attributes(element: Any) -> dict[str, str]:
    found = element.items()
    if not found:
        return {}
    kept = {name: value for name, value in found if name in KEPT}
    if "hidden" in kept or ("style" in kept and HIDING.search(kept.pop("style"))):
        kept["hidden"] = ""
    return kept
