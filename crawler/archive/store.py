"""The archive: the only copy of what companies have since changed.  Deletes nothing, judges nothing.

One object is one open file; all of its methods raise ArchiveError when the file cannot be read or written.
Each writing method is one commit that is on the disk when it returns; ``together`` makes one commit of many.
Addresses may be given in any spelling.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from crawler.archive import addresses, checks, history, hosts, notices, outcomes, pages, queue, visits
from crawler.archive import links as hints
from crawler.archive.database import Database, connect, connect_to_read
from crawler.archive.records import DamagedError
from crawler.errors import ArchiveError
from crawler.known import AddressState, HostState, Robots
from crawler.model import (
    Change,
    ChangeKind,
    Habits,
    Link,
    Notice,
    Page,
    Reading,
    Release,
    Trace,
    Trouble,
    Unchanged,
    Visit,
    Work,
)


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

    @classmethod
    def open_to_read(cls, path: Path) -> Self:
        """Open an archive file for reading alone: every writing method fails.

        Raises:
            ArchiveError: missing, foreign, damaged, or of another version than this program.
        """
        return cls(connect_to_read(Path(path)))

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
        if isinstance(error, DamagedError):
            raise ArchiveError(
                f"{self._database.path}: {error}; see what else is with: press-crawl verify; restore a backup"
            ) from error

    def together(self) -> AbstractContextManager[None]:
        """Make one commit of all writes inside: all of them, or none when an error leaves the block."""
        return self._database.writing()

    # Pages and addresses

    def keep_page(self, page: Page) -> None:
        """Keep an answer as received, for ever, its body once for each content."""
        pages.keep(self._database, page)

    def hold_page(self, page: Page) -> None:
        """Keep an answer until its address gives the next: for listings and feeds, ever changing.

        Call it when all that it led to is kept or queued: from then on the site may answer "unchanged".
        """
        pages.hold(self._database, page)

    def page(self, url: str) -> Page | None:
        """Give the latest answer with a body that an address gave, kept or held, redirects followed."""
        return pages.latest(self._database, url)

    def pages(self, source: str | None = None) -> Iterator[Page]:
        """Give all answers kept for ever, in the order first met; of one source only, where one is named."""
        return pages.every(self._database, source)

    def raw(self, release: str, version: int) -> Page | None:
        """Give the answer that a version was read from; None for one that came without a page."""
        return pages.of_version(self._database, release, version)

    def validators(self, url: str) -> tuple[str | None, str | None]:
        """Give ETag and Last-Modified of the latest answer of an address, for a conditional request."""
        return addresses.validators(self._database, url)

    def keep_fresh(self, url: str, until: datetime | None) -> None:
        """Keep until when the site calls the latest answer of an address fresh; None when it does not say."""
        addresses.keep_fresh(self._database, url, until)

    def fresh_until(self, url: str) -> datetime | None:
        """Give until when the site calls the latest answer of an address fresh."""
        return addresses.fresh_until(self._database, url)

    def known(self, urls: Iterable[str]) -> set[str]:
        """Give those of the addresses, in canonical spelling, that already lead to a release."""
        return addresses.known(self._database, urls)

    def leads(self, urls: Iterable[str]) -> dict[str, str]:
        """Give for those of the addresses that lead to a release, canonical, the release's id."""
        return addresses.leads(self._database, urls)

    def failures(self, urls: Iterable[str]) -> dict[str, tuple[int, datetime]]:
        """Give for those of the addresses that failed last, canonical: how often in a row, and when last."""
        return addresses.failures(self._database, urls)

    def address(self, url: str) -> AddressState | None:
        """Give all that is known of an address; None for one never met."""
        return addresses.state(self._database, url)

    # What comes of asking an address; each takes it out of the queue in the same commit

    def record_failure(self, url: str, reason: str, at: datetime, *, status: int | None = None) -> int:
        """Note that an address gave no release; give how many times in a row it did."""
        return outcomes.fail(self._database, url, reason, at, status)

    def record_gone(self, url: str, *, at: datetime, visit: datetime, status: int = 404) -> Change | None:
        """Note that an address answered 404 or 410; withdraw its release when it did on an earlier visit too.

        A release that another of its addresses still leads to stands.

        Args:
            url: the address.
            at: now.
            visit: when the present visit started.
            status: 404 or 410.
        """
        return outcomes.miss(self._database, url, at, visit, status)

    def record_unchanged(self, answer: Unchanged) -> None:
        """Note that an address's page, and so its release, is still the one we have."""
        outcomes.confirm(self._database, answer.url, answer.fetched)

    def standing(self, source: str, limit: int = 500) -> list[tuple[str, datetime, datetime]]:
        """List address, first seen and last asked of releases that stand, least recently asked first."""
        return outcomes.standing(self._database, source, limit)

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
        return history.record(self._database, release, at, aliases, is_sighting=True)

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

    def amend(self, release: Release, *, at: datetime, aliases: Sequence[str] = ()) -> Change | None:
        """Keep what an old page says when it is read anew; None when that is nothing new.

        Like ``record``, but a withdrawn release stays withdrawn: it was read, not seen.
        """
        return history.record(self._database, release, at, aliases, is_sighting=False)

    def preview(self, release: Release) -> tuple[ChangeKind | None, Release | None]:
        """Say what ``amend`` would change, and give the release as it is now; keep nothing."""
        return history.preview(self._database, release)

    def find(self, text: str) -> str | None:
        """Give the id of the release that a text names: an id, or any of its addresses in any spelling."""
        return text if history.current(self._database, text) else addresses.release_at(self._database, text)

    # Links and the queue

    def keep_links(self, source: str, links: Iterable[Link], *, at: datetime) -> None:
        """Keep what a newsroom says of addresses, for reading their pages anew."""
        hints.keep(self._database, source, links, at)

    def link(self, url: str) -> Link:
        """Give what was last said of an address; a bare link where nothing was."""
        return hints.of(self._database, url)

    def shown_since(self, urls: Iterable[str], since: datetime) -> set[str]:
        """Give those of the addresses, canonical, that were kept as links, or kept anew, from then on."""
        return hints.shown_since(self._database, urls, since)

    def addresses(self, source: str, limit: int = 500) -> list[str]:
        """List addresses that lead, or will once they are fetched, to releases of a source, latest first."""
        return hints.addresses(self._database, source, limit)

    def readings(self, source: str | None = None) -> Iterator[Reading]:
        """Give all that releases were, or could not be, read from; the archive may be written meanwhile."""
        return hints.readings(self._database, source)

    def offer(self, source: str, links: Iterable[Link], *, at: datetime) -> int:
        """Queue links in their order, what is said of them included; give how many were not queued before."""
        return queue.offer(self._database, source, links, at)

    def lease(
        self, *, now: datetime, until: datetime, source: str | None = None, limit: int = 32
    ) -> list[Work]:
        """Lend the first addresses in the queue that are ready, of all sources or of one.

        Until the lease ends by itself nobody else is lent them.
        """
        return queue.lease(self._database, now, until, source=source, limit=limit)

    def free(self) -> int:
        """End all leases, when no other worker can be alive; give how many there were."""
        return queue.free(self._database)

    def postpone(self, url: str, *, until: datetime) -> None:
        """Give an address back to the queue, not to be lent again before ``until``."""
        queue.postpone(self._database, url, until)

    def waiting(self, source: str | None = None) -> int:
        """Count the addresses in the queue, lent ones included."""
        return queue.waiting(self._database, source)

    def next_ready(self, source: str | None = None) -> datetime | None:
        """Give the instant from which the next address can be lent; None when none is queued."""
        return queue.next_ready(self._database, source)

    # Hosts

    def robots(self, origin: str) -> Robots | None:
        """Give the latest answer for an origin's robots.txt, expired or not."""
        return hosts.robots(self._database, origin)

    def keep_robots(self, answer: Robots) -> None:
        """Keep an answer for robots.txt in place of the one before."""
        hosts.keep_robots(self._database, answer)

    def host_states(self, origins: Iterable[str]) -> dict[str, HostState]:
        """Give what is kept of some hosts; one that nothing is kept of is left out."""
        return hosts.states(self._database, origins)

    def keep_host_state(self, state: HostState) -> None:
        """Keep what a host is owed in place of what was kept before."""
        hosts.keep_state(self._database, state)

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

    def traces(self, source: str, limit: int = 300) -> list[Trace]:
        """List when the releases of a source that stand came, the latest seen first."""
        return history.traces(self._database, source, limit)

    def headlines(self, source: str) -> dict[str, tuple[date | None, str]]:
        """Give day and title of each release of a source that stands, by its id."""
        return history.headlines(self._database, source)

    def newest_day(self, source: str) -> date | None:
        """Give the latest day on which a source published."""
        return next(iter(self.days(source, 1)), None)

    def changed(self, since: datetime) -> dict[str, dict[ChangeKind, int]]:
        """Count for each source its changes since an instant, by kind."""
        return history.changed(self._database, since)

    def spent(self, since: datetime) -> dict[str, tuple[int, int, int]]:
        """Give for each source its visits since an instant: how many, how many failed, how many requests."""
        return visits.spent(self._database, since)

    def habits(self, source: str) -> Habits:
        """Give what was learned of a source; nothing, at first."""
        return visits.habits(self._database, source)

    def keep_habits(self, source: str, habits: Habits) -> None:
        """Keep what was learned of a source, in place of what was learned before."""
        visits.keep_habits(self._database, source, habits)

    def walk(self, source: str) -> str | None:
        """Give how far the backfill of a source has come, as it was kept; None where none is under way."""
        return visits.walk(self._database, source)

    def keep_walk(self, source: str, record: str | None) -> None:
        """Keep how far the backfill of a source has come; None when it is done."""
        visits.keep_walk(self._database, source, record)

    # Notices

    def told(self, channel: str) -> int | None:
        """Give the last change that a channel was told of; None for a new channel."""
        return notices.told(self._database, channel)

    def keep_notices(
        self, channel: str, made: Iterable[Notice], *, at: datetime, change: int | None = None
    ) -> None:
        """Keep notices to be delivered, each subject once, and the last change that they tell of."""
        notices.keep(self._database, channel, made, at, change=change)

    def was_told(self, channel: str, beginning: str) -> bool:
        """Say whether a channel has a notice, delivered or not, whose subject begins so."""
        return notices.was_told(self._database, channel, beginning)

    def waiting_notices(
        self, channel: str, now: datetime, limit: int, *, horizon: datetime
    ) -> list[tuple[int, Notice, int]]:
        """List the notices to be delivered now, oldest first: number, notice, attempts so far.

        None while one is put off, unless it is beyond the horizon: then the clock was set back.
        """
        return notices.waiting(self._database, channel, now, limit, horizon)

    def latest_notices(self, channel: str, limit: int) -> list[Notice]:
        """List the latest notices of a channel, delivered or not, newest first."""
        return notices.latest(self._database, channel, limit)

    def deliver_notices(self, numbers: Sequence[int], *, at: datetime) -> None:
        """Note that notices were delivered."""
        notices.deliver(self._database, numbers, at)

    def put_off_notices(self, numbers: Sequence[int], *, until: datetime, reason: str) -> None:
        """Note that notices could not be delivered, and are to be tried again."""
        notices.put_off(self._database, numbers, until, reason)

    def trouble(self, source: str) -> Trouble | None:
        """Give the trouble a source is in."""
        return notices.trouble(self._database, source)

    def keep_trouble(self, source: str, trouble: Trouble | None) -> None:
        """Keep the trouble a source is in, in place of the one before; None when there is none any more."""
        notices.keep_trouble(self._database, source, trouble)

    # The whole

    def verify(self) -> Iterator[str]:
        """Prove every digest, reference and number; give a sentence for each that is wrong."""
        return checks.problems(self._database)

    def counts(self) -> dict[str, int]:
        """Count pages, bodies, releases, versions, changes and the rest."""
        return checks.counts(self._database)
