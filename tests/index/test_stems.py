"""The laws of stems: inflected forms share one, with or without their accents."""

import pytest

from index.stems import STEMMERS, stem, stems
from index.text import words


def cut(text: str, language: str) -> set[str]:
    return {stem(word, language) for word in words(text)}


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", "company companies company's"),
        ("de", "Ergebnis Ergebnisse Ergebnisses"),
        ("de", "Haus Häuser Haeuser hauser"),
        ("de", "München Muenchen"),
        ("fr", "résultat résultats resultats"),
        ("fr", "annoncé annoncée annoncés"),
        ("es", "empresa empresas"),
        ("it", "risultato risultati"),
        ("pt", "empresa empresas"),
        ("nl", "resultaat resultaten"),
        ("sv", "företag företaget"),
        ("da", "selskab selskabet"),
        ("no", "selskap selskapet"),
        ("ru", "компания компании компаний"),
    ],
)
def test_forms_of_a_word_share_a_stem(language: str, forms: str) -> None:
    assert len(cut(forms, language)) == 1


@pytest.mark.parametrize("language", sorted(STEMMERS))
def test_every_language_has_its_stemmer(language: str) -> None:
    assert cut("announcement", language)


def test_a_language_without_a_stemmer_keeps_its_words() -> None:
    assert cut("announcements 松江区", "zh") == {"announcements", "松江", "江区", "区"}


def test_numbers_and_signs_are_their_own_stems() -> None:
    assert cut("10 3.2 $ C++ 5G", "en") == {"10", "3.2", "$", "c", "++", "5g"}


@pytest.mark.parametrize(
    ("language", "accented", "typed"),
    [("fr", "financière", "financieres"), ("es", "compañía", "companias"), ("it", "qualità", "qualita")],
)
def test_a_word_typed_without_accents_shares_a_stem_with_its_forms(
    language: str, accented: str, typed: str
) -> None:
    (one,), (other,) = words(accented), words(typed)
    assert {*stems(one, language)} & {*stems(other, language)}
    assert len(stems(other, language)) == 1
