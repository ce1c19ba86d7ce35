"""Tell that an address, or a name, is that of a home page or of a section.  Pure: looks at strings.

An announcement's own address ends with words of its headline or with a number; that of a list ends with the
name of its section, with a page or with a year.
"""

import re
from typing import Final
from unicodedata import combining, normalize
from urllib.parse import unquote, urlsplit

from crawler.extract.title.names import key

_COLLECTED: Final = """
news newsroom newsrooms newscenter newslist newsletters press pressroom media mediaroom
mediacenter releases announcements statements stories archive archives blog blogs updates
publications articles bulletins filings headlines presentations webcasts
neuigkeiten aktuelles nachrichten presse
pressemitteilungen pressemeldungen presseinformationen pressebereich pressezentrum presseportal
pressearchiv presseservice medien medienmitteilungen medieninformationen mitteilungen meldungen
actualités actualites actus communiqués communiques nouvelles noticias actualidad prensa
comunicados novedades notizie comunicati stampa novità notícias imprensa novidades nieuws
persberichten nieuwsberichten actueel nyheter nyheder nyhedsrum nyhetsrum pressmeddelanden
pressrum pressemeddelelser pressemeldinger presserom presserum uutiset tiedotteet
lehdistötiedotteet ajankohtaista aktualności aktualnosci wiadomości prasowe aktuality zprávy
hírek sajtóközlemények haberler duyurular basın basin bültenleri pers
новости новини релизы пресс xinwen xwzx xwdt
"""
_BESIDE: Final = """
a aktuell aktuelle all en and at by category center centre company corner corporate date desk events
financial for from sec global group hub in index information insights investor latest list listing main more
newsletter of on or our overview page past recent releases relations resources room search
section tag the to us view year alle aller archiv bereich der die das für kategorie nach seite
seiten thema themen und unsere von zentrum à au aux de des du et la le les nos salle espace
toutes tous dernières derniers al el en las los notas nuestras sala todas todos ultimas últimas
y tutte tutti ultime area gli i il e da as os het laatste alla arkiv om och og kaikki ja
wszystkie dla mediów komunikaty tiskové vše všechny центр все
"""


def _spellings(words: str) -> frozenset[str]:
    """Give words as they are and as addresses spell them, without accents."""
    bare = "".join(letter for letter in normalize("NFKD", words) if not combining(letter))
    return frozenset(words.split()) | frozenset(bare.split())


#: Words that name what is collected in a section; a name of a section has one.
COLLECTED: Final = _spellings(_COLLECTED)
#: Those of them that name what is not news: a home page may show these and be read.
NO_NEWS: Final = frozenset(
    ("archive", "archives", "articles", "blog", "blogs", "bulletins", "publications", "stories", "updates")
)
#: Words that stand beside them: "Latest corporate news", "All press releases", "News & Events".
BESIDE: Final = _spellings(_BESIDE)
#: Ends of the same in Chinese, Japanese and Korean, where words touch: 公司新闻, ニュース一覧.
TOUCHING: Final = re.compile(
    r"(?:新闻|新聞|新聞稿|动态|動態|公告|资讯|資訊|消息|报道|報導|ニュース|リリース|お知らせ|トピックス"
    r"|一覧|情報|뉴스|보도자료|공지사항|소식)(?:列表|中心|室|목록)?$"
)
LONGEST_TOUCHING: Final = 9  # letters of such a name; headlines are longer
MOST_WORDS: Final = 6
LONGEST_NAME: Final = 64  # characters of the last piece of a section's address, some of them of %E6
MOST_BESIDE: Final = 2  # words below the name of a section that go with it
SHORTEST_SPELT: Final = 3  # letters of a word that the site's host may spell

WORD: Final = re.compile(r"[^\W\d_]+")
NUMBER: Final = re.compile(r"\d+")
YEAR: Final = re.compile(r"(?:19|20)\d\d(?:[-_/.](?:0?\d|1[0-2]))?$")
#: A number that is no year: small sites number their texts from 1.
OWN_NUMBER: Final = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d+")
PAGE_NUMBER: Final = re.compile(r"\d{1,4}(?:\.\w{2,5})?$")
MONTH: Final = re.compile(r"(?:0?\d|1[0-2])$")
LANGUAGE: Final = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?$", re.IGNORECASE)
ENTRANCE: Final = re.compile(
    r"(?:index|default|home|start|startseite|accueil|inicio|main|pages|welcome)\d*(?:\.\w{2,5})?$",
    re.IGNORECASE,
)
LONGEST_ENTRANCE: Final = 30  # characters of a path with a language and one of these
PAGED: Final = re.compile(r"(?:page|seite|p|pagina|página|sida|side)[-_.=]?\d*(?:\.\w{2,5})?$", re.IGNORECASE)
FILE_ENDING: Final = re.compile(r"\.(?:html?|aspx?|php|jsp|do|shtml|xhtml|cfm)$", re.IGNORECASE)
#: Queries that choose a page, a year or a language of a list.  ``/?p=17`` is WordPress's address of one text.
CHOOSING: Final = re.compile(
    r"(?:\w+[\[_])?(?:current)?(?:page|paged|pg|p|start|offset|year|month|date)"
    r"(?:_?(?:num|number|no|index|size))?\]?=[\d-]*$"
    r"|(?:lang|language|locale|l|cat|category|tag|sort|order|view|type)=[\w-]*$",
    re.IGNORECASE,
)
#: Queries of a search.
ASKING: Final = re.compile(r"(?:s|q|query|search|searchterm|suche|keywords?|term)=", re.IGNORECASE)
SEARCHING: Final = frozenset(
    {"search", "suche", "recherche", "buscar", "busqueda", "ricerca", "zoeken", "search-results"}
)
#: What stands before the name of one of many lists: /category/press, /tag/beer, /author/jane.
KINDS: Final = frozenset({"category", "tag", "tags", "author", "kategorie", "schlagwort"})
SHORT_NAME: Final = 3  # words of a list's name behind one of these; headlines have more


def is_home(url: str) -> bool:
    """Say whether an address is that of a site's home page, in one of its languages."""
    parts = urlsplit(url)
    if len(parts.path) > LONGEST_ENTRANCE:
        return False
    pieces = _pieces(parts.path)
    if not parts.hostname or parts.hostname.endswith(".invalid"):  # RFC 6761: a page without an address
        return False
    while pieces and ENTRANCE.match(pieces[-1]):
        pieces.pop()
    return not parts.query and len(pieces) <= 1 and all(LANGUAGE.match(piece) for piece in pieces)


def is_section(url: str) -> bool:
    """Say whether an address is that of a section or of a list: its page, year, category, search."""
    last = url.rstrip("/").rpartition("/")[2]
    if "?" not in url and (len(last) > LONGEST_NAME or last.count("-") >= MOST_WORDS):
        return False
    parts = urlsplit(url)
    pairs = [pair for pair in parts.query.split("&") if pair]
    asks = any(map(ASKING.match, pairs))
    if not all(map(CHOOSING.match, (pair for pair in pairs if not ASKING.match(pair)))):
        return False
    pieces = _pieces(parts.path)
    while pieces and (ENTRANCE.match(pieces[-1]) or LANGUAGE.match(pieces[-1])):
        pieces.pop()
    if len(pieces) > 1 and PAGE_NUMBER.match(pieces[-1]) and PAGED.match(pieces[-2]):
        return True
    undated = _without_date(pieces)
    return _ends_with_section(undated) if undated else asks or bool(pieces)


def _ends_with_section(pieces: list[str]) -> bool:
    last = FILE_ENDING.sub("", pieces[-1])
    words = WORD.findall(last.casefold())
    if last.casefold() in SEARCHING:
        return True
    if len(pieces) > 1 and 0 < len(words) <= MOST_BESIDE and all(word in BESIDE for word in words):
        return not OWN_NUMBER.search(last) and names_section(pieces[-2])  # /news/list
    if len(pieces) > 1 and pieces[-2].casefold() in KINDS:
        return len(words) <= SHORT_NAME and not NUMBER.search(last)
    return not OWN_NUMBER.search(last) and names_section(last)


def names_news(text: str) -> bool:
    """Say whether a text names a section of news, not of something else that is collected."""
    return names_section(text) and not NO_NEWS.intersection(WORD.findall(text.casefold()))


def names_section(text: str, host: str = "") -> bool:
    """Say whether a text only names what is collected in a section: "All Press Releases", "公司新闻".

    Args:
        text: a heading, a piece of a title, a piece of an address.
        host: the site's host; a word that it spells may stand in the name.
    """
    words = [word for word in WORD.findall(text.casefold()) if len(word) > 1 or word in BESIDE]
    if not words or len(words) > MOST_WORDS:
        return False
    if not text.isascii() and len(text) <= LONGEST_TOUCHING and TOUCHING.search(key(text)):
        return True
    spelt = key(host)
    return any(word in COLLECTED for word in words) and all(
        word in COLLECTED or word in BESIDE or (len(word) >= SHORTEST_SPELT and word in spelt)
        for word in words
    )


def _pieces(path: str) -> list[str]:
    return [piece for piece in unquote(path).split("/") if piece]


def _without_date(pieces: list[str]) -> list[str]:
    """Drop a page, a month and a year from the end of a path: /news/2026/05 is a list, /news/202605 none."""
    left = list(pieces)
    if left and PAGED.match(left[-1]):
        left.pop()
    if len(left) > 1 and MONTH.match(left[-1]) and YEAR.match(left[-2]):
        left.pop()
    if left and YEAR.match(FILE_ENDING.sub("", left[-1])):
        left.pop()
    return left
