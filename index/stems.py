"""Reduce a word to the stem that its inflected forms share.  Pure: knows no text, only words."""

from functools import cache
from typing import Final

import Stemmer

from index.text import Word, unaccented

#: Language subtag → Snowball algorithm (https://snowballstem.org/algorithms/).
STEMMERS: Final = {
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}
#: Taken where a release's language is not known: most announcements are in English.
DEFAULT_LANGUAGE: Final = "en"


def has_stems(language: str | None) -> bool:
    """Tell whether words of a language are reduced to stems."""
    return (language or DEFAULT_LANGUAGE) in STEMMERS


def stem(word: Word, language: str | None) -> str:
    """Give the folded stem of a word; the word itself in a language without a stemmer."""
    name = STEMMERS.get(language or DEFAULT_LANGUAGE)
    if name is None or not word.folded.isalpha():
        return word.folded
    return unaccented(_stemmer(name).stemWord(word.spelled))


def stems(word: Word, language: str | None) -> tuple[str, ...]:
    """Give the stems under which a word is known: its own, and where it differs, that of its folded form.

    Stemmers know endings by their accents: *energía* is ``energ``, and *energias*, as typed, ``energi``.
    """
    own = stem(word, language)
    if word.spelled == word.folded or (typed := stem(Word(word.folded, word.folded), language)) == own:
        return (own,)
    return own, typed


@cache
def _stemmer(name: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(name)
