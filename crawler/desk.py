"""What every visit works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from crawler import schedule
from crawler.archive import Archive
from crawler.courtesy import Courtesy
from crawler.reading.pool import Readers
from crawler.tally import Totals
from crawler.writer import Writer


@dataclass(frozen=True, slots=True)
class Desk:
    """What every visit works with."""

    courtesy: Courtesy
    archive: Archive
    writer: Writer
    readers: Readers
    #: Gives the present instant, aware UTC.
    clock: Callable[[], datetime]
    #: What the round has come to.
    totals: Totals
    #: Known releases that one visit asks for again.
    rechecks: int = schedule.MOST_RECHECKS
