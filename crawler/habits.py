"""Tell what the readers of a source's pages should know.  Pure."""

from dataclasses import replace

from crawler.model import Habits, Source


def known(source: Source | None, learned: Habits) -> Habits:
    """Put what the user says of a source over what was learned of it."""
    if source is None:
        return learned
    return replace(
        learned,
        date_order=source.date_order or learned.date_order,
        zone=source.zone or learned.zone,
    )
