"""Show how all sources stand: the sizes of what is kept, and the file for Prometheus."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from crawler import metrics
from crawler.archive import Archive
from crawler.commands.context import Context, now, say
from crawler.health.standing import standings
from crawler.model import Source

UNIT = 1024  # of sizes


def size_bytes(path: Path) -> int:
    """Give the size of a file or of all files of a folder; 0 where there is none."""
    try:
        if path.is_dir():
            return sum(size_bytes(inner) for inner in path.iterdir())
        return path.stat().st_size
    except FileNotFoundError:  # the index replaces its files while it is looked at
        return 0


def sizes(context: Context) -> dict[str, float]:
    """Give how large archive and index are."""
    files = [context.archive_path, context.archive_path.with_name("archive.db-wal")]
    return {
        "archive_bytes": sum(map(size_bytes, files)),
        "index_bytes": size_bytes(context.index_path),
    }


def spelt(size: float) -> str:
    """Write a size for people.

    >>> spelt(123), spelt(5 * 1024 * 1024)
    ('123 B', '5.0 MiB')
    """
    for unit in ("B", "KiB", "MiB", "GiB"):
        if size < UNIT or unit == "GiB":
            break
        size /= UNIT
    return f"{size:.0f} B" if unit == "B" else f"{size:.1f} {unit}"


def write_metrics(path: Path, sources: Sequence[Source], context: Context, archive: Archive) -> None:
    """Put the gauges in a file, whole or not at all; say so where that fails, for it is no reason to end."""
    totals = {**sizes(context), "changes": float(archive.last_change())}
    text = metrics.text(list(standings(sources, archive, now())), totals.items(), now())
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            Path(name).chmod(0o644)  # node_exporter is another user
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        say(f"--metrics: {path}: cannot be written: {error.strerror}")
