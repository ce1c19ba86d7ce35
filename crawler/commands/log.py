"""Print log events on stderr, one line each: for people, or as JSON for programs."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any, Final, Literal

Format = Literal["text", "json"]

#: What every LogRecord has of itself; the rest was given as ``extra``.
_OWN: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class EventFormatter(logging.Formatter):
    """Format ``log.info("fetched", extra={"url": …})`` as ``fetched url=…``."""

    def format(self, record: logging.LogRecord) -> str:
        """Give one line, and the traceback behind it where there is one."""
        pairs = "".join(f" {key}={value}" for key, value in _values(record).items())
        trace = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        return f"{record.getMessage()}{pairs}{trace}"


class JsonFormatter(logging.Formatter):
    """Format an event as one JSON object: ``at``, ``level``, ``event``, and its values."""

    def format(self, record: logging.LogRecord) -> str:
        """Give one line."""
        event = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **_values(record),
        }
        if record.exc_info:
            event["trace"] = self.formatException(record.exc_info)
        return json.dumps(event, ensure_ascii=False, default=str)


def _values(record: logging.LogRecord) -> dict[str, Any]:
    return {key: value for key, value in vars(record).items() if key not in _OWN}


def configure(*, verbose: bool, form: Format = "text") -> None:
    """Send events to stderr: all of ours when verbose, else errors alone."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if form == "json" else EventFormatter())
    ours = logging.getLogger("crawler")
    ours.handlers = [handler]
    ours.setLevel(logging.INFO if verbose else logging.ERROR)
    ours.propagate = False
