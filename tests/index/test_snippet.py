"""The laws of snippets: they show the words found, and mark exactly those."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.snippet import WIDTH, Wanted, marked, snippet

FILLER = "Nothing of interest was said about it in the whole of the long and tiring meeting. "


def wanted(*words: str, begins: tuple[str, ...] = ()) -> Wanted:
    return Wanted(frozenset(words), begins)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        pytest.param("Carbon is carbon.", wanted("carbon"), ["Carbon", "carbon"], id="case"),
        pytest.param("carbonate carbon", wanted("carbon"), ["carbon"], id="whole words"),
        pytest.param("carbonate, carbon", wanted(begins=("carb",)), ["carbonate", "carbon"], id="beginnings"),
        pytest.param("Les résultats annuels", wanted("resultats"), ["résultats"], id="accents"),
        pytest.param("résultats, resultats", wanted("resultats"), ["résultats", "resultats"], id="both"),
        pytest.param("cost $3.2bn", wanted("billion", "3.2"), ["3.2bn"], id="spellings that touch"),
        pytest.param("上海松江区投资", wanted("松江", "江区"), ["松江区"], id="pairs that touch"),
        pytest.param("the company's plan", wanted("company"), ["company"], id="possessive"),
        pytest.param("nothing", wanted(), [], id="nothing wanted"),
    ],
)
def test_exactly_the_words_are_marked(text: str, words: Wanted, expected: list[str]) -> None:
    assert [text[start:end] for start, end in marked(text, words)] == expected


def test_a_snippet_shows_where_most_words_are() -> None:
    body = f"carbon {FILLER * 5} Acme made carbon neutrality its aim. {FILLER * 5}"
    text, spans = snippet(body, wanted("carbon", "neutrality"))
    assert [text[start:end] for start, end in spans] == ["carbon", "neutrality"]
    assert text.startswith("Acme made")


def test_without_words_a_snippet_is_the_beginning() -> None:
    assert snippet("One.\n\nTwo.  Three.", wanted()) == ("One. Two. Three.", ())


def test_a_snippet_of_nothing_is_nothing() -> None:
    assert snippet("", wanted("a")) == ("", ())


@given(st.text(alphabet=" \n\tabAB.é松江\u0301", max_size=600))
def test_marks_lie_within_a_snippet_and_on_the_words(body: str) -> None:
    text, spans = snippet(body, wanted("ab", "松江"))
    assert len(text) <= WIDTH
    last = 0
    for start, end in spans:
        assert last <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end] != ""
        last = end
