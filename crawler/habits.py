"""Tell what the readers of a source's pages should know.  Pure."""

from dataclasses import replace
from datetime import datetime

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


def in_force(learned: Habits, at: datetime) -> Habits:
    """Give the habits that a source had when a page of that time came."""
    while learned.since and learned.before and at < learned.since:
        learned = learned.before
    return learned
