"""What is asked of a reader and what it answers, and how both are sent.  Reads no page itself.

Frames are four bytes of length and a pickle: both ends are our own program, of one version.
"""

import copyreg
import pickle
import struct
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from io import BytesIO
from operator import attrgetter
from typing import Any, Final

from crawler.model import Habits, Link, Listing, Page, Part, Published, Release, Way

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


def _taken_apart(kind: type[Any]) -> Callable[[Any], tuple[type[Any], tuple[Any, ...]]]:
    values = attrgetter(*(field.name for field in fields(kind)))
    return lambda noun: (kind, values(noun))


#: How nouns are written: as their class and its arguments.  Dataclasses by themselves look up their fields
#: for each one that is sent and received, in 4 % of a crawl's CPU.
WAYS: Final[dict[type[Any], Callable[[Any], Any]]] = {
    kind: _taken_apart(kind)
    for kind in (Page, Link, Published, Habits, Part, Release, Listing, ReadRelease, ReadListing, LearnHabits)
} | copyreg.dispatch_table


def frame(message: Job | Answer) -> bytes:
    """Write a message as it is sent."""
    packed = BytesIO()
    packed.write(bytes(LENGTH.size))
    pickler = pickle.Pickler(packed, protocol=pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = WAYS
    pickler.dump(message)
    LENGTH.pack_into(packed.getbuffer(), 0, packed.tell() - LENGTH.size)
    return packed.getvalue()


def unframe(packed: bytes) -> Any:
    """Read a message, its length taken off."""
    return pickle.loads(packed)  # noqa: S301 - from our own process, over a pipe that nobody else holds
