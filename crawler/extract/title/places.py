"""List the places where a page gives out its headline, and what it calls its site.  Weighs nothing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any, Final, Literal

from crawler.dates.find import stamps
from crawler.extract.document.jsonld import types
from crawler.extract.document.parse import Block, Document
from crawler.extract.title.names import is_label, key, tidy
from crawler.model import Habits, Link

LONGEST_HEADLINE: Final = 400  # characters; the longest real one had 330
PROSE: Final = 150  # characters of a paragraph; a headline may be as long, but ends without a stop
FEWEST_WORDS: Final = 4  # of a headline that nothing marks as one
FEWEST_SIGNS: Final = 8  # of one in Chinese, Japanese or Korean
SHORTEST_LINE: Final = 20  # letters of such a headline

LONGEST_NAME: Final = 60  # letters of a site's name
MOST_WORDS: Final = 4  # of an application's name

#: Types whose ``headline`` is the page's own: how their names end, small letters.
ARTICLE_TYPES: Final = ("article", "posting", "report", "pressrelease")
#: Types that name the site.
SITE_TYPES: Final = frozenset({"website", "organization", "newsmediaorganization", "corporation"})

#: Meta keys of content systems, with where each was seen.
META_KEYS: Final = (
    "citation_title",  # scholarly, and several agencies
    "dc.title",  # governments
    "dcterms.title",  # governments
    "articletitle",  # TRS: Chinese ministries and their firms
    "parsely-title",  # Parse.ly
    "sailthru.title",  # Sailthru
)

#: What a line above the first paragraph holds when it is no headline: contacts, addresses, notices, bullets.
NO_HEADLINE: Final = re.compile(
    r"@|www\.|https?:|\btel\b|phone|contact|\bfax\b|immediate release|embargo|^[-–—•*·(]|\d{3}[-. ]\d{4}"
    r"|\b(?:street|avenue|suite|road|p\.o\. box)\b|^exhibit\b",
    re.IGNORECASE,
)

#: Names of elements that hold a headline where no heading does: Chinese and older American systems.
HEADLINE_MARKS: Final = re.compile(
    r"(?:^|[\s_-])(?:head(?:line|ing)|title|titel|titre|titulo|titolo)(?:$|[\s_-])|headline$"
)
MARKED: Final = 1.75  # less than a second heading, more than a third
LONGEST_MARKS: Final = 300  # characters of them that are looked at
#: Folders of addresses that hold dated texts, in the languages seen.
NEWS_PATH: Final = re.compile(
    r"/(?:blogs?|news(?:room)?|press(?:-?releases?|room)?|articles?|stor(?:y|ies)|posts?|presse[a-z]*|aktuelles"
    r"|actualites?|noticias?|comunicados?|notizie|comunicati|nyheter|pressmeddelanden|nieuws|aktualnosci"
    r"|pressreleases?|media-?releases?|announcements?|xinwen)(?:/|-\w|$)",
    re.IGNORECASE,
)
SEPARATORS: Final = ("\n", "|", ":", "–", "—", "-")  # behind a date before a headline
LONGEST_ADDRESS: Final = 500  # characters looked at

PlaceName = Literal[
    "h1", "link", "json-ld headline", "microdata headline", "og:title", "twitter:title", "meta", "title"
]


#: Places that readers see; the others are of the head.
VISIBLE: Final[frozenset[PlaceName]] = frozenset({"h1", "link"})


@dataclass(frozen=True, slots=True)
class Place:
    """One text that a page, or the listing that led to it, gives out as its headline."""

    text: str
    name: PlaceName
    #: Its first line, where it has several; else an empty string.
    first_line: str = ""

    @property
    def in_head(self) -> bool:
        """Say whether readers do not see it: such places copy each other."""
        return self.name not in VISIBLE


def places(document: Document, link: Link | None) -> list[Place]:
    """List the texts given out as headline, those that are empty or only a section label left out."""
    return [place for place in _all_places(document, link) if place.text and not is_label(place.text)]


def _all_places(document: Document, link: Link | None) -> Iterator[Place]:
    for shown in {key(block.text): block.text for block in document.h1s if not block.hidden}.values():
        text = _undated(shown)
        first, more, _ = text.partition("\n")
        yield Place(tidy(text), "h1", tidy(first) if more else "")
    if link and link.title:
        yield Place(plain(link.title), "link")
    for entry in document.jsonld:
        headline = entry.get("headline")
        if isinstance(headline, str) and is_article_type(entry):
            yield Place(plain(headline), "json-ld headline")
            break
    for name, value in document.microdata:
        if name == "headline":
            yield Place(plain(value), "microdata headline")
            break
    yield Place(plain(document.meta("og:title") or ""), "og:title")
    yield Place(plain(document.meta("twitter:title") or ""), "twitter:title")
    yield Place(plain(document.meta(*META_KEYS) or ""), "meta")
    yield Place(plain(document.head_title), "title")


def _undated(text: str) -> str:
    """Cut off a date that stands before a headline, or behind it in its own line; in a sentence it stays."""
    found = stamps(text[:LONGEST_HEADLINE]) if any(map(str.isdigit, text)) else []
    if not found:
        return text
    first, last = found[0], found[-1]
    before, behind = text[: last.start].rstrip(" "), text[first.end :].lstrip(" ")
    if first.start == 0 and (first.form != "words" or behind.startswith(SEPARATORS)):
        return behind.lstrip(" " + "".join(SEPARATORS)) or text
    return before.rstrip("\n| ") if last.end == len(text) and before.endswith(("\n", "|")) else text


def plain(text: str) -> str:
    """Give a text of the head on one line, without the entities that many systems escape twice."""
    return tidy(unescape(text[: 4 * LONGEST_HEADLINE]))


def last_resort(document: Document) -> Iterator[tuple[str, str, float]]:
    """Yield headings and lines above the first paragraph, with rule and score, for where no place has one."""
    lines = 0
    for block in document.blocks:
        text = tidy(block.text)
        if block.hidden or is_label(text) or len(text) > LONGEST_HEADLINE:
            continue
        if _is_prose(block):
            break
        if block.heading:
            yield text, f"h{block.heading}", 2.0 - block.heading / 10
        elif _could_be_headline(text):
            lines += 1
            if HEADLINE_MARKS.search(block.marks[:LONGEST_MARKS]):
                yield text, "marked as a headline", MARKED
            else:
                yield text, "line above the first paragraph", 1.0 / lines + text.isupper()


def _could_be_headline(text: str) -> bool:
    wide = sum(
        sign > "\u2e80" for sign in text
    )  # Chinese, Japanese, Korean: each says as much as two letters
    enough = len(text.split()) >= FEWEST_WORDS or wide >= FEWEST_SIGNS
    return enough and len(text) + wide >= SHORTEST_LINE and not NO_HEADLINE.search(text)


def _is_prose(block: Block) -> bool:
    ended = block.text.endswith((".", "。", "!", "?", ":", ")", "”", '"')) or ". " in block.text
    linked = block.link_density > 0.5  # noqa: PLR2004 - more link than text
    return len(block.text) > PROSE and ended and not linked and not block.heading


def shown(document: Document, given: Sequence[Place]) -> dict[str, Block]:
    """Give the blocks no longer than twice what the page gives out, by folded text, headings first."""
    longest = max((2 * len(place.text) for place in given), default=LONGEST_HEADLINE)
    longest = min(LONGEST_HEADLINE, max(longest, PROSE))
    found: dict[str, Block] = {}
    for block in document.blocks:
        if len(block.text) <= longest and not block.hidden:
            folded = key(block.text)
            if folded and (folded not in found or (block.heading and not found[folded].heading)):
                found[folded] = block
    return found


def site_names(document: Document, habits: Habits) -> frozenset[str]:
    """List the names of the site that a page tells or that were learned, folded by ``key``."""
    found: list[Any] = [*habits.site_names]
    found += [content for name, content in document.metas if name == "og:site_name"]
    found += [
        content for name, content in document.metas if name == "application-name" and _is_short(content)
    ]
    for entry in document.jsonld:
        publisher = entry.get("publisher")
        if "name" in entry and SITE_TYPES & types(entry):
            found.append(entry["name"])
        if isinstance(publisher, dict):
            found.append(publisher.get("name"))
    folded = {key(name) for name in found if isinstance(name, str)}
    return frozenset(name for name in folded if 0 < len(name) <= LONGEST_NAME)


def _is_short(name: str) -> bool:
    """Say whether a name is one: some pages give their headline out as the application's."""
    return len(name.split()) <= MOST_WORDS


def is_article(document: Document) -> bool:
    """Say whether something marks a page as a dated text: a type, a time, a date beside its headline."""
    if (document.meta("og:type") or "").casefold() == "article" or document.meta("article:published_time"):
        return True
    if NEWS_PATH.search(document.url[:LONGEST_ADDRESS]):
        return True
    if document.times or any(is_article_type(entry) for entry in document.jsonld):
        return True
    first = next((block.position for block in document.h1s if not block.hidden), 0)
    near = document.blocks[max(0, first - 4) : first + 8]
    return bool(stamps("\n".join(block.text[:200] for block in near)))


def is_article_type(entry: dict[str, Any]) -> bool:
    """Say whether a JSON-LD object is a text of its own."""
    return any(kind.endswith(ARTICLE_TYPES) for kind in types(entry))
