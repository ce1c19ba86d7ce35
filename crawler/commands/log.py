"""Print log events for people: the event's name and its values, one line each, on stderr."""

import logging
import sys
from typing import Final

#: What every LogRecord has of itself; the rest was given as ``extra``.
_OWN: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class EventFormatter(logging.Formatter):
    """Format ``log.info("fetched", extra={"url": …})`` as ``fetched url=…``."""

    def format(self, record: logging.LogRecord) -> str:
        """Give one line, and the traceback behind it where there is one."""
        values = {key: value for key, value in vars(record).items() if key not in _OWN}
        pairs = "".join(f" {key}={value}" for key, value in values.items())
        trace = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        return f"{record.getMessage()}{pairs}{trace}"


def configure(*, verbose: bool) -> None:
    """Send events to stderr: all of ours when verbose, else errors alone."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(EventFormatter())
    ours = logging.getLogger("crawler")
    ours.handlers = [handler]
    ours.setLevel(logging.INFO if verbose else logging.ERROR)
    ours.propagate = False
