"""Keep what channels are to be told, and deliver it: the sequence, and nothing else.

A notice is kept in the commit that moves its channel on, and delivered until the way has taken it: at least
once, whatever ends the program in between.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from crawler.archive import Archive
from crawler.errors import DeliveryError
from crawler.health.judge import Health
from crawler.model import Notice, Source
from crawler.notify import decide
from crawler.notify.channel import Channel

BATCH: Final = 200  # notices of one message
CHANGES: Final = 500  # read at once
FIRST_RETRY: Final = timedelta(minutes=1)
LONGEST_RETRY: Final = timedelta(hours=6)  # a mail server that is down for a weekend is tried ten times

#: Gives the ids of the releases changed after a number that a channel's saved search finds.
Finder = Callable[[Channel, int], frozenset[str]]
#: Hands notices over, oldest first.  Raises DeliveryError.
Sender = Callable[[Channel, Sequence[Notice]], None]


def note_changes(channel: Channel, archive: Archive, at: datetime, find: Finder) -> None:
    """Keep notices of all changes that a channel was not told of; a new channel begins with the next one."""
    told = archive.told(channel.name)
    if told is None:
        archive.keep_notices(channel.name, (), at=at, change=archive.last_change())
        return
    found = find(channel, told) if channel.search and archive.last_change() > told else None
    while changes := archive.changes(told, CHANGES):
        told = changes[-1].number
        made = decide.of_changes(channel, changes, found)
        archive.keep_notices(channel.name, made, at=at, change=told)


def note_health(
    source: Source, health: Health, channels: Sequence[Channel], archive: Archive, at: datetime
) -> None:
    """Keep what a source's latest visit shows, and notices of trouble that begins, lasts or ends."""
    visit = archive.last_visit(source.name)
    if visit is None:
        return
    before = archive.trouble(source.name)
    after = decide.after_visit(before, health, visit)
    with archive.together():
        if after != before:
            archive.keep_trouble(source.name, after)
        for channel in channels:
            notice = None
            if after:
                notice = decide.of_trouble(channel, source, after, at)
            elif before and archive.was_told(channel.name, decide.subject(before)):
                notice = decide.of_end(source, before, health, at)
            if notice:
                archive.keep_notices(channel.name, [notice], at=at)


def deliver(channel: Channel, archive: Archive, at: datetime, send: Sender) -> None:
    """Hand over all that waits for a channel; what cannot be is tried again ever later.

    Raises:
        DeliveryError: the way did not take it; it is kept.
    """
    while waiting := archive.waiting_notices(channel.name, at, BATCH, horizon=at + LONGEST_RETRY):
        numbers = [number for number, _, _ in waiting]
        try:
            send(channel, [notice for _, notice, _ in waiting])
        except DeliveryError as error:
            attempts = max(attempts for _, _, attempts in waiting)
            until = at + min(FIRST_RETRY * 2 ** min(attempts, 20), LONGEST_RETRY)
            archive.put_off_notices(numbers, until=until, reason=str(error))
            raise
        archive.deliver_notices(numbers, at=at)
