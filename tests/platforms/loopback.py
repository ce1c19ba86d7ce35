"""Serve one platform's newsroom of a thousand releases on loopback, and note every request made to it."""

from collections.abc import Callable

from tests.newsroom import Answer, Newsroom
from tests.platforms.site import Site

NOT_FOUND = Answer(b"<!doctype html><title>404</title><h1>Page not found</h1>", status=404)


class Loopback(Newsroom):
    """A newsroom on one platform; what was put under a path goes before what the platform answers."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._put: dict[str, Answer] = {}
        super().__init__()

    @property
    def newsroom(self) -> str:
        """Address of the page that a user would give."""
        return f"{self.url}{self.site.newsroom}"

    @property
    def paths(self) -> list[str]:
        """What was asked for so far, robots.txt left out."""
        return [request.path for request in self.log if request.path != "/robots.txt"]

    def answer(self, path: str, answer: Answer) -> None:
        self._put[path] = answer

    def change(self, path: str, change: Callable[[bytes], bytes]) -> None:
        """Put in a path's place what becomes of its body."""
        before = self.look_up(path)
        self._put[path] = Answer(change(before.body), before.kind, before.status, headers=before.headers)

    def look_up(self, path: str) -> Answer:
        if path in self._put:
            return self._put[path]
        told = self.site.answer(path, self.url)
        if told is None:
            return NOT_FOUND
        return Answer(told.body, told.content_type, told.status, headers=told.headers)
