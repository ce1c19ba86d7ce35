"""Lay values out as HTML.  Everything is escaped; the only ``import jinja2``."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES: Final = Path(__file__).with_name("templates")

#: Control characters, which no HTML may hold (https://html.spec.whatwg.org/#preprocessing-the-input-stream).
_FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")


def page(name: str, **values: Any) -> bytes:
    """Fill a template of ``templates/`` with values."""
    html = environment().get_template(name).render(values)
    return _FORBIDDEN.sub("\ufffd", html).encode("utf-8", "replace")


@cache
def environment() -> Environment:
    """Make the one environment that all pages are laid out in."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(pieces=pieces, web=web, instant=instant, iso=datetime.isoformat, count=count)
    made.globals["style"] = f"/style.css?{_digest('style.css')}"
    made.globals["icon"] = f"/icon.svg?{_digest('icon.svg')}"
    return made


@cache
def asset(name: str) -> bytes:
    """Give a file that is sent as it is."""
    return (TEMPLATES / name).read_bytes()


def pieces(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """Cut a text into stretches, each with whether it is to be marked."""
    at = 0
    for start, end in spans:
        yield text[at:start], False
        yield text[start:end], True
        at = end
    yield text[at:], False


def web(url: str) -> str:
    """Give an address that may be followed; an empty text for ``javascript:`` and its like."""
    return url if url.lower().startswith(("https://", "http://")) else ""


def instant(at: datetime) -> str:
    """Write an instant for people."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def count(number: int, noun: str, nouns: str = "") -> str:
    """Write a number with its noun; ``nouns`` where the plural is not just an s more."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def _digest(name: str) -> str:
    return sha256(asset(name)).hexdigest()[:12]
