"""Laws of title and date on pages in the manner of newsrooms, wires and platforms of many countries."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from crawler.extract.date import read_date
from crawler.extract.document import parse_html
from crawler.extract.title import read_title
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
ZH = "阿克梅公司第三座工厂今天正式投产，为船舶制造阀门。" * 12
JA = "アクメ株式会社は本日、船舶用バルブを製造する第三工場を開設しました。" * 9
KO = "아크메는 오늘 선박용 밸브를 만드는 세 번째 공장을 준공했다고 밝혔다. " * 9
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

LANGUAGES = {
    "de: dateline": Manner(
        h1() + p("BERLIN, 3. November 2026 – Acme hat sein drittes Werk eröffnet."),
        lang="de",
        certainty="dateline",
    ),
    "de: label": Manner(
        h1() + "<p>Veröffentlicht am 3. November 2026, aktualisiert am 9. November 2026</p>" + BODY, lang="de"
    ),
    "de: signed": Manner(h1() + BODY + "<p>Hamburg, den 3. November 2026</p>", lang="de"),
    "de: month first": Manner("<span>November 3, 2026</span>" + h1() + BODY, lang="de"),
    "de: weekday and hour": Manner(
        h1() + "<div>Dienstag, 3. November 2026, 08:30 Uhr</div>" + BODY, lang="de"
    ),
    "de: place, day in digits": Manner(
        h1() + p("Essen, 03.11.2026. Acme hat sein drittes Werk eröffnet."), lang="de", certainty="dateline"
    ),
    "de: press release of": Manner("<p>Pressemitteilung vom 03.11.2026</p>" + h1() + BODY, lang="de"),
    "fr: label": Manner(h1() + "<p>Publié le 3 novembre 2026 à 8h30</p>" + BODY, lang="fr"),
    "fr: dateline": Manner(
        h1() + p("Paris, le 3 novembre 2026 – Acme a ouvert sa troisième usine."),
        lang="fr",
        certainty="dateline",
    ),
    "fr: slashes": Manner(h1() + "<div>03/11/2026</div>" + BODY, lang="fr"),
    "es: dateline": Manner(
        h1() + p("Madrid, 3 de noviembre de 2026.- Acme ha abierto su tercera planta."),
        lang="es",
        certainty="dateline",
    ),
    "es: abbreviated": Manner(h1() + "<div class=fecha>03-nov-2026</div>" + BODY, lang="es"),
    "it: dateline": Manner(
        h1() + p("Milano, 3 novembre 2026 – Acme ha aperto il suo terzo impianto."),
        lang="it",
        certainty="dateline",
    ),
    "it: label": Manner("<p>Comunicato stampa del 03/11/2026</p>" + h1() + BODY, lang="it"),
    "pt: signed": Manner(h1() + BODY + "<p>Lisboa, 3 de novembro de 2026</p>", lang="pt"),
    "pt: short": Manner(h1() + "<span class=data>3 nov, 2026</span>" + BODY, lang="pt"),
    "nl: label": Manner(h1() + "<p>Gepubliceerd op 3 november 2026</p>" + BODY, lang="nl"),
    "nl: dateline": Manner(
        h1() + p("Amsterdam, 3 november 2026 - Acme heeft zijn derde fabriek geopend."),
        lang="nl",
        certainty="dateline",
    ),
    "sv": Manner(h1() + "<p>Publicerad 2026-11-03 08:30 CET</p>" + BODY, lang="sv", moment=at(7, 30)),
    "da": Manner(h1() + "<p>3. november 2026 kl. 08.30</p>" + BODY, lang="da"),
    "no": Manner(h1() + "<p>Publisert: 3. november 2026</p>" + BODY, lang="no"),
    "fi": Manner(h1() + "<p>3.11.2026 klo 9.00 EET</p>" + BODY, lang="fi", moment=at(7)),
    "pl: dateline": Manner(
        h1() + p("Warszawa, 3 listopada 2026 r. – Acme otworzyło swój trzeci zakład."),
        lang="pl",
        certainty="dateline",
    ),
    "pl: label": Manner(h1() + "<p>Data publikacji: 03.11.2026</p>" + BODY, lang="pl"),
    "zh: label": Manner(
        "<h1>阿克梅公司第三座工厂在俄亥俄州正式投产</h1>"
        "<p>发布时间：2026-11-03 10:00 来源：阿克梅 浏览：128次</p>"
        "<p>" + ZH + "</p><p>上一篇：2026-10-22 阿克梅公布业绩</p>",
        lang="zh",
        title="阿克梅公司第三座工厂在俄亥俄州正式投产",
    ),
    "zh: TRS": Manner(
        "<div class=title>阿克梅公司第三座工厂在俄亥俄州正式投产</div><p>" + ZH + "</p>",
        head="<meta name=ArticleTitle content='阿克梅公司第三座工厂在俄亥俄州正式投产'>"
        "<meta name=PubDate content='2026-11-03 10:00'>",
        lang="zh",
        title="阿克梅公司第三座工厂在俄亥俄州正式投产",
    ),
    "zh: dateline": Manner(
        "<h1>阿克梅公司第三座工厂正式投产</h1><p>成都，2026 年 11 月 3 日 —— " + ZH + "</p>",
        lang="zh",
        title="阿克梅公司第三座工厂正式投产",
        certainty="dateline",
    ),
    "zh: signed": Manner(
        "<h1>阿克梅公司第三座工厂正式投产</h1><p>" + ZH + "</p><p>阿克梅公司</p><p>2026年11月3日</p>",
        lang="zh",
        title="阿克梅公司第三座工厂正式投产",
    ),
    "ja: PR TIMES": Manner(
        "<h1>アクメ、オハイオ州に第三工場を開設</h1><p>アクメ株式会社</p>"
        "<time datetime=2026-11-03T10:00:00+09:00>2026年11月3日 10時00分</time><p>" + JA + "</p>",
        lang="ja",
        title="アクメ、オハイオ州に第三工場を開設",
        moment=at(1),
    ),
    "ja: an era": Manner(
        "<p>令和8年11月3日</p><p>アクメ株式会社</p><h1>アクメ、オハイオ州に第三工場を開設</h1><p>"
        + JA
        + "</p>",
        lang="ja",
        title="アクメ、オハイオ州に第三工場を開設",
    ),
    "ja: dots": Manner(
        "<div>2026.11.03</div><div>プレスリリース</div><h1>アクメ、オハイオ州に第三工場を開設</h1><p>"
        + JA
        + "</p>",
        lang="ja",
        title="アクメ、オハイオ州に第三工場を開設",
    ),
    "ko: label": Manner(
        "<h1>아크메, 오하이오에 세 번째 공장 준공</h1>"
        "<dl><dt>등록일</dt><dd>2026.11.03</dd><dt>조회</dt><dd>128</dd></dl><p>" + KO + "</p>",
        lang="ko",
        title="아크메, 오하이오에 세 번째 공장 준공",
    ),
    "ko: words": Manner(
        "<h1>아크메, 오하이오에 세 번째 공장 준공</h1><p>입력 2026년 11월 3일 오전 9:00</p><p>" + KO + "</p>",
        lang="ko",
        title="아크메, 오하이오에 세 번째 공장 준공",
    ),
}

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
