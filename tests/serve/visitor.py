"""A small archive with its index, and someone who looks at pages over both without a network."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

from crawler.archive import Archive
from crawler.model import Part, Published
from index import open_engine
from index.serve.site import Site
from index.serve.views import Room
from index.sync import sync
from tests.makers import later, make_release, make_visit

#: What a hostile page may say of itself.
SCRIPT = "<script>alert(1)</script>"

PLANT = make_release(1, subtitle="Two hundred jobs", warnings=("the date is in the future",))
BODY = (
    "BERLIN – Acme opened plant 1 on Monday.\n\nYear | Plants\n2025 | 1\n2024 | 0\n\n"
    "About Acme\nAcme makes things."
)
REVISED = replace(
    PLANT,
    title="Acme opens plant number one",
    body=BODY,
    parts=(Part("about", BODY.index("About"), len(BODY)),),
)
GONE = make_release(2, source="bolt", title="Bolt closes plant two", published=None)
HOSTILE = make_release(
    3,
    id="evil:<3>&\"'",
    source="acme",
    url="javascript:alert(1)",
    title=f"Plant </title>{SCRIPT}",
    subtitle=SCRIPT,
    body=f'{SCRIPT}\n\n"><img src=x onerror=alert(1)> plant\n\na{SCRIPT} | b\nc | {SCRIPT}',
    published=Published(date(2025, 11, 5), later(), SCRIPT, "mentioned"),
    language='en"><script>',
    warnings=(SCRIPT,),
)
MANY = [
    make_release(
        number,
        title=f"Cogs number {number}",
        source="cogs",
        published=Published(date(2024, number, 9), None, "t", "stated"),
    )
    for number in range(4, 13)
]


@dataclass(frozen=True)
class Got:
    """An answer as a browser gets it."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body, which must be UTF-8."""
        return self.body.decode()


class Visitor:
    """Asks for pages without a network; every answer is held against the WSGI specification."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self._site = validator(Site(room))

    def __call__(
        self, target: str, *, method: str = "GET", host: str = "127.0.0.1:8417", **headers: str
    ) -> Got:
        path, _, query = target.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_HOST": host,
        }
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        setup_testing_defaults(environ)
        environ["wsgi.input"] = io.BytesIO()  # type: ignore[assignment]
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> object:
            assert exc_info is None
            started.append((status, headers))
            return lambda _: None

        answer = self._site(environ, start)  # type: ignore[arg-type]
        try:
            body = b"".join(answer)
        finally:
            answer.close()  # type: ignore[attr-defined]
        [(status, sent)] = started
        return Got(int(status.split()[0]), dict(sent), body)


def fill(home: Path) -> None:
    with Archive.open(home / "archive.db") as archive, archive.together():
        archive.record(PLANT, at=later(1), aliases=["https://acme.example/plant"])
        archive.record(REVISED, at=later(2))
        for number, one in enumerate([GONE, HOSTILE, *MANY]):
            archive.record(one, at=later(3 + number))
        archive.withdraw(GONE.id, at=later(20))
        for number in range(4):
            note = f"https://bolt.example/: 403 {SCRIPT}"
            archive.record_visit(
                make_visit("bolt", ended=later(number), outcome="failed", note=note, fault="blocked")
            )
        archive.record_visit(make_visit("acme", ended=later(4), found=9, known=9))
        follow(archive, home)


def follow(archive: Archive, home: Path) -> None:
    engine = open_engine(home / "index", create=True)
    sync(archive, engine)
    engine.close()


class _Strict(HTMLParser):
    """Takes note of elements that are not closed in order."""

    VOID = frozenset({"meta", "link", "input", "br", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, self.getpos()


def elements(html: str) -> list[tuple[str, dict[str, str | None]]]:
    """Give all elements with their attributes, when each is closed where it should be."""
    parser = _Strict()
    parser.feed(html)
    parser.close()
    assert not parser.open
    return parser.elements
