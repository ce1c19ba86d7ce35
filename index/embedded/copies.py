"""Fold near copies under the first of them.  Knows no Whoosh; decides by sources, days and signatures."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

#: Days between copies: a wire may be a weekend behind the newsroom.
APART_DAYS: Final = 4
#: Part of the shorter signature that copies share: the rest is the wire's own boilerplate.
SHARED: Final = 0.6
#: Paragraphs below which a text is too short to be known by them.
FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class Text:
    """What tells one document's text from another's."""

    source: str
    #: Proleptic ordinal; 0: none.
    day: int
    #: Hash of the title.
    headline: int
    signature: frozenset[int]


def folded(texts: Iterable[Text]) -> list[list[int]]:
    """Group texts, by their places in the order given: each group begins with the first of the copies."""
    firsts: list[Text] = []
    groups: list[list[int]] = []
    having: dict[int, list[int]] = {}
    for place, text in enumerate(texts):
        shared = Counter(group for one in text.signature for group in having.get(one, ()))
        copied = (group for group, count in sorted(shared.items()) if _is_copy(text, firsts[group], count))
        group = next(copied, None)
        if group is not None:
            groups[group].append(place)
            continue
        for one in text.signature:
            having.setdefault(one, []).append(len(groups))
        firsts.append(text)
        groups.append([place])
    return groups


def _is_copy(one: Text, other: Text, shared: int) -> bool:
    """Tell whether two texts are one announcement.

    Within a source only the very same text is: reports of every week share all but their figures.
    """
    if min(len(one.signature), len(other.signature)) < FEWEST:
        return False
    if one.day and other.day and abs(one.day - other.day) > APART_DAYS:
        return False
    if one.source == other.source:
        return one.signature == other.signature and one.headline == other.headline
    return shared >= SHARED * min(len(one.signature), len(other.signature))
