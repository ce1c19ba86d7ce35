"""The thousand releases that every platform's site publishes, and what a site answers."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

HOW_MANY = 1_000
NEWEST = date(2026, 11, 3)
WORDS = (
    "Opens a Plant in Graz",
    "Reports Its Quarter",
    "Wins a Prize for Safety",
    "Names a Chair",
    "Buys a Forge",
)
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Story:
    """One release of the site, the newest first; its number is its id."""

    number: int
    title: str
    slug: str
    day: date

    @property
    def moment(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 13, 5, tzinfo=UTC)

    @property
    def printed(self) -> str:
        return f"{MONTHS[self.day.month - 1]} {self.day.day}, {self.day.year}"

    @property
    def html(self) -> str:
        return (
            f"<p>GRAZ, Austria, {self.printed} -- Acme Corp. (NYSE: ACME) said today: {self.title}.</p>"
            f"<p>It is release number {self.number} of the anvil maker.</p><p>About Acme: Acme makes"
            f" anvils.</p>"
        )


def _story(place: int) -> Story:
    number = 10_000 + HOW_MANY - place
    title = f"Acme {WORDS[place % len(WORDS)]}, Says Notice {number}"
    return Story(number, title, f"acme-notice-{number}", NEWEST - timedelta(days=2 * place))


STORIES = tuple(map(_story, range(HOW_MANY)))
BY_SLUG = {story.slug: story for story in STORIES}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site answers to one request."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """One newsroom on one platform."""

    #: The platform's name, as listings carry it.
    platform: str
    #: Path of the page that a user would give.
    newsroom: str
    #: Gives the answer to (path with query, base address); None is a 404.
    answer: Callable[[str, str], Answer | None]
    #: Requests that reading all thousand takes, the newsroom's own page not counted.
    requests: int
    #: Whether answers bring the bodies along.
    whole: bool = False


def page(main: str, *, head: str = "", title: str = "News releases") -> Answer:
    """Give a page with some furniture around its matter."""
    menu = "<nav><a href='/about'>About Acme Corporation</a> <a href='/events'>Events and webcasts</a></nav>"
    return Answer(
        f"<!DOCTYPE html><html lang='en'><head><title>{title} | Acme</title>{head}</head><body>{menu}"
        f"<main><h1>{title}</h1>{main}</main><footer><a href='/privacy'>Privacy policy of Acme</a></footer>"
        "</body></html>".encode()
    )


def detail(target: str) -> Answer | None:
    """Give the page of the release whose slug ends a path; None when there is none."""
    last = urlsplit(target).path.rstrip("/").rpartition("/")[2].removesuffix(".html")
    story = next((found for slug, found in BY_SLUG.items() if slug in (last, last.rpartition("-")[0])), None)
    if story is None:
        return None
    return page(f"<p class='date'>{story.printed}</p><article>{story.html}</article>", title=story.title)


def as_json(value: object, *headers: tuple[str, str]) -> Answer:
    return Answer(json.dumps(value).encode(), "application/json", headers=headers)


def asked(target: str) -> tuple[str, dict[str, str]]:
    """Give path and query of a request."""
    parts = urlsplit(target)
    return parts.path, dict(parse_qsl(parts.query, keep_blank_values=True))


def part(at: int, size: int) -> tuple[Story, ...]:
    """Give the stories of one page, counted from 0."""
    return STORIES[at * size : (at + 1) * size]
