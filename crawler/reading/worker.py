"""One reader: jobs come in by stdin, answers go out by stdout, until stdin ends.  Keeps nothing of a page."""

import gc
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import IO

from crawler.discover.pattern import likely
from crawler.discover.read import listing
from crawler.errors import UnreadableError
from crawler.extract.document.parse import parse
from crawler.extract.habits import Trace, learn, trace
from crawler.extract.read import read
from crawler.model import Listing, Page
from crawler.reading.jobs import (
    LENGTH,
    Answer,
    Job,
    LearnHabits,
    ReadListing,
    Ready,
    Unreadable,
    frame,
    unframe,
)


def main() -> None:
    """Serve jobs until there are no more."""
    jobs, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a library that prints must not break a frame
    gc.freeze()  # what was imported stays: collections need not look at it again
    _send(answers, Ready())
    while head := jobs.read(LENGTH.size):
        (size,) = LENGTH.unpack(head)
        _send(answers, perform(unframe(jobs.read(size))))


def perform(job: Job) -> Answer:
    """Do one job; a page that is not what was asked for is an answer, too."""
    try:
        if isinstance(job, ReadListing):
            return _listing(job)
        if isinstance(job, LearnHabits):
            return learn(list(_traces(job.pages)), job.known)
        return read(job.page, source=job.source, link=job.link, habits=job.habits)
    except UnreadableError as error:
        return Unreadable(error.url, error.reason, error.detail)


def _listing(job: ReadListing) -> Listing:
    found = listing(job.page, way=job.way, habits=job.habits)
    if found.way != "sitemap":
        return found
    return Listing(found.way, likely(found.links, job.known), found.next_page, found.more, found.warning)


def _traces(pages: Iterable[Page]) -> Iterator[Trace]:
    for page in pages:
        with suppress(UnreadableError):
            yield trace(parse(page), page.fetched)


def _send(file: IO[bytes], answer: Answer) -> None:
    file.write(frame(answer))
    file.flush()
