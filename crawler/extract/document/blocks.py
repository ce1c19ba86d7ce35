"""What a parsed page is made of: blocks of text and stated moments, with the elements they stand in."""

from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import Tag
from bs4.builder._lxml import LXMLTreeBuilder

#: What readers call an element of the tree.
Element = Tag


class Planted(Tag):
    """An element of the tree; what BeautifulSoup gives to each of them alike, they have from their class."""

    #: Class, id, itemprop and role in one lower-case string.
    marks: str = ""
    #: It, or one around it, is not displayed.
    unseen: bool = False


for _field, _common in vars(Tag(name="div", builder=LXMLTreeBuilder(multi_valued_attributes=None))).items():
    setattr(Planted, _field, _common)


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A paragraph, heading, list item, table row or other stretch of text between two edges of blocks."""

    #: Place in ``Document.blocks``, from 0.
    position: int
    #: Visible text, spaces folded; lines (``<br>``) separated by ``\\n``, cells of a table row by `` | ``.
    text: str
    #: Name of the element: ``p``, ``li``, ``tr``, ``h2``, ``div`` …
    tag: str
    #: The element in the thinned tree; for text between two blocks the element that holds both.
    element: Element
    #: Characters of ``text`` that are links.
    link_chars: int
    #: 1 to 6 for h1 to h6, else 0.
    heading: int
    #: Class, id, itemprop and role of the element and of its inline elements, lower case.
    marks: str
    #: The element, or one around it, is not displayed.
    hidden: bool

    @property
    def link_density(self) -> float:
        """Give the share of the text that is links, 0 to 1."""
        return min(1.0, self.link_chars / len(self.text)) if self.text else 0.0


@dataclass(frozen=True, slots=True)
class Moment:
    """A ``<time>`` element or one with a ``datetime``."""

    #: Its ``datetime`` or ``content``; None when it has none.
    machine: str | None
    #: Its visible text.
    text: str
    #: Its class, id and itemprop, lower case.
    marks: str
    #: Position of the block that it stands in.
    position: int


def marks(element: Element) -> str:
    """Give class, id, itemprop and role of an element in one lower-case string, as the planter left it."""
    return element.marks if isinstance(element, Planted) else ""


def lineage(element: Element | None, levels: int = 99) -> Iterator[Element]:
    """Yield an element and those around it, innermost first, without the document itself."""
    while element is not None and element.parent is not None and levels > 0:
        yield element
        element = element.parent
        levels -= 1
