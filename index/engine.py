"""The contract that every search engine keeps; it holds no engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from index.query import Facet, Query

if TYPE_CHECKING:  # 8 ms of a search, for nothing but names
    from crawler.model import Certainty, Change


@dataclass(frozen=True, slots=True)
class Copy:
    """Another place where nearly the same text stands."""

    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Reason:
    """What one word has added to a score."""

    word: str
    #: Documents of the index that have the word in any form.
    documents: int
    #: Inverse document frequency.
    rarity: float
    #: How much the release is about the word, title and body together, before it saturates.
    share: float
    points: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One release that answers a query."""

    #: The release's id.
    id: str
    source: str
    url: str
    title: str
    #: Day of publication; None when the page shows none.
    day: date | None
    #: Instant of publication, aware UTC; None when only a day or nothing is known.
    moment: datetime | None
    #: How sure the day is; None where there is no day.
    certainty: "Certainty | None"
    language: str | None
    #: Whether the release has been taken down since.
    withdrawn: bool
    #: Relevance, higher is better; comparable within one answer only.
    score: float
    #: A stretch of the body around the words found, white space folded.
    snippet: str
    #: (start, end) of the words found in ``snippet``, in order, not overlapping.
    spans: tuple[tuple[int, int], ...]
    #: The same for ``title``.
    title_spans: tuple[tuple[int, int], ...]
    #: Near copies that are not shown as hits of their own, in the order they would have come.
    also: tuple[Copy, ...] = ()
    #: How the score came about, word by word; empty unless asked for.
    reasons: tuple[Reason, ...] = ()
    #: What the score was multiplied with because the release is new.
    freshness: float = 1.0


@dataclass(frozen=True, slots=True)
class Count:
    """How many hits have one value of a facet."""

    #: Empty where they have none.
    value: str
    releases: int


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to one query."""

    #: The page of hits asked for, in the order asked for.
    hits: tuple[Hit, ...]
    #: How many releases match in all.
    total: int
    #: Sentences to tell the user about how the query was read, as "fewer than three have all words".
    notes: tuple[str, ...] = ()
    #: The question with words of the index in place of words that are not in it; None where that is no help.
    suggestion: str | None = None
    #: The counts asked for: sources and the like by size, years and months in order.
    facets: tuple[tuple[Facet, tuple[Count, ...]], ...] = ()
    #: The last change that the answer knows of.
    cursor: int = 0


class Engine(Protocol):
    """A search engine that follows the archive's numbered changes."""

    def cursor(self) -> int:
        """Give the number of the last change committed; 0 when the index is empty."""

    def write(self, changes: "Sequence[Change]") -> None:
        """Take changes in order, commit them, then move the cursor.

        Replaces by release id, so that a batch may come twice.

        Raises:
            EngineError: nothing of the batch was committed.
        """

    def search(self, query: Query) -> Results:
        """Answer a query from what is committed.

        Raises:
            EngineError: the index cannot be read.
        """

    def verify(self) -> list[str]:
        """Read the whole index and name the parts that are not as they were written; slow."""

    def close(self) -> None:
        """Release files and locks; a second call does nothing."""
