"""Let one run at a time change a home folder; the lock is freed by its holder's death."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from crawler.errors import ConfigError, CrawlError


class LockedError(CrawlError):
    """Another run holds the home folder; the message names it."""


@contextmanager
def sole_run(home: Path, *, at: datetime) -> Iterator[None]:
    """Hold the home folder for the time of a ``with`` block.

    Raises:
        LockedError: another run holds it.
        ConfigError: the folder takes no lock.
    """
    holder = home / "run.json"
    lock = FileLock(home / "run.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        message = f"{home}: another run is at work{_named(holder)}; wait for it, or end it"
        raise LockedError(message) from error
    except (OSError, NotImplementedError) as error:
        message = f"{lock.lock_file}: cannot be locked: {error}; name another folder with --home"
        raise ConfigError(message) from error
    try:
        with suppress(OSError):  # on a full disk the holder has no name, and works all the same
            holder.write_text(json.dumps({"pid": os.getpid(), "since": at.isoformat(timespec="seconds")}))
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _named(holder: Path) -> str:
    try:
        told = json.loads(holder.read_text())
        return f" (process {int(told['pid'])}, since {told['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
