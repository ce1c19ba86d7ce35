"""Pages that stand where an announcement was expected, and announcements that look like them, written anew.

They lie in standins.txt and lookalikes.txt beside this file; what many have in common is named in braces.
"""

from pathlib import Path
from typing import Final

SITE: Final = "https://www.acme.example"
DEEP: Final = f"{SITE}/news/2026/acme-opens-a-plant-in-berlin"  # where an announcement was expected
SUBJECTS: Final = (
    "Acme opens a new plant in Berlin for its brewing tools",
    "Acme and Zymo agree on a partnership for the north",
    "Jane Miller becomes chief financial officer of Acme",
    "Acme reports record sales for its third quarter",
    "New zymurgometer wins the brewers' prize of the year",
    "Acme publishes its report on sustainability",
    "A hundred brewers meet at the Acme forum in Prague",
    "Acme buys the majority of Brautech GmbH",
)
CHINESE: Final = (
    "公司新工厂在柏林开业",
    "与北方公司签署合作协议",
    "第三季度销售额创新高",
    "新产品荣获年度大奖",
    "发布可持续发展报告",
)
FIGURES: Final = ("Sales", "Gross profit", "Operating result", "Net result", "Cash flow", "Orders received")
BULLETS: Final = ("Sales up by four per cent", "New plant in Berlin opened", "Dividend raised to 1.20 euros")
LEAD: Final = (
    "The new site will make zymurgometers for brewers of forty countries, and it will give work to two "
    "hundred people from the region as of next spring."
)
LAW: Final = (
    "We and our partners store and access information on a device, such as unique identifiers in cookies, to "
    "process personal data for these purposes, and you may change your choices at any time."
)


def _each(pattern: str, values: tuple[str, ...] = SUBJECTS) -> str:
    return "".join(
        pattern.format(n=n, text=text, day=f"{28 - n} March 2026", lead=LEAD) for n, text in enumerate(values)
    )


#: What many pages have in common, by its name in the files.
PARTS: Final = {
    "menu": (
        "<header><a href=/>Acme</a><ul class=menu><li><a href=/products>Products and services</a><li>"
        "<a href=/company>Our company</a><li><a href=/careers>Careers</a><li><a href=/news>News</a><li>"
        "<a href=/contact>Contact</a></ul></header>"
    ),
    "foot": (
        "<div class=foot><p>Acme Holding plc is registered in England and Wales under number 0123456, with "
        "its office at 1 Long Street, London.</p><p><a href=/imprint>Imprint</a> "
        "<a href=/privacy>Privacy policy</a></p><p>© 2026 Acme Holding plc. All rights reserved.</p></div>"
    ),
    "cookies": (
        "<div class=banner><h2>We value your privacy</h2><p>We use cookies to enhance your browsing "
        "experience, serve personalised content, and analyse our traffic. By clicking Accept all, you "
        "consent to our use of cookies.</p><button>Accept all</button></div>"
    ),
    "headlines": "<ul>" + _each("<li><a href=/n/{n}>{text}</a>") + "</ul>",
    "cards": _each("<div class=card><img src=/{n}.jpg><h3><a href=/n/{n}>{text}</a></h3><p>{lead}</p></div>"),
    "dated cards": _each(
        "<article><time>{day}</time><h3><a href=/n/{n}>{text}</a></h3><p>{lead}</p></article>"
    ),
    "onward": _each(
        "<div class=item><h3>{text}</h3><p>{day}</p><p>{lead}</p><a href=/n/{n}>Read more</a></div>"
    ),
    "table": (
        "<table>"
        + _each("<tr><td>{day}<td><a href=/n/{n}>{text}</a><td><a href=/n/{n}.pdf>PDF</a></tr>")
        + "</table>"
    ),
    "chinese": "<ul>" + _each("<li><a href=/n/{n}>{text}</a><span>2026-03-1{n}</span>", CHINESE) + "</ul>",
    "years": "<form><select><option>2026<option>2025</select></form><ul><li>2026<li>2025<li>2024</ul>",
    "hero": (
        "<section class=hero><h1>Brewing the future</h1><p>We make tools that brewers love.</p>"
        "<a href=/products>Our products</a></section>"
    ),
    "tiles": _each(
        "<div class=tile><h3>{text}</h3><p>{lead}</p><a href=/{text}>Learn more</a></div>",
        ("Brewing", "Bottling", "Service"),
    ),
    "teasers": (
        "<section><h2>Latest news</h2>"
        + _each("<div><span>{day}</span><h4><a href=/n/{n}>{text}</a></h4></div>", SUBJECTS[:3])
        + "<a href=/news>All news</a></section>"
    ),
    "scripts": '<script src="/static/js/main.4f3a.js"></script><script>window.a={b:[1,2,3]}</script>' * 5,
    "law": f"<p>{LAW}</p>" * 13,
    "lead": LEAD,
    "ticker": (
        "<div class=ticker><ul>"
        + _each("<li><a href=/t/{n}>{n}:15 Acme shares rise by {n} per cent in early trading</a>")
        + "</ul></div>"
    ),
    "figures": (
        "<table>" + _each("<tr><td>{text}<td>{n}1,4{n}2<td>{n}0,9{n}8<td>+4.{n} %</tr>", FIGURES) + "</table>"
    ),
    "bullets": "<ul>" + _each("<li>{text}</li>", BULLETS) + "</ul>",
    "dated": "<h1>Acme opens a plant in Berlin</h1><p class=date>March 1, 2026</p>",
    "short": (
        "<p>BERLIN, March 1, 2026 – Acme today opened a plant in Berlin. It makes zymurgometers for brewers "
        "of forty countries and gives work to two hundred people from the region.</p>"
    ),
    "more": _each(
        "<p>Plant number {n} of the company makes zymurgometers for brewers of country number {n}, and "
        "it has a brewery of its own.</p>"
    ),
}

#: What a page says that is not there and answers with status 200, by language: a name and a sentence.
GONE: Final = {
    "English": ("Page not found", "Sorry, the page you are looking for does not exist or has been moved."),
    "English, chatty": ("Oops! That page can&rsquo;t be found.", "It looks like nothing was found here."),
    "English, a number": ("404", "We looked everywhere, but this page seems to be on holiday."),
    "German": ("Seite nicht gefunden", "Die von Ihnen gesuchte Seite gibt es leider nicht mehr."),
    "German, a sentence": ("Diese Seite existiert leider nicht", "Bitte nutzen Sie unsere Suche."),
    "French": ("Page introuvable", "La page que vous recherchez n'existe plus ou a été déplacée."),
    "Spanish": ("Página no encontrada", "Lo sentimos, la página que busca no existe."),
    "Italian": ("Pagina non trovata", "La pagina che stai cercando non esiste più."),
    "Portuguese": ("Página não encontrada", "A página que procura não existe ou foi movida."),
    "Dutch": ("Pagina niet gevonden", "De pagina die u zoekt bestaat niet meer."),
    "Swedish": ("Sidan kunde inte hittas", "Sidan du letar efter finns inte längre kvar."),
    "Danish": ("Siden blev ikke fundet", "Den side, du leder efter, findes ikke længere."),
    "Finnish": ("Sivua ei löytynyt", "Etsimääsi sivua ei ole tai se on siirretty."),
    "Polish": ("Strona nie została znaleziona", "Strona, której szukasz, nie istnieje."),
    "Czech": ("Stránka nenalezena", "Požadovaná stránka neexistuje."),
    "Russian": ("Страница не найдена", "Запрашиваемая страница не существует или была удалена."),
    "Chinese": ("页面不存在", "抱歉，您访问的页面不存在或已被删除。"),
    "Japanese": ("お探しのページが見つかりません", "お探しのページは移動または削除された可能性があります。"),
    "Korean": ("페이지를 찾을 수 없습니다", "요청하신 페이지가 존재하지 않거나 이동되었습니다."),
}
#: Ways in which a site says so: in its title and above the sentence, in one of them, above other news.
GONE_PAGES: Final = {
    "all over": "<title>{name} | Acme</title><body>{menu}<h1>{name}</h1><p>{text}</p>{foot}",
    "in a heading": "<title>Acme</title><body>{menu}<h1>{name}</h1><p>{text}</p>{foot}",
    "in the title": "<title>{name} - Acme</title><body>{menu}<div class=e><p>{text}</p></div>{foot}",
    "above news": "<title>Acme - {name}</title><body>{menu}<h2>{name}</h2><p>{text}</p>{cards}{foot}",
}


def written(markup: str, **more: str) -> str:
    """Fill in what a page has in common with others."""
    for name, part in (PARTS | more).items():
        markup = markup.replace(f"{{{name}}}", part)
    return markup


def pages(name: str) -> dict[str, tuple[str, str, str]]:
    """Give address, page and reason of the pages of a file, by what they are."""
    text = Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8")
    found = {}
    for entry in text.split("\n== ")[1:]:
        head, _, markup = entry.partition("\n")
        reason, path, what = head.split(" | ")
        assert what not in found
        found[what] = (SITE + path, written(markup), reason)
    return found
