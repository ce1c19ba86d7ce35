"""Read a typed question into a Query.  Pure: own small grammar, no engine's.

::

    a b              both words in any form (company, companies); any of them if hardly a release has both
    "a b"            the words in this order;  "a b"~5 in any order with at most 5 words between
    -a               without;  NOT a is the same
    a OR b           either; binds weaker than words side by side: use (a OR b) c
    pre* wor?d       words that begin so; one unknown letter
    fuzzy~           words one slip away, two in long ones
    title:a body:a   only there;  title:(a b), title:"a b"
    url:a            in the address
    source:a lang:de certainty:mentioned
    date:2024        2024-03, 2024-03..2024-06, 2024.., 30d
    *                everything
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final, NoReturn, cast

from index.errors import QueryError
from index.lexer import FIELDS, Lexeme, lexemes, pattern
from index.periods import period
from index.query import (
    Days,
    Equals,
    Everything,
    Facet,
    Node,
    Not,
    Or,
    Pattern,
    PatternKind,
    Query,
    Sort,
    Text,
    TextField,
    ValueField,
    conjunction,
    loosened,
)
from index.text import LONGEST_WORD, Word, fold, is_unspaced, tokens

CERTAINTIES: Final = ("stated", "dateline", "mentioned")
#: Words of a question: each costs a walk through its postings.
MOST_WORDS: Final = 100
#: Patterns of a question: each costs a walk through the words of the index.
MOST_PATTERNS: Final = 5
#: Parentheses inside parentheses.
DEEPEST: Final = 20
#: Letters that a pattern must give: fewer, and it stands for half of the index.
FEWEST_LETTERS: Final = 2

_PLAIN: Final = re.compile(r"[^\W_]+")


def parse(
    text: str,
    *,
    since: date | None = None,
    until: date | None = None,
    sources: Sequence[str] = (),
    today: date | None = None,
    limit: int = 10,
    offset: int = 0,
    sort: Sort = "relevance",
    as_of: datetime | None = None,
    facets: Sequence[Facet] = (),
    is_folding: bool = True,
    is_explaining: bool = False,
) -> Query:
    """Read a question as typed; ``since``, ``until`` and ``sources`` narrow it further.

    ``today`` is what ``date:30d`` counts back from.

    Raises:
        QueryError: the text cannot be read; says where, and what to write instead.
    """
    limits: list[Node] = []
    if since or until:
        limits.append(Days(since, until))
    if sources:
        named = tuple(Equals("source", name.casefold()) for name in sources)
        limits.append(named[0] if len(named) == 1 else Or(named))
    reader = _Reader(text, today)
    node = Everything() if limits and not text.strip() else reader.question()
    loose = loosened(node)
    return Query(
        text=text,
        node=conjunction(node, *limits),
        loose=conjunction(loose, *limits) if loose else None,
        limit=limit,
        offset=offset,
        sort=sort,
        as_of=as_of,
        facets=tuple(facets),
        is_folding=is_folding,
        is_explaining=is_explaining,
        notes=tuple(reader.notes),
    )


class _Reader:
    """Reads the lexemes of one question by recursive descent."""

    def __init__(self, text: str, today: date | None) -> None:
        self.notes: list[str] = []
        self._text = text
        self._today = today
        self._lexemes = lexemes(text)
        self._next = 0
        self._depth = 0
        self._words = 0
        self._patterns = 0

    def question(self) -> Node:
        node = self._either(None)
        if self._peek().kind == ")":
            self._fail(self._peek(), "this parenthesis closes nothing")
        if node is None:
            raise QueryError(self._text, 0, "nothing to search for: give a word, or * for everything")
        return node

    def _peek(self) -> Lexeme:
        return self._lexemes[self._next]

    def _take(self) -> Lexeme:
        lexeme = self._lexemes[self._next]
        self._next += 1
        return lexeme

    def _fail(self, lexeme: Lexeme, reason: str) -> NoReturn:
        raise QueryError(self._text, lexeme.at, reason)

    def _either(self, field: str | None) -> Node | None:
        """Read ``a OR b``; None where only punctuation stood."""
        parts = [self._all(field)]
        while self._peek().kind == "OR":
            operator = self._take()
            parts.append(self._all(field))
            if self._is_after(operator):
                self._fail(operator, "OR needs something on both sides")
        real = tuple(part for part in parts if part is not None)
        return real[0] if len(real) == 1 else Or(real) if real else None

    def _all(self, field: str | None) -> Node | None:
        """Read what stands side by side."""
        parts: list[Node] = []
        first = self._peek()
        if first.kind in {"OR", "AND"}:
            self._fail(first, f"{first.kind} needs something on both sides")
        while (lexeme := self._peek()).kind not in {"OR", ")", "end"}:
            if lexeme.kind == "AND":
                self._take()
                if self._peek().kind in {"OR", "AND", ")", "end"}:
                    self._fail(lexeme, "AND needs something on both sides")
                continue
            part = self._one(field)
            if part is not None:
                parts.append(part)
        return conjunction(*parts) if parts else None

    def _is_after(self, operator: Lexeme) -> bool:
        """Tell whether nothing was read since an operator."""
        return self._lexemes[self._next - 1] is operator

    def _one(self, field: str | None) -> Node | None:
        """Read one word, phrase, group or field, with what stands before it."""
        lexeme = self._take()
        match lexeme.kind:
            case "-":
                if self._peek().kind in {"OR", "AND", ")", "end"}:
                    self._fail(lexeme, f"'{lexeme.text}' needs a word after it")
                return self._nested(lexeme, lambda: self._negated(field))
            case "(":
                return self._nested(lexeme, lambda: self._group(lexeme, field))
            case "field":
                return self._nested(lexeme, lambda: self._in_field(lexeme))
            case _:
                return self._leaf(lexeme, field)

    def _nested(self, lexeme: Lexeme, read: Callable[[], Node | None]) -> Node | None:
        self._depth += 1
        if self._depth > DEEPEST:
            self._fail(lexeme, f"more than {DEEPEST} levels of parentheses and signs")
        node = read()
        self._depth -= 1
        return node

    def _negated(self, field: str | None) -> Node | None:
        part = self._one(field)
        return None if part is None else part.part if isinstance(part, Not) else Not(part)

    def _group(self, opening: Lexeme, field: str | None) -> Node | None:
        node = self._either(field)
        if self._peek().kind != ")":
            self._fail(opening, "this parenthesis is never closed")
        self._take()
        return node

    def _in_field(self, lexeme: Lexeme) -> Node | None:
        if lexeme.text not in FIELDS:
            import difflib  # noqa: PLC0415 - 5 ms that only a mistake pays

            near = difflib.get_close_matches(lexeme.text, FIELDS, n=1)
            hint = f"did you mean '{near[0]}:'?" if near else f"the fields are {', '.join(FIELDS)}"
            self._fail(lexeme, f"no field is called '{lexeme.text}': {hint}; or write it in quotes")
        value = self._peek()
        if value.at != lexeme.end or value.kind not in {"(", "phrase", "word"}:
            self._fail(lexeme, f"'{lexeme.text}:' needs a value right after the colon")
        node = self._one(lexeme.text)
        if node is None:
            self._fail(value, f"'{value.text}' holds no letter or digit")
        return node

    def _leaf(self, lexeme: Lexeme, field: str | None) -> Node | None:
        match FIELDS.get(field or "", "text"):
            case "value":
                if lexeme.kind == "word" and pattern(lexeme.text)[0]:
                    self._fail(lexeme, f"'{field}:' takes a whole name: without * ? ~, or in quotes")
                return Equals(cast("ValueField", field), lexeme.text.casefold())
            case "certainty":
                value = lexeme.text.lower()
                if value not in CERTAINTIES:
                    self._fail(lexeme, f"no certainty is called '{value}': it is {' or '.join(CERTAINTIES)}")
                return Equals("certainty", value)
            case "period":
                try:
                    return Days(*period(lexeme.text, self._today))
                except ValueError as error:
                    raise QueryError(self._text, lexeme.at, str(error)) from error
            case _:
                return self._words_of(lexeme, cast("TextField | None", field))

    def _words_of(self, lexeme: Lexeme, field: TextField | None) -> Node | None:
        if lexeme.kind == "word":
            if lexeme.text == "*" and field is None:
                return Everything()
            kind, word = pattern(lexeme.text)
            if kind is not None:
                return self._pattern(lexeme, field, kind, word)
        elif any(pattern(word)[0] for word in lexeme.text.split()):
            self.notes.append(f"inside of quotation marks * ? ~ are no signs: '{lexeme.text}'")
        node = _text_of(lexeme, field)
        if node is None:
            self.notes.append(f"'{lexeme.text}' holds no letter or digit and was left out")
            return None
        self._words += len(node.words)
        if self._words > MOST_WORDS:
            self._fail(lexeme, f"more than {MOST_WORDS} words in one question")
        return node

    def _pattern(self, lexeme: Lexeme, field: TextField | None, kind: PatternKind, word: str) -> Node:
        letters = word.replace("*", "").replace("?", "")
        if letters and is_unspaced(letters):
            return _text_of(lexeme, field) or Everything()  # found inside words as it is
        if not _PLAIN.fullmatch(letters):
            self._fail(lexeme, f"'{lexeme.text}': the signs * ? ~ go with one plain word")
        if len(letters) < FEWEST_LETTERS:
            self._fail(lexeme, f"'{lexeme.text}' stands for too many words: give {FEWEST_LETTERS} letters")
        self._patterns += 1
        if self._patterns > MOST_PATTERNS:
            self._fail(lexeme, f"more than {MOST_PATTERNS} words with * ? ~ in one question")
        return Pattern(field, kind, fold(word)[:LONGEST_WORD], lexeme.text)


def _text_of(lexeme: Lexeme, field: TextField | None) -> Text | None:
    """Turn what was typed into words with their distances; None when it holds no word."""
    found: list[Word] = []
    offsets: list[int] = []
    at = 0
    for token in tokens(lexeme.text):
        # The last character of a run also begins whatever follows it in a text: ask for the pairs alone.
        pairs = is_unspaced(lexeme.text[token.start]) and len(token.words) > 1
        for offset, word in enumerate(token.words[:-1] if pairs else token.words):
            found.append(word)
            offsets.append(at + offset)
        at += len(token.words)
    if not found:
        return None
    typed = f'"{lexeme.text}"' if lexeme.kind == "phrase" else lexeme.text
    return Text(field, tuple(found), tuple(offset - offsets[0] for offset in offsets), lexeme.slop, typed)
