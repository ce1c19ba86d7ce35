"""List the dates a page tells machines: JSON-LD, meta elements, microdata, attributes.  Weighs nothing."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import lru_cache
from itertools import islice
from typing import Final, Literal

from crawler.dates.find import Stamp, stamp
from crawler.extract.date.addressed import address_day
from crawler.extract.document.jsonld import types
from crawler.extract.document.parse import Document
from crawler.model import DateOrder

#: What a machine's date claims to be.
Claim = Literal["published", "stated", "page", "created", "dated", "modified", "address"]

#: Meta keys (signs folded to ``.``) of published formats → what they claim, with the format.
META_CLAIMS: Final[dict[str, Claim]] = {
    "article.published.time": "published",  # Open Graph
    "og.article.published.time": "published",  # Open Graph, misspelt
    "article.published": "published",  # the same
    "og.published.time": "published",  # the same
    "datepublished": "published",  # schema.org
    "rnews.datepublished": "published",  # IPTC rNews
    "dc.date": "published",  # Dublin Core
    "dc.date.issued": "published",  # Dublin Core
    "dcterms.date": "published",  # Dublin Core
    "dcterms.issued": "published",  # Dublin Core
    "prism.publicationdate": "published",  # PRISM
    "citation.date": "published",  # scholarly
    "citation.publication.date": "published",  # scholarly
    "citation.online.date": "published",  # scholarly
    "pubdate": "published",  # RSS; TRS: Chinese ministries
    "sailthru.date": "published",  # Sailthru
    "parsely.pub.date": "published",  # Parse.ly
    "cxenseparse.publishtime": "published",  # Cxense
    "shareaholic.article.published.time": "published",  # Shareaholic
    "date": "dated",  # HTML tradition; PR Newswire
    "search.date": "dated",  # site searches
    "datemodified": "modified",  # schema.org
    "last.modified": "modified",  # HTTP
    "lastmod": "modified",  # sitemaps
}
#: What content systems' own keys end with → what they claim, first match.
META_ENDS: Final[tuple[tuple[re.Pattern[str], Claim], ...]] = (
    (
        re.compile(r"(?:modif\w*|updat\w*|revis\w*|last\.?published)(?:\.?(?:time|date|at|on))?$"),
        "modified",
    ),
    (re.compile(r"(?:creat\w*|gentime)(?:\.?(?:time|date|at|on))?$"), "created"),
    (
        re.compile(r"(?:publish(?:ed)?|publication|pub|release|article|display)\.?(?:time|date|at)$"),
        "stated",
    ),
    (re.compile(r"(?:^|\.)(?:first)?published$"), "stated"),
)

OPEN_GRAPH: Final = "published_time"  # how its key for the day of publication ends
IN_JSONLD: Final = "json-ld datePublished"  # the rule of an article's own

#: Claims that say when the text was published.
PUBLISHED: Final[frozenset[Claim]] = frozenset({"published", "stated"})
#: Claims whose hour is that of publication.
WITH_HOUR: Final = PUBLISHED | {"dated", "page"}

#: JSON-LD types (ends, small letters) that are a text with a date of its own.
ARTICLES: Final = ("article", "posting", "report", "pressrelease", "newsitem", "analysis", "statement")
#: JSON-LD types that are the page around it; their date is often the day the page was set up.
PAGES: Final = ("webpage", "website", "itempage", "aboutpage", "faqpage", "collectionpage", "creativework")
#: Types inside a page whose dates are their own: never those of the page.
OTHERS: Final = (
    "review",
    "comment",
    "answer",
    "question",
    "jobposting",
    "socialmediaposting",
    "product",
    "event",
)
#: Seconds, or milliseconds, from 2001 to 2033.
EPOCH: Final = re.compile(r"(?P<s>1\d{9})(?:\d{3})?(?:\.0+)?")
LONGEST_EPOCH: Final = 24  # characters
#: Keys of JSON-LD that hold dates; most objects of a page have none.
DATED: Final = frozenset({"datePublished", "dateCreated", "dateModified"})
MOST_STAMPS: Final = 16  # remembered: a page tells one date in two or three places
MOST_DATES: Final = 2_000  # meta elements, properties or scripts' dates looked at; real pages have 300
MOST_ARTICLES: Final = 3  # JSON-LD articles of one page; more are a list of teasers

#: A date in the state that scripts of a page carry, as JSON or JSON within a string.
_STATE: Final = re.compile(
    r'"(?i:publish(?:ed)?_?(?:date|at|on|time)|(?:publication|pub|release|article|display)_?date|datePublished'
    r'|first_?published(?:_?(?:at|date))?)\\?"\s?:\s?\\?"(?P<value>(?:19|20)\d\d-[^"\\]{4,30})'
)
_QUOTED: Final = r"\s?=\s?[\"']?(?P<value>(?:19|20)\d\d-[^\"'>\s]{4,30})"
#: Dates in attributes that the tree does not keep, most often because they stand in a footer of the article.
_ATTRIBUTES: Final = (
    # RDFa, as Drupal prints it: property="schema:dateCreated dc:date" content="2026-11-03T08:00"
    re.compile(
        r"property=[\"'][\w: ]{0,40}:(?i:date|issued|created|datePublished|dateCreated)\b"
        r"[^<>]{0,100}?\scontent" + _QUOTED
    ),
    re.compile(r"<time\b[^<>]{0,200}?\s(?i:datetime)" + _QUOTED),  # HTML, in a footer
    re.compile(r"data-(?P<name>[\w-]{1,40}+)" + _QUOTED),  # analytics
)
#: Names of such attributes: data-pubdate, data-item_date.
_DATA_NAME: Final = re.compile(
    r"(?:pub|publish|published|publication|release|article|item)[_-]?(?:date|datum|time|at)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Told:
    """One date that a page tells machines."""

    day: date
    #: Aware UTC; None when only a day is told.
    moment: datetime | None
    claim: Claim
    #: Where it stands, for people.
    rule: str
    #: Says that the day is one of UTC, so that the source's own may be the next or the last.
    utc: bool
    #: The hour as told, in its own offset; None when none is told.
    clock: time | None = None
    #: Digits with slashes that may be read with day and month in either order.
    ambiguous: bool = False


def told(document: Document, *, zone: str | None, order: DateOrder | None) -> Iterator[Told]:
    """Yield every date a page tells machines, in order of trust."""
    head = [*_jsonld(document, zone, order), *_metas(document, zone, order)]
    yield from head
    days = {claim.day for claim in head if claim.claim == "published"}
    for claim in _microdata(document, zone, order):
        others = claim.claim in PUBLISHED and days and claim.day not in days  # a teaser's, most often
        yield replace(claim, claim="created") if others else claim
    if day := address_day(document.url):
        yield Told(day, None, "address", "address", utc=False)


#: How stamps in UTC end.
_UTC: Final = ("Z", "+00:00", "+0000", "UTC", "GMT")


def _told(found: Stamp, text: str, claim: Claim, rule: str, zone: str | None) -> Told:
    utc = zone is None and (text.strip().endswith(_UTC) or text.strip().isdecimal())
    return Told(found.day, found.moment, claim, rule, utc, found.clock, found.ambiguous)


def _text(value: object) -> str:
    """Give the text of a JSON-LD value: plain, a number, typed (``@value``), or the first of a list."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value")
    return str(value) if isinstance(value, str | int) else ""


@lru_cache(MOST_STAMPS)
def _stamp(text: str, zone: str | None, order: DateOrder | None) -> Stamp | None:
    """Read a date as machines tell it, seconds or milliseconds since 1970 included."""
    found = EPOCH.fullmatch(text.strip()[:LONGEST_EPOCH])
    if found is None:
        return stamp(text, zone=zone, order=order)
    return stamp(datetime.fromtimestamp(int(found["s"]), UTC).isoformat(), zone=zone)


def _jsonld(document: Document, zone: str | None, order: DateOrder | None) -> Iterator[Told]:
    articles = 0
    for entry in document.jsonld:
        if DATED.isdisjoint(entry):
            continue
        kinds = types(entry)
        own = [kind for kind in kinds if not kind.endswith(OTHERS)]
        is_article = any(kind.endswith(ARTICLES) for kind in own)
        if len(own) < len(kinds) and not is_article:
            continue
        is_page = any(kind.endswith(PAGES) for kind in kinds)
        if not (is_article or is_page):
            continue
        articles += is_article and "datePublished" in entry
        if articles > MOST_ARTICLES:
            continue
        claims: tuple[tuple[str, Claim], ...] = (
            ("datePublished", "published" if is_article else "page"),
            ("dateCreated", "created" if is_article else "page"),
            ("dateModified", "modified"),
        )
        for name, claim in claims:
            value = _text(entry.get(name))
            if found := _stamp(value, zone, order):
                yield _told(found, value, claim, f"json-ld {'' if is_article else 'page '}{name}", zone)


def _metas(document: Document, zone: str | None, order: DateOrder | None) -> Iterator[Told]:
    """Yield the dates of meta elements, unless one key has several days: then the page lists texts."""
    found: dict[str, list[Told]] = {}
    for name, content in document.metas[:MOST_DATES]:
        claim = meta_claim(name)
        if claim and (read := _stamp(content, zone, order)):
            found.setdefault(name, []).append(_told(read, content, claim, name, zone))
    for each in found.values():
        if len({one.day for one in each}) == 1:
            yield each[0]


@lru_cache(maxsize=512)
def meta_claim(name: str) -> Claim | None:
    """Give what the date in a meta element of this name claims to be; None when it claims nothing."""
    folded = re.sub(r"[^a-z0-9]+", ".", name[:80]).strip(".")
    found = META_CLAIMS.get(folded)
    return found or next((claim for ends, claim in META_ENDS if ends.search(folded)), None)


#: Properties of microdata → what they claim.
ITEMPROPS: Final[dict[str, Claim]] = {
    "datepublished": "published",
    "datecreated": "created",
    "datemodified": "modified",
}


def _microdata(document: Document, zone: str | None, order: DateOrder | None) -> Iterator[Told]:
    """Yield the first date of each property, unless several texts of the page have their own."""
    found: dict[str, list[Told]] = {}
    for name, value in document.microdata[:MOST_DATES]:
        if name in ITEMPROPS and (read := _stamp(value, zone, order)):
            found.setdefault(name, []).append(_told(read, value, ITEMPROPS[name], f"microdata {name}", zone))
    for each in found.values():
        days = len({one.day for one in each})
        if days <= MOST_ARTICLES:
            yield each[0] if days == 1 else replace(each[0], claim="stated")


def told_days(document: Document) -> set[date]:
    """Give every day that JSON-LD calls one of publication, of whatever thing."""
    found = [stamp(_text(entry.get("datePublished"))) for entry in document.jsonld]
    return {each.day for each in found if each}


def scripted(html: str) -> Told | None:
    """Give the one day that scripts' state calls that of publication; None when there are several.

    JSON-LD counts, too, where it stands in the text: see ``told_days``.
    """
    return _only(_STATE, html, "script")


def attributed(html: str, known: Collection[date]) -> Told | None:
    """Give the one day that a kind of attribute holds and no ``<time>`` that was weighed (``known``) does."""
    found = (_only(form, html, "attribute") for form in _ATTRIBUTES)
    return next((each for each in found if each and each.day not in known), None)


def _only(form: re.Pattern[str], html: str, rule: str) -> Told | None:
    found: dict[date, Told] = {}
    for match in islice(form.finditer(html), MOST_DATES):
        name = match.groupdict().get("name")
        if name and not _DATA_NAME.search(name):
            continue
        if (read := stamp(match["value"])) is not None:
            found[read.day] = _told(read, match["value"], "dated", rule, None)
    return next(iter(found.values())) if len(found) == 1 else None
