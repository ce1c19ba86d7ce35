"""Keep what somebody is to be told until it is delivered, and who is in trouble.  Delivers nothing."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from crawler.archive.database import Database
from crawler.archive.records import day, instant, moment, readable
from crawler.model import Notice, Trouble


def told(database: Database, channel: str) -> int | None:
    """Give the last change that a channel was told of; None for a new channel."""
    row = database.row("SELECT change FROM told WHERE channel = ?", (channel,))
    return int(row[0]) if row else None


def keep(
    database: Database, channel: str, made: Iterable[Notice], at: datetime, *, change: int | None
) -> None:
    """Keep notices to be delivered, each subject once, and the last change that they tell of."""
    with database.writing():
        for notice in made:
            database.rows(
                "INSERT OR IGNORE INTO notices (channel, subject, record, made, not_before) "
                "VALUES (?, ?, ?, ?, ?)",
                (channel, notice.subject, _text(notice), instant(at), instant(at)),
            )
        if change is not None:
            database.rows("INSERT OR REPLACE INTO told (channel, change) VALUES (?, ?)", (channel, change))


def was_told(database: Database, channel: str, beginning: str) -> bool:
    """Say whether a channel has a notice, delivered or not, whose subject begins so."""
    sql = "SELECT 1 FROM notices WHERE channel = ? AND substr(subject, 1, ?) = ? LIMIT 1"
    return bool(database.row(sql, (channel, len(beginning), beginning)))


def waiting(
    database: Database, channel: str, now: datetime, limit: int, horizon: datetime
) -> list[tuple[int, Notice, int]]:
    """List the notices to be delivered now, oldest first: number, notice, attempts so far.

    None while one is put off, unless it is beyond the horizon: then the clock was set back.
    """
    put_off = database.row(
        "SELECT 1 FROM notices WHERE channel = ? AND delivered IS NULL AND not_before > ? "
        "AND not_before <= ? LIMIT 1",
        (channel, instant(now), instant(horizon)),
    )
    if put_off:
        return []
    rows = database.rows(
        "SELECT id, subject, record, attempts FROM notices WHERE channel = ? AND delivered IS NULL "
        "ORDER BY id LIMIT ?",
        (channel, limit),
    )
    return [(number, _notice((subject, record)), attempts) for number, subject, record, attempts in rows]


def latest(database: Database, channel: str, limit: int) -> list[Notice]:
    """List the latest notices of a channel, delivered or not, newest first."""
    rows = database.rows(
        "SELECT subject, record FROM notices WHERE channel = ? ORDER BY id DESC LIMIT ?", (channel, limit)
    )
    return [_notice((subject, record)) for subject, record in rows]


def deliver(database: Database, numbers: Sequence[int], at: datetime) -> None:
    """Note that notices were delivered."""
    with database.writing():
        for number in numbers:
            database.rows(
                "UPDATE notices SET delivered = ?, reason = NULL WHERE id = ?", (instant(at), number)
            )


def put_off(database: Database, numbers: Sequence[int], until: datetime, reason: str) -> None:
    """Note that notices could not be delivered, and are to be tried again."""
    with database.writing():
        for number in numbers:
            database.rows(
                "UPDATE notices SET attempts = attempts + 1, not_before = ?, reason = ? WHERE id = ?",
                (instant(until), reason, number),
            )


def trouble(database: Database, source: str) -> Trouble | None:
    """Give the trouble a source is in."""
    row = database.row(
        "SELECT source, state, evidence, since, visits, latest FROM troubles WHERE source = ?", (source,)
    )
    if row is None:
        return None
    name, state, evidence, since, visits, last = row
    return Trouble(name, state, evidence, moment(since), visits, moment(last))


def keep_trouble(database: Database, source: str, now: Trouble | None) -> None:
    """Keep the trouble a source is in, in place of the one before; None when there is none any more."""
    if now is None:
        database.rows("DELETE FROM troubles WHERE source = ?", (source,))
        return
    database.rows(
        "INSERT OR REPLACE INTO troubles (source, state, evidence, since, visits, latest) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (source, now.state, now.evidence, instant(now.since), now.visits, instant(now.latest)),
    )


def _text(notice: Notice) -> str:
    record = {
        "kind": notice.kind,
        "source": notice.source,
        "title": notice.title,
        "url": notice.url,
        "at": instant(notice.at),
        "day": notice.day.isoformat() if notice.day else None,
    }
    return json.dumps(record, ensure_ascii=False)


@readable
def _notice(row: tuple[str, str]) -> Notice:
    subject, record = row[0], json.loads(row[1])
    printed = record["day"]
    return Notice(
        subject,
        record["kind"],
        record["source"],
        record["title"],
        record["url"],
        moment(record["at"]),
        day(printed) if printed else None,
    )
