"""Name the language of a text by its script and its commonest words.  Pure; None where unsure."""

import re
from collections import Counter
from itertools import chain
from typing import Final

from crawler.extract.signs import unprinted

SHORTEST: Final = 20  # words; below it one borrowed word decides
CLEAR: Final = 1.25  # how many times the best must beat the second
SAMPLE_CHARS: Final = 2_000  # of the text; languages do not change within it

#: The commonest words of running text that few other languages share.  Articles, prepositions, auxiliaries.
COMMON: Final = {
    "en": "the of and to in for is on that with by as at from this are was has will be its have our which",
    "de": "der die und das den von zu mit ist für im auf eine des dem ein nicht sich wird auch werden bei",
    "fr": "le la les et des du une dans pour que est sur par au avec plus sont qui ce ses aux cette pas",
    "es": "el la los las del una en y que por con para se su al como más sus este es ha lo son",
    "it": "il di che e la per una del della con in un gli dei nel alla sono delle si è più anche da i",
    "pt": "o a os as do da em um uma que para com não dos das ao no na mais por se é são pela sua",
    "nl": "de het een van en in is op te voor met dat zijn die aan door ook bij wordt naar als niet om",
    "sv": "och att det som en av för är på den till med har de inte ett om vi från kan under sig sina",
    "da": "og at det som en af for er på den til med har de ikke et om vi fra kan blev sig deres efter",
    "no": "og at det som en av for er på den til med har de ikke et om vi fra kan ble seg sine etter",
    "fi": "ja on ei että se oli hän mutta myös ovat kun joka sekä tai mukaan vuoden ole kuin jotka olla",
    "pl": "w i na z do się nie że jest o to jak przez po od dla oraz są za który które roku będzie",
    "cs": "a v se na je že s z do o pro jsou k i ve který by jako také podle roce byl však",
    "sk": "a v sa na je že s z do o pre sú k aj vo ktorý by ako tiež podľa roku bol však",
    "hu": "a az és hogy nem is egy meg volt csak már mint ez de kell lehet szerint több között el",
    "ro": "și de în la a cu pe care din că pentru nu mai este o un au sau prin după fost sunt",
    "tr": "ve bir bu için ile da de olarak çok daha olan gibi en kadar sonra ise olduğu göre her",
    "id": "yang dan di dengan untuk dari ini pada dalam tidak itu akan oleh juga ke telah sebagai adalah",
    "vi": "và của là các có được cho trong với không một người những khi đã này đến về từ năm",
    "hr": "i u je na se da su za od o s koji kao što bi će ne te iz ili kako bio jer nije",
    "et": "ja on ei et see ka oli kui mis ning aga selle oma eesti aasta kes või seda välja",
    "lt": "ir kad yra į su tai buvo apie iš bei ne kaip už bet per jau metų šio dėl pagal",
    "lv": "un ir ka par no ar tas kas uz bija arī lai gada pēc vai kā ir tiek šo būs",
    "sq": "në e të i dhe një për me që nga është ka se u si më do janë kjo tij",
    "ca": "el la els les i de del que per amb una un és en als han aquesta més va són",
}
#: The same by word.
LANGUAGES: Final[dict[str, list[str]]] = {}
for _language, _words in COMMON.items():
    for _word in _words.split():
        LANGUAGES.setdefault(_word, []).append(_language)
WORD: Final = re.compile(r"[^\W\d_]+")
ASCII_SPACED: Final = bytes(code if chr(code).isalpha() else ord(" ") for code in range(128)).ljust(256)

#: Scripts that name their language, as stretches of their letters, and what parts those who share one.
BEYOND_LATIN: Final = re.compile("[\u0370-\u1dff\u2e80-\ufaff]+")
KANA: Final = re.compile("[\u3041-\u30ff]+")
HAN: Final = re.compile("[\u3400-\u9fff]+")
HANGUL: Final = re.compile("[\uac00-\ud7a3]+")
SCRIPTS: Final = (
    ("el", re.compile("[\u0370-\u03ff]+")),
    ("he", re.compile("[\u0590-\u05ff]+")),
    ("ar", re.compile("[\u0600-\u06ff]+")),
    ("hi", re.compile("[\u0900-\u097f]+")),
    ("bn", re.compile("[\u0980-\u09ff]+")),
    ("ta", re.compile("[\u0b80-\u0bff]+")),
    ("te", re.compile("[\u0c00-\u0c7f]+")),
    ("th", re.compile("[\u0e00-\u0e7f]+")),
    ("ka", re.compile("[\u10a0-\u10ff]+")),
    ("hy", re.compile("[\u0530-\u058f]+")),
)
CYRILLIC: Final = re.compile("[\u0400-\u04ff]+")
#: Letters that only one of the Cyrillic languages writes; Bulgarian and Russian differ in words …
CYRILLIC_OWN: Final = (("uk", "іїєґ"), ("sr", "ђћџљњј"), ("be", "ў"), ("kk", "әғқңөұүһ"), ("mk", "ѓќѕ"))
BULGARIAN: Final = "и на от за се да са е че по със като това ще който която през"
RUSSIAN: Final = "и в на что с не по как это для из был или который также его к"
#: … and in how often they write two letters: one in fifty, against one in two thousand.
BULGARIAN_OWN: Final = "ъ"
RUSSIAN_OWN: Final = "ы"
PERSIAN: Final = re.compile("[پچژگ]")
URDU: Final = re.compile("[ٹڈڑے]")


def language_of(text: str, declared: str | None = None) -> str | None:
    """Give the BCP 47 primary subtag of a text; what the page declares decides only where the text does not.

    Args:
        text: title and body.
        declared: ``lang`` of the page, as ``en-GB``; newsrooms leave it ``en`` on pages in other languages.
    """
    sample = unprinted(text[:SAMPLE_CHARS])
    return _by_script(sample) or _by_words(sample) or _subtag(declared)


def _subtag(declared: str | None) -> str | None:
    found = re.match(r"\s*([a-zA-Z]{2,3})(?:[-_]|\s*$)", declared or "")
    subtag = found[1].lower() if found else None
    return {"nb": "no", "nn": "no", "iw": "he", "in": "id"}.get(subtag or "", subtag)


def _by_script(text: str) -> str | None:
    least = max(4, len(text) // 6)
    if text.isascii() or _letters(BEYOND_LATIN, text) < least:
        return None
    if _letters(HANGUL, text) >= least:
        return "ko"
    kana, han = _letters(KANA, text), _letters(HAN, text)
    if kana + han >= least:
        return "ja" if kana * 10 >= han else "zh"
    if _letters(CYRILLIC, text) >= least:
        return _cyrillic(text.casefold())
    for language, script in SCRIPTS:
        if _letters(script, text) >= least:
            if language == "ar":
                return "ur" if URDU.search(text) else "fa" if PERSIAN.search(text) else "ar"
            return language
    return None


def _letters(script: re.Pattern[str], text: str) -> int:
    return sum(map(len, script.findall(text)))


def _cyrillic(text: str) -> str:
    counts = {language: sum(map(text.count, own)) for language, own in CYRILLIC_OWN}
    best = max(counts, key=lambda language: counts[language])
    if counts[best] * 240 >= len(text):
        return best
    words = WORD.findall(text)
    bulgarian = _count(BULGARIAN, words) + text.count(BULGARIAN_OWN)
    russian = _count(RUSSIAN, words) + text.count(RUSSIAN_OWN)
    return "bg" if bulgarian > russian else "ru"


def _count(common: str, words: list[str]) -> int:
    return sum(map(frozenset(common.split()).__contains__, words))


def _by_words(text: str) -> str | None:
    words = _cut(text.casefold())
    if len(words) < SHORTEST:
        return None
    counts = Counter(chain.from_iterable(filter(None, map(LANGUAGES.get, words))))
    (best, most), (_, second) = (*counts.most_common(2), ("", 0), ("", 0))[:2]
    return best if most * 12 >= len(words) and most >= CLEAR * second else None


def _cut(text: str) -> list[str]:
    return text.encode().translate(ASCII_SPACED).decode().split() if text.isascii() else WORD.findall(text)
