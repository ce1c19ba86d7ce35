"""The engine's contract in the fewest words, for comparing sets of ids.  Slow, and right by looking at it."""

import re
from collections.abc import Sequence
from datetime import date

from crawler.model import Change, Release
from index.query import TOO_FEW, And, Days, Equals, Everything, Node, Not, Or, Pattern, Query, Text
from index.stems import STEMMERS, stems
from index.text import Word, words

LANGUAGES = (*sorted(STEMMERS), None)


class Oracle:
    def __init__(self) -> None:
        self.known: dict[str, Release] = {}

    def write(self, changes: Sequence[Change]) -> None:
        self.known |= {change.release.id: change.release for change in changes}

    def ids(self, query: Query) -> set[str]:
        found = {one.id for one in self.known.values() if holds(query.node, one)}
        if query.loose is not None and len(found) < TOO_FEW:
            return found | {one.id for one in self.known.values() if holds(query.loose, one)}
        return found


def holds(node: Node, one: Release) -> bool:
    match node:
        case And(parts):
            return all(holds(part, one) for part in parts)
        case Or(parts):
            return any(holds(part, one) for part in parts)
        case Not(part):
            return not holds(part, one)
        case Everything():
            return True
        case Equals(field, value):
            certainty = one.published.certainty if one.published else None
            return value == {"source": one.source, "lang": one.language, "certainty": certainty}[field]
        case Days(since, until):
            day = one.published.day if one.published else None
            return day is not None and (since or date.min) <= day <= (until or date.max)
        case Text() | Pattern():
            texts = {"title": one.title, "body": one.body, "url": one.url}
            return any(
                stands(node, words(texts[field]), one.language if field != "url" else "und")
                for field in ([node.field] if node.field else ["title", "body"])
            )


def stands(node: Text | Pattern, text: list[Word], language: str | None) -> bool:
    if isinstance(node, Pattern):
        return any(looks(node, word.folded) for word in text)
    places = [[at for at, word in enumerate(text) if same(asked, word, language)] for asked in node.words]
    if node.slop is None:
        return any(
            all(start + offset in each for each, offset in zip(places, node.offsets, strict=True))
            for start in places[0]
        )
    widest = node.offsets[-1] + 1 + node.slop
    return any(
        all(any(start <= at < start + widest for at in each) for each in places) for start in range(len(text))
    )


def same(asked: Word, word: Word, language: str | None) -> bool:
    if len(asked.folded) == 1 and not asked.folded.isascii():
        return word.folded.startswith(asked.folded)
    return asked.folded == word.folded or not {*stems(asked, language)}.isdisjoint(stems(word, language))


def looks(node: Pattern, word: str) -> bool:
    match node.kind:
        case "prefix":
            return word.startswith(node.word)
        case "wild":
            return re.fullmatch(node.word.replace("*", ".*").replace("?", "."), word) is not None
        case _:
            return distance(node.word, word) <= (1 if len(node.word) < 6 else 2)


def distance(one: str, other: str) -> int:
    """Levenshtein, a swap of neighbours counting one."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            best = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and (a, b) == (other[j - 2], one[i - 2]):
                best = min(best, rows[i - 2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
