"""WordPress: the REST interface, whole posts a hundred at a time.

The page names the interface's root. Its list of types is asked for first, because a newsroom may have one of
its own; a category's page is asked for by the category. ``date`` is the site's wall time without an offset,
so ``date_gmt`` is taken. Only what is published is taken: some sites answer embargoed posts, too.
"""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from crawler.discover.platforms.answer import (
    asking,
    changed,
    identity,
    link,
    load,
    number,
    objects,
    once,
    published,
    seen,
    string,
)
from crawler.model import Habits, Link, Listing, Page
from crawler.urls import resolve

NAME: Final = "wordpress"
MOST: Final = 100  # posts of one answer, by the interface's own limit
FIELDS: Final = "id,status,date_gmt,modified_gmt,link,title,content"

LINK: Final = re.compile(
    rb"""<link\b(?=[^>]{0,300}\brel=["']https://api\.w\.org/["'])[^>]{0,300}?\bhref=["']([^"'>]{1,500})""",
    re.IGNORECASE,
)
HEADER: Final = re.compile(r"""<([^<>]{1,500})>;\s*rel="https://api\.w\.org/\"""")
CATEGORY: Final = re.compile(r"/category/(?:[\w%-]+/)*([\w%-]+)/?(?:page/\d+/?)?$")
ANSWER: Final = re.compile(r"/wp/v2/[\w-]+/?$")

#: Types of posts that hold announcements, by their name in the interface, the best first; then plain posts.
TYPES: Final = (
    re.compile(r"press[-_]?releases?|pressemitteilung(?:en)?|communiques?"),
    re.compile(r"press|presse|newsroom|media[-_]?releases?|announcements?"),
    re.compile(r"news|news[-_]?items?|meldung(?:en)?|aktuelles"),
    re.compile(r"posts"),
)


def first(page: Page) -> str | None:
    """Ask for the page's category where its address names one, else for the types of posts."""
    header = HEADER.search(page.header("link") or "")
    found = LINK.search(page.body)
    href = header[1] if header else found[1].decode("utf-8", errors="replace") if found else ""
    root = resolve(page.final_url, href) if href else None
    if root is None:
        return None
    if category := CATEGORY.search(urlsplit(page.final_url).path):
        return _under(root, f"categories?slug={category[1]}&_fields=id,slug")
    return _under(root, "types")


def _under(root: str, path: str) -> str:
    """Give an address of the interface, whose root may be a path or ``?rest_route=``."""
    if "rest_route=" in root:
        return root.rstrip("/") + "/wp/v2/" + path.replace("?", "&")
    return root.rstrip("/") + "/wp/v2/" + path


def owns(page: Page) -> bool:
    """Answers come from below ``/wp/v2/``."""
    parts = urlsplit(page.url)
    route = parts.query.partition("rest_route=")[2].partition("&")[0].replace("%2F", "/")
    return bool(ANSWER.search(route or parts.path))


def widest(url: str) -> str:
    """A hundred posts are asked for always."""
    return url


def read(page: Page, habits: Habits) -> Listing:
    """List an answer's posts; an answer of types or categories leads on to posts."""
    answer = load(page, NAME)
    if isinstance(answer, dict):
        return Listing(NAME, (), _posts(page, _best_type(page, answer)))
    if not isinstance(answer, list):
        raise changed(page, NAME, seen(answer))
    rows = objects(answer)
    if rows and "slug" in rows[0] and "link" not in rows[0]:
        return Listing(NAME, (), asking(_posts(page, "posts"), categories=string(rows[0], "id")))
    if rows and not any("link" in row and "title" in row for row in rows):
        raise changed(page, NAME, seen(rows[0]))
    at, total = number(page.url, "page", 1), page.header("x-wp-totalpages") or ""
    more = at < int(total) if total.isdigit() else len(rows) >= number(page.url, "per_page", 10)
    return Listing(
        NAME, once(_link(page, row, habits) for row in rows), asking(page.url, page=at + 1) if more else None
    )


def _best_type(page: Page, types: Mapping[str, object]) -> str:
    bases = [string(each, "rest_base") for each in types.values() if isinstance(each, dict)]
    for wanted in TYPES:
        for base in bases:
            if wanted.fullmatch(base):
                return base
    raise changed(page, NAME, f"no type of posts among {seen(types)}")


def _posts(page: Page, base: str) -> str:
    root = re.sub(r"(/wp/v2/).*", r"\1", page.url.replace("%2F", "/"))
    return f"{root}{base}{'&' if 'rest_route=' in root else '?'}per_page={MOST}&page=1&_fields={FIELDS}"


def _link(page: Page, row: Mapping[str, object], habits: Habits) -> Link | None:
    if string(row, "status") not in {"", "publish"}:
        return None
    title, content = row.get("title"), row.get("content")
    gmt = string(row, "date_gmt")
    return link(
        page,
        string(row, "link"),
        title=string(title, "rendered") if isinstance(title, dict) else "",
        when=published(f"{gmt}Z" if gmt else "", "wordpress date_gmt", habits),
        html=string(content, "rendered")
        if isinstance(content, dict) and not content.get("protected")
        else "",
        own=identity(NAME, page, string(row, "id")),
    )
