"""Lay out an answer for people and programs.  Pure: prints nothing, asks no terminal."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from index.engine import Hit, Results

#: Raised when a key of the JSON changes its meaning or goes; new keys may come without.
JSON_VERSION: Final = 1

BOLD: Final = "\x1b[1m"
DIM: Final = "\x1b[2m"
YELLOW: Final = "\x1b[1;33m"
OFF: Final = "\x1b[0m"


def blocks(results: Results, *, first: int, colour: bool) -> Iterator[str]:
    """Lay out each hit as a few lines, numbered from ``first``."""
    for number, hit in enumerate(results.hits, first):
        paint = _paint if colour else _plain
        gone = "  [withdrawn]" if hit.withdrawn else ""
        lines = [
            f"{number:>3}. {_day(hit)}  {safe(hit.source)}{gone}",
            f"     {paint(hit.title, hit.title_spans, BOLD)}",
            f"     {paint(hit.snippet, hit.spans, '')}",
            f"     {DIM if colour else ''}{safe(hit.url)}{OFF if colour else ''}",
        ]
        yield "\n".join(line.rstrip() for line in lines)


def as_json(results: Results, query: str) -> str:
    """Give the whole answer as one JSON object."""
    answer = {
        "version": JSON_VERSION,
        "query": query,
        "total": results.total,
        "notes": list(results.notes),
        "hits": [fields(hit) for hit in results.hits],
    }
    return json.dumps(answer, ensure_ascii=False, indent=2)


def fields(hit: Hit) -> dict[str, Any]:
    """Give a hit as values that JSON knows."""
    return {
        "id": hit.id,
        "day": hit.day.isoformat() if hit.day else None,
        "moment": hit.moment.isoformat() if hit.moment else None,
        "certainty": hit.certainty,
        "source": hit.source,
        "title": hit.title,
        "url": hit.url,
        "language": hit.language,
        "withdrawn": hit.withdrawn,
        "score": round(hit.score, 4),
        "snippet": hit.snippet,
        "spans": [list(span) for span in hit.spans],
        "title_spans": [list(span) for span in hit.title_spans],
    }


def safe(text: str) -> str:
    """Replace what a terminal would obey instead of showing."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _day(hit: Hit) -> str:
    return hit.day.isoformat() if hit.day else "no date   "


def _plain(text: str, _spans: Sequence[tuple[int, int]], _base: str) -> str:
    return safe(text)


def _paint(text: str, spans: Sequence[tuple[int, int]], base: str) -> str:
    """Colour the spans of a text, and the rest in ``base``."""
    parts = [base]
    at = 0
    for start, end in spans:
        parts += [safe(text[at:start]), YELLOW, safe(text[start:end]), OFF, base]
        at = end
    return "".join([*parts, safe(text[at:]), OFF if base else ""])
