"""Cut markup down to what is worth parsing, in passes as fast as a search.  Pure; never raises."""

import re
from typing import Final

LARGEST_MARKUP: Final = (
    3_000_000  # bytes; the largest of 1,336 real pages has 1.1 million without its scripts
)
MOST_TAGS: Final = 50_000  # "<" of markup: a tree of more takes over 300 MB; the fullest real page has 19,437
LONGEST_TAG: Final = 1_500  # bytes outside quotes; libxml2 needs quadratic time for one tag's attributes
LARGEST_JSON: Final = 400_000  # bytes of all ld+json of a page
TAME_BYTES: Final = 150_000  # of markup; below it no tag can cost more than half a second

#: Brackets around the text of links, and the mark of a line break: noncharacters, which no text may use.
LINK: Final = "\ufdd0"
UNLINK: Final = "\ufdd1"
BREAK: Final = "\ufdd2"
PRIVATE: Final = re.compile(b"|".join(mark.encode() for mark in (LINK, UNLINK, BREAK)))

#: Where scripts and styles begin, and where they end, by how they begin.
PROGRAM: Final = re.compile(rb"<s(?:cript|tyle)(?=[\s/>])[^>]*+>?")
ENDS: Final = {b"<sc": re.compile(rb"</script"), b"<st": re.compile(rb"</style")}
UNCOMMENT: Final = re.compile(rb"-->")
#: A tag as the HTML standard cuts it: quotes count only behind ``=``.  Most values stand in ``="…"``.
TAG: Final = re.compile(
    rb"""<[a-zA-Z][^=>]*+(?:="[^"]*+"[^=>]*+|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+)[^=>]*+)*+"""
)
QUOTED: Final = re.compile(rb""""[^"]*"|'[^']*'""")


def worth_parsing(page: bytes) -> tuple[bytes, bool]:
    """Give what is worth parsing of a page in UTF-8, and whether its end was cut off.

    What a page says of itself stands at its beginning.
    """
    markup = without_programs(page)
    room = min(len(markup), LARGEST_MARKUP)
    if room > 2 * MOST_TAGS and markup.count(b"<", 0, room) > MOST_TAGS:
        room -= len(markup[:room].split(b"<", MOST_TAGS + 1)[-1]) + 1
    cut = room < len(markup)
    markup = _tame(markup[:room])
    return (PRIVATE.sub(b"", markup) if b"\xef" in markup else markup), cut


def without_programs(page: bytes) -> bytes:
    """Empty the styles of a page and its scripts that are no JSON-LD: a third of an average page.

    One with the end of a comment in it may itself stand in a comment, and stays.
    """
    kept: list[bytes] = []
    start = 0
    opening = PROGRAM.search(page)
    while opening:
        tag, begin = opening[0], opening.end()
        closing = ENDS[tag[:3]].search(page, begin) if tag.endswith(b">") else None
        if closing is None:
            break
        end = closing.start()
        unread = end > begin and (_is_program(tag) or end - begin > LARGEST_JSON)
        if unread and UNCOMMENT.search(page, begin, end) is None:
            kept.append(page[start:begin])
            start = end
        opening = PROGRAM.search(page, end)
    return b"".join([*kept, page[start:]]) if kept else page


def _is_program(tag: bytes) -> bool:
    """Say whether a tag opens no JSON, or the state of a program.  Some write ``ld&#43;json``."""
    return b"json" not in tag or b"application/json" in tag


def _tame(markup: bytes) -> bytes:
    """Cut tags with more attributes than any real one to their name."""
    if len(markup) <= TAME_BYTES:
        return markup
    long = [tag for tag in TAG.findall(markup) if len(tag) > LONGEST_TAG]
    if not any(map(_is_wild, long)):
        return markup
    return TAG.sub(lambda tag: b"<div" if _is_wild(tag[0]) else tag[0], markup)


def _is_wild(tag: bytes) -> bool:
    return len(tag) > LONGEST_TAG and len(QUOTED.sub(b"", tag)) > LONGEST_TAG
