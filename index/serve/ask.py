"""Read a request into values, and refuse what is foreign or too large.  Pure: answers nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qsl

#: Names by which this machine is asked.  Any other is a stranger's name that was made to lead here (DNS
#: rebinding): its pages could read the answers.  The port is not compared: ssh -L changes it.
OURS: Final = frozenset({"127.0.0.1", "localhost"})
METHODS: Final = ("GET", "HEAD")
LONGEST_QUERY: Final = (
    8_000  # characters, escaped; a question of the grammar's 2,000 letters, some of them CJK
)
MOST_VALUES: Final = 100  # a link of ours has one for each source chosen, and five more
LONGEST_HOST: Final = 100


class RefusalError(Exception):
    """A request that gets no page.

    Attributes:
        status: what the browser is told.
        sentence: what the person is told: one sentence without its full stop.
    """

    def __init__(self, status: HTTPStatus, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Ask:
    """What a request asks for."""

    #: Path, unescaped.
    path: str
    #: Values by name, in order; empty ones are left out.
    values: Mapping[str, tuple[str, ...]]
    #: Host and port as the browser knows them.
    host: str

    def one(self, name: str) -> str:
        """Give the first value of a name, trimmed, or an empty text."""
        return next(iter(self.values.get(name, ())), "").strip()

    def number(self, name: str, *, least: int, most: int) -> int | None:
        """Give the whole number under a name, or None where there is none.

        Raises:
            RefusalError: it is no number between ``least`` and ``most``.
        """
        typed = self.one(name)
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit() and len(typed) < 10 and least <= int(typed) <= most):  # noqa: PLR2004
            raise RefusalError(
                HTTPStatus.BAD_REQUEST,
                f"'{name}' is a whole number from {least} to {most}, not {typed[:40]!r}",
            )
        return int(typed)


def read(environ: Mapping[str, Any]) -> Ask:
    """Read a WSGI environment.

    Raises:
        RefusalError: the method writes, the host's name is foreign, another site asks, or it is too large.
    """
    if environ["REQUEST_METHOD"] not in METHODS:
        raise RefusalError(
            HTTPStatus.METHOD_NOT_ALLOWED, "these pages are for reading: only GET and HEAD are answered"
        )
    host = str(environ.get("HTTP_HOST", ""))
    if len(host) > LONGEST_HOST or _name(host) not in OURS:
        raise RefusalError(
            HTTPStatus.MISDIRECTED_REQUEST,
            "these pages are asked for by 127.0.0.1 or localhost, by no other name",
        )
    if _is_embedded(environ):
        raise RefusalError(
            HTTPStatus.FORBIDDEN, "these pages are opened by a person, not by another site's page"
        )
    path = str(environ.get("PATH_INFO", "")).encode("latin-1", "replace").decode("utf-8", "replace")
    return Ask(path or "/", _values(str(environ.get("QUERY_STRING", ""))), host)


def _name(host: str) -> str:
    """Give a Host header's name without its port; an empty text where the port is none."""
    name, _, port = host.lower().partition(":")
    return name if not port or (port.isascii() and port.isdigit()) else ""


def _is_embedded(environ: Mapping[str, Any]) -> bool:
    """Say whether another site's page asks for an answer to itself; a followed link is a person's wish.

    Fetch metadata: https://www.w3.org/TR/fetch-metadata/
    """
    if environ.get("HTTP_SEC_FETCH_SITE") not in {"cross-site", "same-site"}:
        return False
    return (
        environ.get("HTTP_SEC_FETCH_MODE") != "navigate" or environ.get("HTTP_SEC_FETCH_DEST") != "document"
    )


def _values(query: str) -> dict[str, tuple[str, ...]]:
    if len(query) > LONGEST_QUERY:
        raise RefusalError(
            HTTPStatus.REQUEST_URI_TOO_LONG, f"the address is longer than {LONGEST_QUERY} characters"
        )
    try:
        pairs = parse_qsl(query, errors="replace", max_num_fields=MOST_VALUES)
    except ValueError as error:
        raise RefusalError(
            HTTPStatus.BAD_REQUEST, f"the address has more than {MOST_VALUES} values"
        ) from error
    values: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        values[name] = (*values.get(name, ()), value)
    return values
