"""Laws of title and date on pages in the manner of newsrooms, wires and platforms of many countries."""

import pytest

from crawler.extract.date import read_date
from crawler.extract.document import parse_html
from crawler.extract.title import read_title
from tests.extract.manners import BODY, DAY, FETCHED, FRAME, PLATFORMS, RELATED, TITLE, URL, Manner, h1
from tests.extract.tongues import LANGUAGES

MANNERS = PLATFORMS | LANGUAGES


@pytest.mark.parametrize("manner", [pytest.param(each, id=name) for name, each in MANNERS.items()])
def test_a_newsrooms_page_gives_headline_and_day(manner: Manner) -> None:
    html = FRAME.format(
        lang=manner.lang, title=manner.title, head=manner.head, main=manner.main, related=RELATED
    )
    document = parse_html(html, manner.url)
    title = read_title(document, habits=manner.habits)
    found = read_date(document, fetched=FETCHED, title=title, habits=manner.habits).published
    assert title.text == manner.title
    assert found is not None
    assert (found.day, found.moment, found.certainty) == (DAY, manner.moment, manner.certainty)


@pytest.mark.parametrize(
    "main",
    [
        pytest.param("<p>Published 2 days ago</p>", id="days ago"),
        pytest.param("<p>November 2026</p>", id="a month"),
        pytest.param("<p>3 November</p>", id="a day without a year"),
        pytest.param("<p>Register by December 1, 2026</p>", id="a day to come"),
        pytest.param("<p>On view from 1 May 2026 to 3 November 2026</p>", id="a span of days"),
    ],
)
def test_a_newsrooms_page_without_a_day_gives_none(main: str) -> None:
    html = FRAME.format(lang="en", title=TITLE, head="", main=h1() + main + BODY, related=RELATED)
    document = parse_html(html, URL)
    assert read_date(document, fetched=FETCHED, title=read_title(document)).published is None
