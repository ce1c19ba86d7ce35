"""Words that stand where a headline is expected and only name a kind of page.  Data; reads no text."""

import re
from typing import Final

_LABELS: Final = """
news|company news|latest news|all news|corporate news|news detail|news details|news item
news article|news & events|news and events|news room|newsroom|news center|news centre
news release|news releases|news & media|news and media|news & insights|news & press
in the news|media|media center|media centre|media release|media releases|media room
media relations|press|press area|press center|press centre|press corner|press info
press information|press room|press release|press releases|press statement|for media
press releases details|press release details|news release details|news releases details
for immediate release|announcement|announcements|statement|statements|stories|story
our stories|updates|blog|our blog|the blog|blog post|insights|insight|article|articles
articles & news|resources|resource|perspectives|publication|publications|opinion|events
archive|archives|home|homepage|home page|welcome|start|search|search results|menu|main menu
navigation|footer|main content|contact|contact us|about|about us|share|detail|details
document|untitled|untitled document|default|index|page|post|view|print|read more|login
sign in|investors|investor relations|investor news|regulatory news|regulatory announcement
ir news|topics|what's new|exhibit 99.1|ex-99.1|exhibit 99|ex-99|ex 99.1|exhibit 99.2|ex-99.2
aktuelles|aktuell|neuigkeiten|nachrichten|presse|pressebereich|pressemitteilung
pressemitteilungen|presseinfo|presseinformation|presseinformationen|pressemeldung
pressemeldungen|medien|medienmitteilung|startseite|medienmitteilungen|news detailseite
detailseite|detailansicht|kontakt|meldung|meldungen|beitrag|artikel|actualités|actualité
actus|communiqué|communiqués|communiqué de presse|communiqués de presse|espace presse
accueil|presse et actualités|salle de presse|nouvelles|noticias|noticia|actualidad
sala de prensa|prensa|nota de prensa|notas de prensa|comunicado|inicio|comunicados
comunicado de prensa|comunicati|comunicato stampa|comunicati stampa|stampa|notizie|notizia
sala stampa|notícias|notícia|imprensa|sala de imprensa|comunicado à imprensa|nieuws
nieuwsbericht|persbericht|persberichten|actueel|nyheter|nyhet|nyheder|nyhed|pressmeddelande
pressmeddelanden|pressemelding|pressemeldinger|pressemeddelelse|pressemeddelelser|uutiset
uutinen|tiedote|tiedotteet|aktualności|aktualność|dla mediów|informacja prasowa
komunikat prasowy|aktuality|tisková zpráva|tiskové zprávy|haberler|haber|basın bülteni
новости|новость|пресс-релиз|пресс-релизы|новини|пресцентр|新闻|公司新闻|企业新闻|新闻中心|新闻动态|新闻资讯
新闻详情|最新消息|媒体中心|联系我们|关于我们|首页|公告|详情|新聞|新聞中心|新聞稿|最新消息|聯絡我們|ニュース|ニュースリリース|プレスリリース|お知らせ|新着情報
トピックス|お問い合わせ|ホーム|보도자료|뉴스|공지사항|새소식
more news|related news|related|related articles|related content|related press releases|other news
more press releases|recent news|recent posts|latest press releases|you may also like|see also
weitere meldungen|weitere news|weitere artikel|weitere nachrichten|mehr zum thema|verwandte artikel
das könnte sie auch interessieren|lire aussi|à lire aussi|articles liés|autres actualités
más noticias|noticias relacionadas|altre notizie|notizie correlate|mais notícias
notícias relacionadas|meer nieuws|gerelateerd nieuws|fler nyheter|relaterade nyheter
相关新闻|相关阅读|推荐阅读|関連ニュース|관련기사
"""

#: Section labels of newsrooms in the languages seen, small letters without signs and spaces.
LABELS: Final = frozenset(re.sub(r"[\W_]+", "", label) for label in re.split(r"[|\n]", _LABELS))

#: What labels hold that announce a press release and nothing else, as before a colon; folded.
ANNOUNCING: Final = (
    *(
        "press",
        "newsrelease",
        "mediarelease",
        "medienmitteilung",
        "prensa",
        "stampa",
        "imprensa",
        "persbericht",
    ),
    *("tiedote", "prasowa", "tiskov", "新闻稿", "新聞稿", "プレスリリース", "ニュースリリース", "보도자료"),
)

_FORMS: Final = """
corporation corp inc incorporated company co group groupe gruppe gruppen holding holdings limited ltd llc
llp lp plc ag se gmbh kg kgaa ev sa sas sarl spa srl bv nv ab asa oyj oy sp zoo as the
"""

#: Words of a firm's name that say what kind of firm it is, and are seldom in its host's; folded.
FORMS: Final = frozenset(_FORMS.split())
