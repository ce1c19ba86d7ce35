"""Read and write durations and sizes as people type them: ``90s``, ``2h``, ``10 MiB``.  Pure."""

import math
import re
from typing import Final

SECONDS: Final = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
BYTES: Final = {"": 1, "B": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30}
_DURATION: Final = re.compile(r"(\d{1,9}(?:\.\d{1,6})?) ?([smhd])", re.ASCII)
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
