"""Read ``sources.toml`` into settings and sources.  Pure: opens no file, writes none.

Every complaint is a ConfigError of one form, ``FILE: [source 'NAME': ]'KEY' is not …: VALUE; the way out``.
"""

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.config.table import Table
from crawler.errors import ConfigError
from crawler.model import DateOrder, Hours, Source, Way
from crawler.notify import channel
from crawler.notify.channel import Channel
from crawler.schedule import hours
from crawler.units import bytes_of, interval, spell
from crawler.urls import is_web

__all__ = ["Config", "Settings", "interval", "load"]

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")

AUTO: Final = "auto"  # instead of an interval: follow the source's own rhythm

#: Least and most of every duration, in seconds.
EVERY_S: Final = (1.0, 366 * 86_400.0)  # a source visited less than once a year is not followed
DELAY_S: Final = (0.0, 3_600.0)  # more than an hour between two requests never ends a visit
TIMEOUT_S: Final = (0.1, 600.0)  # a server slower than ten minutes is down
LARGEST_BYTES: Final = (2**10, 2**30)  # an answer is held in memory while it is read


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for all sources."""

    #: Address or e-mail that site owners can reach us by, sent in the User-Agent; None sends none.
    contact: str | None = None
    #: Seconds between two requests to one host, where the source does not say otherwise.
    delay_s: float = 1.0
    #: Seconds after which a request without a whole answer is given up.
    timeout_s: float = 20.0
    #: Bytes of the largest answer taken, unpacked.
    largest_bytes: int = 10 * 2**20
    #: Hosts, or ``host:port``, that may lie on a private network, as ``127.0.0.1``.
    allow: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """A whole configuration, checked."""

    settings: Settings = Settings()
    #: In the order of the file; names are unique.
    sources: tuple[Source, ...] = ()
    #: Who is told what; names are unique.
    channels: tuple[Channel, ...] = ()


def load(text: str, where: str) -> Config:
    """Read a configuration; an empty text is a valid one.

    Args:
        text: TOML: a ``[crawl]`` table and any number of ``[[source]]`` tables.
        where: name of the file, for messages.

    Raises:
        ConfigError: the first thing in it that cannot be used.
    """
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        reason = str(error) if isinstance(error, ValueError) else "nested too deeply"
        raise ConfigError(f"{where}: not valid TOML: {reason}") from error
    Table(where, tables).allows("crawl", "source", "notify")
    crawl = tables.get("crawl", {})
    if not isinstance(crawl, dict):
        raise ConfigError(f"{where}: 'crawl' is not a table; write [crawl] on a line of its own")
    settings, usual = _settings(Table(f"{where}: [crawl]", crawl))
    sources = tuple(_source(table, usual) for table in _list(tables, "source", where))
    channels = tuple(channel.read(table) for table in _list(tables, "notify", where))
    _distinct(where, "source", [source.name for source in sources])
    _distinct(where, "notify", [one.name for one in channels])
    _known(where, channels, {source.name for source in sources})
    return Config(settings, sources, channels)


def _list(tables: Mapping[str, Any], kind: str, where: str) -> list[Table]:
    rows = tables.get(kind, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ConfigError(f"{where}: {kind!r} is not a list of tables; begin each {kind} with [[{kind}]]")
    return [Table.named(where, kind, number, row) for number, row in enumerate(rows, 1)]


def _settings(table: Table) -> tuple[Settings, Source]:
    """Read ``[crawl]``: the settings, and a source that has what others have where they do not say."""
    table.allows("contact", "delay", "timeout", "largest", "every", "min", "max", "hours", "allow")
    usual = Settings()
    settings = Settings(
        contact=table.text("contact"),
        delay_s=table.seconds("delay", usual.delay_s, DELAY_S),
        timeout_s=table.seconds("timeout", usual.timeout_s, TIMEOUT_S),
        largest_bytes=_size(table, usual.largest_bytes),
        allow=tuple(map(str.lower, table.texts("allow", "a list of hosts", '["127.0.0.1"]'))),
    )
    return settings, _timed(table, Source("", ""))


def _timed(table: Table, usual: Source) -> Source:
    """Read when a source is visited."""
    timed = replace(
        usual,
        every_s=_every(table, usual.every_s),
        hours=_hours(table) or usual.hours,
        soonest_s=int(table.seconds("min", usual.soonest_s, EVERY_S)),
        latest_s=int(table.seconds("max", usual.latest_s, EVERY_S)),
    )
    if timed.soonest_s > timed.latest_s:
        bounds = f"{spell(timed.soonest_s)}, {spell(timed.latest_s)}"
        raise ConfigError(f"{table.at}: 'min' is above 'max': {bounds}")
    return timed


def _every(table: Table, usual: int | None) -> int | None:
    if table.values.get("every") == AUTO or (usual is None and "every" not in table.values):
        return None
    return int(table.seconds("every", usual or 0, EVERY_S))


def _hours(table: Table) -> Hours | None:
    text = table.text("hours")
    try:
        return hours.read(text) if text else None
    except ValueError as error:
        raise ConfigError(f"{table.at}: 'hours' is {error}") from error


def _size(table: Table, usual: int) -> int:
    try:
        size = bytes_of(table.values.get("largest", usual))
    except ValueError as error:
        raise table.wrong("largest", "a size", "write it like 10 MiB") from error
    if not LARGEST_BYTES[0] <= size <= LARGEST_BYTES[1]:
        raise table.wrong("largest", "between 1 KiB and 1 GiB")
    return size


def _source(table: Table, usual: Source) -> Source:
    table.allows("name", "url", "way", "every", "min", "max", "hours", "delay", "date_order", "zone", "page")
    table.needs("source", "name", "url")
    name, url, page = table.text("name") or "", table.text("url") or "", table.text("page")
    if not _NAME.fullmatch(name):
        raise table.wrong("name", "a name", "use at most 64 lower-case letters, digits, '-' and '_'")
    if not is_web(url):
        raise table.wrong("url", "a web address", "begin it with https:// or http://")
    if page is not None and not is_web(page):
        raise table.wrong("page", "a web address", "begin it with https:// or http://")
    return replace(
        _timed(table, usual),
        name=name,
        url=url,
        way=table.choice("way", get_args(Way)) or "auto",
        delay_s=table.seconds("delay", 0.0, DELAY_S) if "delay" in table.values else None,
        date_order=table.choice("date_order", get_args(DateOrder)),
        zone=_zone(table),
        page=page,
    )


def _zone(table: Table) -> str | None:
    name = table.text("zone")
    try:
        return ZoneInfo(name).key if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise table.wrong("zone", "a time zone", "write it like Europe/Berlin") from error


def _distinct(where: str, kind: str, names: Sequence[str]) -> None:
    for place, name in enumerate(names):
        if name in names[:place]:
            raise ConfigError(f"{where}: {kind} {name!r}: 'name' is used twice; give one another name")


def _known(where: str, channels: Sequence[Channel], sources: Collection[str]) -> None:
    for one in channels:
        for name in one.sources:
            if name not in sources:
                raise ConfigError(
                    f"{where}: notify {one.name!r}: 'sources' names {name!r}, which is no source"
                )
