"""Turn the nouns into the archive's texts and back.  Pure.

A key that a record lacks takes the field's default, and a key that no field has is passed over.  A text that
nothing here wrote is a DamagedError.
"""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache, wraps
from typing import Any, Final, TypeVar

from crawler.errors import ArchiveError
from crawler.model import Habits, Part, Published, Release

SHOWN: Final = 80  # characters of a damaged value: enough to know it by

T = TypeVar("T")


class DamagedError(ArchiveError):
    """A kept value is not as it was written; whoever knows the file names it."""


def readable(read: Callable[[Any], T]) -> Callable[[Any], T]:
    """Make a DamagedError of whatever a reader of kept values stumbles over."""

    @wraps(read)
    def checked(kept: Any) -> T:
        try:
            return read(kept)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise DamagedError(f"a kept value is damaged: {str(kept)[:SHOWN]!r}") from error

    return checked


@lru_cache(maxsize=256)  # of one commit some fifteen are written, of three instants
def instant(moment: datetime) -> str:
    """Write an aware instant in UTC; texts sort as the instants do."""
    if moment.tzinfo is None:
        raise ValueError(f"an instant needs a zone: {moment!r}")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


@readable
def day(text: str) -> date:
    """Read a day, ``YYYY-MM-DD``."""
    return date.fromisoformat(text)


@readable
def moment(text: str) -> datetime:
    """Read an instant that ``instant`` wrote."""
    return datetime.fromisoformat(text)


def release_text(release: Release) -> str:
    """Write a release as JSON."""
    return _json(
        {
            "id": release.id,
            "source": release.source,
            "url": release.url,
            "title": release.title,
            "subtitle": release.subtitle,
            "published": published_row(release.published),
            "body": release.body,
            "parts": [[part.label, part.start, part.end] for part in release.parts],
            "language": release.language,
            "digest": release.digest,
            "warnings": list(release.warnings),
            "seen_first": instant(release.seen_first),
            "seen_last": instant(release.seen_last),
        }
    )


@readable
def release_of(text: str) -> Release:
    """Read a release that ``release_text`` wrote."""
    record = json.loads(text)
    return Release(
        id=record["id"],
        source=record["source"],
        url=record["url"],
        title=record["title"],
        subtitle=record["subtitle"],
        published=_published_of(record["published"]),
        body=record["body"],
        parts=tuple(Part(*part) for part in record["parts"]),
        language=record["language"],
        digest=record["digest"],
        warnings=tuple(record["warnings"]),
        seen_first=moment(record["seen_first"]),
        seen_last=moment(record["seen_last"]),
    )


def encodable(release: Release) -> Release:
    """Give a release as it will be read back: a lone surrogate, that JSON-LD may hold, becomes ``?``."""
    text = release_text(release)
    clean = text.encode("utf-8", "replace").decode("utf-8")
    return release if clean == text else release_of(clean)


def published_row(published: Published | None) -> list[str | None] | None:
    """Lay a date of publication out for JSON: day, instant, rule, certainty."""
    if published is None:
        return None
    known = None if published.moment is None else instant(published.moment)
    return [published.day.isoformat(), known, published.rule, published.certainty]


@readable
def published_of(text: str) -> Published | None:
    """Read a date of publication that ``published_row`` laid out and JSON spells."""
    return _published_of(json.loads(text))


def _published_of(row: list[Any] | None) -> Published | None:
    if row is None:
        return None
    printed, known, rule, certainty = row
    return Published(day(printed), None if known is None else moment(known), rule, certainty)


def habits_text(habits: Habits) -> str:
    """Write habits as JSON."""
    return _json(_habits_row(habits))


@readable
def habits_of(text: str) -> Habits:
    """Read habits that ``habits_text`` wrote."""
    return _habits_of(json.loads(text))


def _habits_row(habits: Habits) -> dict[str, Any]:
    return {
        "site_names": list(habits.site_names),
        "date_order": habits.date_order,
        "zone": habits.zone,
        "learned": habits.learned and instant(habits.learned),
        "since": habits.since and instant(habits.since),
        "before": habits.before and _habits_row(habits.before),
    }


def _habits_of(record: dict[str, Any]) -> Habits:
    learned, since, before = map(record.get, ("learned", "since", "before"))
    return Habits(
        tuple(record.get("site_names", ())),
        record.get("date_order"),
        record.get("zone"),
        moment(learned) if learned else None,
        moment(since) if since else None,
        _habits_of(before) if before else None,
    )


def headers_text(headers: tuple[tuple[str, str], ...]) -> str:
    """Write header names and values as JSON."""
    return _json([list(header) for header in headers])


@readable
def headers_of(text: str) -> tuple[tuple[str, str], ...]:
    """Read headers that ``headers_text`` wrote."""
    return tuple((name, value) for name, value in json.loads(text))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
