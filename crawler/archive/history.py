"""Keep every version of every release, and number every change.  Deletes nothing, ever."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, cast

from crawler.archive import queue
from crawler.archive.addresses import row_of
from crawler.archive.database import Database
from crawler.archive.records import day, encodable, instant, moment, published_row, release_of, release_text
from crawler.model import Change, ChangeKind, Release, Trace
from crawler.urls import canonical

_SELECT: Final = """
    SELECT changes.number, kind, record, version, changes.at
    FROM changes JOIN versions ON versions.release = changes.release AND versions.number = changes.version
"""


def differs(before: Release, after: Release) -> bool:
    """Say whether two readings of a release tell a reader different things.

    How it came (source, address, when seen), the rule behind a date and the warnings do not count: they
    alternate between visits of one unchanged page.
    """
    return _told(before) != _told(after)


@dataclass(frozen=True, slots=True)
class Held:
    """A release as it is kept now."""

    #: Its current version, whole.
    release: Release
    version: int
    #: When it was withdrawn; None while it stands.
    withdrawn: str | None


def decide(held: Held | None, reading: Release, *, is_sighting: bool) -> tuple[ChangeKind | None, Held]:
    """Decide what a reading changes, and what is kept after it.  Pure.

    A release keeps the source, the address and ``seen_first`` it first came with.  One that was withdrawn
    stands again when it is sighted, not when its old page is read anew.
    """
    if held is None:
        return "new", Held(reading, 1, None)
    first = held.release
    reading = replace(reading, source=first.source, url=first.url, seen_first=first.seen_first)
    withdrawn = None if is_sighting else held.withdrawn
    if differs(held.release, reading):
        return "withdrawn" if withdrawn else "revised", Held(reading, held.version + 1, withdrawn)
    return "revised" if held.withdrawn != withdrawn else None, replace(held, withdrawn=withdrawn)


def record(
    database: Database, reading: Release, at: datetime, aliases: Sequence[str], *, is_sighting: bool
) -> Change | None:
    """Keep a reading of a release; give the change it is, or None when it says nothing new."""
    reading = encodable(reading)
    with database.writing():
        before = _held(database, reading.id)
        kind, after = decide(before, reading, is_sighting=is_sighting)
        if before is None:
            _enter(database, reading)
        _mark(database, after, reading.seen_last)
        if before is None or after.version != before.version:
            _keep(database, after, at, aliases)
        change = _number(database, kind, after.release, after.version, at) if kind else None
        queue.settle(database, (reading.url, *aliases))
        for url in {canonical(reading.url), *map(canonical, aliases)}:
            database.rows(
                "UPDATE addresses SET release = ?, failures = 0, reason = NULL WHERE id = ?",
                (reading.id, row_of(database, url)),
            )
    return change


def preview(database: Database, reading: Release) -> tuple[ChangeKind | None, Release | None]:
    """Say what change an old page read anew would be, and from what; keep nothing."""
    held = _held(database, reading.id)
    kind, _ = decide(held, encodable(reading), is_sighting=False)
    return kind, held.release if held else None


def withdraw(database: Database, release: str, at: datetime) -> Change | None:
    """Mark a release as taken down; None when it is unknown or marked already."""
    with database.writing():
        held = _held(database, release)
        if held is None or held.withdrawn:
            return None
        database.rows("UPDATE releases SET withdrawn = ? WHERE id = ?", (instant(at), release))
        return _number(database, "withdrawn", held.release, held.version, at)


def current(database: Database, release: str) -> Release | None:
    """Give a release as it is now, withdrawn ones included."""
    row = database.row(
        "SELECT record, seen_last FROM releases JOIN versions ON release = id AND number = version "
        "WHERE id = ?",
        (release,),
    )
    return replace(release_of(row[0]), seen_last=moment(row[1])) if row else None


def versions(database: Database, release: str) -> list[Change]:
    """List all that happened to a release, oldest first."""
    rows = database.rows(f"{_SELECT} WHERE changes.release = ? ORDER BY changes.number", (release,))
    return [_change(row) for row in rows]


def changes(database: Database, after: int, limit: int) -> list[Change]:
    """List the changes after a number, in order."""
    rows = database.rows(
        f"{_SELECT} WHERE changes.number > ? ORDER BY changes.number LIMIT ?", (after, limit)
    )
    return [_change(row) for row in rows]


def last_change(database: Database) -> int:
    """Give the number of the last change; 0 when there is none."""
    return int(database.row("SELECT coalesce(max(number), 0) FROM changes")[0])


def days(database: Database, source: str, limit: int) -> list[date]:
    """List the distinct days on which a source published, newest first."""
    rows = database.rows(
        "SELECT DISTINCT day FROM releases WHERE source = ? AND day IS NOT NULL AND withdrawn IS NULL "
        "ORDER BY day DESC LIMIT ?",
        (source, limit),
    )
    return [day(text) for (text,) in rows]


def traces(database: Database, source: str, limit: int) -> list[Trace]:
    """List when the releases of a source that stand came, the latest seen first."""
    rows = database.rows(
        "SELECT url, title, day, moment, seen_first, size FROM releases "
        "WHERE source = ? AND withdrawn IS NULL ORDER BY seen_first DESC, day DESC LIMIT ?",
        (source, limit),
    )
    return [
        Trace(url, title, on and day(on), at and moment(at), moment(seen), size)
        for url, title, on, at, seen, size in rows
    ]


def headlines(database: Database, source: str) -> dict[str, tuple[date | None, str]]:
    """Give day and title of each release of a source that stands, by its id."""
    rows = database.rows(
        "SELECT id, day, title FROM releases WHERE source = ? AND withdrawn IS NULL", (source,)
    )
    return {release: (day(on) if on else None, title) for release, on, title in rows}


def changed(database: Database, since: datetime) -> dict[str, dict[ChangeKind, int]]:
    """Count for each source its changes since an instant, by kind."""
    rows = database.rows(
        "SELECT source, kind, count(*) FROM changes JOIN releases ON releases.id = changes.release "
        "WHERE at >= ? GROUP BY source, kind",
        (instant(since),),
    )
    counts: dict[str, dict[ChangeKind, int]] = {}
    for source, kind, count in rows:
        counts.setdefault(source, {})[cast("ChangeKind", kind)] = count
    return counts


def _told(release: Release) -> tuple[Any, ...]:
    published = release.published and (
        release.published.day,
        release.published.moment,
        release.published.certainty,
    )
    return (
        release.title,
        release.subtitle,
        published,
        release.body,
        release.parts,
        release.language,
        release.digest,
    )


def _held(database: Database, release: str) -> Held | None:
    row = database.row(
        "SELECT record, version, withdrawn FROM releases JOIN versions ON release = id AND number = version "
        "WHERE id = ?",
        (release,),
    )
    return Held(release_of(row[0]), row[1], row[2]) if row else None


def _enter(database: Database, release: Release) -> None:
    database.rows(
        "INSERT INTO releases (id, source, url, title, version, seen_first, seen_last) "
        "VALUES (?, ?, ?, ?, 1, ?, ?)",
        (
            release.id,
            release.source,
            release.url,
            release.title,
            instant(release.seen_first),
            instant(release.seen_last),
        ),
    )


def _mark(database: Database, held: Held, seen_last: datetime) -> None:
    release = held.release
    on, at = (published_row(release.published) or [None, None])[:2]
    database.rows(
        "UPDATE releases SET title = ?, day = ?, moment = ?, size = ?, version = ?, withdrawn = ?, "
        "seen_last = max(seen_last, ?) WHERE id = ?",
        (
            release.title,
            on,
            at,
            len(release.body),
            held.version,
            held.withdrawn,
            instant(seen_last),
            release.id,
        ),
    )


def _keep(database: Database, held: Held, at: datetime, aliases: Sequence[str]) -> None:
    release = held.release
    record = release_text(release)
    digest = hashlib.sha256(record.encode()).hexdigest()
    database.rows(
        "INSERT INTO versions (release, number, page, record, at, record_digest) VALUES (?, ?, ?, ?, ?, ?)",
        (release.id, held.version, _page(database, release, aliases), record, instant(at), digest),
    )


def _page(database: Database, release: Release, aliases: Sequence[str]) -> int | None:
    """Find the raw page behind a reading: the latest of all that its addresses gave."""
    sql = "SELECT fetched_last, pages.id FROM addresses JOIN pages ON pages.id = page "
    sql += "WHERE addresses.url IN (?)"
    found = max(database.among(sql, map(canonical, (release.url, *aliases))), default=None)
    return int(found[1]) if found else None


def _number(database: Database, kind: ChangeKind, release: Release, version: int, at: datetime) -> Change:
    number = database.insert(
        "INSERT INTO changes (kind, release, version, at) VALUES (?, ?, ?, ?)",
        (kind, release.id, version, instant(at)),
    )
    return Change(number, kind, release, version, at)


def _change(row: Any) -> Change:
    number, kind, text, version, at = row
    return Change(number, cast("ChangeKind", kind), release_of(text), version, moment(at))
