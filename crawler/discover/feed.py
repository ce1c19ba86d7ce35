"""Read the announcements that an RSS, RDF, Atom or JSON feed lists.  Pure: fetches nothing, not even a DTD.

feedparser finds the fields; their dates are read again by our own rules from the strings as printed, because
a feed's zone is often missing or wrong. GUIDs are never identities: they change with the headline, or all
entries share one.
"""

import html
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import feedparser

from crawler.dates.find import stamp
from crawler.errors import UnreadableError
from crawler.model import Habits, Link, Listing, Page, Published
from crawler.urls import canonical, resolve

#: What opens a feed, and what opens other things that arrive in its place.
FEED_ROOT: Final = re.compile(rb"<(?:rss|feed|rdf:rdf|rdf|channel|atom:feed)[\s>]", re.IGNORECASE)
HTML_ROOT: Final = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)

SNIFFED_BYTES: Final = 4_096  # comments and licences before the root were never longer
LONGEST_NUMBER: Final = 5  # digits of a page's number; a longer one is no page
MOST_ENTRIES: Final = 10_000  # a feed with more is an archive or an attack; sites' fullest held 2,500
SHORTEST_FULL_TEXT: Final = 600  # characters of visible text; below it nearly all were teasers

#: How a teaser ends where a feed gives only the beginning (WordPress, Drupal, HubSpot; de, fr).
CUT_OFF: Final = re.compile(
    r"(?:\[?(?:…|\.\.\.|&hellip;|&#8230;)\]?|read (?:more|on)|continue reading.{0,200}|weiterlesen|mehr lesen"
    r"|lire la suite)[\s»→›.]*$",
    re.IGNORECASE,
)
#: What WordPress adds below every entry.
APPEARED: Final = re.compile(r"the post .{0,400} (?:first )?appeared first on .{0,200}$", re.IGNORECASE)

TAG: Final = re.compile(r"<[^<>]{1,2000}>")

#: Field of feedparser with the printed date → the name of the rule, in order of trust.
DATE_FIELDS: Final = (
    ("published", "feed published"),
    ("created", "feed created"),
    ("updated", "feed updated"),
)


def looks_like_feed(body: bytes) -> bool:
    """Say whether a body opens like an XML feed or a JSON Feed."""
    head = body[:SNIFFED_BYTES].replace(b"\0", b"")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return b"jsonfeed.org/version" in head.replace(b"\\/", b"/")
    return bool(FEED_ROOT.search(head)) and not HTML_ROOT.search(head[: _root(head)])


def feed(page: Page, *, habits: Habits = Habits()) -> Listing:  # noqa: B008 - frozen
    """List the entries of an RSS, RDF, Atom or JSON feed, in the feed's order.

    An entry without a link is dropped; a relative link is resolved against the feed's address.  Two entries
    with one address are one link.  ``next_page`` is the older page of RFC 5005, JSON Feed or WordPress.

    Raises:
        UnreadableError: the body is none of the formats.
    """
    if not looks_like_feed(page.body):
        seen = "an HTML page" if HTML_ROOT.search(page.body[:SNIFFED_BYTES]) else "something else"
        raise UnreadableError(page.final_url, "not a feed", f"{seen} came")
    if page.body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_feed(page, habits)
    return _xml_feed(page, habits)


def _root(head: bytes) -> int:
    found = FEED_ROOT.search(head)
    return found.start() if found else len(head)


def _xml_feed(page: Page, habits: Habits) -> Listing:
    start = page.body.find(b"<")
    headers = {"content-location": page.final_url}
    if declared := page.header("content-type"):
        headers["content-type"] = declared
    try:
        # A stream, never the bytes: feedparser would take a short body for a file name or an address.
        parsed = feedparser.parse(
            io.BytesIO(page.body[start:]),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError, AssertionError) as error:
        raise UnreadableError(page.final_url, "not a feed", f"its markup is broken: {error}") from error
    if not parsed.get("version") and not parsed.entries:
        raise UnreadableError(page.final_url, "not a feed", "no entries and no known version")
    links = _once(_link(entry, page.final_url, habits) for entry in parsed.entries[:MOST_ENTRIES])
    return Listing("feed", links, _next_page(page.final_url, parsed.feed, has_links=bool(links)))


def _link(entry: dict[str, Any], base: str, habits: Habits) -> Link | None:
    # dict.get, because feedparser's own gives ``published`` for ``updated``, with a warning.
    href = dict.get(entry, "feedburner_origlink") or dict.get(entry, "link") or ""
    url = resolve(base, str(href)) if href else None
    if url is None:
        return None
    fields = ((dict.get(entry, key), rule) for key, rule in DATE_FIELDS)
    content = [part.get("value", "") for part in entry.get("content", ()) if "html" in part.get("type", "")]
    return Link(
        url,
        title=plain(str(entry.get("title", ""))) or None,
        published=_published(fields, habits),
        html=_whole(max(content, key=len, default="")),
    )


def _json_feed(page: Page, habits: Habits) -> Listing:
    try:
        answer = json.loads(page.body.decode("utf-8-sig", errors="replace"))
    except (ValueError, RecursionError) as error:
        raise UnreadableError(page.final_url, "not a feed", f"its JSON is broken: {error}") from error
    items = answer.get("items")
    if not isinstance(items, list):
        raise UnreadableError(page.final_url, "not a feed", "a JSON Feed without a list of items")
    entries = (item for item in items[:MOST_ENTRIES] if isinstance(item, dict))
    links = _once(_json_link(item, page.final_url, habits) for item in entries)
    following = answer.get("next_url")
    return Listing("feed", links, resolve(page.final_url, following) if isinstance(following, str) else None)


def _json_link(item: Mapping[str, object], base: str, habits: Habits) -> Link | None:
    texts = {key: value for key, value in item.items() if isinstance(value, str)}
    href = texts.get("url") or texts.get("external_url") or texts.get("id", "")
    if not texts.get("url") and not href.startswith(("http://", "https://")):
        return None
    url = resolve(base, href)
    if url is None:
        return None
    dates = ((texts.get("date_published"), "feed published"), (texts.get("date_modified"), "feed updated"))
    return Link(
        url,
        title=plain(texts.get("title", "")) or None,
        published=_published(dates, habits),
        html=_whole(texts.get("content_html", "")),
    )


def _published(fields: Iterable[tuple[object, str]], habits: Habits) -> Published | None:
    for raw, rule in fields:
        found = stamp(raw, zone=habits.zone, order=habits.date_order) if isinstance(raw, str) else None
        if found:
            return Published(found.day, found.moment, rule, "stated")
    return None


def plain(markup: str) -> str:
    """Give the visible text of a title, which may be escaped once too often."""
    return " ".join(html.unescape(TAG.sub(" ", html.unescape(markup))).replace("\xad", "").split())


def _whole(markup: str) -> str | None:
    """Give the markup back when it holds a whole release, not its first sentences."""
    text = APPEARED.sub("", " ".join(TAG.sub(" ", markup).split())).rstrip()
    return None if len(text) < SHORTEST_FULL_TEXT or CUT_OFF.search(text[-300:]) else markup


def _next_page(url: str, head: Mapping[str, Any], *, has_links: bool) -> str | None:
    for link in head.get("links", ()):
        if link.get("rel") in {"next", "prev-archive"}:  # RFC 5005, sections 3 and 4
            following = resolve(url, link.get("href", ""))
            return following if following and canonical(following) != canonical(url) else None
    if has_links and "wordpress.org" in str(head.get("generator", "")):
        return _next_of_wordpress(url)
    return None


def _next_of_wordpress(url: str) -> str:
    parts = urlsplit(url)
    pairs = dict(parse_qsl(parts.query, keep_blank_values=True))
    number = pairs.get("paged", "1")
    pairs["paged"] = (
        str(int(number) + 1)
        if number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER
        else "2"
    )
    return urlunsplit(parts._replace(query=urlencode(pairs), fragment=""))


def _once(links: Iterable[Link | None]) -> tuple[Link, ...]:
    return tuple(_distinct(links))


def _distinct(links: Iterable[Link | None]) -> Iterator[Link]:
    seen: set[str] = set()
    for link in links:
        if link is not None and (key := canonical(link.url)) not in seen:
            seen.add(key)
            yield link
