"""Read ``sources.toml`` into settings and sources.  Pure: opens no file, writes none.

Every complaint is a ConfigError of one form, ``FILE: [source 'NAME': ]'KEY' is not …: VALUE; the way out``.
"""

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler import hours
from crawler.errors import ConfigError
from crawler.model import DateOrder, Hours, Source, Way
from crawler.units import bytes_of, interval, seconds_of, spell
from crawler.urls import is_web

__all__ = ["Config", "Settings", "interval", "load"]

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")

AUTO: Final = "auto"  # instead of an interval: follow the source's own rhythm

#: Least and most of every duration, in seconds.
EVERY_S: Final = (1.0, 366 * 86_400.0)  # a source visited less than once a year is not followed
DELAY_S: Final = (0.0, 3_600.0)  # more than an hour between two requests never ends a visit
TIMEOUT_S: Final = (0.1, 600.0)  # a server slower than ten minutes is down
LARGEST_BYTES: Final = (2**10, 2**30)  # an answer is held in memory while it is read
LONGEST_SHOWN: Final = 120  # characters of a wrong value in a message: one line of a terminal
NEAR: Final = (
    0.5  # difflib ratio from which a key is worth suggesting: 'intervall' finds nothing, 'uri' finds 'url'
)


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
    _Table(where, tables).allows("crawl", "source")
    crawl, rows = tables.get("crawl", {}), tables.get("source", [])
    if not isinstance(crawl, dict):
        raise ConfigError(f"{where}: 'crawl' is not a table; write [crawl] on a line of its own")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ConfigError(f"{where}: 'source' is not a list of tables; begin each source with [[source]]")
    settings, usual = _settings(_Table(f"{where}: [crawl]", crawl))
    sources = tuple(_source(_titled(where, number, row), usual) for number, row in enumerate(rows, 1))
    _distinct(where, sources)
    return Config(settings, sources)


@dataclass(frozen=True, slots=True)
class _Table:
    """One table of the file, read key by key; ``at`` begins every message about it."""

    at: str
    values: Mapping[str, Any]

    def allows(self, *keys: str) -> None:
        for key in self.values:
            if key not in keys:
                near = difflib.get_close_matches(key, keys, 1, NEAR)
                way_out = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(keys)}"
                raise ConfigError(f"{self.at}: unknown key {key!r}; {way_out}")

    def needs(self, *keys: str) -> None:
        for key in keys:
            if key not in self.values:
                raise ConfigError(f"{self.at}: {key!r} is missing; every source needs {' and '.join(keys)}")

    def text(self, key: str) -> str | None:
        value = self.values.get(key)
        if value is not None and not (isinstance(value, str) and value.strip() and value.isprintable()):
            raise self.wrong(key, "a text", f'write it like {key} = "..." on one line')
        return value.strip() if isinstance(value, str) else None

    def choice(self, key: str, choices: tuple[Any, ...]) -> Any:
        value = self.values.get(key)
        if value is not None and value not in choices:
            raise self.wrong(key, f"one of {', '.join(choices)}")
        return value

    def seconds(self, key: str, usual: float, bounds: tuple[float, float]) -> float:
        try:
            seconds = seconds_of(self.values.get(key, usual))
        except (ValueError, OverflowError) as error:
            raise self.wrong(key, "a duration", "write it like 90s, 30m, 2h or 1d") from error
        if not bounds[0] <= seconds <= bounds[1]:
            raise self.wrong(key, f"between {spell(bounds[0])} and {spell(bounds[1])}")
        return seconds

    def every(self, key: str, usual: int | None) -> int | None:
        if self.values.get(key) == AUTO or (usual is None and key not in self.values):
            return None
        return int(self.seconds(key, usual or 0, EVERY_S))

    def hours(self, key: str) -> Hours | None:
        text = self.text(key)
        try:
            return hours.read(text) if text else None
        except ValueError as error:
            raise ConfigError(f"{self.at}: {key!r} is {error}") from error

    def size(self, key: str, usual: int) -> int:
        try:
            size = bytes_of(self.values.get(key, usual))
        except ValueError as error:
            raise self.wrong(key, "a size", "write it like 10 MiB") from error
        if not LARGEST_BYTES[0] <= size <= LARGEST_BYTES[1]:
            raise self.wrong(key, "between 1 KiB and 1 GiB")
        return size

    def hosts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(
            isinstance(entry, str) and entry.strip() for entry in value
        ):
            raise self.wrong(key, "a list of hosts", f'write it like {key} = ["127.0.0.1"]')
        return tuple(entry.strip().lower() for entry in value)

    def wrong(self, key: str, what: str, way_out: str = "") -> ConfigError:
        shown = repr(self.values.get(key))
        shown = shown if len(shown) <= LONGEST_SHOWN else f"{shown[: LONGEST_SHOWN - 1]}…"
        return ConfigError(f"{self.at}: {key!r} is not {what}: {shown}{'; ' if way_out else ''}{way_out}")


def _settings(table: _Table) -> tuple[Settings, Source]:
    """Read ``[crawl]``: the settings, and a source that has what others have where they do not say."""
    table.allows("contact", "delay", "timeout", "largest", "every", "min", "max", "hours", "allow")
    usual = Settings()
    settings = Settings(
        contact=table.text("contact"),
        delay_s=table.seconds("delay", usual.delay_s, DELAY_S),
        timeout_s=table.seconds("timeout", usual.timeout_s, TIMEOUT_S),
        largest_bytes=table.size("largest", usual.largest_bytes),
        allow=table.hosts("allow"),
    )
    return settings, _timed(table, Source("", ""))


def _timed(table: _Table, usual: Source) -> Source:
    """Read when a source is visited."""
    timed = replace(
        usual,
        every_s=table.every("every", usual.every_s),
        hours=table.hours("hours") or usual.hours,
        soonest_s=int(table.seconds("min", usual.soonest_s, EVERY_S)),
        latest_s=int(table.seconds("max", usual.latest_s, EVERY_S)),
    )
    if timed.soonest_s > timed.latest_s:
        bounds = f"{spell(timed.soonest_s)}, {spell(timed.latest_s)}"
        raise ConfigError(f"{table.at}: 'min' is above 'max': {bounds}")
    return timed


def _titled(where: str, number: int, row: Mapping[str, Any]) -> _Table:
    name = row.get("name")
    named = isinstance(name, str) and name.strip() and len(name) <= LONGEST_SHOWN
    return _Table(f"{where}: source {name!r}" if named else f"{where}: source number {number}", row)


def _source(table: _Table, usual: Source) -> Source:
    table.allows("name", "url", "way", "every", "min", "max", "hours", "delay", "date_order", "zone", "page")
    table.needs("name", "url")
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


def _zone(table: _Table) -> str | None:
    name = table.text("zone")
    try:
        return ZoneInfo(name).key if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise table.wrong("zone", "a time zone", "write it like Europe/Berlin") from error


def _distinct(where: str, sources: tuple[Source, ...]) -> None:
    seen: set[str] = set()
    for source in sources:
        if source.name in seen:
            raise ConfigError(f"{where}: source {source.name!r}: 'name' is used twice; give one another name")
        seen.add(source.name)
