"""The laws of words: what a text is cut into, and that a question is cut the same way."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import LONGEST_WORD, fold, places, tokens, words


def cut(text: str) -> str:
    return " ".join(word.folded for word in words(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Carbon  Neutrality.", "carbon neutrality", id="case and punctuation"),
        pytest.param("AT&T and M&A", "at and t and m and a", id="ampersand is and"),
        pytest.param("Johnson & Johnson", "johnson and johnson", id="ampersand apart"),
        pytest.param("the U.S., the U.S.A., e.g. S.p.A.", "the us the usa eg spa", id="letters with points"),
        pytest.param("Form 10-K", "form 10 k", id="hyphen cuts"),
        pytest.param("COVID-19", "covid 19", id="hyphen before a number"),
        pytest.param("12.5% or 12,5 %", "12.5 percent or 12.5 percent", id="decimals"),
        pytest.param("1,250,000 and 1.250.000,50", "1250000 and 1250000.50", id="thousands"),
        pytest.param("$3.2bn and €5bn", "$ 3.2 billion and € 5 billion", id="money"),
        pytest.param("BRK.B (NYSE: T)", "brk b nyse t", id="tickers"),
        pytest.param("C++, C# and Disney+", "c ++ c # and disney +", id="signs at the end"),
        pytest.param("the company's and Müller’s", "the company and muller", id="possessives"),
        pytest.param("l'entreprise, chiffre d’affaires", "entreprise chiffre affaires", id="elisions"),
        pytest.param("can't", "can t", id="other apostrophes cut"),
        pytest.param("Résumé ÅNGSTRÖM Straße Łódź", "resume angstrom strasse lodz", id="accents"),
        pytest.param("e\u0301te\u0301", "ete", id="accents apart"),
        pytest.param("co\u00adoperate zero\u200bwidth", "cooperate zerowidth", id="invisible characters"),
        pytest.param("ＡＢＣ１２ ﬁnance", "abc12 finance", id="compatibility forms"),
        pytest.param("松江区", "松江 江区 区", id="Chinese by pairs"),
        pytest.param("2021年A股", "2021 年 a 股", id="mixed scripts"),
        pytest.param("삼성전자는", "삼성 성전 전자 자는 는", id="Korean by pairs"),
        pytest.param("カタカナ ﾊﾝｶｸ", "カタ タカ カナ ナ ハン ンカ カク ク", id="Japanese by pairs"),
        pytest.param("हिन्दी में", "हिन्दी में", id="Indic vowels stay"),
        pytest.param("Новости", "новости", id="Cyrillic"),
        pytest.param("a_b — … !!!", "a b", id="signs are nothing"),
        pytest.param("", "", id="empty"),
    ],
)
def test_a_text_is_cut_into_words(text: str, expected: str) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("COVID-19", "covid 19"), ("$3.2bn", "$ 3.2 billion"), ("12.5%", "12.5 percent"), ("U.S.", "US")],
)
def test_spellings_of_one_thing_are_the_same_words(one: str, other: str) -> None:
    assert cut(one) == cut(other)


def test_ascii_and_other_texts_are_cut_alike() -> None:
    text = "AT&T's U.S. 10-K: 12.5% of $3.2bn; l'entreprise, C++ and e.g. 1,250,000 (BRK.B)."
    assert cut(text + " 松") == cut(text) + " 松"


def test_a_word_is_never_longer_than_is_kept() -> None:
    assert all(len(word.folded) <= LONGEST_WORD for word in words("x" * 5000 + " " + "9" * 5000))


@given(st.text(max_size=300))
def test_places_are_in_order_and_within_the_text(text: str) -> None:
    found = list(places(text))
    assert [word for word, _, _ in found] == words(text)
    assert all(0 <= start < end <= len(text) for _, start, end in found)
    assert [start for _, start, _ in found] == sorted(start for _, start, _ in found)


@given(st.text(max_size=300))
def test_tokens_do_not_overlap(text: str) -> None:
    found = list(tokens(text))
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.text(max_size=100))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
