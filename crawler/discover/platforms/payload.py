"""Find the announcements in the JSON that a page was made from, whatever its fields are called.  Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from crawler.discover.platforms.answer import link, objects, once, published, string
from crawler.model import Habits, Link, Page

#: Names of fields, folded: the headline, the address, the day of publication; the surest first.
TITLES: Final = ("headline", "title", "name", "heading", "articletitle", "pagetitle", "linktext")
ADDRESSES: Final = (
    *(
        "url",
        "href",
        "link",
        "permalink",
        "path",
        "pagepath",
        "linkurl",
        "canonicalurl",
        "detailurl",
        "fullurl",
    ),
    *("uri", "slug"),
)
DATES: Final = (
    *(
        "publishedat",
        "publisheddate",
        "publishdate",
        "publicationdate",
        "datepublished",
        "releasedate",
        "pressdate",
    ),
    *(
        "newsdate",
        "articledate",
        "displaydate",
        "firstpublishedat",
        "publishedon",
        "posteddate",
        "postdate",
        "date",
    ),
)
#: Objects that only wrap another: Contentful, Strapi, GraphQL, Sitecore, Storyblok.
WRAPPERS: Final = ("fields", "attributes", "node", "item", "content", "data", "properties")
VALUES: Final = ("value", "rendered", "jsonvalue", "url", "href", "path", "current")
PRESS: Final = re.compile(
    r"press|news|release|article|stor(?:y|ies)|posts?$|announce|items?$|results?$", re.IGNORECASE
)

CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
MOST_VALUES: Final = 200_000  # of one payload; the largest of a page had 60,000
FEWEST: Final = 2  # objects of a list


def links(tree: object, page: Page, habits: Habits) -> tuple[Link, ...]:
    """List the announcements of the fullest dated list of objects in a payload; empty when there is none."""
    best: tuple[Link, ...] = ()
    most = 0.0
    for key, rows in _lists(tree):
        found = once(_link(page, _flat(row), habits) for row in rows)
        dated = sum(each.published is not None for each in found)
        worth = dated + (0.2 * len(found) if PRESS.search(key) else 0.0)
        if len(found) >= FEWEST and 2 * dated >= len(found) and worth > most:
            best, most = found, worth
    return best


def _lists(tree: object) -> Iterator[tuple[str, list[Mapping[str, object]]]]:
    """Give the lists of objects in a tree with the names they stand under; looks at so many values."""
    waiting: list[tuple[str, object]] = [("", tree)]
    for _ in range(MOST_VALUES):
        if not waiting:
            return
        key, value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend((str(name), each) for name, each in value.items() if isinstance(each, dict | list))
            rows = objects(list(value.values()))
        elif isinstance(value, list):
            waiting.extend((key, each) for each in value if isinstance(each, dict | list))
            rows = objects(value)
        else:
            rows = []
        if len(rows) >= FEWEST:
            yield key, rows


def _flat(row: Mapping[str, object]) -> dict[str, str]:
    """Give the texts of an object by their folded names, those of what it wraps included."""
    found: dict[str, str] = {}
    layers = [row, *(inner for key in WRAPPERS if isinstance(inner := row.get(key), dict))]
    for layer in layers:
        for key, value in layer.items():
            text = string({"": value}, "")
            if isinstance(value, dict):
                text = string({str(name).casefold(): each for name, each in value.items()}, *VALUES)
            if text:
                found.setdefault(re.sub(r"[^a-z]", "", str(key).casefold()), text)
    return found


def _link(page: Page, row: dict[str, str], habits: Habits) -> Link | None:
    title, href = string(row, *TITLES), string(row, *ADDRESSES)
    if not href or (" " not in title and not CJK.search(title)):  # a single word is a menu's
        return None
    if "/" not in href:  # a slug stands below its list
        href = f"{re.sub(r'[?#].*$', '', page.final_url).rstrip('/')}/{href}"
    when = next(
        (found for key in DATES if (found := published(row.get(key, ""), f"payload {key}", habits))), None
    )
    return link(page, href, title=title, when=when)
