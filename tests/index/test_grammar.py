"""The laws of questions: what they mean, and what is said of those that mean nothing."""

import random
import time
from datetime import date

import pytest

from index.errors import QueryError
from index.grammar import DEEPEST, MOST_PATTERNS, MOST_WORDS, parse
from index.lexer import LONGEST
from index.query import And, Days, Equals, Everything, Node, Not, Or, Pattern, Text
from index.width import cells

TODAY = date(2024, 6, 30)


def shape(node: Node) -> str:
    """Write a tree in a line."""
    match node:
        case Text(field, words, _, slop):
            text = "_".join(word.folded for word in words)
            return (f"{field}:" if field else "") + text + (f"~{slop}" if slop is not None else "")
        case Pattern(field, kind, word):
            return (f"{field}:" if field else "") + f"{kind}({word})"
        case Equals(field, value):
            return f"{field}={value}"
        case Days(since, until):
            return f"{since or ''}..{until or ''}"
        case Everything():
            return "*"
        case And(parts):
            return "(" + " ".join(map(shape, parts)) + ")"
        case Or(parts):
            return "(" + " | ".join(map(shape, parts)) + ")"
        case Not(part):
            return "-" + shape(part)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("carbon", "carbon", id="word"),
        pytest.param("carbon Neutrality", "(carbon neutrality)", id="words"),
        pytest.param('"carbon neutrality"', "carbon_neutrality", id="phrase"),
        pytest.param("“a b” „c d“ «e f»", "(a_b c_d e_f)", id="pasted quotes"),
        pytest.param('"a b"~5', "a_b~5", id="near"),
        pytest.param("a -b", "(a -b)", id="without"),
        pytest.param("a NOT b", "(a -b)", id="NOT"),
        pytest.param("- a -", "a", id="signs alone are nothing"),
        pytest.param("-(a b)", "-(a b)", id="without both"),
        pytest.param("a OR b c", "(a | (b c))", id="OR binds weaker"),
        pytest.param("(a OR b) c", "((a | b) c)", id="group"),
        pytest.param("a AND b", "(a b)", id="AND"),
        pytest.param("or and not", "(or and not)", id="small letters are words"),
        pytest.param("neutral*", "prefix(neutral)", id="prefix"),
        pytest.param("wor?d *tion c*y", "(wild(wor?d) wild(*tion) wild(c*y))", id="wild"),
        pytest.param("why? really*. ok.", "(why prefix(really) ok)", id="punctuation is no pattern"),
        pytest.param("fuzy~", "fuzzy(fuzy)", id="fuzzy"),
        pytest.param("title:a body:b url:c", "(title:a body:b url:c)", id="text fields"),
        pytest.param("title:(a b) title:'x", "(title:a title:b title:x)", id="field of a group"),
        pytest.param('title:"a b" title:pre*', "(title:a_b title:prefix(pre))", id="field of a phrase"),
        pytest.param("source:Sep lang:DE", "(source=sep lang=de)", id="values"),
        pytest.param("source:(a OR b)", "(source=a | source=b)", id="values of a group"),
        pytest.param("certainty:mentioned", "certainty=mentioned", id="certainty"),
        pytest.param("date:2024-03", "2024-03-01..2024-03-31", id="month"),
        pytest.param("date:30d", "2024-05-31..2024-06-30", id="age"),
        pytest.param("*", "*", id="everything"),
        pytest.param("AT&T 10-K", "(at_and_t 10_k)", id="words that are phrases"),
        pytest.param(
            "NYSE:T http://a.example/b", "(nyse_t http_a_example_b)", id="colons that are no fields"
        ),
        pytest.param("update: news", "(update news)", id="a colon before a space is none"),
        pytest.param("松江区 2021年 松*", "(松江_江区 2021_年 松)", id="Chinese"),
        pytest.param("a — b", "(a b)", id="a dash is left out"),
    ],
)
def test_a_question_is_read(text: str, expected: str) -> None:
    assert shape(parse(text, today=TODAY).node) == expected


@pytest.mark.parametrize(
    ("text", "at", "reason"),
    [
        pytest.param("   ", 0, "nothing to search for", id="blank"),
        pytest.param("!!! …", 0, "nothing to search for", id="no letters"),
        pytest.param('a "b', 2, "never closed", id="quote"),
        pytest.param("(a", 0, "never closed", id="opening"),
        pytest.param("a)", 1, "closes nothing", id="closing"),
        pytest.param("OR a", 0, "both sides", id="OR first"),
        pytest.param("a OR", 2, "both sides", id="OR last"),
        pytest.param("a AND", 2, "both sides", id="AND last"),
        pytest.param("a NOT", 2, "needs a word", id="NOT last"),
        pytest.param("titel:a", 0, "did you mean 'title:'", id="field with a slip"),
        pytest.param("colour:red", 0, "no field is called", id="unknown field"),
        pytest.param("title: a", 0, "right after the colon", id="field without a value"),
        pytest.param("date:>2019", 5, "no date", id="date of another grammar"),
        pytest.param("a date:2025..2024", 7, "ends before", id="period backwards"),
        pytest.param("certainty:sure", 10, "no certainty", id="certainty"),
        pytest.param("a*", 0, "too many words", id="prefix too short"),
        pytest.param("covid-1*", 0, "one plain word", id="pattern of two words"),
        pytest.param("title:!!!", 6, "no letter", id="field of nothing"),
        pytest.param("a source:ac*", 9, "whole name", id="pattern of a name"),
        pytest.param('"a b"~x', 5, "number of words", id="near by no number"),
        pytest.param('a "a b"~ c', 7, "number of words", id="near by nothing"),
        pytest.param('"a b"~5x', 5, "number of words", id="near by a number and more"),
        pytest.param("(" * (DEEPEST + 1) + "a", DEEPEST, "levels", id="too deep"),
        pytest.param("aa* " * (MOST_PATTERNS + 1), 4 * MOST_PATTERNS, "more than", id="too many patterns"),
        pytest.param("a " * (MOST_WORDS + 1), 2 * MOST_WORDS, "more than", id="too many words"),
        pytest.param("a" * (LONGEST + 1), 60, "longer than", id="too long"),
    ],
)
def test_a_mistake_is_one_sentence_with_its_place(text: str, at: int, reason: str) -> None:
    with pytest.raises(QueryError, match=reason) as caught:
        parse(text, today=TODAY)
    assert caught.value.at == at
    sentence, _shown, caret = str(caught.value).split("\n")
    assert caret.strip() == "^"
    assert not sentence.endswith("\n")


def test_nothing_is_refused_without_a_place_in_it() -> None:
    with pytest.raises(QueryError, match="nothing to search for") as caught:
        parse("")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "word", ["oil ", "松江 ", "e\u0301 ", "\t\x1b"], ids=["plain", "wide", "accents", "signs"]
)
@pytest.mark.parametrize("count", [1, 30, 300])
def test_the_caret_stands_under_the_place_however_long_the_question(word: str, count: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse(word * count + '"rest of it ' + word * 200)
    _, shown, caret = str(caught.value).split("\n")
    assert cells(shown) <= 80
    assert cells(shown[: shown.index('"rest')]) == caret.index("^")
    assert shown.endswith("…")
    assert shown.isprintable()


def test_signs_inside_of_a_phrase_are_told() -> None:
    assert "no signs" in parse('"oil pri*"').notes[0]
    assert parse('"why us?"').notes == ()


def test_the_caret_stands_under_wide_characters() -> None:
    with pytest.raises(QueryError) as caught:
        parse("松江 (区")
    _, shown, caret = str(caught.value).split("\n")
    assert caret.index("^") == shown.index("(") + 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b", "(a | b)"),
        ("a b -c", "(-c (a | b))"),
        ('a b "c d" date:2024', "(c_d 2024-01-01..2024-12-31 (a | b))"),
        ("a", None),
        ('"a b"', None),
        ("a OR b", None),
    ],
)
def test_only_single_words_are_loosened(text: str, expected: str | None) -> None:
    loose = parse(text).loose
    assert (shape(loose) if loose else None) == expected


def test_limits_hold_for_all_and_for_any_words() -> None:
    query = parse("a b", since=date(2024, 1, 1), sources=["X", "y"])
    assert shape(query.node) == "(a b 2024-01-01.. (source=x | source=y))"
    assert query.loose is not None
    assert shape(query.loose) == "((a | b) 2024-01-01.. (source=x | source=y))"


def test_limits_alone_are_a_question() -> None:
    assert shape(parse("", sources=["x"]).node) == "source=x"


def test_what_is_left_out_is_said() -> None:
    assert parse("a — b").notes == ("'—' holds no letter or digit and was left out",)


PIECES = [*'"()-~*?:&', "OR", "AND", "NOT", "a", "title:", "date:", "松", "\u0301", "\x00"]


def hostile(count: int) -> list[str]:
    """Make questions of pieces of the grammar and of anything that Unicode has."""
    chance = random.Random(11)  # noqa: S311 - the same questions each time
    made = []
    for number in range(count):
        pieces = [
            chance.choice(PIECES) if chance.random() < 0.8 else chr(chance.randrange(0x20, 0xD7FF))
            for _ in range(chance.randrange(1, 40))
        ]
        made.append((" " if number % 2 else "").join(pieces))
    return [*made, '"' * LONGEST, "(" * LONGEST, "a~" * 1000, "-" * LONGEST, "*a" * 1000, "“" * LONGEST]


@pytest.mark.parametrize("first", range(0, 2000, 500))
def test_a_hostile_question_is_read_or_refused(first: int) -> None:
    for text in hostile(2000)[first : first + 506]:
        before = time.process_time()
        refusal = refused(text)
        assert time.process_time() - before < 0.2
        assert refusal.count("\n") in {0, 2}


def refused(text: str) -> str:
    """Give what is said of a question that cannot be read; nothing of one that can."""
    try:
        parse(text, today=TODAY)
    except QueryError as error:
        return str(error)
    return ""
