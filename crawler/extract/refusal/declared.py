"""Tell what kind of page a page calls itself to machines: one text, a list, an error.  Pure.

Content systems write the kind into the class of ``<body>``; search engines ask for it in JSON-LD.
"""

from typing import Final, Literal

from crawler.extract.document.jsonld import types
from crawler.extract.document.parse import Document, Element, marks

Kind = Literal["one", "list", "gone"]

#: Classes of ``<body>``, with the system that writes them.
CLASSES: Final[dict[str, Kind]] = {
    "error404": "gone",  # WordPress
    "template-404": "gone",  # Shopify
    "error-template": "gone",  # Ghost
    "single": "one",  # WordPress
    "singular": "one",  # WordPress themes
    "single-post": "one",  # WordPress
    "hs-blog-post": "one",  # HubSpot
    "template-article": "one",  # Shopify
    "post-template": "one",  # Ghost
    "view-article": "one",  # Joomla
    "archive": "list",  # WordPress
    "category": "list",  # WordPress
    "tag": "list",  # WordPress
    "post-type-archive": "list",  # WordPress
    "search-results": "list",  # WordPress
    "search-no-results": "list",  # WordPress
    "hs-blog-listing": "list",  # HubSpot
    "template-blog": "list",  # Shopify
    "template-search": "list",  # Shopify
    "tag-template": "list",  # Ghost
    "author-template": "list",  # Ghost
    "view-category": "list",  # Joomla
    "page-taxonomy": "list",  # Drupal 7
}
#: Types of JSON-LD.
TYPES: Final[dict[str, Kind]] = {
    "newsarticle": "one",
    "article": "one",
    "blogposting": "one",
    "report": "one",
    "pressrelease": "one",  # no type of schema.org, but seen
    "collectionpage": "list",
    "searchresultspage": "list",
}
MOST_ARTICLES: Final = 2  # that a page speaks of; one that speaks of more lists them


def is_error(document: Document) -> bool:
    """Say whether a content system wrote a page instead of one that is not there."""
    return any(CLASSES.get(name) == "gone" for name in _classes(document))


def declared(document: Document) -> Kind | None:
    """Give the kind of page; None where it says none, or says several."""
    kinds = {CLASSES[name] for name in _classes(document) if name in CLASSES}
    found = [{TYPES[name] for name in types(entry) if name in TYPES} for entry in document.jsonld]
    kinds |= {kind for each in found for kind in each if kind != "one"}
    if 0 < sum("one" in each for each in found) <= MOST_ARTICLES:
        kinds.add("one")
    return kinds.pop() if len(kinds) == 1 else None


def _classes(document: Document) -> list[str]:
    """List the classes of ``<body>``, its id and role too."""
    outermost = document.soup.contents
    return next(
        (marks(tag).split() for tag in outermost if isinstance(tag, Element) and tag.name == "body"), []
    )
