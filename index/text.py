"""Cut text into the words that are indexed and asked for, the same for every engine.  Pure: knows no query.

A word is what stands between spaces and most punctuation, folded: compatibility forms, case and accents are
gone.  What announcements write as one is cut into words that must then follow each other: ``COVID-19`` is
``covid 19``, ``$3.2bn`` is ``$ 3.2 billion``, ``AT&T`` is ``at and t``; so each spelling finds the others.
Scripts written without spaces become overlapping pairs of characters: 松江区 is 松江 江区 区.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

#: Scripts without spaces between words, and Hangul, whose particles are glued to the noun.
UNSPACED: Final = (
    "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46"  # Thai
    "\u0e81-\u0eb0\u0eb2\u0eb3\u0ec0-\u0ec6"  # Lao
    "\u1000-\u1049"  # Burmese
    "\u1100-\u11ff\uac00-\ud7af"  # Hangul
    "\u1780-\u17d3"  # Khmer
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f"  # Kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
#: Marks that belong to the letter before them, and characters inside words that nobody sees.
MARKS: Final = (
    "\u0300-\u036f\u0483-\u0487"  # accents written apart; Cyrillic titlo
    "\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"  # Hebrew points, Arabic vowels
    "\u0900-\u0903\u093a-\u094f\u0951-\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a4d"  # Indic
    "\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b4d\u0bbe-\u0bcd\u0c00-\u0c04\u0c3e-\u0c4d"
    "\u0cbc-\u0ccd\u0d3e-\u0d4d\u0dca-\u0ddf\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
    "\u3099\u309a"  # voiced kana in two parts
    "\u00ad\u200b-\u200d\u2060\ufeff"  # soft hyphen, zero-width
)
#: Folded like accents: a reader who cannot type them leaves them out.
UNTYPED: Final = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u00ad\u200b-\u200d\u2060\ufeff]+"
)
#: Letters that decompose into nothing simpler, with what people type instead.
LETTERS: Final = str.maketrans(
    {
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ı": "i",
        "ħ": "h",
        "\u2044": "/",
    }
)
#: Short spellings that announcements and their readers use for the same word.
SPELLINGS: Final = {
    "&": "and",
    "%": "percent",
    "pct": "percent",
    "bn": "billion",
    "bln": "billion",
    "mn": "million",
    "mln": "million",
    "trn": "trillion",
    "tn": "trillion",
}
#: Articles and particles that French and Italian glue to the next word with an apostrophe.
ELIDED: Final = (
    *("l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu"),
    *("dell", "all", "nell", "sull", "dall", "quell", "un"),
)


@cache
def _token(*, is_ascii: bool) -> re.Pattern[str]:
    """Compile what a token is.

    Its long lists of characters take 50 ms; most questions are in ASCII and do without.
    """
    unspaced, marks = ("", "") if is_ascii else (UNSPACED, MARKS)
    letter = rf"[^\W_{unspaced}]"
    return re.compile(
        r"[A-Za-z0-9]+(?=[\s);]|[,.:]\s)"  # what most words are; the rest of the table gives the same, slower
        rf"|(?:[^\W\d_{unspaced}]\.)+[^\W\d_{unspaced}](?!{letter})\.?"  # U.S., S.p.A.
        rf"|(?i:{'|'.join(ELIDED)})['’](?={letter})"  # l'entreprise
        r"|\d+(?:[.,]\d+)+"  # 1,250,000 and 12.5
        rf"|{letter}+"
        + (rf"(?:[{marks}]+{letter}*)*" if marks else "")  # words
        + rf"(?:['’][sS](?!{letter}))?"  # with a possessive
        + (rf"|[{unspaced}](?:[{unspaced}{marks}])*" if unspaced else "")
        + r"|[&%$€£¥₹₩]"
        r"|(?<=\w)\+{1,2}"  # C++, Disney+
        r"|(?<=[A-Za-z])\#"  # C#
    )


@cache
def _unspaced_first() -> re.Pattern[str]:
    return re.compile(f"[{UNSPACED}]")


_THOUSANDS: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?")
_GLUED_UNIT: Final = re.compile(rf"(\d+)({'|'.join(name for name in SPELLINGS if name.isalpha())})")
#: Tokens longer than this are cut: base64 and the like; the longest German company law fits.
LONGEST_WORD: Final = 64
#: Distinct spellings remembered; a year of announcements has fewer, and 10 MB hold them.
_REMEMBERED: Final = 100_000


class Word(NamedTuple):
    """One word of a text.  A tuple, because a set of them is made for every release that is indexed."""

    #: As indexed: case, accents and compatibility forms folded.
    folded: str
    #: The same with its accents, as a stemmer wants it.
    spelled: str


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of text and the words it stands for: none for ``l'``, two for ``5bn``, many for 松江区."""

    words: tuple[Word, ...]
    start: int
    end: int


_known: dict[str, tuple[Word, ...]] = {}


def tokens(text: str) -> Iterator[Token]:
    """List the tokens of a text, in order, with their places."""
    for match in _token(is_ascii=text.isascii()).finditer(text):
        yield Token(_words(match.group()), match.start(), match.end())


def places(text: str) -> Iterator[tuple[Word, int, int]]:
    """List the words of a text, in order, each with the stretch that a reader would mark for it."""
    for token in tokens(text):
        if len(token.words) == token.end - token.start > 1 and is_unspaced(text[token.start]):
            for at, word in enumerate(token.words, token.start):
                yield word, at, at + len(word.folded)
        else:
            for word in token.words:
                yield word, token.start, token.end


def words(text: str) -> list[Word]:
    """List the words of a text in order; the index of a word is its position."""
    known = _known
    found: list[Word] = []
    for raw in _token(is_ascii=text.isascii()).findall(text):
        found.extend(known.get(raw) or _words(raw))
    return found


def is_unspaced(text: str) -> bool:
    """Tell whether a token is a run of a script that is indexed by pairs of characters."""
    return not text[:1].isascii() and _unspaced_first().match(text) is not None


def fold(text: str) -> str:
    """Fold case, accents and compatibility forms: ``ＥＬＦ Ökö`` is ``elf oko``."""
    if text.isascii():
        return text.lower()
    return unaccented(unicodedata.normalize("NFKC", text).casefold())


def unaccented(spelled: str) -> str:
    """Take the accents off a word that is already lower case."""
    if spelled.isascii():
        return spelled
    bare = UNTYPED.sub("", unicodedata.normalize("NFKD", spelled))
    return unicodedata.normalize("NFC", bare).translate(LETTERS)


def _words(raw: str) -> tuple[Word, ...]:
    """Give the words of one token as matched."""
    found = _known.get(raw)
    if found is None:
        if is_unspaced(raw):
            return _pairs(raw)
        found = tuple(Word(unaccented(spelled), spelled) for spelled in _spelled(raw))
        if len(_known) < _REMEMBERED:
            _known[raw] = found
    return found


def _spelled(raw: str) -> tuple[str, ...]:
    lower = raw.lower() if raw.isascii() else unicodedata.normalize("NFKC", raw).casefold()
    if lower in SPELLINGS:
        return (SPELLINGS[lower],)
    if lower[-1] in "'’":
        return ()
    if lower[0].isdigit():
        return _number(lower)
    if lower[-2:] in {"'s", "’s"}:
        lower = lower[:-2]
    lower = lower.replace(".", "").replace("\u00ad", "")
    return (lower[:LONGEST_WORD],) if lower else ()


def _number(lower: str) -> tuple[str, ...]:
    """Spell a number in one way: no thousands separators, a point before decimals."""
    if glued := _GLUED_UNIT.fullmatch(lower):
        return glued[1], SPELLINGS[glued[2]]
    if _THOUSANDS.fullmatch(lower):
        mark = "," if "," in lower and (lower.find(",") < lower.find(".") or "." not in lower) else "."
        lower = lower.replace(mark, "")
    if lower.count(",") == 1 and "." not in lower:
        lower = lower.replace(",", ".")
    return (lower[:LONGEST_WORD],)


def _pairs(raw: str) -> tuple[Word, ...]:
    """Cut a run into overlapping pairs and its last character, one word for each character."""
    run = unaccented(unicodedata.normalize("NFKC", raw).casefold())
    return tuple(Word(pair, pair) for pair in (run[i : i + 2] for i in range(len(run))))
