"""Laws of finding the day a page was published."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from crawler.extract.date.read import Dated, read_date
from crawler.extract.document.parse import parse_html
from crawler.extract.title.read import read_title
from crawler.model import Habits, Link, Published

FETCHED = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = date(2026, 11, 3)
HEADLINE = "<h1>Acme Opens Its Third Plant in Ohio</h1>"
TEXT = (
    "<p>Acme today opened its third plant. It makes valves for ships, and for those who build them.</p>" * 3
)
URL = "https://www.acme.example/news/third-plant"


def dated(
    body: str, *, head: str = "", url: str = URL, link: Link | None = None, habits: Habits | None = None
) -> Dated:
    document = parse_html(f"<html lang=en-GB><head>{head}</head><body>{body}</body></html>", url)
    return read_date(document, fetched=FETCHED, title=read_title(document), link=link, habits=habits)


def ld(kind: str = "NewsArticle", **dates: str) -> str:
    return (
        f'<script type="application/ld+json">{json.dumps({"@type": kind, "headline": "x", **dates})}</script>'
    )


@pytest.mark.parametrize(
    ("head", "body", "certainty"),
    [
        pytest.param(ld(datePublished="2026-11-03"), HEADLINE + TEXT, "stated", id="JSON-LD"),
        pytest.param(
            "<meta property=article:published_time content=2026-11-03T09:00:00+01:00>",
            HEADLINE + TEXT,
            "stated",
            id="Open Graph",
        ),
        pytest.param(
            '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":'
            '{"@type":"Date","@value":"2026-11-03"}}</script>',
            HEADLINE + TEXT,
            "stated",
            id="a typed value",
        ),
        pytest.param(
            "<meta property=article:published_time content=1793692800>",
            HEADLINE + TEXT,
            "stated",
            id="seconds since 1970",
        ),
        pytest.param(
            '<script type="application/ld+json">{"@type":["Article","Review"],'
            '"datePublished":1793692800000}</script>',
            HEADLINE + TEXT,
            "stated",
            id="milliseconds of an article that is a review, too",
        ),
        pytest.param("<meta name=date content='Nov 3, 2026'>", HEADLINE + TEXT, "stated", id="meta date"),
        pytest.param("", HEADLINE + "<p>3 November 2026</p>" + TEXT, "stated", id="below the headline"),
        pytest.param("", "<p>3 November 2026</p>" + HEADLINE + TEXT, "stated", id="above the headline"),
        pytest.param(
            "",
            HEADLINE + "<p>By Jo Roe <time datetime=2026-11-03>3 days ago</time></p>" + TEXT,
            "stated",
            id="time",
        ),
        pytest.param(
            "",
            HEADLINE
            + "<p>COLUMBUS, Ohio, Nov. 3, 2026 /PRNewswire/ -- "
            + "Acme makes valves. " * 20
            + "</p>",
            "dateline",
            id="dateline",
        ),
        pytest.param(
            "",
            HEADLINE + "<p>[November 3, 2026] " + "Acme makes valves. " * 20 + "</p>",
            "dateline",
            id="brackets before the text",
        ),
        pytest.param(
            "",
            HEADLINE + TEXT + "<p>" + "Das Werk ist neu. " * 20 + "</p><p>Hamburg, den 3. November 2026</p>",
            "stated",
            id="place and date below the text",
        ),
        pytest.param(
            "",
            HEADLINE
            + "<p>on november 3, 2026, acme and ohio signed an agreement. "
            + "They smiled. " * 20
            + "</p>",
            "mentioned",
            id="first sentence",
        ),
        pytest.param(
            "",
            HEADLINE + TEXT + '<script>{"article":{"publishedAt":"2026-11-03T08:00:00Z"}}</script>',
            "stated",
            id="state of a script",
        ),
    ],
)
def test_the_day_is_found_with_its_certainty(head: str, body: str, certainty: str) -> None:
    found = dated(body, head=head).published
    assert found is not None
    assert (found.day, found.certainty) == (DAY, certainty)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        pytest.param("", HEADLINE + TEXT, id="no date at all"),
        pytest.param(
            "",
            HEADLINE
            + TEXT * 9
            + "<p>Questions?</p>" * 13
            + "<p>Date: 3 May 2020</p><p>Hm</p><p>Date: 4 May 2020</p>",
            id="letters to and fro",
        ),
        pytest.param("", HEADLINE + "<p>3 - 5 November 2026</p><p>Hall 4</p>" + TEXT, id="a span of days"),
        pytest.param("", HEADLINE + TEXT + "<p>© 3 November 2026 Acme</p>", id="a copyright line"),
        pytest.param("", HEADLINE + "<p>3 November 2027</p>" + TEXT, id="a day to come"),
        pytest.param(ld("WebPage", datePublished="2026-11-03"), HEADLINE + TEXT, id="the page's own day"),
        pytest.param(ld("Review", datePublished="2026-11-03"), HEADLINE + TEXT, id="a review's day"),
        pytest.param(ld(dateModified="2026-11-03"), HEADLINE + TEXT, id="the day of the last change"),
        pytest.param(
            "",
            HEADLINE
            + TEXT * 9
            + "".join(f"<p class=teaser>{day} November 2026</p><p>More</p>" for day in range(1, 9)),
            id="a list of other news",
        ),
        pytest.param(
            "", HEADLINE + TEXT + "<p>In 2019, on 3 May 2019, it began. " + "So it did. " * 20, id="history"
        ),
        pytest.param(
            "",
            HEADLINE + TEXT + "<p>The bonds, due May 3, 2020, are priced at 99 pct.</p>",
            id="a bond's day",
        ),
        pytest.param(
            "", HEADLINE + "<p>Acme will now have until April 1, 2021 to pay.</p>" + TEXT, id="a term"
        ),
        pytest.param(
            "",
            HEADLINE + TEXT + "<blockquote><p>Yes!</p>— Jo Roe (@joroe) May 3, 2026</blockquote>",
            id="a tweet's day",
        ),
        pytest.param("", HEADLINE + "<dd>Registered: 18 Sep 2008</dd>" + TEXT, id="a member's day"),
        pytest.param(
            "<meta property=og:type content=website><meta name=pubdate content=2026-11-03>",
            HEADLINE + TEXT,
            id="a product",
        ),
    ],
)
def test_none_beats_a_guess(head: str, body: str) -> None:
    assert dated(body, head=head).published is None


@pytest.mark.parametrize(
    ("head", "body"),
    [
        pytest.param(
            ld(datePublished="2026-11-03", dateModified="2026-11-09"),
            HEADLINE + "<p>Last updated: 9 November 2026</p>" + TEXT,
            id="the last change is printed",
        ),
        pytest.param(
            "",
            HEADLINE + "<p>3 November 2026</p>" + TEXT + "<p>Event on 9 November 2026</p>",
            id="an event follows",
        ),
        pytest.param(
            "",
            "<p>Monday, 9 November 2026</p><p>Acme</p><p>News</p>" + HEADLINE + "<p>3 Nov 2026</p>" + TEXT,
            id="today's date in the masthead",
        ),
        pytest.param(
            "<meta name=date content=2026-11-03>",
            "<header>Friday, 20.11.2026</header><p>Acme</p><p>Valves</p>" + HEADLINE + TEXT,
            id="today's date far above",
        ),
        pytest.param(
            "<meta name=date content=2026-11-03>",
            "<p>NYSE: ACM 45.20</p><p>Nov 20, 2026 4:00 PM ET</p>" + HEADLINE + TEXT,
            id="the hour of a quote above",
        ),
        pytest.param(
            "<meta name=date content=2026-11-03>",
            "".join(f"<p>{day} November 2026</p><p>Meeting</p>" for day in (5, 9, 17)) + HEADLINE + TEXT,
            id="a list of events above",
        ),
        pytest.param(
            ld(datePublished="2026-11-03"),
            HEADLINE
            + TEXT
            + "<h2>More</h2><p itemscope><time itemprop=datePublished>9 November 2026</time></p>",
            id="microdata of a teaser",
        ),
        pytest.param(
            "<meta name=date content=2026-11-03>",
            HEADLINE
            + "<p>The meeting takes place on November 10, 2026 at the head office.</p><p>So it does.</p>",
            id="an event's day in a short sentence",
        ),
        pytest.param(
            "<meta name=date content=2026-11-03>",
            HEADLINE + TEXT + "<h2>More</h2><div>9 November 2026</div><a href=/a>Acme Names a Chair</a>",
            id="another story's day below a short text",
        ),
        pytest.param(
            "",
            HEADLINE
            + "<p>Shr 33 cts vs 28 cts</p>" * 3
            + "<p>Net 3,722,000 vs 3,103,000</p>" * 6
            + "<p>Sales rose to 33 mln from 31 mln dlrs, and the firm expects more in the next year.</p>"
            + "<p>Net 3,722,000 vs 3,103,000</p>" * 2
            + "<p>Toronto, ON, 3 November 2026</p>",
            id="place and date below short lines",
        ),
        pytest.param(
            "",
            HEADLINE + "<p>Von Jo Roe</p><p>wurde am 3. November 2026 um 9:03 Uhr gepostet</p>" + TEXT,
            id="a verb behind it",
        ),
        pytest.param(
            "",
            HEADLINE + TEXT + "<p class=date>November 3, 2026. <i>Updated: November 9, 2026</i></p>",
            id="the day of a change behind it",
        ),
        pytest.param(
            "<meta name=date content='11/03/2026 12:43:42'>",
            HEADLINE + TEXT + "<p>Erstellt am: 03.11.2026</p>",
            id="slashes in metadata that print explains",
        ),
        pytest.param(
            "",
            HEADLINE + "<time datetime=03-11-2026>03-11-2026</time>" + TEXT,
            id="dashes on an English page",
        ),
        pytest.param(
            ld(datePublished="2026-11-03", dateModified="2026-11-09"),
            HEADLINE + "<p>Updated on <time datetime=2026-11-09>November 9, 2026</time></p>" + TEXT,
            id="the machine's form of the last change",
        ),
        pytest.param(
            "",
            HEADLINE + TEXT * 9 + "<p>Questions?</p>" * 13 + "<p>Published: 3 November 2026</p>",
            id="the only line that says so, far from the text",
        ),
        pytest.param(
            "",
            HEADLINE
            + TEXT
            + "<footer><span property='schema:dateCreated dc:date' content=2026-11-03></span>",
            id="RDFa in a footer",
        ),
        pytest.param(
            "",
            HEADLINE + TEXT + "<footer><time datetime=2026-11-03T08:00>3 days ago</time></footer>",
            id="a time in a footer",
        ),
        pytest.param(
            "", HEADLINE + TEXT + "<div data-pubdate=2026-11-03 data-lastmod=2026-11-09>", id="analytics"
        ),
        pytest.param(
            "",
            HEADLINE + "<p>Foto: © Jo Roe - Dienstag, 03.11.2026, 11:17 Uhr</p>" + TEXT,
            id="a photographer's ©",
        ),
        pytest.param(
            ld(datePublished="2026-11-02T23:00:00Z"),
            HEADLINE + "<p>3 November 2026</p>" + TEXT,
            id="a day of UTC",
        ),
        pytest.param(
            ld(datePublished="2026-11-03"),
            HEADLINE + "<p>11/03/2026</p>" + TEXT,
            id="digits that metadata explains",
        ),
        pytest.param(
            "",
            HEADLINE + "<p>11/03/2026</p>" + TEXT + "<p class=x>10/30/2026</p>",
            id="digits that others explain",
        ),
    ],
)
def test_the_day_of_publication_wins_over_other_days(head: str, body: str) -> None:
    found = dated(body, head=head).published
    assert found is not None
    assert found.day == DAY


@pytest.mark.parametrize(
    ("head", "day"),
    [
        pytest.param(ld("Article", datePublished="2019-03-05"), DAY, id="a guide kept up"),
        pytest.param(
            "<meta property=article:published_time content=2019-03-05>",
            date(2019, 3, 5),
            id="a text that Open Graph dates",
        ),
        pytest.param(
            ld("Article", datePublished="2026-10-30"), date(2026, 10, 30), id="an announcement soon mended"
        ),
    ],
)
def test_the_day_of_a_change_counts_for_a_guide_kept_up_and_not_for_an_announcement(
    head: str, day: date
) -> None:
    head += "<meta property=article:modified_time content=2026-11-03>"
    found = dated(HEADLINE + "<p>Updated: 3 November 2026</p>" + TEXT, head=head).published
    assert found is not None
    assert found.day == day


def test_the_day_of_the_last_change_counts_where_a_page_tells_of_no_other() -> None:
    far = HEADLINE + TEXT * 9 + "<p>Questions?</p>" * 13
    found = dated(far + "<p>Page last updated: 3 November 2026</p>").published
    assert found is not None
    assert found.day == DAY
    changed = ld(dateModified="2026-11-03")
    assert dated(far + "<p>Last updated: 3 November 2026</p>", head=changed).published is None
    both = "<p>Last updated: 3 November 2026</p><p>Hm</p><p>Last updated: 4 November 2026</p>"
    assert dated(far + both).published is None


@pytest.mark.parametrize(
    ("head", "path"),
    [
        pytest.param(ld("Article", datePublished="2026-11-03"), "/how-to-fit-a-valve", id="told once"),
        pytest.param(
            ld("Article", datePublished="2026-11-03")
            + "<meta property=article:published_time content=2026-11-03>",
            "/services/fitting",
            id="a service's folder",
        ),
        pytest.param(
            "<meta property=article:published_time content=2026-11-03>", "/valve-services/", id="a service"
        ),
        pytest.param(
            "<meta name=cdc:last_published content=2026-11-03>", "/how-to-fit-a-valve", id="last published"
        ),
    ],
)
def test_a_day_that_nothing_prints_needs_more_than_one_word_for_it(head: str, path: str) -> None:
    url = "https://www.acme.example" + path
    assert dated(HEADLINE + TEXT, head=head, url=url).published is None
    assert dated(HEADLINE + "<p>3 November 2026</p>" + TEXT, head=head, url=url).published is not None


def test_a_dateline_without_a_year_is_of_the_addresss_year() -> None:
    body = (
        HEADLINE
        + "<p>COLUMBUS, Ohio, Nov. 3 /PRNewswire-FirstCall/ -- "
        + "Acme makes valves. " * 20
        + "</p>"
    )
    found = dated(body, url="https://www.acme.example/news/2026/plant.html").published
    assert found is not None
    assert (found.day, found.certainty) == (DAY, "dateline")
    assert dated(body).published is None


def test_the_listings_word_counts() -> None:
    link = Link(URL, published=Published(DAY, None, "listing", "stated"))
    found = dated(HEADLINE + TEXT, link=link).published
    assert found is not None
    assert (found.day, found.rule) == (DAY, "link")


def test_an_hour_without_a_zone_gives_an_instant_only_where_the_sources_zone_is_known() -> None:
    body = HEADLINE + "<p>3 November 2026, 08:00</p>" + TEXT
    plain = dated(body).published
    known = dated(body, habits=Habits(zone="America/New_York")).published
    assert plain is not None
    assert known is not None
    assert (plain.moment, known.moment) == (None, datetime(2026, 11, 3, 13, tzinfo=UTC))


def test_an_instant_is_on_the_day_of_the_sources_zone() -> None:
    found = dated(
        HEADLINE + TEXT, head=ld(datePublished="2026-11-04T03:00:00Z"), habits=Habits(zone="America/New_York")
    )
    assert found.published is not None
    assert found.published.day == DAY


def test_the_learned_order_of_digits_wins() -> None:
    found = dated(HEADLINE + "<p>11/03/2026</p>" + TEXT, habits=Habits(date_order="mdy")).published
    assert found is not None
    assert found.day == DAY


def test_the_day_after_the_fetch_is_not_yet_the_future() -> None:
    tomorrow = FETCHED.date() + timedelta(days=1)
    found = dated(HEADLINE + f"<p>{tomorrow:%d %B %Y}</p>" + TEXT).published
    assert found is not None
    assert found.day == tomorrow


def test_candidates_tell_their_evidence_best_first() -> None:
    found = dated(
        HEADLINE + "<p>3 November 2026</p>" + TEXT + "<p>9 November 2025</p>",
        head=ld(datePublished="2026-11-03"),
    )
    assert [each.day for each in found.candidates] == [DAY, date(2025, 11, 9)]
    assert found.candidates[0].rule == "json-ld datePublished + printed"
    assert found.candidates[0].score > found.candidates[1].score


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<time datetime='2026'>",
        "<p>2026-11-03" * 500,
        "<h1>3.3.2026" + "<br>4.4.2026" * 2000,
        "1/" * 20_000,
    ],
    ids=["nothing", "a year", "many blocks", "many lines", "slashes"],
)
def test_any_page_is_read_without_an_error(page: str) -> None:
    assert len(dated(page).candidates) <= 12
