"""Let one run at a time change a home folder; the lock is freed by its holder's death."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from crawler.commands.context import LockedError
from crawler.errors import ConfigError


@contextmanager
def sole_run(home: Path, *, at: datetime) -> Iterator[None]:
    """Hold the home folder for the time of a ``with`` block.

    Raises:
        LockedError: another run holds it.
        ConfigError: it cannot be written.
    """
    holder = home / "run.json"
    lock = FileLock(home / "run.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        message = f"{home}: another run is at work{_named(holder)}; wait for it, or end it"
        raise LockedError(message) from error
    except (OSError, NotImplementedError) as error:  # the latter: a file system that knows no locks
        why = getattr(error, "strerror", None) or error
        message = f"{home}: cannot be written: {why}; let this user write there, or name another "
        raise ConfigError(f"{message}folder with --home") from error
    try:
        with suppress(OSError):  # it only helps whoever finds the lock; a full disk is the archive's to tell
            holder.write_text(json.dumps({"pid": os.getpid(), "since": at.isoformat(timespec="seconds")}))
        yield
    finally:
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


def _named(holder: Path) -> str:
    try:
        told = json.loads(holder.read_text())
        return f" (process {int(told['pid'])}, since {told['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
