"""Pages that nobody means to be read: each is one attack on a reader's time, memory or nerves."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Final

URL: Final = "https://acme.example/news/2026/03/01/acme-opens-plant"
LONG: Final = 200_000  # characters of a field; a square of it is forty thousand million steps
PARAGRAPH: Final = (
    "<p>BERLIN, March 1, 2026 – Acme today opened a plant in Berlin that makes zymurgometers for brewers in "
    "forty countries of the world, and more are to follow in the course of the year.</p>"
)


@dataclass(frozen=True, slots=True)
class Monster:
    """One page."""

    name: str
    make: Callable[[], bytes]
    #: Content-Type header, or None.
    kind: str | None = None
    url: str = URL


def page(body: str, head: str = "") -> bytes:
    html = f"<!doctype html><html lang=en><head>{head}</head><body>{body}</body></html>"
    return html.encode("utf-8", "surrogatepass")


def _nested(tag: str, levels: int = 100_000) -> bytes:
    return page(f"<{tag}>" * levels + "text" + f"</{tag}>" * levels + PARAGRAPH)


def _crowded(attributes: int, form: str, tags: int) -> str:
    """Write tags with as many different attributes as one may have before it is cut to its name."""
    return f"<p {' '.join(map(form.format, range(attributes)))}>t" * tags


def jsonld(text: str) -> bytes:
    return page(
        f"<h1>Acme opens a plant in Berlin</h1>{PARAGRAPH}",
        f'<script type="application/ld+json">{text}</script>',
    )


SIZES: Final[dict[str, Callable[[], bytes]]] = {
    "20 MB of paragraphs": lambda: page(PARAGRAPH * (20_000_000 // len(PARAGRAPH))),
    "20 MB of text": lambda: b"Acme opens a plant. " * 1_000_000,
    "20 MB of opening brackets": lambda: b"<" * 20_000_000,
    "20 MB of one comment": lambda: page("<!--" + "-" * 20_000_000),
    "20 MB of entities": lambda: page("<p>" + "&amp;" * 4_000_000),
    "20 MB of unfinished tags": lambda: page("<p " * 6_600_000),
    "20 MB of scripts": lambda: page("<script>a</script>" * 1_100_000),
    "20 MB of a script never closed": lambda: page("<script>" + "a<b " * 5_000_000),
    "20 MB of metas": lambda: page("", '<meta name=date content="2026-03-01">' * 540_000),
    "20 MB of dates": lambda: page("<p>" + "March 1, 2026. " * 1_300_000),
    "20 MB of times": lambda: page("<time datetime=2026-03-01>1 March</time>" * 500_000),
    "20 MB of times in a footer": lambda: page(
        PARAGRAPH + "<footer>" + "<time datetime=2026-03-01>1 March</time>" * 500_000
    ),
    "20 MB of data attributes": lambda: page(PARAGRAPH + "<footer data-pub-date=" + "data-pub-" * 2_200_000),
    "20 MB of RDFa": lambda: page(PARAGRAPH + "<footer>" + "<b property='a:date " * 1_000_000),
    "20 MB of links": lambda: page("<li><a href=/a>Acme opens a plant in Berlin</a></li>" * 400_000),
    "20 MB of table cells": lambda: page("<table><tr>" + "<td>1" * 4_000_000),
    "20 MB of headings": lambda: page("<h1>Acme opens a plant in Berlin</h1>" * 540_000),
    "20 MB of breaks": lambda: page("<p>" + "a<br>" * 4_000_000),
    "20 MB of Chinese": lambda: page("<p>" + "公司今天在柏林开设了一家工厂。" * 450_000),
    "100,000 nested blocks": partial(_nested, "div"),
    "100,000 nested spans": partial(_nested, "span class=date"),
    "100,000 nested bolds": partial(_nested, "b"),
    "100,000 nested lists": partial(_nested, "ul><li"),
    "100,000 nested tables": partial(_nested, "table><tr><td"),
    "100,000 nested unknowns": partial(_nested, "x-card"),
    "100,000 nested links": partial(_nested, "a href=/x"),
    "100,000 nested forms and buttons": partial(_nested, "form><button"),
    "a million attributes of one tag": lambda: page(
        "<p " + " ".join(f"a{n}=1" for n in range(1_000_000)) + ">text</p>" + PARAGRAPH
    ),
    "a million attributes of the body": lambda: b"<body " + b"a=1 " * 1_000_000 + b">" + PARAGRAPH.encode(),
    "a million attributes of many tags": lambda: page("<p a b c d e f g h i j>t" * 100_000 + PARAGRAPH),
    "4 MB of attributes": lambda: page(_crowded(640, "a{:x}", 1_300) + PARAGRAPH),
    "4 MB of attributes in short tags": lambda: page(_crowded(26, "a{:x}", 43_000) + PARAGRAPH),
    "4 MB of quoted attributes": lambda: page(_crowded(450, "a{:x}='<>'", 1_000) + PARAGRAPH),
    "one attribute of 5 MB": lambda: page(f'<p class="{"date " * 1_000_000}">{PARAGRAPH}'),
    "a million empty tags": lambda: page("<p>" * 1_000_000 + PARAGRAPH),
    "a million closing tags": lambda: page("</p>" * 1_000_000 + PARAGRAPH),
    "a single line of 5 MB": lambda: page("<p>" + "Acme opens a plant, and more are to follow. " * 115_000),
    "a single word of 5 MB": lambda: page("<p>" + "a" * 5_000_000),
    "5 MB of spaces": lambda: page("<p>a" + " " * 5_000_000 + "b" + PARAGRAPH),
    "5 MB of line breaks": lambda: page("<pre>" + "\n" * 5_000_000 + PARAGRAPH),
    "a million NUL bytes": lambda: b"\0" * 1_000_000,
    "NUL bytes between all others": lambda: b"\0".join(bytes([byte]) for byte in page(PARAGRAPH)),
    "truncated UTF-8": lambda: page("<h1>Acme eröffnet Werk</h1>" + PARAGRAPH + "ü")[:-16] + b"\xc3",
    "every byte": lambda: page(PARAGRAPH) + bytes(range(256)) * 1_000,
    "lone surrogates": lambda: page(
        "<h1>Acme \ud800 opens</h1>" + PARAGRAPH + "&#xd800;&#xdfff;&#x110000;&#0;"
    ),
    "noncharacters": lambda: page("<h1>Acme \ufdd0\ufdd1\ufdd2\uffff opens</h1>" + PARAGRAPH * 3),
    "an empty page": lambda: b"",
    "half a tag": lambda: b"<",
    "half a doctype": lambda: b"<!doctype html PUBLIC '",
    "a processing instruction without end": lambda: b"<?xml " + b"version='1.0' " * 300_000,
}

#: Bodies of ld+json.
JSONLD: Final[dict[str, Callable[[], str]]] = {
    "nested lists": lambda: "[" * 100_000,
    "nested lists, closed": lambda: "[" * 100_000 + "]" * 100_000,
    "nested objects": lambda: '{"@graph":' * 30_000 + "1" + "}" * 30_000,
    "nested objects at the limit": lambda: '{"@graph":' * 900 + "1" + "}" * 900,
    "nested lists at the limit": lambda: "[" * 900 + '{"headline": "a"}' + "]" * 900,
    "many objects": lambda: json.dumps([{"@type": "NewsArticle", "datePublished": "2026-03-01"}] * 7_000),
    "many keys": lambda: json.dumps({f"k{n}": {"@type": "NewsArticle"} for n in range(10_000)}),
    "a number of many digits": lambda: '{"@type": "NewsArticle", "datePublished": ' + "1" * 300_000 + "}",
    "numbers that are none": lambda: '{"@type": "NewsArticle", "datePublished": NaN, "headline": -Infinity}',
    "a number too large": lambda: '{"@type": "NewsArticle", "datePublished": 1e999, "headline": 1e308}',
    "a string without end": lambda: '{"@type": "NewsArticle", "headline": "' + "a\n" * 150_000,
    "backslashes": lambda: '{"headline": "' + "\\" * 300_001 + '"}',
    "line breaks in strings": lambda: '{"headline": "' + '\n"\n' * 100_000 + '"}',
    "commas": lambda: "{" + "," * 300_000 + "}",
    "3 MB": lambda: json.dumps({"@type": "NewsArticle", "articleBody": "Acme. " * 500_000}),
    "surrogates": lambda: r'{"@type": "NewsArticle", "headline": "\ud800\udfff\ud800 Acme opens a plant"}',
}
#: Values of the wrong type, wherever JSON-LD is asked for a text.
WRONG: Final = (
    "null",
    "true",
    "7",
    "[]",
    "{}",
    '[["a"]]',
    '{"@value": {"@value": 1}}',
    '[null, {"a": []}]',
    '""',
)

#: What backtracking, folding and counting are slowest with, repeated to LONG.
KILLERS: Final = (
    "a", "A", " ", "\n", "\t ", "\u2003", "1", "1 ", "0", "-", "- ", " - ", " | ", "|", "/", "1/", "./",
    ":", "(", "((((((((((((((((((", ")", '"', "'", "[", "…", "...", ".", ".,", ",", ", ", "&", "@",
    "#", "*", "_", "=", "\\", "2026-", "2026-03-01", "2026-03-01T", "20260301", "1.1.", "11/11/",
    "Jan ", "Jan. 1, ", "March 1, 2026 ", "1 March ", "March 1, 2026 10:00 ", "10:00 ", "10:00:00.",
    "+01:00", "Mai ", "1. Mai ", "de ", "2026年", "1月", "令和", "2026년 ", "年1月",
    "PRNewswire/ ", "/PRNewswire/ -- ", "(BUSINESS WIRE)", "BERLIN, ", "Berlin, Germany ", "-- ",
    "About ", "SOURCE ", "30 ", "http://", "https://a.example/", "www.", "%41", "%", "a.b.", "a-b-",
    "AbCd", "a\u0301", "\u0301", "ﷺ", "İ", "ß", "ｱﾞ", "\u00ad", "\u200b", "\ufeff", "\u202e",
    "embargo ", "registered ", "(@a) ", "4-a", "1-Apr-", "a 12\n", "Acme, ", "press release: ", "3. r. ",
    "公司", "がぎ", "한국", "שלום ", "the of and ", "der die und ", "403 ", "not found ",
    "&lt;",
)  # fmt: skip


def ridden(text: str) -> bytes:
    """Put a text into every field of a page that a reader looks at."""
    quoted = escape(text)
    record = json.dumps(
        {
            "@type": "NewsArticle",
            "headline": text,
            "alternativeHeadline": text,
            "datePublished": text,
            "dateModified": text,
            "publisher": {"name": text},
        }
    )
    names = (
        "date",
        "article:published_time",
        "pubdate",
        "og:title",
        "og:site_name",
        "og:url",
        "twitter:title",
        "author",
    )
    head = (
        f"<title>{quoted}</title>"
        + "".join(f'<meta property="{name}" content="{quoted}">' for name in names)
        + f'<link rel=canonical href="{quoted}">'
        + f'<script type="application/ld+json">{record}</script>'
    )
    body = (
        f'<div class="{quoted}" id="{quoted}" itemprop="headline">{quoted}</div><h1>{quoted}</h1>'
        f'<span class="date">{quoted}</span><time datetime="{quoted}">{quoted}</time>'
        f'<h2 class="subtitle">{quoted}</h2><ul><li><a href="{quoted}">{quoted}</a></li></ul>'
        f"<table><tr><td>{quoted}</td><td>{quoted}</td></tr></table>{PARAGRAPH}<p>{quoted}</p><pre>{quoted}</pre>"
    )
    return page(body, head)


def wrong(value: str) -> bytes:
    """Put a value of the wrong type into every field of JSON-LD that a reader looks at."""
    record = (
        f'{{"@type": {value}, "@graph": [{value}], "headline": {value}, "name": {value}, "url": {value}}}'
    )
    article = (
        f'{{"@type": "NewsArticle", "headline": {value}, "datePublished": {value}, "publisher": {value}}}'
    )
    return jsonld(f"[{record}, {article}]")


#: Encodings that a page may call its own, though they are none for pages.
CHARSETS: Final = (
    "utf-16",
    "utf-32",
    "utf-7",
    "idna",
    "punycode",
    "unicode_escape",
    "zlib",
    "rot13",
    "hex",
    "\0",
    "none",
)


def monsters() -> Iterator[Monster]:
    """Give all pages, each made when it is asked for."""
    for name, make in SIZES.items():
        yield Monster(name, make)
    for name, record in JSONLD.items():
        yield Monster(f"JSON-LD: {name}", partial(lambda record: jsonld(record()), record))
    for value in WRONG:
        yield Monster(f"JSON-LD: {value} for a text", partial(wrong, value))
    for charset in CHARSETS:
        yield Monster(f"charset {charset!r}", partial(page, PARAGRAPH * 2), f"text/html; charset={charset}")
        yield Monster(
            f"charset {charset!r} of a meta", partial(page, PARAGRAPH * 2, f'<meta charset="{charset}">')
        )
    for killer in KILLERS:
        text = killer * (LONG // len(killer))
        yield Monster(f"{killer!r} in every field", partial(ridden, text))
        yield Monster(f"{killer!r} in the address", partial(page, PARAGRAPH), url=URL + text[:1_900])
