"""Cut a typed question into what the grammar speaks of: words, phrases, fields, signs.  Pure."""

import re
from dataclasses import dataclass
from typing import Final

from index.errors import QueryError
from index.query import PatternKind

#: Characters of a question; a pasted paragraph fits, a pasted article is a mistake.
LONGEST: Final = 4000
#: Words between the words of a near phrase.
WIDEST: Final = 100
#: Every field, with how it is read.
FIELDS: Final = {
    "title": "text",
    "body": "text",
    "url": "text",
    "source": "value",
    "lang": "value",
    "certainty": "certainty",
    "date": "period",
}

_LEXEME: Final = re.compile(
    r"""(?P<space>\s+)
    | (?P<sign>[()])
    | (?P<phrase>"[^"]*" | “[^”"]*[”"] | „[^“”"]*[“”"] | ”[^”]*” | «[^»]*» | »[^«]*«
                 | 「[^」]*」 | 『[^』]*』)
      (?:~(?P<slop>[^\s()]*))?
    | (?P<unclosed>["“„«「『])
    | (?P<minus>-(?=[^\s-]))
    | (?P<field>(?:"""
    + "|".join(FIELDS)
    + r"""):(?!//)|[a-z]+:(?![\s/]))
    | (?P<word>[^\s()"“„«「『]+)""",
    re.VERBOSE,
)
_WILD: Final = re.compile(r"\*+[^\W_]|[^\W_?*][?*]+[^\W_]")
_OPERATORS: Final = {"OR": "OR", "AND": "AND", "NOT": "-"}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One piece of a question."""

    #: ``(`` ``)`` ``-`` ``OR`` ``AND`` ``field`` ``phrase`` ``word`` or ``end``.
    kind: str
    #: As typed; of a field its name, of a phrase what is between the marks.
    text: str
    at: int
    end: int
    slop: int | None = None


def lexemes(text: str) -> list[Lexeme]:
    """Cut a question into what the grammar speaks of, ending with an ``end``."""
    if len(text) > LONGEST:
        raise QueryError(text[:60] + "…", 60, f"the question is longer than {LONGEST} characters")
    found: list[Lexeme] = []
    for match in _LEXEME.finditer(text):
        at, end, typed = match.start(), match.end(), match.group()
        match match.lastgroup:
            case "unclosed":
                raise QueryError(text, at, "this quotation mark is never closed")
            case "phrase" | "slop":
                slop = _slop(text, match)
                found.append(Lexeme("phrase", match["phrase"][1:-1], at, end, slop))
            case "sign" | "minus":
                found.append(Lexeme(typed, typed, at, end))
            case "field":
                found.append(Lexeme("field", typed[:-1], at, end))
            case "word":
                found.append(Lexeme(_OPERATORS.get(typed, "word"), typed, at, end))
    return [*found, Lexeme("end", "", len(text), len(text))]


def _slop(text: str, match: re.Match[str]) -> int | None:
    """Read how many words may stand between those of a phrase; None where none was asked for."""
    typed = match["slop"]
    if typed is None:
        return None
    if not (typed.isascii() and typed.isdigit()):
        reason = """the ~ behind a phrase takes a number of words: "a b"~5"""
        raise QueryError(text, match.end("phrase"), reason)
    return min(int(typed[:6]), WIDEST)


def pattern(typed: str) -> tuple[PatternKind | None, str]:
    """Tell what the signs of a word ask for; None where they are punctuation, as in ``why?``."""
    bare = typed.rstrip(".,;:!?")
    if bare.endswith("~") and len(bare) > 1:
        return "fuzzy", bare[:-1]
    if _WILD.search(bare):
        return "wild", bare
    if bare.endswith("*") and bare.strip("*"):
        return "prefix", bare.rstrip("*")
    return None, typed
