"""Read JSON-LD as newsrooms write it: nested, in arrays, broken.  Pure; never raises; bounded."""

import json
import re
from collections.abc import Iterable
from typing import Any, Final

MOST_OBJECTS: Final = 300  # of one page; breadcrumbs and image galleries make up to 150
DEEPEST: Final = 8  # levels of objects within objects

LENIENT: Final = json.JSONDecoder(strict=False)  # some write raw newlines inside strings
#: What newsrooms put around or into JSON that is no JSON.
WRAPPING: Final = re.compile(r"<!--|-->|<!\[CDATA\[|\]\]>|^\s*//.*$", re.MULTILINE)
TRAILING_COMMA: Final = re.compile(r",\s*([}\]])")


def objects(scripts: Iterable[str]) -> list[dict[str, Any]]:
    """List the objects of ld+json scripts, an object before those inside it; none of one beyond repair."""
    found: list[dict[str, Any]] = []
    for script in scripts:
        _collect(_loads(script), found, 0)
    return found


def _loads(script: str) -> Any:
    bare = script.strip().rstrip(";")
    for read in (str, _mended):
        try:
            return LENIENT.decode(read(bare))
        except (ValueError, RecursionError):
            continue
    return None


def _mended(script: str) -> str:
    return TRAILING_COMMA.sub(r"\1", WRAPPING.sub("", script))


def _collect(value: Any, found: list[dict[str, Any]], depth: int) -> None:
    if depth > DEEPEST or len(found) >= MOST_OBJECTS:
        return
    if isinstance(value, dict):
        found.append(value)
        for inner in value.values():
            if isinstance(inner, dict | list):
                _collect(inner, found, depth + 1)
    elif isinstance(value, list):
        for inner in value[:MOST_OBJECTS]:
            _collect(inner, found, depth + 1)


def types(value: dict[str, Any]) -> set[str]:
    """Give the ``@type`` names of an object, lower case, without schema.org's address before them."""
    kind = value.get("@type")
    names = kind if isinstance(kind, list) else [kind]
    return {name.rpartition("/")[2].casefold() for name in names if isinstance(name, str)}
