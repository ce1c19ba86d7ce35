"""Reduce a word to the stem that its inflected forms share.  Pure: knows no text, only words."""

import importlib
from collections.abc import Callable
from typing import Final

from index.text import Word, unaccented

#: Language subtag → Snowball algorithm (https://snowballstem.org/algorithms/).  Each is a module of its
#: own, loaded when its language is met.  The package's chooser takes other code where PyStemmer is installed.
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
#: Distinct words remembered per language.
_REMEMBERED: Final = 200_000

_loaded: dict[str, Callable[[str], str]] = {}
_known: dict[tuple[str, str], str] = {}


def has_stems(language: str | None) -> bool:
    """Tell whether words of a language are reduced to stems."""
    return (language or DEFAULT_LANGUAGE) in STEMMERS


def stem(word: Word, language: str | None) -> str:
    """Give the folded stem of a word; the word itself in a language without a stemmer."""
    name = STEMMERS.get(language or DEFAULT_LANGUAGE)
    if name is None or not word.folded.isalpha():
        return word.folded
    key = (name, word.spelled)
    found = _known.get(key)
    if found is None:
        found = unaccented(_stemmer(name)(word.spelled))
        if len(_known) < _REMEMBERED:
            _known[key] = found
    return found


def _stemmer(name: str) -> Callable[[str], str]:
    if name not in _loaded:
        module = importlib.import_module(f"snowballstemmer.{name}_stemmer")
        _loaded[name] = getattr(module, f"{name.capitalize()}Stemmer")().stemWord
    return _loaded[name]
