"""Label the parts of an announcement's text: dateline, about, contact, end mark …  Pure; cuts nothing."""

import re
from collections.abc import Iterator
from typing import Final

from crawler.model import Part

FIRST_PARAGRAPHS: Final = 6  # a summary or bullets may stand before the dateline
LONGEST_LABEL: Final = 90  # characters of a line that opens a section; longer ones are sentences
LONGEST_DATELINE: Final = 180
LONGEST_FORM: Final = 160  # characters of a line that are looked at; no form below reaches further


def _any(*phrases: str) -> re.Pattern[str]:
    """Compile phrases for texts in small letters: that case is ignored takes five times as long."""
    return re.compile("|".join(phrases))


#: Lines that open a section, with the label of all that follows up to the next one.
OPENERS: Final = (
    (
        "about",
        _any(
            r"about (?!half\b|a\b|an\b|one\b|two\b|\d)|über (?:die |das |den )?|[àa] propos|acerca de|over ",
            r"om |sobre (?:a |o |la )?|informazioni su|chi è |o firmie|关于|關於|について|会社概要|회사 소개",
        ),
    ),
    (
        "forward-looking",
        _any(
            r"(?:cautionary|special) (?:note|statement|language)",
            r"forward[- ]looking (?:statements?|information)",
            r"safe[- ]harbou?r|disclaimer\b|disclosure notice|zukunftsgerichtete aussagen",
            r"déclarations prospectives|前瞻性|将来予測|見通しに関する",
        ),
    ),
    (
        "contact",
        _any(
            r"(?:for )?(?:(?:media|press|investors?(?: relations)?|company|corporate|general) )?"
            r"(?:(?:and|&|/) (?:media|press|investors?(?: relations)?) )?(?:contacts?|enquiries|inquiries)\b",
            r"for (?:more|further) information,? (?:please )?contact",
            r"(?:presse|medien)?kontakt|ansprechpartner",
            r"contacts? presse|contacto|contatt[io]|yhteystiedot|联系人|媒体联系|お問い合わせ|문의",
        ),
    ),
    ("notes", _any(r"notes? (?:to|for) editors?|editors?['’]? notes?|hinweis für")),
    (
        "non-gaap",
        _any(r"(?:use of |about |explanation of )?non-gaap (?:financial )?(?:measures|information)"),
    ),
)

END_MARK: Final = _any(r"(?:#\s?#\s?#|-+\s?(?:end|ends|30)\s?-+|\*\s?\*\s?\*|end|ends|ende)\s*$")
ATTRIBUTION: Final = _any(
    r"source:? (?!code\b)\S.{0,90}$|view (?:the )?(?:original|source)|to view the source version",
    r"(?:logo|photo|infographic|video|multimedia)(?: -|:| available).{0,40}https?://|copyright ©?",
    r"this (?:press )?release was issued through|information provided by",
)

#: What wire services print between dateline and text.
WIRE: Final = _any(
    r"/\s?\w{0,20}(?:newswire|cnw|einpresswire)[\w .,-]{0,40}/\s?-*",
    r"/ ?access ?(?:news)?wire ?/(?:[^/\n]{4,30}\d{4} ?/)?",
    r"\((?: ?business ?wire| ?globe ?newswire|marketwired?) ?\)\s?-*",
    r"\((?: ?newsfile corp\.?[^)]{0,40}|access ?newswire) ?\)\s?-*",
)
#: ``CITY, State, date –``: place names, a date or a wire's name, and a dash or the like before the text.
PLACE_AND_DATE: Final = re.compile(
    r"[^\W\d_][^\n:;!?]{1,120}?\b(?:(?:19|20)\d\d)\)?\s*[年月日\d\s]{0,14}"
    r"(?:[-–—|/:]{1,3}|\(?(?:business ?wire|globe ?newswire)\)?)\s?"
)
#: Whatever a line must begin with to be one of those that open a section or end one.
MARKS: Final = _any(*(form.pattern for form in (END_MARK, ATTRIBUTION, *(opener for _, opener in OPENERS))))


def anatomy(body: str) -> tuple[Part, ...]:
    """List the labelled parts of a body in order; they do not overlap, and the news itself has no label."""
    return tuple(part for part in (*_dateline(body), *_sections(body)) if part.end > part.start)


def _dateline(body: str) -> Iterator[Part]:
    start = 0
    for paragraph in body.split("\n\n", FIRST_PARAGRAPHS)[:FIRST_PARAGRAPHS]:
        head = _small(paragraph[:LONGEST_DATELINE])
        if wire := WIRE.search(head):
            yield Part("dateline", start, start + wire.end())
            return
        if (found := PLACE_AND_DATE.match(head)) and len(paragraph) > found.end():
            yield Part("dateline", start, start + found.end())
            return
        start += len(paragraph) + 2


def _sections(body: str) -> Iterator[Part]:
    label, opened, start = "", 0, 0
    for line in body.split("\n"):
        if kind := _opens(line):
            if label:
                yield Part(label, opened, _trimmed(body, opened, start))
            alone = kind in {"end mark", "attribution"}
            label, opened = ("", start) if alone else (kind, start)
            if alone:
                yield Part(kind, start, start + len(line))
        start += len(line) + 1
    if label:
        yield Part(label, opened, _trimmed(body, opened, len(body)))


def _opens(line: str) -> str:
    if not line or line[0].islower():
        return ""
    head = _small(line[:LONGEST_FORM])
    if not MARKS.match(head):
        return ""
    short = len(line) <= LONGEST_LABEL
    if short and END_MARK.match(head):
        return "end mark"
    if ATTRIBUTION.match(head):
        return "attribution"
    for label, opener in OPENERS:
        found = opener.match(head)
        if label == "about" and line.rstrip().endswith((".", "!", "?", "。")):
            continue
        if found and (short or ":" in head[found.start() : found.end() + 40]):
            return label
    return ""


def _small(text: str) -> str:
    """Give a text in lower case, every letter in its place: of all letters only İ has two there."""
    return text.replace("İ", "i").lower()


def _trimmed(body: str, start: int, end: int) -> int:
    return start + len(body[start:end].rstrip())
