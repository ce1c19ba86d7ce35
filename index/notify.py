"""Hand new releases to a web address or a program.  The index's only way out; follows no redirect."""

import shlex
import shutil
import subprocess
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from index.errors import NotifyError, UsageError

#: Seconds that the other side may take.
PATIENCE_S = 30.0


def check(url: str | None, command: str | None) -> None:
    """Look at an address and a command before there is anything to hand on.

    Raises:
        UsageError: one of them can never be used.
    """
    if url is not None and (urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname):
        raise UsageError(f"--webhook: not a web address: '{url}'")
    if command is not None and (not (words := _words(command)) or not shutil.which(words[0])):
        raise UsageError(f"--exec: no program can be started by '{command}'")


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError as error:
        raise UsageError(f"--exec: {command}: {error}") from error


def post(url: str, body: str) -> None:
    """Post JSON to an address.

    Raises:
        NotifyError: the address did not answer with success.
    """
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Pressdex"}
    try:
        request = Request(url, body.encode(), headers, method="POST")  # noqa: S310 - the scheme was looked at
        with build_opener(_NoRedirect).open(request, timeout=PATIENCE_S):
            return
    except (URLError, OSError, ValueError) as error:
        raise NotifyError(f"--webhook: {url}: {error}; nothing is marked as seen") from error


def run(command: str, body: str) -> None:
    """Run a program with JSON on its standard input, without a shell.

    Raises:
        NotifyError: the program cannot be started, takes too long or fails.
    """
    try:
        subprocess.run(_words(command), input=body.encode(), check=True, timeout=PATIENCE_S)  # noqa: S603 - the user's own
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise NotifyError(f"--exec: {command}: {error}; nothing is marked as seen") from error


class _NoRedirect(HTTPRedirectHandler):
    """Takes a redirect for the failure it is: a webhook that has moved must be set anew."""

    def redirect_request(self, *_: object) -> None:
        return None
