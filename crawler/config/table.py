"""Read one table of ``sources.toml`` key by key, and complain in one form.  Pure.

Every complaint is a ConfigError: ``FILE: [source 'NAME': ]'KEY' is not …: VALUE; the way out``.
"""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from crawler.errors import ConfigError
from crawler.units import seconds_of, spell

LONGEST_SHOWN: Final = 120  # characters of a wrong value in a message: one line of a terminal
NEAR: Final = 0.5  # difflib ratio that makes a key worth suggesting: 'intervall' no, 'uri' for 'url' yes


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the file; ``at`` begins every message about it."""

    at: str
    values: Mapping[str, Any]

    @classmethod
    def named(cls, where: str, kind: str, number: int, values: Mapping[str, Any]) -> "Table":
        """Give one table of a list, called by its name where it has one."""
        name = values.get("name")
        is_named = isinstance(name, str) and name.strip() and len(name) <= LONGEST_SHOWN
        return cls(f"{where}: {kind} {name!r}" if is_named else f"{where}: {kind} number {number}", values)

    def allows(self, *keys: str) -> None:
        """Refuse keys that are not among these."""
        for key in self.values:
            if key not in keys:
                near = difflib.get_close_matches(key, keys, 1, NEAR)
                way_out = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(keys)}"
                raise ConfigError(f"{self.at}: unknown key {key!r}; {way_out}")

    def needs(self, kind: str, *keys: str) -> None:
        """Refuse a table without one of these keys."""
        for key in keys:
            if key not in self.values:
                raise ConfigError(f"{self.at}: {key!r} is missing; every {kind} needs {' and '.join(keys)}")

    def text(self, key: str) -> str | None:
        """Give a text of one line; None where there is none."""
        value = self.values.get(key)
        if value is not None and not (isinstance(value, str) and value.strip() and value.isprintable()):
            raise self.wrong(key, "a text", f'write it like {key} = "..." on one line')
        return value.strip() if isinstance(value, str) else None

    def texts(self, key: str, what: str, example: str) -> tuple[str, ...]:
        """Give a list of texts; an empty one where there is none."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            raise self.wrong(key, what, f"write it like {key} = {example}")
        return tuple(one.strip() for one in value)

    def choice(self, key: str, choices: tuple[Any, ...]) -> Any:
        """Give one of some values; None where there is none."""
        value = self.values.get(key)
        if value is not None and value not in choices:
            raise self.wrong(key, f"one of {', '.join(choices)}")
        return value

    def seconds(self, key: str, usual: float, bounds: tuple[float, float]) -> float:
        """Give a duration within bounds."""
        try:
            seconds = seconds_of(self.values.get(key, usual))
        except (ValueError, OverflowError) as error:
            raise self.wrong(key, "a duration", "write it like 90s, 30m, 2h or 1d") from error
        if not bounds[0] <= seconds <= bounds[1]:
            raise self.wrong(key, f"between {spell(bounds[0])} and {spell(bounds[1])}")
        return seconds

    def wrong(self, key: str, what: str, way_out: str = "") -> ConfigError:
        """Give the complaint that a value is not what it should be."""
        shown = repr(self.values.get(key))
        shown = shown if len(shown) <= LONGEST_SHOWN else f"{shown[: LONGEST_SHOWN - 1]}…"
        return ConfigError(f"{self.at}: {key!r} is not {what}: {shown}{'; ' if way_out else ''}{way_out}")
