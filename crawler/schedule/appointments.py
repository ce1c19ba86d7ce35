"""Remember which source is due when, and which are being visited.  Keeps no clock and visits none itself."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final

from crawler.model import Source

SET_BACK: Final = timedelta(minutes=1)  # what a clock goes back by when it is set, and not just corrected
BREATH: Final = timedelta(seconds=10)  # between two visits, also where the first could not be made at all


class Appointments:
    """When each source is due, asked for anew only where something has happened.

    Args:
        due_at: tells from which instant a source is due; is given now.
        rest_ends: tells until when its host must rest, None where it need not; is given now.
    """

    def __init__(
        self,
        due_at: Callable[[Source, datetime], datetime],
        rest_ends: Callable[[Source, datetime], datetime | None],
    ) -> None:
        self._due_at = due_at
        self._rest_ends = rest_ends
        self._sources: dict[str, Source] = {}
        self._times: dict[str, datetime] = {}
        self._out: set[str] = set()
        self._latest: datetime | None = None

    @property
    def out(self) -> int:
        """How many are being visited."""
        return len(self._out)

    def follow(self, sources: Iterable[Source], now: datetime) -> None:
        """Follow these sources from now on, and no others; those that are as they were keep their times."""
        before = self._sources
        self._sources = {source.name: source for source in sources}
        self._times = {
            name: self._times[name] if before.get(name) == source else self._due_at(source, now)
            for name, source in self._sources.items()
        }

    def take(self, now: datetime, most: int) -> list[Source]:
        """Give the sources that are due, longest due first, at most so many; they are out until ``back``."""
        if self._latest and now < self._latest - SET_BACK:
            self._times = {name: self._due_at(source, now) for name, source in self._sources.items()}
        self._latest = now
        taken: list[str] = []
        for name in self._ready(now):
            if len(taken) >= most:
                break
            if rested := self._rest_ends(self._sources[name], now):  # it asked for one meanwhile
                self._times[name] = rested
            else:
                taken.append(name)
        self._out.update(taken)
        return [self._sources[name] for name in taken]

    def back(self, name: str, now: datetime) -> None:
        """Note that a visit has ended."""
        self._out.discard(name)
        if name in self._sources:
            self._times[name] = max(self._due_at(self._sources[name], now), now + BREATH)

    def put_off(self, until: datetime) -> None:
        """Make nothing due before an instant."""
        self._times = {name: max(at, until) for name, at in self._times.items()}

    def next(self) -> datetime | None:
        """Give the instant from which the next source is due; None when none is to be."""
        return min((at for name, at in self._times.items() if name not in self._out), default=None)

    def _ready(self, now: datetime) -> list[str]:
        ready = [(at, name) for name, at in self._times.items() if at <= now and name not in self._out]
        return [name for _, name in sorted(ready)]
