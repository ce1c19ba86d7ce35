"""Write sources into ``sources.toml`` and take them out.  Pure: opens no file.

What a person wrote stays as it is: comments, order and layout of all other blocks.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from crawler.config import toml
from crawler.errors import ConfigError
from crawler.model import Source
from crawler.schedule import hours
from crawler.units import spell
from crawler.urls import host

#: Parts of a host name that say nothing about whose newsroom it is.
NAMELESS: Final = frozenset(
    {"www", "ir", "investor", "investors", "news", "newsroom", "press", "media", "corporate", "corp", "about"}
    | {
        "en",
        "blog",
        "static",
        "com",
        "net",
        "org",
        "co",
        "uk",
        "de",
        "at",
        "ch",
        "fr",
        "cn",
        "jp",
        "eu",
        "gov",
    }
)
#: The line that opens a source's block, and one that opens any table.
BLOCK: Final = re.compile(r"\s*\[\[\s*(?:source|\"source\"|'source')\s*\]\]")
TABLE: Final = re.compile(r"\s*\[")


def block(source: Source, *, remark: str = "") -> str:
    """Write a source as the commented ``[[source]]`` block that ``load`` reads back as an equal source.

    Args:
        source: the source.
        remark: what people should know of it, one line; empty for nothing.
    """
    delay_s, order = source.delay_s, source.date_order
    page = [f"page = {_quoted(source.page)}  # the newsroom as people see it"] if source.page else []
    return "\n".join(
        [
            "",
            *([f"# {_printable(remark)}"] if remark else []),
            "[[source]]",
            f"name = {_quoted(source.name)}",
            f"url = {_quoted(source.url)}",
            *page,
            _every(source.every_s),
            *_within(source),
            _line(
                "way",
                source.way if source.way != "auto" else None,
                "auto",
                "or feed, sitemap, listing, a platform",
            ),
            _line("delay", None if delay_s is None else spell(delay_s), "1s", "time between two requests"),
            _line("date_order", order, "dmy", "how 03.11.2026 is read on this site: dmy or mdy"),
            _line("zone", source.zone, "Europe/Berlin", "time zone of the hours this site prints"),
            "",
        ]
    )


def without(text: str, name: str, where: str) -> str:
    """Take a source's block out of a configuration; comments right above the next block stay with that.

    Args:
        text: the whole configuration.
        name: of a source that is in it.
        where: name of the file, for messages.

    Raises:
        ConfigError: the configuration is wrong, has no such source, or is written so that it must be done
            by hand.
    """
    before = toml.load(text, where)
    names = [source.name for source in before.sources]
    if name not in names:
        raise ConfigError(f"{where}: no source {name!r}; there are: {', '.join(sorted(names)) or 'none'}")
    lines = text.splitlines(keepends=True)
    starts = [_above(lines, at) for at, line in enumerate(lines) if BLOCK.match(line)]
    ends = [_above(lines, at) for at, line in enumerate(lines) if TABLE.match(line)]
    start = starts[names.index(name)] if len(starts) == len(names) else 0
    end = next((at for at in ends if at > start), len(lines))
    rest = "".join(lines[:start] + lines[end:])
    wanted = replace(before, sources=tuple(each for each in before.sources if each.name != name))
    if len(starts) != len(names) or _loaded(rest, where) != wanted:
        raise ConfigError(f"{where}: source {name!r} stands in no block of its own; take it out by hand")
    return rest


def propose_name(url: str, taken: Iterable[str]) -> str:
    """Make a source name for an address: the telling part of its host, numbered when it is taken."""
    parts = [re.sub(r"[^a-z0-9-]+", "", part).strip("-") for part in host(url).lower().split(".")]
    telling = [part for part in parts if part and part not in NAMELESS and not part.isdigit()]
    return free_name(
        (max(telling, key=len) if telling else "-".join(filter(None, parts)) or "source")[:48], taken
    )


def free_name(stem: str, taken: Iterable[str]) -> str:
    """Give a name, numbered when it is taken."""
    used = set(taken)
    names = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(used) + 2))
    return next(name for name in names if name not in used)


def _above(lines: list[str], at: int) -> int:
    """Give the first line of the comment right above a line; comments that end another block stay there."""
    first = at
    while first and lines[first - 1].lstrip().startswith("#"):
        first -= 1
    return at if first and lines[first - 1].strip() else first


def _loaded(text: str, where: str) -> toml.Config | None:
    try:
        return toml.load(text, where)
    except ConfigError:
        return None


def _every(every_s: int | None) -> str:
    value = toml.AUTO if every_s is None else spell(every_s)
    return f"every = {_quoted(value)}  # time between two visits: 30m, 6h, 1d; auto looks when it publishes"


def _within(source: Source) -> list[str]:
    """Write the bounds of a source's visits that are not the usual ones."""
    usual = Source("", "")
    bounds = {
        "hours": source.hours and hours.spell(source.hours),
        "min": None if source.soonest_s == usual.soonest_s else spell(source.soonest_s),
        "max": None if source.latest_s == usual.latest_s else spell(source.latest_s),
    }
    return [f"{key} = {_quoted(value)}" for key, value in bounds.items() if value]


def _line(key: str, value: str | None, example: str, meaning: str) -> str:
    """Write a key with its value, or the example as a comment where there is none."""
    return f"{'# ' if value is None else ''}{key} = {_quoted(value or example)}  # {meaning}"


def _quoted(text: str) -> str:
    r"""Write a TOML basic string; what is not printable as ``\uXXXX`` (TOML 1.0, section String)."""
    escapes = {'"': '\\"', "\\": "\\\\"}
    return '"' + "".join(escapes.get(char) or _escaped(char) for char in text) + '"'


def _printable(text: str) -> str:
    """Give a text as it may stand in a comment: on one line, of printable characters."""
    return "".join(char if char.isprintable() else " " for char in text)


def _escaped(char: str) -> str:
    return char if char.isprintable() else f"\\U{ord(char):08x}"
