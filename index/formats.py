"""Lay out an answer for programs: JSON, lines of JSON, CSV, and what a template says.  Pure."""

import json
import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final

from index.engine import Hit, Results

#: Raised when a key changes its meaning or goes; new keys may come without.
VERSION: Final = 1
#: The fields of a hit, in the order of CSV.
FIELDS: Final = (
    *("day", "source", "title", "url", "id", "moment", "certainty", "language", "withdrawn", "score"),
    *("snippet", "spans", "title_spans", "also"),
)
#: The fields of CSV and of templates: those that are one value.
PLAIN_FIELDS: Final = FIELDS[:11]
#: What spreadsheets take for a formula (OWASP, CSV Injection).
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")

_NAME: Final = re.compile(r"\{\{|\}\}|\{(\w*)\}|[{}]")
_ESCAPES: Final = {"\\t": "\t", "\\n": "\n", "\\0": "\0"}


def as_json(results: Results, query: str, names: Sequence[str] = FIELDS) -> str:
    """Give the whole answer as one JSON object."""
    answer: dict[str, Any] = {
        "version": VERSION,
        "query": query,
        "total": results.total,
        "notes": list(results.notes),
        "suggestion": results.suggestion,
        "hits": [fields(hit, names) for hit in results.hits],
    }
    if results.facets:
        answer["facets"] = {
            facet: [{"value": one.value, "releases": one.releases} for one in counts]
            for facet, counts in results.facets
        }
    return json.dumps(answer, ensure_ascii=False, indent=2)


def as_lines(results: Results, names: Sequence[str] = FIELDS) -> Iterator[str]:
    """Give one JSON object a line, one line a hit."""
    for hit in results.hits:
        yield json.dumps(fields(hit, names), ensure_ascii=False)


def as_csv(results: Results, names: Sequence[str] = PLAIN_FIELDS) -> Iterator[str]:
    """Give a header and one line a hit (RFC 4180); a cell that looks like a formula gets a quote in front."""
    yield ",".join(names)
    for hit in results.hits:
        values = fields(hit, names)
        yield ",".join(_cell(values[name]) for name in names)


def counts_lines(results: Results) -> Iterator[str]:
    """Give one JSON object a line for each value of each facet."""
    for facet, value, releases in _counts(results):
        yield json.dumps({"facet": facet, "value": value, "releases": releases}, ensure_ascii=False)


def counts_csv(results: Results) -> Iterator[str]:
    """Give a header and one line for each value of each facet."""
    yield "facet,value,releases"
    for row in _counts(results):
        yield ",".join(map(_cell, row))


def _counts(results: Results) -> Iterator[tuple[str, str, int]]:
    for facet, counts in results.facets:
        for one in counts:
            yield facet, one.value, one.releases


def as_template(results: Results, template: str) -> Iterator[str]:
    r"""Fill in ``{day} {title}`` for each hit; ``{{`` is a brace, and ``\t``, ``\n`` are tab and line feed.

    Raises:
        ValueError: the template names a field that there is not; one sentence.
    """
    for sign, meant in _ESCAPES.items():
        template = template.replace(sign, meant)
    for match in _NAME.finditer(template):
        if match[1] is None and match[0] in "{}":
            raise ValueError(f"'{match[0]}' stands alone: write '{match[0] * 2}' for a brace")
        if match[1] is not None and match[1] not in PLAIN_FIELDS:
            raise ValueError(f"no field is called '{match[1]}': the fields are {', '.join(PLAIN_FIELDS)}")
    for hit in results.hits:
        yield _NAME.sub(partial(_filled, fields(hit)), template)


def fields(hit: Hit, names: Sequence[str] = FIELDS) -> dict[str, Any]:
    """Give the named fields of a hit as values that JSON knows."""
    values: dict[str, Any] = {
        "day": hit.day.isoformat() if hit.day else None,
        "source": hit.source,
        "title": hit.title,
        "url": hit.url,
        "id": hit.id,
        "moment": hit.moment.isoformat() if hit.moment else None,
        "certainty": hit.certainty,
        "language": hit.language,
        "withdrawn": hit.withdrawn,
        "score": round(hit.score, 4),
        "snippet": hit.snippet,
        "spans": [list(span) for span in hit.spans],
        "title_spans": [list(span) for span in hit.title_spans],
        "also": [{"source": copy.source, "url": copy.url} for copy in hit.also],
    }
    chosen: dict[str, Any] = {name: values[name] for name in names}
    if hit.reasons:
        chosen["reasons"] = [
            {
                "word": one.word,
                "documents": one.documents,
                "rarity": round(one.rarity, 4),
                "share": round(one.share, 4),
                "points": round(one.points, 4),
            }
            for one in hit.reasons
        ]
        chosen["freshness"] = round(hit.freshness, 4)
    return chosen


def _filled(values: dict[str, Any], match: re.Match[str]) -> str:
    if match[1] is None:
        return match[0][0]
    value = values[match[1]]
    return "" if value is None else " ".join(str(value).split())


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    if text.startswith(FORMULA) and not isinstance(value, int | float):
        text = "'" + text
    if any(sign in text for sign in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text
