"""Tell the channels of sources.toml what is new and what is wrong; nothing here makes a run fail."""

import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from threading import Thread
from typing import Final

from crawler.archive import Archive
from crawler.commands.context import Context, now, say
from crawler.config.toml import Config
from crawler.errors import ConfigError, DeliveryError
from crawler.health.condition import condition
from crawler.model import Notice, Source
from crawler.notify import mail, message, outbox, program, webhook
from crawler.notify.channel import AtomFile, Channel, Mail, Program, Webhook

LONGEST_S: Final = 60.0  # of one delivery in all; a server may answer byte by byte
MOST_FOUND: Final = 10_000  # releases that one saved search newly finds
ENTRIES: Final = 100  # of a feed: more than is published between two visits of a reader


def tell(
    known: Config,
    visited: Iterable[Source],
    context: Context,
    archive: Archive,
    *,
    patience_s: float = LONGEST_S,
) -> None:
    """Keep what the visits to some sources brought and showed, and deliver what waits for each channel."""

    def send(channel: Channel, notices: Sequence[Notice]) -> None:
        _send(channel, notices, context, archive, patience_s)

    if not known.channels:
        return
    for source in visited:
        outbox.note_health(source, condition(source, archive, now()), known.channels, archive, now())
    for channel in known.channels:
        try:
            outbox.note_changes(
                channel, archive, now(), lambda one, since: _found(one, since, context, archive)
            )
            outbox.deliver(channel, archive, now(), send)
        except (DeliveryError, ConfigError) as error:
            say(f"notify {channel.name!r}: {error}; it is tried again")


def _send(
    channel: Channel, notices: Sequence[Notice], context: Context, archive: Archive, patience_s: float
) -> None:
    """Hand notices over by a channel's way."""
    way = channel.way
    body = message.payload(channel.name, notices)
    if isinstance(way, Mail):
        password = _secret(way.password_env)
        _within(
            lambda: mail.send(way, notices, now(), password), f"mail server {way.host}:{way.port}", patience_s
        )
    elif isinstance(way, Webhook):
        secret = _secret(way.secret_env)
        _within(lambda: webhook.post(way.url, body, secret), f"webhook {way.url}", patience_s)
    elif isinstance(way, Program):
        program.run(way.words, body, min(patience_s, program.PATIENCE_S))
    else:
        _write_feed(way, channel, context, archive)


def _secret(name: str | None) -> str | None:
    """Give the environment variable of that name."""
    if name is None:
        return None
    value = os.environ.get(name)
    if not value:
        message = f"the environment variable {name} is not set"
        raise DeliveryError(message)
    return value


def _within(act: Callable[[], None], what: str, patience_s: float) -> None:
    """Do something that waits for others, and go on without it when that takes too long."""
    caught: list[DeliveryError] = []

    def perform() -> None:
        try:
            act()
        except DeliveryError as error:
            caught.append(error)

    thread = Thread(target=perform, daemon=True)
    thread.start()
    thread.join(patience_s)
    if thread.is_alive():
        message = f"{what}: not done within {patience_s:g} s"
        raise DeliveryError(message)
    if caught:
        raise caught[0]


def _found(channel: Channel, since: int, context: Context, archive: Archive) -> frozenset[str]:
    """Give the ids of the releases that a channel's saved search finds now, and did not after a change."""
    from index import open_engine  # noqa: PLC0415 - numpy and the index are for those who ask for a search
    from index.errors import SearchError  # noqa: PLC0415
    from index.grammar import parse  # noqa: PLC0415
    from index.periods import bound  # noqa: PLC0415
    from index.saved import load  # noqa: PLC0415

    try:
        searches = load(context.home)
        if channel.search not in searches:
            names = ", ".join(sorted(searches)) or "none"
            message = f"no search is saved as {channel.search!r}; there are: {names}"
            raise ConfigError(message)
        saved = searches[channel.search]
        today = now().astimezone().date()
        query = parse(
            saved.question,
            since=bound(saved.since, today, last=False),
            until=bound(saved.until, today, last=True),
            sources=saved.sources,
            today=today,
            limit=MOST_FOUND,
            sort="newest",
            is_folding=False,
        )
        engine = open_engine(context.index_path)
        try:
            if engine.cursor() < archive.last_change():
                message = "the index is behind the archive; bring it up to date with: press-index sync"
                raise ConfigError(message)
            results = engine.search(replace(query, loose=None, new_since=since))
        finally:
            engine.close()
    except (SearchError, ValueError) as error:
        raise ConfigError(str(error)) from error
    return frozenset(hit.id for hit in results.hits)


def _write_feed(way: AtomFile, channel: Channel, context: Context, archive: Archive) -> None:
    """Write a feed of the latest notices, whole or not at all."""
    from index import feed  # noqa: PLC0415 - the pen for feeds is the index's

    entries = [
        feed.Entry(
            f"{notice.url}#{notice.subject.replace(' ', '-')}",
            notice.title if notice.kind in {"new", "trouble", "over"} else f"{notice.kind}: {notice.title}",
            notice.url,
            notice.source,
            notice.title,
            notice.at,
            _beginning(notice.day),
        )
        for notice in archive.latest_notices(channel.name, ENTRIES)
    ]
    text = feed.write(f"Pressdex: {channel.name}", f"notify:{channel.name}", {}, entries, at=now())
    path = context.home / Path(way.path).expanduser()
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        message = f"{path}: cannot be written: {error.strerror}"
        raise DeliveryError(message) from error


def _beginning(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), UTC) if day else None
