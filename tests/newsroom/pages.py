"""Lay the stories out as a web site: address → answer.  Pure: the same stories give the same bytes."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from html import escape
from string import Template
from typing import Final
from zoneinfo import ZoneInfo

from tests.newsroom.answer import Answer, address
from tests.newsroom.feeds import FEEDS
from tests.newsroom.stories import HERE, Company, Story

MONTHS_DE: Final = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)

ROBOTS: Final = """\
User-agent: *
Disallow: /halden/internal/
Crawl-delay: 0.01

Sitemap: {base}/brightwater/sitemap.xml
"""

#: Listed by halden beside its releases, as real listings do.
GONE: Final = "/halden/news/2024/withdrawn-release.html"
FORBIDDEN: Final = "/halden/internal/draft-merger.html"
ERROR_AS_PAGE: Final = "/halden/news/2024/error.html"
REDIRECTING: Final = "/halden/go/food-banks"
REDIRECTED: Final = "/halden/news/2024/flood-recovery.html"
SCRIPT_ONLY: Final = "/halden/app/"


@dataclass(frozen=True, slots=True)
class House:
    """How one company builds its pages."""

    encoding: str
    kind: str
    #: Folder of the listing within the company's.
    listing: str
    per_page: int
    #: Address of page ``n`` (from 1) relative to the listing.
    page: Callable[[int], str]
    #: One entry of the listing: address and story → HTML.
    entry: Callable[[str, Story], str]
    #: Pager of page ``n`` of ``last``: addresses by number → HTML.
    pager: Callable[[int, int, Callable[[int], str]], str]
    #: The day as the page prints it.
    printed: Callable[[Story], str]
    #: What the first paragraph begins with.
    dateline: Callable[[Story], str]


def english(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def german(day: date) -> str:
    return f"{day.day}. {MONTHS_DE[day.month - 1]} {day.year}"


def chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _one_link(text: str) -> Callable[[int, int, Callable[[int], str]], str]:
    return lambda n, last, page: f'<a href="{page(n + 1)}">{text}</a>' if n < last else ""


def _numbers(n: int, last: int, page: Callable[[int], str]) -> str:
    before = f'<a href="{page(n - 1)}">Previous</a> ' if n > 1 else ""
    after = f' <a href="{page(n + 1)}">Next</a>' if n < last else ""
    numbers = " ".join(
        f'<span class="current">{i}</span>' if i == n else f'<a href="{page(i)}">{i}</a>'
        for i in range(1, last + 1)
    )
    return before + numbers + after


def _card(url: str, story: Story) -> str:
    teaser = escape(story.body[0].split(". ")[0])
    return (
        f'<div class="card"><span class="date">{english(story.day)}</span><h3>{escape(story.headline)}</h3>'
        f'<p>{teaser} …</p><a href="{url}">Read more</a></div>'
    )


HOUSES: Final[dict[str, House]] = {
    "sep": House(
        encoding="utf-8",
        kind="text/html; charset=utf-8",
        listing="news/",
        per_page=4,
        page=lambda n: f"index_{n}.html" if n > 1 else "./",
        entry=lambda url, story: f'<li><a href="{url}">{escape(story.headline)}</a></li>',
        pager=lambda n, last, page: _one_link("page &gt;&gt;")(n, last, page) + f"{n}",
        printed=lambda _: "",
        dateline=lambda _: "",
    ),
    "halden": House(
        encoding="utf-8",
        kind="text/html; charset=utf-8",
        listing="news/",
        per_page=5,
        page=lambda n: f"/halden/news/?page={n}" if n > 1 else "/halden/news/",
        entry=lambda url, story: (
            f'<div class="item"><time>{story.day:%b} {story.day.day}, {story.day.year}</time>'
            f'<h2><a href="{url}">{escape(story.headline)}</a></h2></div>'
        ),
        pager=_numbers,
        printed=lambda story: english(story.day),
        dateline=lambda story: f"{story.place}, {english(story.day)} /PRNewswire/ -- ",
    ),
    "norvia": House(
        encoding="utf-8",
        kind="text/html",
        listing="presse/",
        per_page=5,
        page=lambda n: f"/norvia/presse/?seite={n}" if n > 1 else "/norvia/presse/",
        entry=lambda url, story: (
            f'<a class="cmp-card" href="{url}"><span>{german(story.day)}</span>'
            f"<h3>{escape(story.headline)}</h3></a>"
        ),
        pager=_one_link("Ältere Meldungen"),
        printed=lambda story: german(story.day),
        dateline=lambda story: f"{story.place}, {german(story.day)} – ",
    ),
    "xinghe": House(
        encoding="gb18030",
        kind="text/html",
        listing="xwzx/",
        per_page=4,
        page=lambda n: f"index_{n - 1}.html" if n > 1 else "index.html",
        entry=lambda url, story: (
            f'<li><span>{chinese(story.day)}</span><a href="{url}" title="{escape(story.headline)}">'
            f"{escape(story.headline)}</a></li>"
        ),
        pager=_one_link("下一页"),
        printed=lambda story: f"{story.day.isoformat()} {story.hour or time():%H:%M}",
        dateline=lambda _: "",
    ),
    "brightwater": House(
        encoding="utf-8",
        kind="text/html; charset=utf-8",
        listing="newsroom/",
        per_page=4,
        page=lambda n: f"?page={n - 1}" if n > 1 else "/brightwater/newsroom/",
        entry=_card,
        pager=_one_link("Older stories"),
        printed=lambda story: english(story.day),
        dateline=lambda story: f"{story.place} – ",
    ),
}


def site(companies: Sequence[Company], base: str) -> dict[str, Answer]:
    """Give every address of the site; ``base`` is scheme, host and port without a trailing slash."""
    answers = {
        "/": _plain("".join(f'<p><a href="/{c.key}/">{escape(c.name)}</a></p>' for c in companies)),
        "/robots.txt": Answer(ROBOTS.format(base=base).encode(), "text/plain"),
    }
    for company in companies:
        home = f"/{company.key}/{HOUSES[company.key].listing}"
        answers[f"/{company.key}/"] = _plain(f'<h1>{escape(company.name)}</h1><a href="{home}">News</a>')
        answers |= details(company)
        answers |= listings(company)
        if company.key in FEEDS:
            answers |= FEEDS[company.key](company, base)
    return answers | _oddities()


def details(company: Company) -> dict[str, Answer]:
    """Lay out every story of a company."""
    house = HOUSES[company.key]
    template = Template((HERE / f"{company.key}.html").read_text(encoding="utf-8"))
    answers = {}
    for place, story in enumerate(company.stories):
        html = template.substitute(_values(company, house, place))
        modified = datetime.combine(story.day, story.hour or time(12), tzinfo=UTC)
        answers[address(company, story)] = Answer(
            html.encode(house.encoding, "xmlcharrefreplace"), house.kind, modified=modified
        )
    return answers


def _values(company: Company, house: House, place: int) -> dict[str, str]:
    story = company.stories[place]
    newer = company.stories[place - 1] if place else None
    older = company.stories[place + 1] if place + 1 < len(company.stories) else None
    others = [other for other in company.stories if other is not story][:3]
    lead = house.dateline(story) + story.body[0]
    texts = {key: escape(text) for key, text in company.texts.items() if isinstance(text, str)}
    return texts | {
        "headline": escape(story.headline),
        "subtitle": f"<h2>{escape(story.subtitle)}</h2>" if story.subtitle else "",
        "printed": house.printed(story),
        "iso": story.day.isoformat(),
        "url": address(company, story),
        "body": blocks((lead, *story.body[1:])),
        "metadata": _metadata(story) if company.key == "halden" else "",
        "related": "\n".join(f"<li>{_anchor(company, other)}</li>" for other in others),
        "previous": _anchor(company, newer),
        "following": _anchor(company, older),
        "next": address(company, older) if older else "#",
        "number": story.path.rpartition("/")[2].partition(".")[0],
    }


def listings(company: Company) -> dict[str, Answer]:
    """Lay out every page of a company's listing."""
    house = HOUSES[company.key]
    template = Template((HERE / f"{company.key}-list.html").read_text(encoding="utf-8"))
    last = max(1, -(-len(company.stories) // house.per_page))
    texts = {key: escape(text) for key, text in company.texts.items() if isinstance(text, str)}
    folder = f"/{company.key}/{house.listing}"
    answers = {}
    for n in range(1, last + 1):
        shown = company.stories[(n - 1) * house.per_page : n * house.per_page]
        entries = [house.entry(_listed(address(company, story)), story) for story in shown]
        if company.key == "halden" and n == last:
            entries += _odd_entries()
        html = template.substitute(texts, entries="\n".join(entries), pager=house.pager(n, last, house.page))
        path = house.page(n)
        path = path if path.startswith("/") else folder + path.removeprefix("./")
        answers[path] = Answer(html.encode(house.encoding, "xmlcharrefreplace"), house.kind)
    answers[folder] = answers[folder + house.page(1) if company.key == "xinghe" else folder]
    return answers


def blocks(body: Sequence[str]) -> str:
    """Turn the stories' small markup into HTML."""
    out: list[str] = []
    for text in body:
        if text.startswith("- "):
            out.append(f"<ul><li>{escape(text[2:])}</li></ul>")
        elif text.startswith("| "):
            cells = "".join(f"<td>{escape(cell.strip())}</td>" for cell in text.strip("| ").split("|"))
            out.append(f"<table><tr>{cells}</tr></table>")
        elif text.startswith("## "):
            out.append(f"<h3>{escape(text[3:])}</h3>")
        else:
            out.append(f"<p>{escape(text, quote=False)}</p>")
    return "\n".join(out).replace("</ul>\n<ul>", "\n").replace("</table>\n<table>", "\n")


def _metadata(story: Story) -> str:
    """JSON-LD, which this site has carried since May 2025 only."""
    if story.day < date(2025, 5, 1):
        return ""
    moment = datetime.combine(story.day, story.hour or time(), tzinfo=ZoneInfo("America/New_York"))
    record = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline,
        "datePublished": moment.isoformat(),
    }
    return f'<script type="application/ld+json">{json.dumps(record)}</script>'


def _anchor(company: Company, story: Story | None) -> str:
    return f'<a href="{address(company, story)}">{escape(story.headline)}</a>' if story else "没有了"


def _listed(path: str) -> str:
    return REDIRECTING if path == REDIRECTED else path


def _plain(html: str) -> Answer:
    return Answer(f"<!doctype html><title>Newsroom</title>{html}".encode())


def _odd_entries() -> list[str]:
    odd = {
        GONE: "Halden Announces Agreement Later Called Off",
        FORBIDDEN: "Draft: Halden and Competitor to Merge",
        ERROR_AS_PAGE: "Halden to Present at Industrial Technology Conference",
    }
    return [
        f'<div class="item"><time>Mar 4, 2024</time><h2><a href="{path}">{title}</a></h2></div>'
        for path, title in odd.items()
    ]


def _oddities() -> dict[str, Answer]:
    script = (
        "<!doctype html><html><head><title>Press Releases</title></head><body><div id='root'></div>"
        "<noscript>You need to enable JavaScript to run this app.</noscript>"
        "<script src='/halden/static/main.8f2c1.js'></script></body></html>"
    )
    error = "<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>"
    return {
        REDIRECTING: Answer(b"", status=301, location=REDIRECTED),
        ERROR_AS_PAGE: Answer(error.encode(), "text/html"),
        FORBIDDEN: _plain("<h1>Draft: Halden and Competitor to Merge</h1><p>Never for the public.</p>"),
        SCRIPT_ONLY: Answer(script.encode()),
    }


def revised(story: Story, *, headline: str | None, body: Sequence[str] | None) -> Story:
    """Give a story with another headline or body."""
    return replace(story, headline=headline or story.headline, body=tuple(body or story.body))
