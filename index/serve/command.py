"""The edge of the web pages: press-search serve.  Serves this machine alone, and changes nothing."""

import argparse
import logging
import os
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

from waitress import create_server

from crawler.config import toml
from crawler.errors import ConfigError
from crawler.home import home
from crawler.model import Source
from index.errors import EngineError
from index.serve.searcher import Searcher
from index.serve.site import Site
from index.serve.views import Room

DONE, BAD_CONFIGURATION = 0, 4

HOST: Final = "127.0.0.1"  # never another: the pages ask for no password
PORT: Final = 8417  # registered for nothing at IANA
#: Limits of the server, for one person's browser.
LIMITS: Final = {
    "threads": 1,  # an open index and archive belong to one thread
    "connection_limit": 50,
    "channel_timeout": 30,  # seconds
    "max_request_header_size": 16_384,  # bytes
    "max_request_body_size": 1_024,  # bytes; nothing is ever sent to us
    "ident": "pressdex",
}

EXAMPLES = f"""\
examples:
  press-search serve                  http://{HOST}:{PORT}/ until Ctrl-C
  press-search serve --port 0         any free port; the address is the one line on stdout
  press-search -- serve               search for the word

exit codes: 0 ended by Ctrl-C or SIGTERM, 2 misuse, 4 bad configuration, no usable index, or the port is taken
"""


def main(argv: Sequence[str]) -> int:
    """Run press-search serve and give its exit code."""
    arguments = parser().parse_args(argv)
    try:
        site = _site(home(arguments.home, os.environ, _default_home))
        listening = _listening(arguments.port)
    except (ConfigError, EngineError) as error:
        print(f"press-search: {error}", file=sys.stderr)
        return BAD_CONFIGURATION
    with listening, suppress(KeyboardInterrupt):
        _serve(site, listening)
    return DONE


def _serve(site: Site, listening: socket.socket) -> None:
    """Serve until Ctrl-C or SIGTERM."""
    signal.signal(signal.SIGTERM, _end)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # one thread: its tasks do queue
    server = create_server(site, sockets=[listening], **LIMITS)
    print("press-search: serving this machine alone; Ctrl-C ends it", file=sys.stderr)
    print(f"http://{HOST}:{listening.getsockname()[1]}/", flush=True)
    server.run()


def _site(folder: Path) -> Site:
    searcher = Searcher(folder / "index")
    searcher.cursor()  # better no page at all than one that says so
    searcher.close()
    return Site(Room(folder / "archive.db", searcher, lambda: _sources(folder / "sources.toml"), _now))


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        raise ConfigError(
            f"--port {port}: cannot be served ({error.strerror}); name another, or 0 for any that is free"
        ) from error


def _sources(path: Path) -> Sequence[Source]:
    try:
        return toml.load(path.read_text(encoding="utf-8"), str(path)).sources
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _default_home() -> Path:
    from platformdirs import user_data_path  # noqa: PLC0415 - not needed where the home is named

    return user_data_path("pressdex", appauthor=False)


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65_535:  # noqa: PLR2004 - all that TCP has
        raise ValueError(text)
    return number


def parser() -> argparse.ArgumentParser:
    """Build the command line."""
    parser = argparse.ArgumentParser(
        prog="press-search serve",
        description="Search, read and compare releases in a browser on this machine.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--port", metavar="N", type=_port, default=PORT, help=f"port to serve on (default: {PORT})"
    )
    parser.add_argument("--home", metavar="DIR", help="folder with archive and index (default: $PRESS_HOME)")
    return parser
