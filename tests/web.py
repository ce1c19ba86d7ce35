"""Small sites of given answers, and the pages and feeds to put on them."""

from collections.abc import Mapping

from tests.newsroom import Answer, Newsroom

TEXT = (
    "<p>GRAZ, Austria -- Acme Corp. today opened a plant for anvils, its second in the town of Graz.</p>" * 3
)


class Web(Newsroom):
    """A site of given answers."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.given = answers
        #: What goes before those.
        self.put: dict[str, Answer] = {}
        #: How far ``/hop/0`` leads on.
        self.hops = 0
        super().__init__()

    def look_up(self, path: str) -> Answer:
        if path in self.put:
            return self.put[path]
        if path.startswith("/hop/") and int(path[5:]) < self.hops:
            return Answer(b"", status=302, location=f"/hop/{int(path[5:]) + 1}")
        body = self.given.get(path)
        if body is None and "/acme-" in path and "gone" not in path:
            body = page(f"<article><h1>Acme Opens a Plant</h1><p>September 1, 2026</p>{TEXT}</article>")
        if body is None:
            return Answer(b"<title>404</title><h1>Not found</h1>", status=404)
        return Answer(body.replace("BASE", self.url).encode())


def page(main: str, *, head: str = "") -> str:
    return f"<!doctype html><html><head><title>Acme</title>{head}</head><body>{main}</body></html>"


def cards(folder: str, count: int = 8, *, words: str = "Opens a Plant in Graz") -> str:
    return "<main>" + "".join(
        f"<div class='card'><time datetime='2026-0{9 - n // 2}-1{n}'>{n}</time>"
        f"<h3><a href='/{folder}/acme-{n}'>Acme {words}, Number {n}</a></h3></div>"
        for n in range(count)
    ) + "</main>"  # fmt: skip


def feed(folder: str, count: int = 8, *, words: str = "Opens a Plant in Graz") -> str:
    items = "".join(
        f"<item><title>Acme {words}, Number {n}</title><link>BASE/{folder}/acme-{n}</link>"
        f"<pubDate>1{n} Sep 2026 08:00 GMT</pubDate></item>"
        for n in range(count)
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Acme</title>{items}</channel></rss>"
