"""Change ``sources.toml``: whole or not at all, and what a person wrote stays as it is."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from crawler.commands.context import Context
from crawler.config import entries, toml
from crawler.errors import ConfigError
from crawler.model import Source


def add(context: Context, sources: Iterable[Source], *, remark: str = "") -> None:
    """Append the blocks of sources, with a remark above each.

    Raises:
        ConfigError: the file cannot be written, or it would be wrong afterwards.
    """
    text = context.sources_text()
    blocks = "".join(entries.block(source, remark=remark) for source in sources)
    _write(context, f"{text}{blocks}" if not text or text.endswith("\n") else f"{text}\n{blocks}")


def remove(context: Context, name: str) -> None:
    """Take a source's block out.

    Raises:
        ConfigError: there is no such source, or the file cannot be written.
    """
    _write(context, entries.without(context.sources_text(), name, str(context.sources_path)))


def _write(context: Context, text: str) -> None:
    """Put a text in the file's place, so that whoever reads it meanwhile sees the old one or the new one."""
    toml.load(text, str(context.sources_path))
    context.make_home()
    path = Path(os.path.realpath(context.sources_path))  # it may be a link into a person's own repository
    try:
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".sources-", suffix=".toml")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(mode)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        message = f"{context.sources_path}: cannot be written: {error.strerror}; it is as it was"
        raise ConfigError(message) from error
