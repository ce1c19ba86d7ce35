"""The archive: the only copy of what companies have since changed.  Deletes nothing, judges nothing.

One object is one open file; all of its methods raise ArchiveError when the file cannot be read or written.
Each writing method is one commit that is on the disk when it returns; ``together`` makes one commit of many.
Addresses may be given in any spelling.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from crawler.archive import addresses, history, pages, visits
from crawler.archive.database import Database, connect
from crawler.model import Change, Habits, Page, Release, Unchanged, Visit


class Archive:
    """An open archive."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, path: Path, *, create: bool = True) -> Self:
        """Open an archive file, made with its folder when ``create``, and migrate it to the newest schema.

        Raises:
            ArchiveError: missing, foreign, damaged, newer than this program, or not writable.
        """
        return cls(connect(Path(path), create=create))

    def close(self) -> None:
        """Release the file; a second call does nothing."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def together(self) -> AbstractContextManager[None]:
        """Make one commit of all writes inside: all of them, or none when an error leaves the block."""
        return self._database.writing()

    # Pages and addresses

    def keep_page(self, page: Page) -> str:
        """Keep an answer as received, its body once for each content; give the body's SHA-256."""
        return pages.keep(self._database, page)

    def keep_validators(self, page: Page) -> None:
        """Keep status, ETag and Last-Modified of an answer whose body is not worth keeping.

        Call it when all that the page led to is kept: from then on the site may answer "unchanged".
        """
        pages.note(self._database, page)

    def keep_unchanged(self, answer: Unchanged) -> None:
        """Keep that an address still holds what it held."""
        pages.note_unchanged(self._database, answer)

    def page(self, url: str) -> Page | None:
        """Give the latest answer with a body that an address gave, redirects followed."""
        return pages.latest(self._database, url)

    def raw(self, release: str, version: int) -> Page | None:
        """Give the answer that a version was read from; None for one that came without a page."""
        return pages.of_version(self._database, release, version)

    def validators(self, url: str) -> tuple[str | None, str | None]:
        """Give ETag and Last-Modified of the latest answer of an address, for a conditional request."""
        return pages.validators(self._database, url)

    def known(self, urls: Iterable[str]) -> set[str]:
        """Give those of the addresses, in canonical spelling, that already lead to a release."""
        return addresses.known(self._database, urls)

    def record_failure(self, url: str, reason: str, at: datetime, *, status: int | None = None) -> int:
        """Note that an address gave no release; give how many times in a row it did."""
        return addresses.record_failure(self._database, url, reason, at, status)

    def failures(self, urls: Iterable[str]) -> dict[str, tuple[int, datetime]]:
        """Give for those of the addresses that failed last: how often in a row, and when last."""
        return addresses.failures(self._database, urls)

    def asked(self, urls: Iterable[str]) -> dict[str, datetime]:
        """Give for those of the addresses that were ever asked for, in canonical spelling: when last."""
        return addresses.asked(self._database, urls)

    def release_at(self, url: str) -> str | None:
        """Give the id of the release that an address leads to; None when it leads to none."""
        return addresses.release_at(self._database, url)

    # Releases and their history

    def record(self, release: Release, *, at: datetime, aliases: Sequence[str] = ()) -> Change | None:
        """Keep a reading of a release; give the change it is, or None when it says nothing new.

        A release keeps the source, address and ``seen_first`` it first came with.

        Args:
            release: as it was read now.
            at: now.
            aliases: all other addresses it was reached by, the asked one included.
        """
        return history.record(self._database, release, at, aliases)

    def withdraw(self, release: str, *, at: datetime) -> Change | None:
        """Mark a release as taken down; None when it is unknown or marked already."""
        return history.withdraw(self._database, release, at)

    def release(self, release: str) -> Release | None:
        """Give a release as it is now, or as it was last seen when it was withdrawn."""
        return history.current(self._database, release)

    def versions(self, release: str) -> list[Change]:
        """List all that happened to a release, oldest first."""
        return history.versions(self._database, release)

    def changes(self, after: int, limit: int = 500) -> list[Change]:
        """List at most ``limit`` changes with numbers above ``after``, in order."""
        return history.changes(self._database, after, limit)

    def last_change(self) -> int:
        """Give the number of the last change; 0 when there is none."""
        return history.last_change(self._database)

    # Sources

    def record_visit(self, visit: Visit) -> None:
        """Keep what one visit brought."""
        visits.record(self._database, visit)

    def visits(self, source: str, limit: int = 50) -> list[Visit]:
        """List the latest visits to a source, newest first."""
        return visits.latest(self._database, source, limit)

    def last_visit(self, source: str) -> Visit | None:
        """Give the latest visit to a source."""
        return next(iter(self.visits(source, 1)), None)

    def days(self, source: str, limit: int = 200) -> list[date]:
        """List the distinct days on which a source published releases that stand, newest first."""
        return history.days(self._database, source, limit)

    def newest_day(self, source: str) -> date | None:
        """Give the latest day on which a source published."""
        return next(iter(self.days(source, 1)), None)

    def habits(self, source: str) -> Habits:
        """Give what was learned of a source; nothing, at first."""
        return visits.habits(self._database, source)

    def keep_habits(self, source: str, habits: Habits) -> None:
        """Keep what was learned of a source, in place of what was learned before."""
        visits.keep_habits(self._database, source, habits)
