"""Take apart what platforms answer: JSON, and the addresses that were asked.  Pure; knows no platform."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.dates.find import stamp
from crawler.discover.feed import plain
from crawler.errors import ShapeChanged
from crawler.model import DateOrder, Habits, Link, Page, Published
from crawler.urls import canonical, host, resolve

SHOWN: Final = 80  # characters of an answer that an error shows
MILLISECONDS: Final = 10**11  # a number above it counts milliseconds since 1970, below it seconds
EPOCH_DIGITS: Final = re.compile(r"1\d{9}(?:\d{3})?")


def load(page: Page, platform: str) -> object:
    """Read an answer's JSON.

    Raises:
        ShapeChanged: it is none.
    """
    try:
        return json.loads(page.body.decode("utf-8-sig", errors="replace"))
    except (ValueError, RecursionError):
        raise changed(page, platform, f"no JSON but {seen(page.body)}") from None


def changed(page: Page, platform: str, what: str) -> ShapeChanged:
    """Give the error that says what was seen instead of the known shape."""
    return ShapeChanged(page.final_url, platform, what)


def seen(value: object) -> str:
    """Show the beginning of an answer, or the keys of an object, on one line."""
    if isinstance(value, Mapping):
        return f"an object of {', '.join(sorted(map(str, value))) or 'nothing'}"[:SHOWN]
    if isinstance(value, bytes):
        return repr(value[:SHOWN].decode("utf-8", errors="replace"))
    return f"{type(value).__name__} {value!r}"[:SHOWN]


def objects(value: object) -> list[Mapping[str, object]]:
    """Give the objects of a list; whatever else stands in it is dropped."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def string(record: Mapping[str, object], *keys: str) -> str:
    """Give the first text, not empty, under one of the keys; an empty one when there is none."""
    for key in keys:
        value = record.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return ""


def published(text: str, rule: str, habits: Habits, *, order: DateOrder | None = None) -> Published | None:
    """Read a platform's date; an hour without a zone is in the source's, or dropped."""
    if EPOCH_DIGITS.fullmatch(text):
        number = int(text)
        moment = datetime.fromtimestamp(number / 1000 if number > MILLISECONDS else number, UTC)
        return Published(moment.date(), moment, rule, "stated")
    found = stamp(text, zone=habits.zone, order=order or habits.date_order)
    return Published(found.day, found.moment, rule, "stated") if found else None


def identity(platform: str, page: Page, own: str) -> str | None:
    """Give a platform's id for ever: with its name, and with the host, because ids are only unique on one."""
    return f"{platform}:{host(page.final_url)}:{own}" if own else None


def link(
    page: Page, href: str, *, title: str, when: Published | None, html: str = "", own: str | None = None
) -> Link | None:
    """Make a link; None when its address is none."""
    url = resolve(page.final_url, href) if href else None
    return Link(url, plain(title) or None, when, html if html.strip() else None, own) if url else None


def listed(
    page: Page, platform: str, rows: object, make: Callable[[Mapping[str, object]], Link | None]
) -> tuple[Link, ...]:
    """Make links of an answer's rows.

    Raises:
        ShapeChanged: the rows are no list, or none of them gives a link.
    """
    if not isinstance(rows, list):
        raise changed(page, platform, f"no list of releases but {seen(rows)}")
    links = once(make(row) for row in objects(rows))
    if rows and not links:
        raise changed(page, platform, f"a list of {seen(rows[0])}")
    return links


def once(links: Iterable[Link | None]) -> tuple[Link, ...]:
    """Drop what is no link, and each address or identity that came before."""
    found: dict[str, Link] = {}
    for each in links:
        if each is not None:
            found.setdefault(each.identity or canonical(each.url), each)
    return tuple({canonical(each.url): each for each in reversed(found.values())}.values())[::-1]


def query(url: str) -> dict[str, str]:
    """Give the query of an address by its keys."""
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def asking(url: str, **values: str | int) -> str:
    """Give the address with some keys of its query set."""
    pairs = {**query(url), **{key: str(value) for key, value in values.items()}}
    return urlunsplit(urlsplit(url)._replace(query=urlencode(pairs), fragment=""))


def number(url: str, key: str, default: int) -> int:
    """Give a number from an address's query; the default when it is none."""
    text = query(url).get(key, "")
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else default
