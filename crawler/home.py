"""Find the folder that holds everything of a user.  Reads no environment itself: is given it."""

from collections.abc import Callable, Mapping
from pathlib import Path

from crawler.errors import ConfigError


def home(flag: str | None, environ: Mapping[str, str], default: Callable[[], Path]) -> Path:
    """Give the folder that holds everything of a user: the flag, else ``$PRESS_HOME``, else the default.

    An empty ``$PRESS_HOME`` counts as unset.

    Raises:
        ConfigError: the flag is empty, or the path is a file.
    """
    if flag is not None and not flag.strip():
        raise ConfigError("--home: the folder's name is empty; name one, or leave the flag out")
    named = flag or environ.get("PRESS_HOME", "").strip()
    folder = Path(named).expanduser() if named else default()
    if folder.exists() and not folder.is_dir():
        raise ConfigError(f"{folder}: not a folder; name one with --home or $PRESS_HOME")
    return folder
