"""The shapes that dates and hours are printed in, as patterns.  Data: ``dates.find`` reads the matches.

All are linear: every part is bounded, and no two neighbours can take the same character over and over.
"""

import re
from typing import Final

from crawler.dates.months import ZONES

#: Letters of scripts that put spaces between words, with their marks; ``\w`` knows no marks, and CJK runs on.
_LETTER: Final = (
    "A-Za-zªºÀ-ÖØ-öø-ɏ\u0300-\u036fͰ-ԯԱ-Ֆա-և\u05d0-\u05ea\u0620-\u065f\u066e-\u06ef\u0900-\u0965"
    "\u0971-\u09e5\u0e01-\u0e4eა-ჿḀ-ỿ"
)
#: Possessive at the end: what is shorter is never followed by a number, and trying it took most of the time.
_WORD: Final = rf"[{_LETTER}][{_LETTER}.]{{0,2}}[{_LETTER}]{{1,14}}+"
#: Between the parts of a date: blanks, marks that steer direction or width, one or two signs.
_GAP: Final = r"[\s\u200b\u200e\u200f.,/–-]{0,4}"
#: What follows a day's number; ``4-a`` and ``4-e`` must not take the first letter of ``4-Apr-2026``.
_ORDINAL: Final = rf"(?:st|nd|rd|th|º|ª|°|\.|(?:er|-?e|-?a|η)(?![{_LETTER}]))?"
#: The Syrian name before the Egyptian one: "24 نيسان / أبريل 2020", in Jordan, Lebanon and Palestine.
_SYRIAN: Final = r"(?:[\u0621-\u064a]{2,5}(?:\s[\u0621-\u064a]{4,6})?\s?/\s?)?"
_OF: Final = r"(?:of\s|de\s|d['’]|di\s|del\s)?"
_CLOCK: Final = r"(?:\d{1,2}:\d\d(?::\d\d)?(?:\s(?:[A-Z]{3,4}|[+-]\d{4}))?)"
_NUMERAL: Final = "〇○零一二三四五六七八九"

#: Every form that carries its own year; the outer group's name is the form.
DATE: Final = re.compile(
    rf"""
    (?=\d)(?<![\d./-])(?<!\d[,:])(?:
        (?P<iso>(?P<iso_y>(?:19|20)\d\d)(?P<iso_sep>[-/.])\s?(?P<iso_m>\d\d?)(?P=iso_sep)\s?(?P<iso_d>\d\d?)(?!\d))
      | (?P<cjk>(?P<cjk_y>(?:19|20)\d\d)\s?[年년]\s?(?P<cjk_m>\d\d?)\s?[月월]\s?
            (?P<cjk_d>\d\d?)\s?[日일号號]?(?!\d))
      | (?P<digits>(?P<dig_a>\d\d?)(?P<dig_sep>[./-])\s?(?P<dig_b>\d\d?)(?P=dig_sep)\s?
            (?P<dig_y>(?:19|20)\d\d|\d\d)(?![\d%])(?![.,/-]\d))
      | (?P<words>(?P<w_d>\d\d?){_ORDINAL}{_GAP}{_OF}{_SYRIAN}(?P<w_m>{_WORD}){_GAP}(?:de\s|del\s|do\s|of\s)?
            (?P<w_y>(?:19|20|25)\d\d|['’]\d\d|(?<=-)\d\d(?!-)|\d\d(?=\s\d\d:\d\d|\s*(?:[\n|)\]•·–—]|\Z)))(?!\d))
      | (?P<gada>(?P<ga_y>20\d\d)\.?\sgada\s(?P<ga_d>\d\d?)\.?\s(?P<ga_m>{_WORD}))
      | (?P<yearfirst>(?P<yf_y>(?:19|20)\d\d)(?:{_GAP}|\sm\.\s)(?P<yf_m>{_WORD}){_GAP}(?P<yf_d>\d\d?)(?!\d))
      | (?P<thang>(?P<th_d>\d\d?)\s[Tt]háng\s(?P<th_m>\d\d?)(?:,|,?\snăm)?\s(?P<th_y>20\d\d))
    )
    | (?<![{_LETTER}])(?P<month>(?P<mo_m>{_WORD}){_GAP}(?:the\s)?(?P<mo_d>\d\d?){_ORDINAL}
            (?:\s(?P<mo_clock>{_CLOCK}))?[\s.,/–-]{{1,4}}(?P<mo_y>(?:19|20)\d\d)(?!\d))
    | (?P<era>(?P<era_n>令和|平成|民國|民国)\s?(?P<era_y>\d{{1,3}}|元)\s?年\s?
            (?P<era_m>\d\d?)\s?月\s?(?P<era_d>\d\d?)\s?日)
    | (?P<hanzi>(?P<han_y>二[〇○零][{_NUMERAL}]{{2}})年
            (?P<han_m>[{_NUMERAL}十]{{1,2}})月(?P<han_d>[{_NUMERAL}十]{{1,3}})日)
    """,
    re.VERBOSE,
)

#: What every date with a year holds; the forms are tried only around it, five times as fast as everywhere.
#: One set of first characters lets sre skip all others eight times as fast as seven ways do; each way looks
#: back at the one it took.
ANCHOR: Final = re.compile(
    r"[0-9'’年-](?:(?<=1)9\d\d(?!\d)|(?<=2)[05]\d\d(?!\d)|(?<=\d)[./-]\s?\d\d?[./-]\s?\d\d(?!\d)"
    r"|(?<=[^\W\d_]-)\d\d(?!\d)|(?<=['’])\d\d(?!\d)|(?<=\d)\d\s\d\d:\d\d"
    r"|(?<=[^\W\d_][.\s]\d)\d(?=\s{0,2}(?:[\n|)\]•·–—]|\Z))|(?<=年))"
)
#: What a date has beside its year: a number of one or two digits, or numerals in words before 年.
NUMBER: Final = re.compile(r"[0-9年](?:(?<=年)|(?<![0-9][0-9])[0-9]?(?![0-9]))")
SHORT_ANCHOR: Final = re.compile(r"\d")
BEFORE: Final = 50  # characters of the longest form before its anchor; a weekday is looked for apart
BEHIND: Final = 40  # characters of the longest form behind its anchor

#: Forms without a year, looked for only where a year is given.
SHORT: Final = re.compile(
    rf"""
    (?<![\d./-])(?<!\d:)(?:
        (?P<cjk>(?P<cjk_m>\d\d?)\s?[月월]\s?(?P<cjk_d>\d\d?)\s?[日일号號])
      | (?P<words>(?P<w_d>\d\d?){_ORDINAL}{_GAP}{_OF}(?P<w_m>{_WORD}))
      | (?P<digits>(?P<dig_a>\d\d?)(?P<dig_sep>[./])(?P<dig_b>\d\d?)(?P=dig_sep)?(?![\d%]))
    )
    | (?<![{_LETTER}])(?P<month>(?P<mo_m>{_WORD}){_GAP}(?P<mo_d>\d\d?)(?!\d))
    """,
    re.VERBOSE,
)

_ZONE: Final = "|".join(map(re.escape, sorted(ZONES, key=len, reverse=True)))
#: An hour behind a date.
TIME: Final = re.compile(
    rf"""
    (?:T|[\s,|·•–—/(@-]{{0,4}}(?:(?:at|um|à|a\slas|às|as|alle|ore|kl|klo|saat|о|в|om|godz|pukul|dès)\.?\s{{1,2}})?)
    (?P<hour>[01]?\d|2[0-4])(?:\s?[:h时時点]\s?|[.](?=\d\d(?![\d.]))|시\s?)(?P<minute>[0-5]\d)
    (?:[:.]?(?P<second>[0-5]\d))?(?:[.,]\d{{1,9}})?(?:\s?[分분])?
    (?:\s?(?P<half>[AaPp])\.?\s?[Mm]\b\.?)?
    (?:[\s(]{{0,2}}(?P<zone>{_ZONE})(?![A-Z]?[a-z]?[+-]?\d)(?=[^A-Za-z]|[A-Z][a-z]|$))?
    (?:\s?(?:UTC|GMT)?(?P<offset>[+−-](?:0\d|1[0-4]|\d):?(?:[0-5]\d)?)(?!\d))?
    """,
    re.VERBOSE,
)
#: The same with a full hour alone: "8 AM ET".
FULL_HOUR: Final = re.compile(
    rf"[\s,|·–—(-]{{0,4}}(?:at\s)?(?P<hour>1[0-2]|0?\d)\s?(?P<half>[AaPp])\.?[Mm]\b\.?(?:\s?(?P<zone>{_ZONE})\b)?"
)
WEEKDAY: Final = re.compile(rf"([{_LETTER}]{{2,13}}+)(?:-feira)?\.?,?\s{{0,2}}(?:den\s|the\s|el\s|le\s)?$")
COMPACT: Final = re.compile(
    r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?P<rest>(?:T?\d{4,6})?Z?(?:[+-]\d{4})?)"
)

#: Digits of other scripts: full-width, Arabic, Persian, Hindi, Bengali, Thai.
_ZEROS: Final = "０٠۰०০๐"
FOREIGN_DIGIT: Final = re.compile("[" + "".join(f"{zero}-{chr(ord(zero) + 9)}" for zero in _ZEROS) + "]")
#: The bytes that they begin with in UTF-8: a text without these has none, and shows it three times as fast.
FOREIGN_LEADS: Final = frozenset(zero.encode()[:1] for zero in _ZEROS)
DIGITS: Final = {ord(zero) + value: str(value) for zero in _ZEROS for value in range(10)}

#: Outer groups that are spellings of one form.
FORMS: Final = {"yearfirst": "words", "gada": "words", "thang": "words", "month": "words", "hanzi": "cjk"}
