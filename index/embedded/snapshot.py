"""Hold one committed state of the index open.  Knows no Whoosh; asks nothing."""

from datetime import datetime
from functools import cached_property
from pathlib import Path

from index.embedded.manifest import Entry, Manifest
from index.embedded.sections import SUFFIX
from index.embedded.segment import Segment
from index.errors import EngineError
from index.query import ValueField


class Part:
    """One segment, with what has become of its documents since."""

    def __init__(self, where: Path, entry: Entry) -> None:
        self.segment = Segment(where / (entry.name + SUFFIX), entry.size_bytes)
        #: When a later version took a document's place, seconds since 1970.
        self.past = {**dict(self.segment.past()), **dict(entry.past)}

    def hidden(self, as_of: datetime | None) -> set[int]:
        """Give the documents that are no answer: those that are past, or were not there yet."""
        if as_of is None:
            return set(self.past)
        at = as_of.timestamp()
        then = {doc for doc, past in self.past.items() if past <= at}
        return then | {doc for doc, known in enumerate(self.segment.column("known")) if known > at}

    @cached_property
    def newest(self) -> int:
        """The newest day of publication, as an ordinal; 0 where none has one."""
        return max(self.segment.column("day"), default=0)


def is_whole(where: Path, entry: Entry) -> bool:
    """Tell whether a segment is as it was written, byte for byte."""
    try:
        return Segment(where / (entry.name + SUFFIX), entry.size_bytes).verify()
    except (EngineError, OSError):
        return False


class Snapshot:
    """One committed state."""

    def __init__(self, where: Path, manifest: Manifest) -> None:
        self.manifest = manifest
        self.parts = [Part(where, entry) for entry in manifest.segments]
        self.count = sum(part.segment.count for part in self.parts)

    @cached_property
    def newest(self) -> int:
        """The newest day of publication."""
        return max((part.newest for part in self.parts), default=0)

    def names(self, field: ValueField) -> set[str]:
        """List the values that releases have in a field."""
        return {name for part in self.parts for name in part.segment.names[field] if name}
