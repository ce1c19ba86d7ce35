"""Announcements in the frames that newsrooms put around them.  Made up, in the manner of real platforms."""

from typing import Final

TITLE: Final = "Acme Brewing Reports Results for the Third Quarter"

#: Parts of an announcement: markup.
PARTS: Final = {
    "lead": """
        <p>BERLIN, Nov. 3, 2026 &ndash; Acme Brewing AG (XETRA: ACB), maker of brewing tools, today
        reported revenue of 412 million euros for the quarter, six percent more than a year before.</p>""",
    "list": """
        <ul><li>Revenue of 412 million euros, up six percent</li><li>Orders of 530 million euros</li>
        <li>Outlook for the year confirmed</li></ul>""",
    "quote": """
        <p>&ldquo;Our new plant has run without a stop since it was opened in June,&rdquo; said Erika
        Muster, chief executive. &ldquo;Customers in forty countries now buy what it makes.&rdquo;</p>""",
    "table": """
        <h3>Key figures</h3><table><tr><th>In millions of euros</th><th>2026</th><th>2025</th></tr>
        <tr><td>Revenue</td><td>412.0</td><td>388.7</td></tr>
        <tr><td>Net income</td><td>31.5</td><td>27.9</td></tr></table>""",
    "webcast": """
        <p>The company will hold a conference call for analysts at 2 p.m. A recording will be found at
        <a href='https://acme.example/ir'>acme.example/ir</a> for ninety days after the call.</p>""",
    "about": """
        <p><strong>About Acme Brewing</strong></p><p>Acme Brewing makes brewing tools. Founded in 1901,
        the company has plants in six countries and employs four thousand people.</p>""",
    "caution": """
        <p>This release contains forward-looking statements, which are subject to risks. Results may
        differ from what is expected here, and the company does not undertake to update them.</p>""",
}
#: Some words of each part, as they are to be read.
WORDS: Final = {
    "lead": "BERLIN, Nov. 3, 2026 – Acme Brewing AG",
    "list": "Outlook for the year confirmed",
    "quote": "said Erika Muster",
    "table": "Net income | 31.5 | 27.9",
    "webcast": "for ninety days after the call",
    "about": "employs four thousand people",
    "caution": "does not undertake to update",
}

#: What stands around announcements, by the sign that stands for it in FRAMES.
AROUND: Final = {
    "$title": f"<h1>{TITLE}</h1>",
    "$share": """
        <div class='share-bar'><a href='/f'>Share on Facebook</a> <a href='/x'>Tweet</a>
        <a href='/l'>LinkedIn</a></div>""",
    "$related": """
        <div class='related-news'><h3>Related news</h3><ul>
        <li><a href='/1'>Acme Brewing opens its largest plant</a></li>
        <li><a href='/2'>Acme Brewing to present at the malt conference</a></li>
        <li><a href='/3'>Acme Brewing names a new head of sales</a></li></ul></div>""",
    "$cards": "<section class='latest'><h2>Latest news</h2>"
    + "".join(
        f"""<div class='card'><span class='card-date'>{day} Oct 2026</span><h4><a href='/{day}'>
        Acme Brewing wins prize number {day}</a></h4><p>The jury of the malt conference praised the
        tools of Acme, again.</p><a href='/{day}'>Read more</a></div>"""
        for day in (3, 9, 21)
    )
    + "</section>",
    "$newsletter": """
        <div class='newsletter'><h3>Stay informed</h3><p>Sign up for our newsletter and get our news in
        your inbox every week.</p><form><input name=email><button>Subscribe</button></form></div>""",
    "$cookies": """
        <div id='cookie-banner'><p>We use cookies to make this site work and to learn how it is used.
        You can accept all cookies or choose which ones to allow.</p><button>Accept</button></div>""",
    "$pager": """
        <div class='pager'><a href='/p'>Previous release</a> <a href='/n'>Next release</a></div>""",
    "$back": "<p><a href='/news'>Back to all news</a></p>",
    "$menu": "<nav><ul>"
    + "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(9))
    + "</ul></nav>",
    "$footer": "<footer><p>&copy; 2026 Acme Brewing AG. All rights reserved.</p></footer>",
}
#: What must not be read, whichever frame it stands in.
JUNK: Final = (
    *("Share on Facebook", "opens its largest plant", "wins prize", "newsletter", "We use cookies"),
    *("Previous release", "Back to all news", "All rights reserved", "Section 3"),
)

#: Platform → its page; ``@`` stands for the announcement.
FRAMES: Final = {
    "q4": """$menu
        <div id='_ctrl0_ctl42_divModuleContainer' class='module module-details'><div class='module_body'>
        $title<span class='module_date-text'>11/03/2026</span>$share
        <div class='module_body-content'>@</div>$back</div></div>$cards $newsletter $footer""",
    "nir": """$menu<article class='node node--nir-news node--nir-news--full'>
        <div class='field field--name-field-nir-news-title'>$title</div>
        <div class='field__item'>November 3, 2026 at 4:01 PM EST</div>
        <div class='node__content'><div class='xn-content'>@</div></div></article>$pager $footer""",
    "prnewswire": """$cookies<header class='release-header'>$title
        <p class='mb-no'>Nov 03, 2026, 08:00 ET</p>$share</header>
        <section class='release-body container '><div class='row'><div class='col-lg-10'>@
        <p>SOURCE Acme Brewing AG</p></div></div></section>$cards""",
    "globenewswire": """<div class='main-header-container'>$title</div>$share
        <div id='main-body-container' class='main-body-container article-body' itemprop='articleBody'>@</div>
        <div class='recommended-reading'>$cards</div>""",
    "wordpress": """$menu<article class='post type-press hentry'>
        <header class='entry-header'>$title</header><div class='entry-content'>@ $share</div>
        <footer>Posted in Press</footer></article>
        <aside id='secondary' class='widget-area'>$newsletter</aside>$related $footer""",
    "drupal": """$menu<main><div class='node node-press-release'>$title
        <div class='field field-name-body'><div class='field-items'><div class='field-item even'>@</div>
        </div></div></div><div class='view view-related'>$related</div></main>$cookies""",
    "aem": """$menu<div class='aem-Grid aem-Grid--12'>
        <div class='title aem-GridColumn'><div class='cmp-title'>$title</div></div>
        <div class='text aem-GridColumn'><div class='cmp-text'>@</div></div>
        <div class='list aem-GridColumn'>$cards</div>
        <div class='experiencefragment'>$newsletter</div></div>$footer""",
    "equisolve": """$menu<article class='full-news-article'>$title
        <time datetime='2026-11-03T09:00:00'>Nov 3, 2026</time>@
        <div class='related-documents-line'>$pager</div></article>$footer""",
    "eqs": """$cookies<div class='news'><p class='news__date'>03.11.2026</p>$title
        <div class='news-details__content'>@</div></div><div class='teaser-list'>$cards</div>""",
    "next": """<div id='__next'><div class='css-1x2'>$menu<div class='css-9aa'>$title
        <div class='css-7kk'>@</div>$share</div></div>
        <div class='css-3zz'>$related $newsletter</div></div>""",
    "tables": """
        <table width=900><tr><td width=180>$menu</td><td>$title @ $back</td></tr></table>$footer""",
    "plain": """<div id=wrap><div id=left>$related</div><div id=content>$title
        <div>3 November 2026</div>@ $pager</div></div>$cookies $footer""",
}


def page(platform: str, *parts: str) -> str:
    """Give the page of a platform with these parts of an announcement in it."""
    html = FRAMES[platform]
    for sign, markup in AROUND.items():
        html = html.replace(sign, markup)
    return f"<html><body>{html.replace('@', ''.join(PARTS[part] for part in parts))}</body></html>"
