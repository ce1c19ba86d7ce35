"""Answer requests, each by the page its path names; errors are pages too.  A WSGI application."""

from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from crawler.errors import ArchiveError, ConfigError
from index.errors import SearchError
from index.serve import views
from index.serve.answer import Answer
from index.serve.ask import Ask, RefusalError, read
from index.serve.pages import page
from index.serve.views import Room

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

PAGES: Final[Mapping[str, Callable[[Ask, Room], Answer]]] = {
    "/": views.search,
    "/feed": views.feed,
    "/release": views.release,
    "/difference": views.difference,
    "/health": views.condition,
    "/style.css": views.style,
    "/icon.svg": views.icon,
}


class Site:
    """All pages; to be called from one thread."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        answer = self._answer(environ)
        start(answer.line, answer.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]

    def _answer(self, environ: "WSGIEnvironment") -> Answer:
        try:
            ask = read(environ)
            return PAGES.get(ask.path, _nowhere)(ask, self._room)
        except RefusalError as error:
            return _told(error.status, error.sentence)
        except (ArchiveError, ConfigError, SearchError) as error:
            return _told(HTTPStatus.SERVICE_UNAVAILABLE, str(error))


def _nowhere(_: Ask, __: Room) -> Answer:
    raise RefusalError(HTTPStatus.NOT_FOUND, "there is no page under this address")


def _told(status: HTTPStatus, sentence: str) -> Answer:
    return Answer(page("error.html", status=status, sentence=sentence), status=status)
