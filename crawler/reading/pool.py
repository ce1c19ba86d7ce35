"""Keep some readers at work: start them, feed them, time them, replace them.  Reads no page itself.

A reader does one job at a time, so that a page that ends it, or that it is lost over, is known and is the
only one to suffer.
"""

import asyncio
import logging
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, Self, cast

from crawler.errors import UnreadableError
from crawler.model import Habits, Link, Listing, Page, Release, Way
from crawler.reading.jobs import (
    LENGTH,
    Answer,
    Job,
    LearnHabits,
    ReadListing,
    ReadRelease,
    Ready,
    Unreadable,
    frame,
    unframe,
)

log = logging.getLogger(__name__)

READ_S: Final = 60.0  # of the slowest honest page a tenth; what takes longer was made to
START_S: Final = 60.0  # imports take half a second, on a busy machine several
MOST_JOBS: Final = 2_000  # of one reader; parsers that leak a page's worth a day are thrown away with it
BUFFER_BYTES: Final = 2**20  # answers are read in pieces of that size
LONGEST_CAUSE: Final = 200  # characters of a defect's last line

ROOT: Final = str(Path(__file__).resolve().parents[2])
#: What a reader runs: this very package, wherever it lies.
CODE: Final = f"import sys; sys.path.insert(0, {ROOT!r}); from crawler.reading.worker import main; main()"


class ReaderDiedError(Exception):
    """A reader ended before it answered; the message is the last it said."""


class Readers:
    """Some readers; an async context manager that starts none before there is something to read."""

    def __init__(
        self,
        count: int,
        *,
        read_s: float = READ_S,
        most_jobs: int = MOST_JOBS,
        command: tuple[str, ...] = (sys.executable, "-c", CODE),
    ) -> None:
        """Prepare readers.

        Args:
            count: how many at once.
            read_s: seconds for one page.
            most_jobs: after which a reader is replaced.
            command: what a reader runs.
        """
        self._places = asyncio.Semaphore(count)
        self._idle: list[_Reader] = []
        self._read_s = read_s
        self._most_jobs = most_jobs
        self._command = command
        self._is_alone = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._idle:
            await self._idle.pop().end()

    async def release(self, page: Page, *, source: str, link: Link, habits: Habits) -> Release:
        """Read the announcement on a page.

        Raises:
            UnreadableError: it is none, or reading it failed or took too long.
        """
        return cast("Release", await self._perform(ReadRelease(page, source, link, habits)))

    async def listing(self, page: Page, *, way: Way, habits: Habits, known: tuple[str, ...] = ()) -> Listing:
        """List what a newsroom's page points to; of a sitemap, what lies where known releases lie.

        Raises:
            UnreadableError: nothing can be made of it, or reading it failed or took too long.
        """
        return cast("Listing", await self._perform(ReadListing(page, way, habits, known)))

    async def habits(self, pages: Sequence[Page], *, known: Habits) -> Habits:
        """Learn a source's habits from some of its pages; what is known of them is kept.

        Raises:
            UnreadableError: reading them failed or took too long.
        """
        return cast("Habits", await self._perform(LearnHabits(tuple(pages), known)))

    async def _perform(self, job: Job) -> Any:
        async with self._places:
            answer = await self._answer(job)
        if isinstance(answer, Unreadable):
            raise UnreadableError(answer.url, answer.reason, answer.detail)
        return answer

    async def _answer(self, job: Job) -> Answer:
        reader = self._idle.pop() if self._idle else await self._start()
        if reader is None:
            return _read_here(job)
        try:
            answer = await reader.ask(job, self._read_s)
        except TimeoutError:
            await reader.end()
            return Unreadable(job.page.url, "too slow", f"not read within {self._read_s:g} s")
        except ReaderDiedError as error:
            log.error("reader died", extra={"url": job.page.url, "cause": str(error)})  # noqa: TRY400 - not ours
            await reader.end()
            return Unreadable(job.page.url, "defect", f"reading it failed, please report it: {_last(error)}")
        except BaseException:
            await reader.end()
            raise
        if reader.jobs < self._most_jobs:
            self._idle.append(reader)
        else:
            await reader.end()
        return answer

    async def _start(self) -> "_Reader | None":
        """Start a reader; None where that cannot be done, once said."""
        if self._is_alone:
            return None
        try:
            return await _Reader.start(self._command)
        except (OSError, TimeoutError, ReaderDiedError) as error:
            self._is_alone = True
            log.error("pages are read in this process", extra={"cause": f"no reader starts: {error}"})  # noqa: TRY400
            return None


class _Reader:
    """One process."""

    def __init__(self, process: asyncio.subprocess.Process, said: IO[bytes]) -> None:
        self._process = process
        #: What it writes to stderr.
        self._said = said
        self.jobs = 0

    @classmethod
    async def start(cls, command: tuple[str, ...]) -> Self:
        said = tempfile.TemporaryFile()  # noqa: SIM115 - closed by end()
        try:
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=said,
                limit=BUFFER_BYTES,
                start_new_session=True,  # a Ctrl-C is for us to handle
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),  # the same on Windows
            )
        except BaseException:
            said.close()
            raise
        reader = cls(process, said)
        try:
            async with asyncio.timeout(START_S):
                answer = await reader._receive()
        except BaseException:
            await reader.end()
            raise
        if not isinstance(answer, Ready):
            await reader.end()
            raise ReaderDiedError(f"it greets with {answer!r}")
        return reader

    async def ask(self, job: Job, seconds: float) -> Answer:
        """Have one page read.

        Raises:
            TimeoutError: it takes longer.
            ReaderDiedError: the process ended over it.
        """
        self.jobs += 1
        async with asyncio.timeout(seconds):
            assert self._process.stdin is not None  # noqa: S101 - it is a pipe
            with suppress(BrokenPipeError, ConnectionResetError):  # told apart by the answer that is missing
                self._process.stdin.write(frame(job))
                await self._process.stdin.drain()
            return await self._receive()

    async def end(self) -> None:
        """End the process at once; it holds nothing that could be lost."""
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()
        self._said.close()

    async def _receive(self) -> Answer:
        assert self._process.stdout is not None  # noqa: S101 - it is a pipe
        try:
            (size,) = LENGTH.unpack(await self._process.stdout.readexactly(LENGTH.size))
            return cast("Answer", unframe(await self._process.stdout.readexactly(size)))
        except asyncio.IncompleteReadError as error:
            status = await self._process.wait()
            self._said.seek(0)
            words = self._said.read(BUFFER_BYTES).decode("utf-8", "replace").strip()
            ended = f"it ended with status {status}"
            raise ReaderDiedError(words if words and status > 0 else f"{words}\n{ended}") from error


def _read_here(job: Job) -> Answer:
    from crawler.reading.worker import perform  # noqa: PLC0415 - what readers import is for readers

    return perform(job)


def _last(error: ReaderDiedError) -> str:
    return str(error).splitlines()[-1][:LONGEST_CAUSE]
