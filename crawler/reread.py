"""Make releases anew from the raw pages that are kept.  Asks no site; how a page is read is handed in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Final

from crawler.archive import Archive
from crawler.diff import Difference, compare
from crawler.errors import UnreadableError
from crawler.model import ChangeKind, Reading, Release

BATCH: Final = 100  # readings a commit: a commit waits for the disk, and an interrupted batch is read again


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading one page anew brought."""

    url: str
    #: The change it is, or would be; None when there is none.
    kind: ChangeKind | None
    #: Title as it reads now; None when the page cannot be read.
    title: str | None
    #: What differs from the release as it was; None where there was none, or nothing could be read.
    difference: Difference | None
    #: Why the page cannot be read; None when it can.
    trouble: str | None


def reread(
    archive: Archive,
    read: Callable[[Reading], Release],
    *,
    at: datetime,
    source: str | None = None,
    is_dry_run: bool = False,
) -> Iterator[Reread]:
    """Read all kept pages anew, each in a batch that is committed before its outcomes are given.

    A release keeps its id, whatever the page would give it today.  A page that can no longer be read
    leaves its release as it is.

    Args:
        archive: where pages are and releases go.
        read: makes a release of a page; raises UnreadableError.
        at: now.
        source: only this one's; None for all.
        is_dry_run: say what would change, and keep nothing.
    """
    readings = archive.readings(source)
    while some := list(islice(readings, BATCH)):
        if is_dry_run:
            yield from [_one(archive, read, reading, None) for reading in some]
        else:
            with archive.together():
                done = [_one(archive, read, reading, at) for reading in some]
            yield from done


def _one(
    archive: Archive, read: Callable[[Reading], Release], reading: Reading, at: datetime | None
) -> Reread:
    try:
        release = read(reading)
    except UnreadableError as error:
        return Reread(reading.link.url, None, None, None, error.reason)
    release = replace(release, id=reading.release or release.id)
    kind, before = archive.preview(release)
    if at is not None:
        page = reading.page
        archive.amend(release, at=at, aliases=(reading.link.url, page.final_url) if page else ())
    difference = compare(before, release) if before and kind else None
    return Reread(reading.link.url, kind, release.title, difference, None)
