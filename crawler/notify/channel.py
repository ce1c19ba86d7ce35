"""Who is told what, and by which way: the ``[[notify]]`` tables of ``sources.toml``.  Pure."""

import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, get_args
from urllib.parse import urlsplit

from crawler.config.table import Table
from crawler.errors import ConfigError
from crawler.urls import is_web

What = Literal["new", "revised", "withdrawn", "trouble"]

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_ADDRESS: Final = re.compile(r"[^\s@<>,;:\"]{1,64}@[^\s@<>,;:\"]{1,255}")
KEYS: Final = ("name", "what", "sources", "search", "after", "again")
#: Key that chooses the way → further keys that belong to it.
WAYS: Final[dict[str, tuple[str, ...]]] = {
    "mail": ("from", "smtp", "user", "password_env"),
    "webhook": ("secret_env",),
    "atom": (),
    "command": (),
}
MOST_AFTER: Final = 1_000  # visits; more is never
AGAIN_S: Final = (3_600.0, 366 * 86_400.0)  # more than one reminder an hour is read by nobody
PORTS: Final = {"smtp": 587, "smtps": 465}  # submission, and the same under TLS (RFC 8314, 3.3)


@dataclass(frozen=True, slots=True)
class Mail:
    """E-mail, by one's own server."""

    to: tuple[str, ...]
    sender: str
    host: str
    port: int
    #: Whether the connection begins with TLS; otherwise it changes to it where the server offers that.
    is_tls: bool
    user: str | None
    #: Name of the environment variable that holds the password.
    password_env: str | None


@dataclass(frozen=True, slots=True)
class Webhook:
    """JSON, posted to an address."""

    url: str
    #: Name of the environment variable that holds the secret it is signed with; None signs nothing.
    secret_env: str | None


@dataclass(frozen=True, slots=True)
class AtomFile:
    """A feed, written to a file."""

    #: Of the file; a relative one lies in the home folder.
    path: str


@dataclass(frozen=True, slots=True)
class Program:
    """JSON, on the standard input of a program."""

    words: tuple[str, ...]


Way = Mail | Webhook | AtomFile | Program


@dataclass(frozen=True, slots=True)
class Channel:
    """One way by which one reader is told some things."""

    name: str
    way: Way
    what: tuple[What, ...] = get_args(What)
    #: Names of the sources it is told of; empty for all.
    sources: tuple[str, ...] = ()
    #: Name of the saved search that a release must be found by; None for none.
    search: str | None = None
    #: Visits in a row that show trouble, before it is told.
    after: int = 3
    #: Seconds after which trouble that lasts is told again.
    again_s: float = 7 * 86_400.0

    def hears_of(self, source: str, what: What) -> bool:
        """Say whether it is told of such a thing of a source."""
        return what in self.what and (not self.sources or source in self.sources)


def read(table: Table) -> Channel:
    """Read one ``[[notify]]`` table.

    Raises:
        ConfigError: it cannot be used.
    """
    ways = [key for key in WAYS if key in table.values]
    further = {key for keys in WAYS.values() for key in keys} if len(ways) != 1 else WAYS[ways[0]]
    table.allows(*KEYS, *(ways if len(ways) == 1 else WAYS), *further)
    if len(ways) != 1:
        given = f"{' and '.join(map(repr, ways))} are given" if ways else "no way to tell is given"
        raise ConfigError(f"{table.at}: {given}; give one of {', '.join(WAYS)}")
    table.needs("notify", "name")
    name = table.text("name") or ""
    if not _NAME.fullmatch(name):
        raise table.wrong("name", "a name", "use at most 64 lower-case letters, digits, '-' and '_'")
    usual = Channel(name, AtomFile(""))
    return Channel(
        name,
        _way(table, ways[0]),
        what=_what(table, usual),
        sources=table.texts("sources", "a list of sources' names", '["acme"]'),
        search=table.text("search"),
        after=_after(table, usual),
        again_s=table.seconds("again", usual.again_s, AGAIN_S),
    )


def _way(table: Table, key: str) -> Way:
    readers: dict[str, Callable[[Table], Way]] = {
        "mail": _mail,
        "webhook": _webhook,
        "atom": _atom,
        "command": _program,
    }
    return readers[key](table)


def _what(table: Table, usual: Channel) -> tuple[What, ...]:
    known = get_args(What)
    chosen = table.texts("what", "a list", '["new", "trouble"]')
    if any(one not in known for one in chosen):
        raise table.wrong("what", f"a list of {', '.join(known)}")
    return tuple(one for one in known if one in chosen) or usual.what


def _after(table: Table, usual: Channel) -> int:
    value = table.values.get("after", usual.after)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_AFTER:
        raise table.wrong("after", f"a number of visits from 1 to {MOST_AFTER:,}", "write it like after = 3")
    return value


def _mail(table: Table) -> Mail:
    to = tuple(part.strip() for part in (table.text("mail") or "").split(","))
    sender = table.text("from") or to[0]
    for key, address in [*(("mail", one) for one in to), ("from", sender)]:
        if not _ADDRESS.fullmatch(address):
            raise table.wrong(key, "an e-mail address", f'write it like {key} = "you@example.org"')
    server = table.text("smtp") or ""
    try:
        parts = urlsplit(server)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or parts.scheme not in PORTS:
        raise table.wrong("smtp", "a mail server", 'write it like smtp = "smtp://mail.example.org:587"')
    user, password_env = table.text("user"), table.text("password_env")
    if (user is None) != (password_env is None):
        lacks = "password_env" if user else "user"
        raise table.wrong(lacks, "given", "'user' and 'password_env' go together")
    return Mail(to, sender, host, port or PORTS[parts.scheme], parts.scheme == "smtps", user, password_env)


def _webhook(table: Table) -> Webhook:
    url = table.text("webhook") or ""
    if not is_web(url):
        raise table.wrong("webhook", "a web address", "begin it with https:// or http://")
    if "@" in urlsplit(url).netloc:
        raise table.wrong("webhook", "an address without a password", "sign with 'secret_env' instead")
    return Webhook(url, table.text("secret_env"))


def _atom(table: Table) -> AtomFile:
    return AtomFile(table.text("atom") or "")


def _program(table: Table) -> Program:
    try:
        words = tuple(shlex.split(table.text("command") or ""))
    except ValueError as error:
        raise table.wrong("command", "a command line", f"it has {str(error).lower()}") from error
    return Program(words)
