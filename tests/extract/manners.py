"""Pages in the manner of platforms and wires, with what is to be read there.  Data."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from crawler.model import Certainty, Habits

FETCHED = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = date(2026, 11, 3)
TITLE = "Acme Opens Its Third Plant in Ohio"
PROSE = "The plant makes valves for ships and for those who build them, and 240 people work there. " * 3
URL = "https://www.acme.example/news/third-plant"
RELATED = (
    "<section class='related-news'><h2>More news</h2>"
    "<a href=/a><h3>Acme Names a New Chair</h3></a><time>November 12, 2026</time>"
    "<a href=/b><h3>Acme Reports Its Results</h3></a><time>October 22, 2026</time>"
    "<a href=/c><h3>Acme Sells Its First Plant</h3></a><time>October 2, 2026</time></section>"
)
FRAME = (
    "<!doctype html><html lang={lang}><head><title>{title} | Acme</title>{head}</head><body>"
    "<nav><a href=/>Home</a><a href=/news>News</a></nav>{main}{related}"
    "<footer>© 2026 Acme. All rights reserved.</footer></body></html>"
)


@dataclass(frozen=True)
class Manner:
    """A page in somebody's manner, and what is to be read there besides the headline and the day."""

    main: str
    head: str = ""
    lang: str = "en"
    url: str = URL
    title: str = TITLE
    moment: datetime | None = None
    certainty: Certainty = "stated"
    habits: Habits | None = None


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 3, hour, minute, tzinfo=UTC)


def h1(text: str = TITLE) -> str:
    return f"<h1>{text}</h1>"


def p(text: str) -> str:
    return f"<p>{text} {PROSE}</p><p>{PROSE}</p>"


BODY = p("Acme today opened its third plant.")

PLATFORMS = {
    "Q4": Manner(
        "<h1>Press Release Details</h1><span class=evergreen-news-date-text>11/03/2026</span>"
        f"<h3 class='evergreen-item-detail-title evergreen-news-title'>{TITLE}</h3>"
        f"<div class=evergreen-news-body>{BODY}</div>",
        lang="en-US",
    ),
    "Q4, before 2020": Manner(
        "<h1><span>News Details</span></h1><span class=module_date-text>Nov 3, 2026</span>"
        f"<span id=_ctrl0_ctl57_lblModuleDetailHeadline>{TITLE}</span><div class=module_body>{BODY}</div>"
    ),
    "Nasdaq IR": Manner(
        f"<h1>News Release Details</h1><div class=field--name-field-nir-news-title><h2>{TITLE}</h2></div>"
        f"<div class=field--name-field-nir-news-date>November 3, 2026 at 4:01 PM EST</div>{BODY}",
        moment=at(21, 1),
    ),
    "Nasdaq IR with metadata": Manner(
        f"<h2>{TITLE}</h2><div class=field--name-field-nir-news-date>November 3, 2026</div>{BODY}",
        head="<meta property=article:published_time content=2026-11-03T16:01:00-05:00>",
        moment=at(21, 1),
    ),
    "Equisolve": Manner(
        f"<h1 class=article-heading>{TITLE}</h1><div class=related-documents-line>PDF Version</div>"
        "<time datetime=2026-11-03T09:00:00 class=spr-ir-news-article-date>Nov 03, 2026</time>"
        f"<article class=full-news-article>{BODY}</article>"
    ),
    "PR Newswire": Manner(
        f"<header class=release-header><h1>{TITLE}</h1><p class=subtitle>A good day for Ohio</p>"
        "<a href=/news/acme>Acme Corp.</a><p class=mb-no>Nov 03, 2026, 08:00 ET</p></header>"
        "<section class='release-body container '>"
        + p("COLUMBUS, Ohio, Nov. 3, 2026 /PRNewswire/ -- Acme today opened its third plant.")
        + "<p>SOURCE Acme Corp.</p></section>",
        moment=at(13),
    ),
    "GlobeNewswire": Manner(
        f"<h1 class=article-headline>{TITLE}</h1><span>November 03, 2026 08:00 ET | "
        "<span>Source: Acme Corp.</span></span>"
        + p("COLUMBUS, Ohio, Nov. 03, 2026 (GLOBE NEWSWIRE) -- Acme (Nasdaq: ACME) opened its third plant."),
        url="https://www.globenewswire.com/news-release/2026/11/03/3178331/0/en/plant.html",
        moment=at(13),
    ),
    "Business Wire": Manner(
        h1()
        + "<div class=bw-release-timestamp>November 03, 2026 08:00 AM Eastern Standard Time</div>"
        + p("COLUMBUS, Ohio--(BUSINESS WIRE)--Acme® today opened its third plant."),
        url="https://www.businesswire.com/news/home/20261103005069/en/plant",
        moment=at(13),
    ),
    "Business Wire's copy": Manner(
        h1() + p("COLUMBUS, Ohio--(BUSINESS WIRE)--Nov. 3, 2026-- Acme today opened its third plant."),
        certainty="dateline",
    ),
    "Newsfile": Manner(
        h1() + p("Toronto, Ontario--(Newsfile Corp. - November 3, 2026) - Acme opened its third plant."),
        certainty="dateline",
    ),
    "ACCESS Newswire": Manner(
        h1() + p("VANCOUVER, BC / ACCESS Newswire / November 3, 2026 / Acme opened its third plant."),
        certainty="dateline",
    ),
    "EQS": Manner(
        "<h1>EQS-News: Acme AG eröffnet sein drittes Werk</h1><p>Acme AG / Schlagwort(e): Expansion</p>"
        "<p>03.11.2026 / 08:30 CET/CEST</p>"
        "<p>Für den Inhalt der Mitteilung ist der Emittent / Herausgeber verantwortlich.</p>" + BODY,
        lang="de",
        title="EQS-News: Acme AG eröffnet sein drittes Werk",
        moment=at(7, 30),
    ),
    "EQS's own site": Manner(
        "<p class=news__date>3. November 2026</p><span class=news__time>08:30</span>" + h1() + BODY,
        lang="de",
    ),
    "Cision": Manner(h1() + "<p>Tue, Nov 03, 2026 08:30 CET</p>" + BODY, moment=at(7, 30)),
    "MFN": Manner("<span class=publish-date>2026-11-03 08:30:00</span>" + h1() + BODY, lang="sv"),
    "RNS": Manner(
        h1()
        + "<p>RNS Number : 1234A</p><p>Acme PLC</p><p>03 November 2026</p>"
        + p("Acme PLC (LSE: ACM), the maker of valves, today opened its third plant.")
    ),
    "WordPress": Manner(
        h1() + "<p>Posted on November 3, 2026 by press</p>" + BODY + "<p>Updated on November 9, 2026</p>",
    ),
    "HubSpot": Manner(h1() + "<div class=blog-post__timestamp>Nov 3, 2026 8:00:00 AM</div>" + BODY),
    "Drupal": Manner(
        h1() + "<div>Submitted by press on Tue, 11/03/2026 - 08:00</div>" + BODY,
    ),
    "ASP.NET": Manner(h1() + "<span id=ctl00_lblDate>11/3/2026 8:00:00 AM</span>" + BODY, lang="en-US"),
    "AEM": Manner("<div class='cmp-text date'>03 Nov 2026</div>" + h1() + BODY),
    "Next.js": Manner(
        h1() + BODY + '<script id=__NEXT_DATA__>{"page":{"publishDate":"2026-11-03T08:00:00Z"}}</script>',
        moment=at(8),
    ),
    "boxes for day, month and year": Manner(
        "<div class=date><div class=day>03</div><div class=month>Nov</div><div class=year>2026</div></div>"
        + h1()
        + BODY
    ),
    "JSON-LD graph": Manner(
        h1() + BODY,
        head='<script type="application/ld+json">{"@graph":[{"@type":"WebPage","datePublished":'
        '"2026-10-01"},{"@type":"NewsArticle","headline":"Acme Opens Its Third Plant in Ohio",'
        '"datePublished":"2026-11-03T08:00:00-05:00","dateModified":"2026-11-09"}]}</script>',
        moment=at(13),
    ),
    "RFC 2822 in a meta element": Manner(
        h1() + BODY, head="<meta name=date content='Tue, 03 Nov 2026 08:00:00 GMT'>", moment=at(8)
    ),
    "only the address": Manner(h1() + BODY, url="https://www.acme.example/news/2026/11/03/third-plant"),
    "for immediate release": Manner(
        "<p>FOR IMMEDIATE RELEASE: November 3, 2026</p>" + h1() + BODY,
    ),
    "an embargo": Manner(
        "<p>EMBARGOED UNTIL 08:00 GMT, 3 November 2026</p>" + h1() + BODY,
    ),
    "a quarter in the headline": Manner(
        h1("Acme Reports Results for the Quarter Ended September 30, 2026")
        + p("COLUMBUS, Ohio, Nov. 3, 2026 -- Acme today reported its results for September 30, 2026."),
        title="Acme Reports Results for the Quarter Ended September 30, 2026",
        certainty="dateline",
    ),
    "an event to come": Manner(
        h1("Acme to Report on November 10, 2026")
        + "<p>November 3, 2026</p>"
        + p("Acme will report on Tuesday, November 10, 2026, at 8:00 a.m. ET."),
        title="Acme to Report on November 10, 2026",
    ),
    "an event that began": Manner(
        h1()
        + p("COLUMBUS, Ohio, Nov. 3, 2026 -- Acme shows its valves from November 5 to November 7, 2026."),
        certainty="dateline",
    ),
    "published and updated": Manner(
        h1() + "<p>Published 3 Nov 2026 | Last updated 9 Nov 2026</p>" + BODY,
    ),
    "updated first": Manner(
        h1() + "<p>Last updated: 9 November 2026. First published: 3 November 2026</p>" + BODY,
    ),
    "the wire's name before the day": Manner(
        h1() + p("COLUMBUS (Business Wire) -- 2026-11-03 -- Acme today opened its third plant."),
        certainty="dateline",
    ),
    "brackets": Manner(
        h1() + p("[November 3, 2026] Acme today opened its third plant."), certainty="dateline"
    ),
    "a short year": Manner("<div class=news-date>03.11.26</div>" + h1() + BODY, lang="de"),
    "the source's order": Manner(
        "<div>11/03/2026</div>" + h1() + BODY, lang="en-GB", habits=Habits(date_order="mdy")
    ),
    "the source's zone": Manner(
        h1() + "<p>November 3, 2026 8:00 AM</p>" + BODY,
        habits=Habits(zone="America/Chicago"),
        moment=at(14),
    ),
}
