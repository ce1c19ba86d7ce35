"""Listing pages in the shapes that newsrooms print, invented after their documentation: one"
" furniture, many lists."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

#: Headline, slug and day of the releases that every shape lists.
RELEASES = (
    ("Acme Corp. Opens Its Second Plant in Graz", "acme-opens-second-plant-in-graz", date(2026, 11, 3)),
    (
        "Acme Reports Third Quarter 2026 Results",
        "acme-reports-third-quarter-2026-results",
        date(2026, 10, 28),
    ),
    ("Acme and Globex Agree to Merge", "acme-and-globex-agree-to-merge", date(2026, 9, 14)),
    ("Jane Doe Joins the Board of Acme", "jane-doe-joins-the-board", date(2026, 8, 30)),
    ("Acme’s Anvil Wins Safety Prize", "acmes-anvil-wins-safety-prize", date(2026, 6, 5)),
    ("Acme Announces Dividend of $0.25 per Share", "acme-announces-dividend", date(2026, 5, 19)),
)

MENU = """<header><a href="/"><img alt="Acme"></a><div class="top"><ul>
<li><a href="/products/anvils-for-every-need">Anvils for every need</a></li>
<li><a href="/company/our-history-since-1949">Our history since 1949</a></li>
<li><a href="/news">News</a></li><li><a href="/events">Events and webcasts</a></li>
<li><a href="/careers/working-at-acme">Working at Acme Corporation</a></li></ul></div></header>
<div class="crumbs"><a href="/">Home</a> / <a href="/company">Company</a> / News</div>"""

ASIDE = """<div class="side"><h3>Upcoming events</h3><ul>
<li><a href="/events/capital-markets-day">Capital Markets Day in Vienna</a> <span>December 1, 2026</span></li>
<li><a href="/events/fourth-quarter-call">Fourth quarter earnings call</a>
<span>February 4, 2027</span></li></ul>
<h3>Press contact</h3><p><a href="mailto:press@example.com">press@example.com</a></p>
<ul class="tags"><li><a href="/news/category/products">Product announcements of Acme</a></li>
<li><a href="/news/category/finance">Financial news and reports</a></li></ul></div>"""

FOOTER = """<footer><ul><li><a href="/privacy-policy-and-cookies">Privacy policy and cookies</a></li>
<li><a href="/terms-of-use-of-this-site">Terms of use of this site</a></li>
<li><a href="https://www.linkedin.com/company/acme">LinkedIn</a></li></ul>
<p>© 2026 Acme Corp. Last updated November 3, 2026</p></footer>"""

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def us(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def short(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


@dataclass(frozen=True, slots=True)
class Shape:
    name: str
    #: Gives the markup of the list for (title, slug, day) rows.
    draw: Callable[[], str]
    url: str = "https://www.example.com/news/"
    next_page: str | None = None
    dated: bool = True


def rows(template: Callable[[str, str, date], str]) -> str:
    return "\n".join(template(*each) for each in RELEASES)


def page(shape: Shape) -> str:
    main = f"<div class='wrap'><h1>News releases</h1>{shape.draw()}</div>"
    head = "<head><title>News | Acme</title></head>"
    return f"<html lang='en'>{head}<body>{MENU}{main}{ASIDE}{FOOTER}</body></html>"


def _nir() -> str:
    """A table of a Drupal investor site: date column, headline, one PDF link."""
    return (
        "<table class='nirtable'><tr><th>Date</th><th>Title</th><th></th></tr>"
        + rows(
            lambda t, s, d: (
                f"<tr><td><div>{d:%m/%d/%y}</div></td><td><a"
                f" href='/news-releases/news-release-details/{s}'>{t}</a></td>"
                f"<td><a href='/static-files/{s}-uuid'><img alt='PDF'></a> <span>120 KB</span></td></tr>"
            )
        )
        + "</table>"
    )


def _three_anchors() -> str:
    """An investor platform: picture, headline and button lead to one release; a PDF beside them."""
    return rows(
        lambda t, s, d: (
            f"<div class='item'><a href='/news/detail/12/{s}'><img src='x.png' alt=''></a><div>"
            f"<time datetime='{d}T09:00:00'>{us(d)}</time><h3><a href='/news/detail/12/{s}'>{t}</a></h3>"
            f"<p>VIENNA, {us(d)} (GLOBE NEWSWIRE) -- Acme Corp. (NYSE: ACME), maker of anvils, today"
            f" said so.</p>"
            f"<a href='/news/detail/12/{s}'>Read More</a> <a href='/news/detail/12/{s}/pdf'>PDF</a>"
            f"</div></div>"
        )
    )


def _wire_company() -> str:
    """A wire's company page: the date is glued to the headline within the link."""
    return rows(
        lambda t, s, d: (
            f"<div class='row'><a class='release' href='/news-releases/{s}-301234567.html'>"
            f"<h3><small>{MONTHS[d.month - 1][:3]} {d.day:02}, {d.year}, 09:01 ET</small>{t}</h3></a>"
            f"<p>Acme Corp. (NYSE: ACME) today announced what its headline says, and more of it.</p></div>"
        )
    )


def _whole_card() -> str:
    """A component library: the whole card is the link, with label, date, headline and teaser in it."""
    return (
        "<div class='grid'>"
        + rows(
            lambda t, s, d: (
                f"<a class='card' href='/content/acme/news/{s}.html'><div class='c'><span"
                f" class='tag'>Press release</span>"
                f"<span class='date'>{d:%d/%m/%Y}</span><div class='t'>{t}</div>"
                f"<div class='d'>Acme said on this day what its headline says and added a sentence.</div>"
                f"<span class='cta'>Read more</span></div></a>"
            )
        )
        + "</div>"
    )


def _dl() -> str:
    """A Japanese company's English news: dt and dd in turns, a category label beside the date."""
    return (
        "<dl>"
        + rows(
            lambda t, s, d: (
                f"<dt>{MONTHS[d.month - 1][:3]}.{d.day}.{d.year} "
                f"<span>{'IR' if 'Report' in t else 'Products'}</span></dt>"
                f"<dd><a href='/en/news/{d.year}/{s}.html'>{t}</a></dd>"
            )
        )
        + "</dl>"
    )


def _chinese() -> str:
    """A government's or state company's list: headline, then the day in brackets."""
    return (
        "<ul class='list'>"
        + rows(
            lambda t, s, d: (
                f"<li><a href='./t{d:%Y%m%d}_{len(s)}.html' title='{t}' target='_blank'>{t}</a>"
                f"<i>[{d}]</i></li>"
            )
        )
        + "</ul><script>createPageHTML(9, 0)</script>"
    )


def _flat() -> str:
    """An old hand-made page: one paragraph a release, date in bold, the link behind a line break."""
    return rows(
        lambda t, s, d: f"<p><b>{us(d)}</b><br><a href='{s}.htm'>{t}</a><br>A line on what it says.</p>"
    )


def _broken_lines() -> str:
    """An older one: one cell, all releases in it, parted by line breaks."""
    return (
        "<table><tr><td>"
        + rows(lambda t, s, d: f"{d:%m/%d/%Y} - <a href='/pr/{s}.php'>{t}</a><br><br>")
        + "</td></tr></table>"
    )


def _headline_then_button() -> str:
    """A page builder: headline, date and button are neighbours in one element, all releases beside"
    " each other."""
    return (
        "<div class='list'>"
        + rows(
            lambda t, s, d: (
                f"<h3>{t}</h3><p class='date'>{us(d)}</p><p>Acme said so today, and a second sentence"
                f" follows.</p>"
                f"<a class='button' href='/news/{s}/'>Read the release</a>"
            )
        )
        + "</div>"
    )


def _split_dates() -> str:
    """A calendar leaf beside each headline: day, month and year in elements of their own."""
    return rows(
        lambda t, s, d: (
            f"<article><div class='leaf'><span class='d'>{d.day}</span><span"
            f" class='m'>{MONTHS[d.month - 1][:3]}</span>"
            f"<span class='y'>{d.year}</span></div><h2><a href='/{s}/'>{t}</a></h2>"
            f"<footer><a rel='tag' href='/category/news/'>News</a> by <a href='/author/pr/'>Acme PR"
            f"</a></footer></article>"
        )
    )


def _year_panels() -> str:
    """An accordion of years: the dates within print none."""
    return (
        "<h2>2026</h2><ul>"
        + rows(lambda t, s, d: f"<li><span>{short(d)}</span><a href='/media/{s}'>{t}</a></li>")
        + "</ul>"
    )


def _undated() -> str:
    """A list that prints no dates at all."""
    return "<ul>" + rows(lambda t, s, _: f"<li><a href='/news/{s}'>{t}</a></li>") + "</ul>"


def _drupal() -> str:
    """Views rows with a pager whose ?page=1 is page two."""
    return (
        "<div class='view-content'>"
        + rows(
            lambda t, s, d: (
                f"<div class='views-row'><div class='field'><span class='content'>{d.day}."
                f" {MONTHS[d.month - 1]} {d.year}"
                f"</span></div><div class='field'><a href='/en/newsroom/{s}' hreflang='en'>{t}</a>"
                f"</div></div>"
            )
        )
        + (
            "</div><nav class='pager'><ul><li class='is-active'><a href='?page=0' title='Current"
            " page'>1</a></li>"
            "<li><a href='?page=1' title='Go to page 2'>2</a></li><li><a href='?page=2'>3</a></li>"
            "<li><a href='?page=1' rel='next'><span>Next ›</span></a></li><li><a href='?page=9'>Last"
            " »</a></li></ul></nav>"
        )
    )


def _featured() -> str:
    """The newest release is drawn large above the list, and again within it."""
    title, slug, day = RELEASES[0]
    return (
        f"<div class='hero'><a href='/news/{slug}'><h2>{title}</h2></a><p>{us(day)}</p></div><div"
        f" class='all'>"
        + rows(lambda t, s, d: f"<div><p>{us(d)}</p><a href='/news/{s}'>{t}</a></div>")
        + "</div><a href='/news/page/2'>Older posts</a>"
    )


def _lead_apart() -> str:
    """The newest release is drawn large above the list, and not within it."""
    title, slug, day = RELEASES[0]
    rest = "".join(f"<li><p>{us(d)}</p><h4><a href='/news/{s}'>{t}</a></h4></li>" for t, s, d in RELEASES[1:])
    return (
        f"<section><img src='a.jpg'><span>{us(day)}</span><h2><a href='/news/{slug}'>{title}</a></h2>"
        f"<p>A long teaser of the newest release, with what it says.</p></section><ul>{rest}</ul>"
    )


def _languages() -> str:
    """Each release with its other languages and its PDF beside it."""
    return (
        "<ul>"
        + rows(
            lambda t, s, d: (
                f"<li>{d:%d.%m.%Y} <a href='/en/press/{s}'>{t}</a> "
                f"(<a href='/de/press/{s}'>Deutsch</a> | <a href='/files/{s}.pdf'>PDF, 210 KB</a>)</li>"
            )
        )
        + "</ul>"
    )


def _columns() -> str:
    """Two cards a row, rows within a grid."""
    pairs = [RELEASES[at : at + 2] for at in range(0, len(RELEASES), 2)]
    card = "<div><div class='card'><h3><a href='/newsroom/{1}'>{0}</a></h3><small>{2}</small></div></div>"
    drawn = ("".join(card.format(t, s, us(d)) for t, s, d in pair) for pair in pairs)
    return "".join(f"<div class='row'>{row}</div>" for row in drawn)


def _table_of_links() -> str:
    """A table: headline with a link, the date in the last column, a category that repeats in the first."""
    return (
        "<table>"
        + rows(
            lambda t, s, d: (
                f"<tr><td><a href='/news?category={len(t) % 2}'>{('Finance', 'Products')[len(t) % 2]}"
                f"</a></td>"
                f"<td><a href='/news/view?id={abs(hash(s)) % 9973 + 27}&amp;slug={s}'>{t}</a></td>"
                f"<td>{d:%b %d, %Y}</td></tr>"
            )
        )
        + "</table>"
    )


def _day_headings() -> str:
    """A heading for each day, the releases of that day below it."""
    return rows(lambda t, s, d: f"<h4>{us(d)}</h4><ul><li><a href='/news/{s}'>{t}</a></li></ul>")


def _files() -> str:
    """Releases that are nothing but PDF files."""
    return "<ul>" + rows(lambda t, s, d: f"<li>{us(d)} <a href='/media/{s}.pdf'>{t}</a></li>") + "</ul>"


def _beside_a_blog() -> str:
    """Two cells: releases with labelled files, and a column of recent posts that carry dates, too."""
    posts = "".join(
        f"<li><a href='/blog/post-{n}'>What we learned building anvil number {n}</a> <span>November"
        f" {n}, 2026</span></li>"
        for n in range(1, 6)
    )
    mine = rows(
        lambda t, s, d: (
            f"<tr><td>{d:%Y-%m-%d}</td><td>{t}</td><td><a href='/files/{s}.pdf'>Press release (PDF,"
            f" 120 KB)</a></td></tr>"
        )
    )
    return f"<table>{mine}</table><aside class='widget'><h3>From our blog</h3><ul>{posts}</ul></aside>"


def _sizes_and_arrows() -> str:
    """Headlines with a file's size and an arrow in the link, the month's day without a year below a"
    " heading."""
    drawn = rows(
        lambda t, s, d: (
            f"<li><em>{short(d)}</em> <a href='/media/{s}.pdf'>{t} (PDF, 0.2 MB) <i>→</i></a></li>"
        )
    )
    return f"<h2>Press releases 2026</h2><ul>{drawn}</ul>"


def _subtitles() -> str:
    """Cards that are links with a kicker, a headline and a subtitle, all of them headings."""
    return rows(
        lambda t, s, d: (
            f"<div><a href='/stories/{s}'><h5>Corporate news</h5><h3>{t}</h3><h4>What its subtitle"
            f" adds to this</h4></a>"
            f"<div>{d.day:02}.{d.month:02}.{d.year} | Vienna | Corporate Communications | Press"
            f" Release</div></div>"
        )
    )


def _companies() -> str:
    """A wire's table: date, company and headline, a link in both of the last columns."""
    drawn = rows(
        lambda t, s, d: (
            f"<tr><td>{d:%d %b %Y}</td><td><a href='/company/{s[5:12]}'>Company of {s[5:12]} Holding</a></td>"
            f"<td><a href='/announcement/{s}/1'>{t}</a></td></tr>"
        )
    )
    return f"<table>{drawn}</table>"


def _issuer_first() -> str:
    """Another wire's list: the issuer above the headline, both links, the date below."""
    return rows(
        lambda t, s, d: (
            f"<div><a href='/issuer/{s[5:12]}'>Issuer {s[5:12]} AG</a><br><a href='/news/{s}'>{t}</a><br>"
            f"{d:%d.%m.%Y}</div>"
        )
    )


def _wordpress() -> str:
    """A theme's archive with entry titles, posted-on line, excerpt and numbered pager."""
    return rows(
        lambda t, s, d: (
            f"<article><header><h2><a href='https://www.example.com/{d:%Y/%m}/{s}/' rel='bookmark'>{t}"
            f"</a></h2><div>Posted on"
            f" <a href='https://www.example.com/{d:%Y/%m/%d}/'><time"
            f" datetime='{d}T08:00:00+00:00'>{us(d)}</time></a> by "
            f"<a href='/author/press/'>The Press Office of Acme</a></div></header><div><p>Acme said"
            f" so. […]</p>"
            f"<a href='https://www.example.com/{d:%Y/%m}/{s}/'>Continue reading <span>“{t}”</span></a>"
            f"</div></article>"
        )
    ) + (
        "<nav><span aria-current='page'>1</span><a href='/news/page/2/'>2</a><span>…</span><a"
        " href='/news/page/8/'>8</a>"
        "<a href='/news/page/2/'>Next page</a></nav>"
    )


SHAPES = (
    Shape("table of an investor site", _nir),
    Shape("three anchors", _three_anchors),
    Shape("wire's company page", _wire_company, "https://www.example.com/news/acme-corp/"),
    Shape("whole card", _whole_card),
    Shape("definition list", _dl, "https://www.example.com/en/news/"),
    Shape("chinese list", _chinese, "https://www.example.com/xwzx/"),
    Shape("paragraphs", _flat, "https://www.example.com/press/index.htm"),
    Shape("line breaks", _broken_lines),
    Shape("headline then button", _headline_then_button),
    Shape("split dates", _split_dates),
    Shape("year panels", _year_panels, "https://www.example.com/media"),
    Shape("undated", _undated, dated=False),
    Shape(
        "drupal", _drupal, "https://www.example.com/en/newsroom", "https://www.example.com/en/newsroom?page=1"
    ),
    Shape("featured twice", _featured, "https://www.example.com/news", "https://www.example.com/news/page/2"),
    Shape("lead apart", _lead_apart),
    Shape("languages and files", _languages),
    Shape("columns", _columns),
    Shape("category column", _table_of_links),
    Shape("day headings", _day_headings),
    Shape("files alone", _files),
    Shape("beside a blog", _beside_a_blog),
    Shape("sizes and arrows", _sizes_and_arrows),
    Shape("subtitles", _subtitles),
    Shape("companies", _companies),
    Shape("issuer first", _issuer_first),
    Shape("wordpress", _wordpress, "https://www.example.com/news/", "https://www.example.com/news/page/2/"),
)
