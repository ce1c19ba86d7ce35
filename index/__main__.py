"""The edge of the index: press-index.  Brings the index up to the archive; never writes the archive."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from crawler.archive import Archive
from crawler.errors import ArchiveError, ConfigError
from crawler.home import home
from crawler.version import VERSION
from index import open_engine, replace_index
from index.errors import EngineError
from index.sync import rebuild, sync

DONE, BAD_CONFIGURATION, INTERRUPTED = 0, 4, 130

EXAMPLES = """\
examples:
  press-index sync                take in what the archive has and the index has not
  press-index rebuild             make the index anew; searches are answered by the old one until it is ready
  press-index status --json       how far the index is, and whether it is as it was written

exit codes: 0 done, 2 misuse, 4 bad configuration or an unusable archive or index, 130 interrupted
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run press-index and give its exit code."""
    arguments = parser().parse_args(argv)
    try:
        folder = home(arguments.home, os.environ, _default_home)
        with Archive.open(folder / "archive.db", create=False) as archive:
            report = _COMMANDS[arguments.command](archive, folder / "index")
    except (ArchiveError, ConfigError, EngineError) as error:
        print(f"press-index: {error}", file=sys.stderr)
        return BAD_CONFIGURATION
    except KeyboardInterrupt:
        return INTERRUPTED
    print(
        json.dumps(report)
        if arguments.json
        else "\n".join(f"{key}: {value}" for key, value in report.items())
    )
    return DONE


def _sync(archive: Archive, where: Path) -> dict[str, int]:
    engine = open_engine(where, create=True)
    try:
        return {"written": sync(archive, engine), "change": engine.cursor()}
    finally:
        engine.close()


def _rebuild(archive: Archive, where: Path) -> dict[str, int]:
    written = rebuild(archive, where, lambda fresh: open_engine(fresh, create=True), replace_index)
    return {"written": written, "change": archive.last_change()}


def _status(archive: Archive, where: Path) -> dict[str, int]:
    engine = open_engine(where)
    try:
        change, last = engine.cursor(), archive.last_change()
        if damaged := engine.verify():
            raise EngineError(
                f"{where}: the index is damaged: {', '.join(damaged)}; run 'press-index rebuild'"
            )
    finally:
        engine.close()
    return {"change": change, "archive": last, "behind": last - change}


_COMMANDS = {"sync": _sync, "rebuild": _rebuild, "status": _status}


def _default_home() -> Path:
    from platformdirs import user_data_path  # noqa: PLC0415 - not needed where the home is named

    return user_data_path("pressdex", appauthor=False)


def parser() -> argparse.ArgumentParser:
    """Build the command line."""
    parser = argparse.ArgumentParser(
        prog="press-index",
        description="Keep the search index up to the archive.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"pressdex {VERSION}")
    parser.add_argument("command", choices=sorted(_COMMANDS), help="what to do; see below")
    parser.add_argument("--home", metavar="DIR", help="folder with archive and index (default: $PRESS_HOME)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


if __name__ == "__main__":
    sys.exit(main())
