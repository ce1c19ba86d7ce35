"""The nouns of a question: what is asked, as a tree, and how the answer is wanted.  Knows no engine."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, TypeAlias

from index.text import Word

#: Fields whose words can be asked for; None in a node stands for title and body.
TextField: TypeAlias = Literal["title", "body", "url"]
#: Fields that are compared whole.
ValueField: TypeAlias = Literal["source", "lang", "certainty"]
PatternKind: TypeAlias = Literal["prefix", "wild", "fuzzy"]
Sort: TypeAlias = Literal["relevance", "newest", "oldest"]
#: What hits can be counted by.
Facet: TypeAlias = Literal["source", "year", "month", "lang", "certainty"]


@dataclass(frozen=True, slots=True)
class Text:
    """Words that follow each other, or one word; inflected forms count."""

    #: Title and body where None.
    field: TextField | None
    #: At least one.
    words: tuple[Word, ...]
    #: Distance of each word from the first, in positions.
    offsets: tuple[int, ...]
    #: None: exactly at these offsets.  Else in any order with at most so many other words between them.
    slop: int | None
    #: As typed, for people.
    typed: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """Every word of the index that looks like this one."""

    field: TextField | None
    #: ``prefix``: begins so; ``wild``: ``?`` one and ``*`` any characters; ``fuzzy``: a slip or two away.
    kind: PatternKind
    #: Folded; without the star of a prefix and the tilde of a fuzzy word.
    word: str
    typed: str


@dataclass(frozen=True, slots=True)
class Equals:
    """A field has this value."""

    field: ValueField
    #: Lower case.
    value: str


@dataclass(frozen=True, slots=True)
class Days:
    """Published on one of these days; a release without a date never is."""

    #: None: open.
    since: date | None
    #: Inclusive; None: open.
    until: date | None


@dataclass(frozen=True, slots=True)
class Everything:
    """Each release."""


@dataclass(frozen=True, slots=True)
class And:
    """Each of the parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """All but these."""

    part: "Node"


Node: TypeAlias = Text | Pattern | Equals | Days | Everything | And | Or | Not


@dataclass(frozen=True, slots=True)
class Query:
    """A question, and how the answer is wanted."""

    #: As typed.
    text: str
    #: What is asked, the limits of ``parse`` included.
    node: Node
    #: Any of the words instead of all, for when hardly anything has all; None where that is the same.
    loose: Node | None = None
    limit: int = 10
    offset: int = 0
    sort: Sort = "relevance"
    #: Answer from what was known at this instant, aware UTC; None: from what is known now.
    as_of: datetime | None = None
    #: Only releases that answer now and did not after this change; None: all that answer.
    new_since: int | None = None
    #: What to count all hits by.
    facets: tuple[Facet, ...] = ()
    #: Whether near copies are shown under one hit.
    is_folding: bool = True
    #: Whether each hit says how it came by its score.
    is_explaining: bool = False
    #: Sentences about how the text was read.
    notes: tuple[str, ...] = ()


#: Fewer releases than this with all the words, and any of the words will do.
TOO_FEW: Final = 3


def asked(node: Node) -> Iterator[Text | Pattern]:
    """List the words that a hit may be shown for; those under a Not are none of them."""
    match node:
        case Text() | Pattern():
            yield node
        case And(parts) | Or(parts):
            for part in parts:
                yield from asked(part)
        case _:
            return


def values(node: Node) -> Iterator[Equals]:
    """List the fields that are compared whole, those under a Not apart."""
    match node:
        case Equals():
            yield node
        case And(parts) | Or(parts):
            for part in parts:
                yield from values(part)
        case _:
            return


def loosened(node: Node) -> Node | None:
    """Ask for any of the single words that ``node`` asks all of; None when it asks fewer than two.

    Phrases, fields, dates and exclusions stay conditions: whoever typed them meant them.
    """
    parts = node.parts if isinstance(node, And) else (node,)
    words = tuple(part for part in parts if isinstance(part, Text) and part.slop is None and _is_plain(part))
    if len(words) < 2:  # noqa: PLR2004 - one word of one is all of them
        return None
    return conjunction(*(part for part in parts if part not in words), Or(words))


def conjunction(*parts: Node) -> Node:
    """Ask for all the parts, as flat as it goes."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, And) else (part,))
    real = [part for part in flat if not isinstance(part, Everything)]
    if not real:
        return Everything()
    return real[0] if len(real) == 1 else And(tuple(real))


def _is_plain(text: Text) -> bool:
    return not text.typed.startswith('"')
