"""Keep the contract of an engine on a folder.  Reads without Whoosh; loads it to write."""

import json
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Final, cast

from crawler.model import Certainty, Change
from index.embedded import manifest
from index.embedded.snapshot import Asked, Found, Snapshot
from index.engine import Hit, Results
from index.query import TOO_FEW, Query
from index.snippet import Wanted, marked, snippet

#: Times that a reader looks again when a writer has taken away what it was about to open.
ATTEMPTS: Final = 5


class EmbeddedEngine:
    """The engine on one folder."""

    def __init__(self, where: Path, *, create: bool = False) -> None:
        self._where = where
        self._snapshot: Snapshot | None = None
        if create:
            from index.embedded import writer  # noqa: PLC0415 - Whoosh costs more than an answer

            writer.create(where)
        manifest.read(where)

    def cursor(self) -> int:
        """Give the number of the last change committed; 0 when the index is empty."""
        return manifest.read(self._where).cursor

    def write(self, changes: Sequence[Change]) -> None:
        """Take changes in order, commit them, then move the cursor.

        Changes that the index has taken in already are passed over.

        Raises:
            EngineError: nothing of the batch was committed.
        """
        from index.embedded import writer  # noqa: PLC0415 - Whoosh costs more than an answer

        writer.write(self._where, changes)

    def search(self, query: Query) -> Results:
        """Answer a query from what is committed.

        Raises:
            EngineError: the index cannot be read.
        """
        with self._translated():
            return _answer(self._latest(), query)

    def close(self) -> None:
        """Release files; a second call does nothing."""
        self._snapshot = None

    def _latest(self) -> Snapshot:
        """Open the last state committed, or keep the one that is open."""
        state = manifest.read(self._where)
        for _ in range(ATTEMPTS):
            if self._snapshot and self._snapshot.manifest == state:
                return self._snapshot
            try:
                self._snapshot = Snapshot(self._where, state)
            except FileNotFoundError:
                earlier, state = state, manifest.read(self._where)
                if earlier == state:
                    raise
        return Snapshot(self._where, state)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn what reading a damaged file raises into one error."""
        try:
            yield
        except FileNotFoundError as error:
            raise manifest.damaged(self._where, f"{error.filename} is missing") from error
        except (OSError, zlib.error, ValueError, LookupError) as error:
            raise manifest.damaged(self._where, f"a part of it cannot be read ({error})") from error


def _answer(snapshot: Snapshot, query: Query) -> Results:
    asked = Asked(snapshot, query.as_of)
    notes = list(query.notes)
    node, found = query.node, asked.matching(query.node)
    total = sum(map(len, found))
    if query.loose is not None and total < TOO_FEW:
        any_of = asked.matching(query.loose)
        if (more := sum(map(len, any_of))) > total:
            having = "no release has" if not total else f"only {total} {'have' if total > 1 else 'has'}"
            notes.append(f"{having} all the words; shown are those with any of them")
            found, total = any_of, more
    needed = query.offset + query.limit
    if not needed:
        order = []
    elif query.sort == "relevance":
        order = asked.ranked(node, found, needed)
    else:
        order = asked.by_day(found, needed, newest_first=query.sort == "newest")
    wanted = asked.wanted(node)
    hits = tuple(_hit(one, wanted) for one in order[query.offset :])
    return Results(hits, total, tuple(notes))


def _hit(found: Found, wanted: Wanted) -> Hit:
    segment, doc = found.part.segment, found.doc
    record = json.loads(zlib.decompress(segment.record(doc)))
    day = segment.column("day")[doc]
    certainty = segment.names["certainty"][segment.column("certainty")[doc]]
    cut, spans = snippet(record["body"], wanted)
    return Hit(
        id=record["id"],
        source=record["source"],
        url=record["url"],
        title=record["title"],
        day=date.fromordinal(day) if day else None,
        moment=datetime.fromisoformat(record["moment"]) if record["moment"] else None,
        certainty=cast("Certainty | None", certainty or None),
        language=record["language"],
        withdrawn=bool(segment.column("withdrawn")[doc]),
        score=found.score,
        snippet=cut,
        spans=spans,
        title_spans=marked(record["title"], wanted),
    )
