"""What of the hosts outlives a run: the archive's promise, and a memory for those who only look once."""

from collections.abc import Iterable
from typing import Protocol

from crawler.known import HostState, Robots


class Memory(Protocol):
    """What outlives a run: the archive, or nothing at all."""

    def robots(self, origin: str) -> Robots | None:
        """Give the latest answer for an origin's robots.txt, expired or not."""

    def keep_robots(self, answer: Robots) -> None:
        """Keep an answer for robots.txt in place of the one before."""

    def host_states(self, origins: Iterable[str]) -> dict[str, HostState]:
        """Give what is kept of some hosts; one that nothing is kept of is left out."""

    def keep_host_state(self, state: HostState) -> None:
        """Keep what a host is owed in place of what was kept before."""


class Forgetful:
    """A memory for those who only look once."""

    def __init__(self) -> None:
        self._robots: dict[str, Robots] = {}
        self._states: dict[str, HostState] = {}

    def robots(self, origin: str) -> Robots | None:
        """Give the latest answer for an origin's robots.txt."""
        return self._robots.get(origin)

    def keep_robots(self, answer: Robots) -> None:
        """Keep an answer for robots.txt."""
        self._robots[answer.origin] = answer

    def host_states(self, origins: Iterable[str]) -> dict[str, HostState]:
        """Give what is known of some hosts."""
        return {origin: self._states[origin] for origin in origins if origin in self._states}

    def keep_host_state(self, state: HostState) -> None:
        """Keep what a host is owed."""
        self._states[state.origin] = state
