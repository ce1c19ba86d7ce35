"""Take titles apart, and tell a site's names from a headline.  Pure: looks at strings, never at a page."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Final

from crawler.extract.signs import unprinted
from crawler.extract.title.labels import ANNOUNCING, FORMS, LABELS

#: What separates a headline from a site's name; the weak ones only where something else confirms it.
_STRONG: Final = re.compile(r"\s*[|｜‖¦]\s*|\s+[-–—―·•»›«~/:⋆]+\s+|\s*[»›]\s*")
_WEAK: Final = re.compile(
    r"\s*[:：]\s*|\s+[-–—]|[-–—]\s+|(?<=[^\W\d_])[-_–—](?=\w)|_+|\s*[(\[【]|[)\]】]\s*|\s+(?=by\s)"
)

MOST_CUTS: Final = 8  # separators looked at in one title; headlines have up to four
LONGEST_TITLE: Final = 600  # characters; the longest headline of tests/bench has 330
SHARED: Final = 3  # titles that must agree before an end is taken for a name
SHORTEST_NAME: Final = 2  # characters; 'O2', 'LG'
FEW_WORDS: Final = 3  # of a name; a text of more that its host half spells is more often what the firm offers
HALF_SPELT: Final = 0.5  # of the letters of a name, in words that its host spells
MOST_SPELT: Final = 0.65  # the same for a longer one
MOST_WORDS: Final = 6  # longer ones are sentences
EDGE_WORD: Final = 3  # letters of a word that a host may begin or end with; shorter ones are "of" and "co"
INNER_WORD: Final = 5  # letters of a word that may stand anywhere within it

#: Words of the trades that take over abandoned domains and hang their name behind every title; small letters.
SPAM: Final = re.compile(
    r"买球|買球|博彩|赌|賭|娱乐城|娛樂城|彩票|体育投注|棋牌|casino|\bslots?\b|togel|\bjudi\b|\bbet(?:ting)?\b|viagra"
)

_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffc\x00-\x08\x0e-\x1f\x7f]")
_FILE: Final = re.compile(r"^\S+\.(?:html?|php|aspx?|jsp|pdf|docx?|txt)$", re.IGNORECASE)
_SIGNS: Final = re.compile(r"[\W_]+")
_ASCII_SMALL: Final = bytes(range(256)).lower()
_ASCII_SIGNS: Final = bytes(at for at in range(128) if not chr(at).isalnum())
_WORD: Final = re.compile(r"[^\W\d_]+")
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def tidy(text: str) -> str:
    """Give a title on one line, invisible characters dropped, length bounded."""
    return " ".join(_INVISIBLE.sub("", text[: 4 * LONGEST_TITLE]).split())[:LONGEST_TITLE]


def key(text: str) -> str:
    """Fold case, width and signs away, so that two prints of one headline are equal."""
    if text.isascii():
        return text.encode().translate(_ASCII_SMALL, _ASCII_SIGNS).decode()
    return _wide_key(text)


@lru_cache(maxsize=64)
def _wide_key(text: str) -> str:
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text).casefold())


def heft(folded: str) -> int:
    """Count the letters of a folded text, Chinese, Japanese and Korean ones twice: they say more."""
    return len(folded) + (0 if folded.isascii() else sum(letter > "\u2e80" for letter in folded))


def is_label(text: str) -> bool:
    """Say whether a text only names a kind of page, as ``Press Releases`` does, a number aside."""
    folded = key(text)
    return folded.strip("0123456789") in LABELS or folded in LABELS or bool(_FILE.search(text))


def is_announced(text: str, headline: str) -> bool:
    """Say whether a text announces its end as a press release: "Pressemitteilung: Acme eröffnet"."""
    folded = key(text[: -len(headline)])
    return folded in LABELS and any(root in folded for root in ANNOUNCING)


@lru_cache(maxsize=256)
def pieces(title: str) -> tuple[tuple[str, bool], ...]:
    """List the stretches of a title between two separators, longest first, with whether both are strong."""
    strong = [(match.start(), match.end(), True) for match in _STRONG.finditer(title)]
    cuts = strong + [
        (match.start(), match.end(), False)
        for match in _WEAK.finditer(title)
        if not any(start < match.end() and match.start() < end for start, end, _ in strong)
    ]
    cuts.sort()
    if len(cuts) > MOST_CUTS:
        cuts = cuts[: MOST_CUTS // 2] + cuts[-(MOST_CUTS // 2) :]
    edges = [(0, 0, True), *cuts, (len(title), len(title), True)]
    found: dict[str, bool] = {}
    for first, (_, start, opens) in enumerate(edges):
        for end, _, closes in edges[:first:-1]:
            piece = title[start:end].strip()
            if piece:
                found[piece] = found.get(piece, False) or (opens and closes)
    return tuple(sorted(found.items(), key=lambda each: -len(each[0])))


def ends(title: str) -> Iterator[str]:
    """Yield what stands before the first and behind each separator: where a site puts its name."""
    cuts = [*_STRONG.finditer(title), *_WEAK.finditer(title)][: 2 * MOST_CUTS]
    for cut in cuts:
        yield title[: cut.start()].strip()
        yield title[cut.end() :].strip()


def learn(titles: Sequence[str]) -> tuple[str, ...]:
    """Give what the titles of one source share at the same end, longest first: the site's names.

    Three that agree, and half of all, make a name; so does one title that stands over half of the pages.
    What a stranger hung behind all of them is none.
    """
    whole = Counter(tidy(title) for title in titles)
    distinct = {title for title, count in whole.items() if count < SHARED}
    counted = Counter(end for title in distinct for end in set(ends(title)) if len(key(end)) >= SHORTEST_NAME)
    enough = max(SHARED, len(distinct) / 2)
    names = [end for end, count in counted.items() if count >= enough]
    names += [title for title, count in whole.items() if count >= enough]
    names = [name for name in names if not is_foreign(name, " ".join(whole))]
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def _unaccented(text: str) -> str:
    """Spell a text as host names do: ``Société`` → ``Societe``, ``Bäder`` → ``Baeder``."""
    spelt = unicodedata.normalize("NFKD", text.translate(_UMLAUTS))
    return "".join(letter for letter in spelt if not unicodedata.combining(letter))


def _words(text: str) -> list[str]:
    """List the words of a text, folded as host names spell them."""
    bare = unprinted(text)
    if bare.isascii():
        return _WORD.findall(bare.lower())
    return [key(word) for word in _WORD.findall(_unaccented(bare))]


@lru_cache(maxsize=16)
def _labels(host: str) -> tuple[str, ...]:
    """Give the parts of a host before its last, folded; ``www`` and single letters left out."""
    parts = host.casefold().removeprefix("www.").split(".")[:-1]
    return tuple(key(part) for part in parts if len(part) > 1)


@lru_cache(maxsize=16)
def _spellings(host: str) -> frozenset[str]:
    """Give what a host spells as a whole: itself, each part of it, and all of them in one."""
    return frozenset({key(host), *_labels(host), "".join(_labels(host))})


def _spells(labels: Collection[str], word: str) -> bool:
    """Say whether a host holds a word: a short one at an edge, "part" is no part of ``capitalpartners``."""
    if EDGE_WORD <= len(word) < INNER_WORD:
        return any(label.startswith(word) or label.endswith(word) for label in labels)
    return len(word) >= INNER_WORD and any(word in label for label in labels)


def is_name(text: str, names: Collection[str], host: str) -> bool:
    """Say whether a text is a name of the site: a known one (folded by ``key``), or what its host spells."""
    folded = key(text)
    if len(folded) < SHORTEST_NAME:
        return False
    if folded in names:
        return True
    labels = _labels(host)
    if not any(labels):
        return False
    words = _words(text)
    firm = "".join([word for word in words if word not in FORMS])
    if not _spellings(host).isdisjoint((folded, firm, "".join(words))):
        return True
    if len(words) > 1 and "".join([word[:1] for word in words]) in labels:
        return True
    if len(words) > MOST_WORDS:
        return False
    spelling = {word for word in words if _spells(labels, word)}
    said = [word for word in words if word in spelling or word not in FORMS]
    share = MOST_SPELT if len(said) > FEW_WORDS else HALF_SPELT
    shown = sum(len(word) for word in said if word in spelling)
    return shown > share * sum(map(len, said))


def script(text: str) -> str:
    """Give the writing system of most letters of a text, as ``LATIN`` or ``CJK``; empty without letters."""
    bare = unprinted(text)
    if bare.isascii():
        return "LATIN" if any(map(str.isalpha, bare)) else ""
    found = Counter(unicodedata.name(letter, "?").split(" ")[0] for letter in bare if letter.isalpha())
    for kana in ("HIRAGANA", "KATAKANA"):
        found["CJK"] += found.pop(kana, 0)
    return found.most_common(1)[0][0] if found.total() else ""


def is_foreign(end: str, headline: str) -> bool:
    """Say whether a title's end looks hung there by somebody else: another script, or a trade's word."""
    if SPAM.search(end.lower()):
        return True
    return script(end) not in {"", "LATIN"} and script(end) != script(headline)
