"""Count what a visit, and a whole round, comes to.  Counts only."""

from dataclasses import dataclass, field
from datetime import datetime

from crawler.courtesy.guest import Bill
from crawler.model import Change, Fault, Source, Visit, VisitOutcome


@dataclass(slots=True)
class Tally:
    """What a visit counts while it goes on."""

    started: datetime
    bill: Bill = field(default_factory=Bill)
    way: str | None = None
    found: int = 0
    known: int = 0
    new: int = 0
    revised: int = 0
    withdrawn: int = 0
    failed: int = 0
    #: One sentence on what went wrong, or None.
    note: str | None = None
    fault: Fault | None = None

    def count(self, change: Change | None) -> None:
        """Count a change."""
        if change:
            setattr(self, change.kind, getattr(self, change.kind) + 1)

    def visit(self, source: Source, outcome: VisitOutcome, ended: datetime) -> Visit:
        """Close the count."""
        notes = [note for note in (self.note, *self.bill.notes) if note]
        return Visit(
            source=source.name,
            started=self.started,
            ended=ended,
            outcome=outcome,
            way=self.way,
            found=self.found,
            known=self.known,
            new=self.new,
            revised=self.revised,
            withdrawn=self.withdrawn,
            failed=self.failed,
            requests=self.bill.requests,
            note="; ".join(notes) or None,
            fault=self.fault,
        )


@dataclass(slots=True)
class Totals:
    """What a round has come to so far, for whoever watches it."""

    sources: int = 0
    done: int = 0
    #: Answers with a body.
    pages: int = 0
    unchanged: int = 0
    new: int = 0
    revised: int = 0
    withdrawn: int = 0
    failed: int = 0
