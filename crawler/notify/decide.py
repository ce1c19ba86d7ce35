"""Decide what is worth telling: which changes, which trouble, and when again.  Pure: is given now."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from crawler.health.judge import WELL, Health
from crawler.model import Change, Notice, Source, Trouble, Visit
from crawler.notify.channel import Channel

FRESH: Final = timedelta(days=14)  # what a first visit or a backfill brings from before is no news


def of_changes(channel: Channel, changes: Iterable[Change], found: frozenset[str] | None) -> list[Notice]:
    """Choose the changes that a channel is told of.

    Args:
        channel: who is told.
        changes: in order.
        found: ids of releases that its saved search finds; None where it has none.
    """
    return [
        Notice(
            f"change {change.number}",
            change.kind,
            change.release.source,
            change.release.title,
            change.release.url,
            change.at,
            change.release.published.day if change.release.published else None,
        )
        for change in changes
        if channel.hears_of(change.release.source, change.kind)
        and (found is None or change.release.id in found)
        and not (change.kind == "new" and _is_old(change))
    ]


def after_visit(before: Trouble | None, health: Health, visit: Visit) -> Trouble | None:
    """Give the trouble that a source is in after a visit; None when it is well.

    A visit that was counted is not counted again.
    """
    if health.state in WELL:
        return None
    since, visits = (before.since, before.visits) if before else (visit.started, 0)
    is_counted = before is not None and visit.started == before.latest
    return Trouble(
        visit.source,
        health.state,
        health.evidence,
        since,
        visits + (not is_counted),
        visit.started,
    )


def of_trouble(channel: Channel, source: Source, trouble: Trouble, now: datetime) -> Notice | None:
    """Tell a channel of trouble that has lasted, and each time it has lasted that long again; else None."""
    if not channel.hears_of(source.name, "trouble") or trouble.visits < channel.after:
        return None
    times = max(int((now - trouble.since).total_seconds() // channel.again_s), 0)
    visits = f"{trouble.visits} visits since {trouble.since:%Y-%m-%d}"
    title = f"{source.name} is {trouble.state}: {trouble.evidence} ({visits})"
    return Notice(f"{subject(trouble)}{times}", "trouble", source.name, title, source.url, now)


def of_end(source: Source, trouble: Trouble, health: Health, now: datetime) -> Notice:
    """Tell that trouble is over; for those who were told of it."""
    title = f"{source.name} is {health.state} again, after {trouble.visits} visits: {health.evidence}"
    return Notice(
        f"over {source.name} {trouble.since.isoformat()}", "over", source.name, title, source.url, now
    )


def subject(trouble: Trouble) -> str:
    """Give how the subjects of all notices of one trouble begin."""
    return f"trouble {trouble.source} {trouble.since.isoformat()} "


def _is_old(change: Change) -> bool:
    published = change.release.published
    return published is not None and change.at.date() - published.day > FRESH
