"""Hold what a visitor wants to find, and spell the address that asks for it.  Pure: asks no engine."""

from dataclasses import dataclass, replace
from datetime import date
from http import HTTPStatus
from typing import Final, get_args
from urllib.parse import urlencode

from index.errors import QueryError
from index.grammar import parse
from index.periods import period
from index.query import Query, Sort
from index.serve.ask import Ask, RefusalError

SORTS: Final[tuple[Sort, ...]] = get_args(Sort)
PAGE: Final = 10  # hits
LAST_PAGE: Final = 1000  # nobody reads so far, and each page costs as much as all before it
MOST_SOURCES: Final = 50
LONGEST_NAME: Final = 64  # characters; a source's name in sources.toml has no more


@dataclass(frozen=True, slots=True)
class Wish:
    """What a visitor wants to find; everything as typed."""

    question: str = ""
    sources: tuple[str, ...] = ()
    #: As ``2024``, ``2024-03``, ``2024-03-05`` or ``30d``; empty: open.
    since: str = ""
    #: Inclusive; the same forms.
    until: str = ""
    #: None: by relevance where there is a question, else the newest first.
    sort: Sort | None = None
    #: From 1.
    page: int = 1

    @property
    def order(self) -> Sort:
        """The order that the hits come in."""
        return self.sort or ("relevance" if self.question else "newest")

    def address(self, path: str = "/") -> str:
        """Spell the address of a page that asks for this."""
        pairs = [
            ("q", self.question),
            *(("source", name) for name in self.sources),
            ("since", self.since),
            ("until", self.until),
            ("sort", self.sort or ""),
            ("page", str(self.page) if self.page > 1 else ""),
        ]
        query = urlencode([(name, value) for name, value in pairs if value])
        return f"{path}?{query}" if query else path

    def toggled(self, source: str) -> "Wish":
        """Ask for one source more, or for one less when it is asked for."""
        rest = tuple(name for name in self.sources if name != source)
        return replace(self, sources=rest if source in self.sources else (*rest, source), page=1)

    def within(self, month: str) -> "Wish":
        """Ask for one month alone, or for all when it is asked for."""
        edge = "" if (self.since, self.until) == (month, month) else month
        return replace(self, since=edge, until=edge, page=1)


def read(ask: Ask) -> Wish:
    """Read what a search form sends.

    Raises:
        RefusalError: a value that no form of ours sends.
    """
    sort = ask.one("sort")
    if sort and sort not in SORTS:
        raise RefusalError(HTTPStatus.BAD_REQUEST, f"'sort' is {', '.join(SORTS)}, not {sort[:40]!r}")
    names = tuple(dict.fromkeys(ask.values.get("source", ())))
    if len(names) > MOST_SOURCES or any(len(name) > LONGEST_NAME for name in names):
        raise RefusalError(
            HTTPStatus.BAD_REQUEST,
            f"'source' is given up to {MOST_SOURCES} times, in {LONGEST_NAME} characters each",
        )
    return Wish(
        ask.one("q"),
        names,
        ask.one("since"),
        ask.one("until"),
        sort or None,
        ask.number("page", least=1, most=LAST_PAGE) or 1,
    )


def query(wish: Wish, today: date) -> Query:
    """Turn a wish into a question to an engine.

    Raises:
        QueryError: a part cannot be read; it says which, and what to write instead.
    """
    return parse(
        wish.question or "*",
        since=_edge(wish.since, today, 0),
        until=_edge(wish.until, today, 1),
        sources=wish.sources,
        today=today,
        limit=PAGE,
        offset=(wish.page - 1) * PAGE,
        sort=wish.order,
    )


def _edge(typed: str, today: date, end: int) -> date | None:
    """Give the first (0) or the last (1) day of a period as typed."""
    if not typed:
        return None
    try:
        return period(typed[:LONGEST_NAME], today)[end]
    except ValueError as error:
        raise QueryError(typed[:LONGEST_NAME], 0, str(error)) from error
