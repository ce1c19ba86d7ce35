"""Read and write durations, sizes and days as people type them: ``90s``, ``10 MiB``, ``2015-06``.  Pure."""

import math
import re
from datetime import date
from typing import Final

SECONDS: Final = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
BYTES: Final = {"": 1, "B": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30}
_DURATION: Final = re.compile(r"(\d{1,9}(?:\.\d{1,6})?) ?([smhd])", re.ASCII)
_DAY: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_SIZE: Final = re.compile(r"(\d{1,12}) ?([KMG]iB|B|)", re.ASCII)


def interval(text: str) -> float:
    """Give the seconds of a duration as ``90s``, ``30m``, ``2h`` or ``1d``.

    Raises:
        ValueError: it is not of that form.
    """
    found = _DURATION.fullmatch(text.strip())
    if not found:
        raise ValueError(f"not a duration: {text!r}; write it like 90s, 30m, 2h or 1d")
    return float(found[1]) * SECONDS[found[2]]


def spell(seconds: float) -> str:
    """Write seconds as the shortest duration that ``interval`` reads back, as ``6h``."""
    for unit, size in sorted(SECONDS.items(), key=lambda pair: -pair[1]):
        if seconds >= size and seconds % size == 0:
            return f"{int(seconds // size)}{unit}"
    return f"{seconds:.6f}".rstrip("0").rstrip(".") + "s"


def seconds_of(value: object) -> float:
    """Give the seconds of a configured duration: a text as ``interval`` takes, or a number of seconds.

    Raises:
        ValueError: it is neither.
    """
    if isinstance(value, str):
        return interval(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"not a duration: {value!r}")
    return float(value)


def bytes_of(value: object) -> int:
    """Give the bytes of a configured size: a text as ``10 MiB``, or a number of bytes.

    Raises:
        ValueError: it is neither.
    """
    text = value.strip() if isinstance(value, str) else str(value) if isinstance(value, int) else ""
    found = _SIZE.fullmatch(text)
    if not found:
        raise ValueError(f"not a size: {value!r}; write it like 10 MiB")
    return int(found[1]) * BYTES[found[2]]


def first_day(text: str) -> date:
    """Give the first day of a year, a month or a day: ``2015``, ``2015-06``, ``2015-06-30``.

    Raises:
        ValueError: it is not of that form, or no such day.
    """
    found = _DAY.fullmatch(text.strip())
    try:
        if found:
            return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        pass
    raise ValueError(f"not a year, a month or a day: {text!r}; write it like 2015, 2015-06 or 2015-06-30")
