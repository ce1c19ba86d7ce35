"""Keep every version of every release, and number every change.  Deletes nothing, ever."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final, cast

from crawler.archive import queue
from crawler.archive.addresses import row_of
from crawler.archive.database import Database
from crawler.archive.records import encodable, instant, moment, release_of, release_text
from crawler.model import Change, ChangeKind, Release
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


def record(database: Database, release: Release, at: datetime, aliases: Sequence[str]) -> Change | None:
    """Keep a reading of a release; give the change it is, or None when it says nothing new."""
    release = encodable(release)
    with database.writing():
        row = database.row(
            "SELECT version, withdrawn, source, url, seen_first FROM releases WHERE id = ?", (release.id,)
        )
        if row is None:
            change: Change | None = _enter(database, release, at, aliases)
        else:
            release = replace(release, source=row[2], url=row[3], seen_first=moment(row[4]))
            change = _revise(database, release, at, aliases, version=row[0], is_withdrawn=row[1] is not None)
            database.rows(
                "UPDATE releases SET seen_last = max(seen_last, ?) WHERE id = ?",
                (instant(release.seen_last), release.id),
            )
        queue.settle(database, (release.url, *aliases))
        for url in {canonical(release.url), *map(canonical, aliases)}:
            database.rows(
                "UPDATE addresses SET release = ?, failures = 0, reason = NULL WHERE id = ?",
                (release.id, row_of(database, url)),
            )
    return change


def withdraw(database: Database, release: str, at: datetime) -> Change | None:
    """Mark a release as taken down; None when it is unknown or marked already."""
    with database.writing():
        row = database.row("SELECT version FROM releases WHERE id = ? AND withdrawn IS NULL", (release,))
        if row is None:
            return None
        database.rows("UPDATE releases SET withdrawn = ? WHERE id = ?", (instant(at), release))
        return _number(database, "withdrawn", _version(database, release, row[0]), row[0], at)


def preview(database: Database, release: Release) -> ChangeKind | None:
    """Say what change a reading would be, and keep nothing."""
    row = database.row("SELECT version, withdrawn FROM releases WHERE id = ?", (release.id,))
    if row is None:
        return "new"
    before = _version(database, release.id, row[0])
    return "revised" if row[1] is not None or differs(before, encodable(release)) else None


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
    return [date.fromisoformat(day) for (day,) in rows]


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


def _enter(database: Database, release: Release, at: datetime, aliases: Sequence[str]) -> Change:
    database.rows(
        "INSERT INTO releases (id, source, url, title, day, version, seen_first, seen_last) "
        "VALUES (?, ?, ?, ?, ?, 1, ?, ?)",
        (
            release.id,
            release.source,
            release.url,
            release.title,
            _day(release),
            instant(release.seen_first),
            instant(release.seen_last),
        ),
    )
    return _number(database, "new", _keep(database, release, 1, at, aliases), 1, at)


def _revise(
    database: Database,
    release: Release,
    at: datetime,
    aliases: Sequence[str],
    *,
    version: int,
    is_withdrawn: bool,
) -> Change | None:
    """Keep what differs as the next version; a withdrawn release that is back is a revision in any case."""
    before = _version(database, release.id, version)
    if not differs(before, release):
        if not is_withdrawn:
            return None
        release = before
    else:
        version += 1
        release = _keep(database, release, version, at, aliases)
    database.rows(
        "UPDATE releases SET title = ?, day = ?, version = ?, withdrawn = NULL WHERE id = ?",
        (release.title, _day(release), version, release.id),
    )
    return _number(database, "revised", release, version, at)


def _keep(
    database: Database, release: Release, version: int, at: datetime, aliases: Sequence[str]
) -> Release:
    database.rows(
        "INSERT INTO versions (release, number, page, record, at) VALUES (?, ?, ?, ?, ?)",
        (release.id, version, _page(database, release, aliases), release_text(release), instant(at)),
    )
    return release


def _page(database: Database, release: Release, aliases: Sequence[str]) -> int | None:
    """Find the raw page behind a reading: the latest of all that its addresses gave."""
    sql = "SELECT fetched_last, pages.id FROM addresses JOIN pages ON pages.id = page "
    sql += "WHERE addresses.url IN (?)"
    found = max(database.among(sql, map(canonical, (release.url, *aliases))), default=None)
    return int(found[1]) if found else None


def _version(database: Database, release: str, version: int) -> Release:
    row = database.row("SELECT record FROM versions WHERE release = ? AND number = ?", (release, version))
    return release_of(row[0])


def _number(database: Database, kind: ChangeKind, release: Release, version: int, at: datetime) -> Change:
    number = database.insert(
        "INSERT INTO changes (kind, release, version, at) VALUES (?, ?, ?, ?)",
        (kind, release.id, version, instant(at)),
    )
    return Change(number, kind, release, version, at)


def _change(row: Any) -> Change:
    number, kind, text, version, at = row
    return Change(number, cast("ChangeKind", kind), release_of(text), version, moment(at))


def _day(release: Release) -> str | None:
    return release.published.day.isoformat() if release.published else None
