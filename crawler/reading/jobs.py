"""What is asked of a reader and what it answers, and how both are sent.  Reads no page itself.

Frames are four bytes of length and a pickle: both ends are our own program, of one version.
"""

import pickle
import struct
from dataclasses import dataclass, field
from typing import Any, Final

from crawler.model import Habits, Link, Listing, Page, Release, Way

LENGTH: Final = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class ReadRelease:
    """Read the announcement on a page."""

    page: Page
    source: str
    link: Link
    habits: Habits


@dataclass(frozen=True, slots=True)
class ReadListing:
    """List what a newsroom's page points to."""

    page: Page
    way: Way = "auto"
    habits: Habits = field(default_factory=Habits)
    #: Addresses of releases that are known of the source.
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LearnHabits:
    """Learn a source's habits from some of its pages."""

    #: The newest first.
    pages: tuple[Page, ...]
    #: What is known of the source already.
    known: Habits

    @property
    def page(self) -> Page:
        """Give the page that stands for all in messages."""
        return self.pages[0]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What an UnreadableError says."""

    url: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Ready:
    """A reader's first word."""


Job = ReadRelease | ReadListing | LearnHabits
Answer = Release | Listing | Habits | Unreadable | Ready


def frame(message: Job | Answer) -> bytes:
    """Write a message as it is sent."""
    packed = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(packed)) + packed


def unframe(packed: bytes) -> Any:
    """Read a message, its length taken off."""
    return pickle.loads(packed)  # noqa: S301 - from our own process, over a pipe that nobody else holds
