"""Words that tell what a block is: in the names of elements, where short blocks begin, and in them.  Pure.

What a word says was learnt, not written down: see ``weights``.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from crawler.extract.signs import unprinted

#: Stems in class, role and itemprop of elements.
STEM_NAMES: Final = (
    *("articlebody", "article", "accordion", "action", "advert", "alert", "announce", "aside"),
    *("attribution", "author", "avatar", "banner", "bio", "blockquote", "blog", "body", "breadcrumb"),
    *("button", "btn", "byline", "callout", "caption", "card", "carousel", "cart", "categor"),
    *("collection", "column", "comment", "consent", "contact", "content", "cookie", "copyright", "credit"),
    *("cta", "date", "dek", "description", "detail", "dialog", "disclaimer", "discussion", "donat"),
    *("download", "email", "entry", "entries", "event", "excerpt", "faq", "feature", "feedback", "figure"),
    *("follow", "foot", "form", "gallery", "grid", "head", "hero", "hide", "hidden", "icon", "image"),
    *("info", "intro", "invisible", "item", "job", "label", "latest", "lead", "legal", "link", "list"),
    *("login", "logo", "main", "markdown", "media", "menu", "message", "meta", "mobile", "modal", "more"),
    *("most", "nav", "news", "newsletter", "next", "note", "notice", "overlay", "page", "pagina", "pager"),
    *("paragraph", "photo", "player", "policy", "popup", "popular", "post", "press", "prev", "price"),
    *("print", "privacy", "product", "promo", "prose", "publish", "quote", "rating", "read", "recent"),
    *("recirc", "recommend", "related", "release", "reply", "respond", "review", "rich", "rail", "row"),
    *("script", "search", "section", "share", "sharing", "side", "sign", "skip", "slide", "social"),
    *("sponsor", "sticky", "story", "stories", "sub", "summary", "swiper", "tab", "table", "tag"),
    *("teaser", "term", "text", "thread", "thumb", "tile", "time", "title", "toc", "toggle", "tool"),
    *("topic", "trending", "twitter", "tweet", "user", "video", "view", "widget", "wysiwyg", "xn-"),
)
STEM: Final = re.compile(
    "|".join(
        {"bio": "bio(?!l)", "form": "form(?!at)", "sub": "sub(?!stack)"}.get(name, name)
        for name in STEM_NAMES
    )
)
#: Class, id and role of what readers wrote; of 8,000 such blocks on 800 pages 40 belonged to the text.
COMMENTS: Final = re.compile(r"\bcomment(?!ary)|respond\b|\breply\b|discussion|disqus|trackback|pingback")
#: Remembered: all names of an element, as a site says them on every page (about 70), and single names.
KNOWN_MARKS: Final = 4_096  # of some sixty sites, whose pages are read in turn; 3 MB
KNOWN_NAMES: Final = 8_192  # of some hundred sites; 2 MB
LONGEST_MARKS: Final = 1_000  # characters that are looked at

#: Words with their number in HOLDINGS.
Words = Sequence[tuple[str, int]]

#: How short blocks begin that belong to the page, in the languages of the sources; the first fit wins.
BEGINNINGS: Final[dict[str, tuple[str, ...]]] = {
    "share": (
        *("share", "tweet", "e-mail", "email", "print", "follow", "pin it", "facebook", "twitter"),
        *("linkedin", "whatsapp", "teilen", "drucken", "folgen", "partager", "partagez", "suivez"),
        *("imprimer", "compart", "siga", "síguenos", "imprimir", "condivid", "seguici", "stampa "),
        *("deel ", "delen", "volg ", "dela ", "del ", "jaa ", "udostępnij", "поделиться", "分享", "シェア"),
        *("공유",),
    ),
    "more": (
        *("read more", "read also", "read full", "read next", "see more", "see also", "see all"),
        *("view more", "view all", "view full", "learn more", "load more", "show more", "show all"),
        *("more ", "related", "also ", "click", "recommended", "trending", "popular", "most ", "you may"),
        *("you might", "next ", "previous", "prev ", "don't miss", "don’t miss", "latest ", "recent "),
        *("similar ", "keep reading", "continue reading", "what to read", "up next", "back to"),
        *("return to", "go back", "explore ", "discover ", "mehr ", "weiter", "lesen sie"),
        *("auch interessant", "das könnte", "ähnliche", "zurück", "lire", "voir", "à lire", "à voir"),
        *("sur le même", "vous aimerez", "plus de", "retour", "précédent", "suivant", "leer", "ver "),
        *("más ", "también", "te puede", "le puede", "relacionad", "noticias relacionad", "volver"),
        *("leia", "veja", "saiba mais", "mais ", "você pode", "notícias relacionad", "confira", "voltar"),
        *("leggi", "vedi", "potrebbe", "ti potrebbe", "altri ", "altre ", "articoli correlati", "torna "),
        *("lees", "bekijk", "meer ", "ook ", "gerelateerd", "terug ", "les ", "läs", "lue ", "mer "),
        *("flere", "fler ", "relaterte", "relaterade", "tilbake", "tillbaka", "lisää", "czytaj", "zobacz"),
        *("przeczytaj", "podobne", "więcej", "powrót", "читайте", "смотрите", "похожие", "ещё", "еще "),
        *(
            "相关",
            "推荐",
            "热门",
            "更多",
            "上一",
            "下一",
            "返回",
            "関連",
            "もっと",
            "一覧",
            "おすすめ",
            "人気",
            "新着",
            "前へ",
            "次へ",
        ),
        *("관련", "추천", "인기", "더보기"),
    ),
    "talk": (
        *("comment", "leave a", "join the", "discussion", "what do you think", "reply", "kommentar"),
        *("commentaire", "laisser un", "comentario", "comentário", "deja un", "deixe", "commenti"),
        *(
            "lascia un",
            "reacties",
            "reageer",
            "komentarz",
            "комментари",
            "评论",
            "发表评论",
            "コメント",
            "댓글",
        ),
    ),
    "ad": (
        *("advertis", "advertorial", "sponsored", "anzeige", "werbung", "publicidad", "publicité"),
        *("pubblicità", "advertentie", "annons", "mainos", "reklam", "реклама", "广告", "広告", "광고"),
    ),
    "by": (
        *("by ", "von ", "par ", "por ", "di ", "av ", "af ", "door ", "written by", "posted"),
        *("published", "updated", "last updated", "author", "photo", "image", "picture", "credit", "foto"),
        *("bild", "source ", "quelle", "fuente", "fonte", "作者", "来源", "编辑"),
    ),
    "part": (
        *("about ", "über ", "contact", "media contact", "press contact", "investor", "forward-looking"),
        *("forward looking", "cautionary", "safe harbo", "notes", "note ", "disclaimer", "view original"),
        *("view source", "source:", "# ", "##", "-end", "- end", "ends ", "for more information"),
        *("for further", "for media", "enquiries", "inquiries", "pressekontakt", "medienkontakt"),
        *("kontakt", "ansprechpartner", "rückfragen", "à propos", "contacto", "acerca de", "sobre "),
        *("contatti", "contatto", "om ", "perskontakt", "关于", "联系", "お問い合わせ", "会社概要", "문의"),
    ),
    "quote": tuple('"“„«‘「『'),
    "bullet": tuple("•·–—*-▪●‣"),
}
OPENINGS: Final = (*BEGINNINGS, "number")

#: What else betrays a short block: plain words, then forms.
HELD: Final[dict[str, tuple[str, ...]]] = {
    "sign": (
        *("subscri", "newsletter", "sign up", "signup", "sign in", "log in", "login", "register"),
        *("your email", "your e-mail", "inbox", "abonn", "inscri", "suscr", "iscriv", "anmelden"),
        *("registrier", "assine", "cadastr", "registrati", "aanmelden", "donate", "donation", "spenden"),
        *(
            "faire un don",
            "doneer",
            "nyhetsbrev",
            "nyhedsbrev",
            "zapisz",
            "订阅",
            "登录",
            "注册",
            "購読",
            "登録",
        ),
        *("구독",),
    ),
    "legal": (
        "cookie",
        "privacy",
        "terms of",
        "datenschutz",
        "privacid",
        "confidentialité",
        "隐私",
        "プライバシー",
    ),
    "copy": ("©", "copyright", "rights reserved", "rechte vorbehalten", "版权", "备案"),
    "credit": (
        *("(image", "(photo", "photo:", "photo by", "image:", "image credit", "getty", "shutterstock"),
        *("reuters)", "ap photo", "foto:", "(foto", "bild:", "crédit"),
    ),
    "address": ("http", "www.", "@"),
    "count": (" ago", " min read", " views", " comments", " shares", " likes", " replies"),
}
HOLDINGS: Final = (*HELD, "year")
#: A year that stands alone; a set of first signs lets sre skip all others twice as fast as two ways do.
YEAR: Final = re.compile(r"[12](?<!\w[12])(?:(?<=1)9|(?<=2)0)\d\d\b")

ENDS: Final = frozenset({".", "!", "?", "。", "！", "？", "…"})
CLOSES: Final = "\"”»’')]"

_STEM_NUMBERS: Final = {name: number for number, name in enumerate(STEM_NAMES)}
NUMBER: Final = OPENINGS.index("number")
YEAR_HELD: Final = HOLDINGS.index("year")
NO_STEMS: Final[frozenset[int]] = frozenset()
_WORDS: Final = [(word, number) for number, words in enumerate(HELD.values()) for word in words]


def _by_first() -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    """Sort the beginnings by their first sign, so that few are looked for."""
    found: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for number, words in enumerate(BEGINNINGS.values()):
        for sign in {word[0] for word in words}:
            fits = tuple(word for word in words if word[0] == sign)
            found.setdefault(sign, []).append((number, fits))
    return found


_BY_FIRST: Final = _by_first()


def said(marks: str) -> tuple[frozenset[int], bool]:
    """Give the numbers of the stems in an element's names, and whether they speak of comments."""
    return _said_by_all(marks[:LONGEST_MARKS]) if marks else (NO_STEMS, False)


@lru_cache(KNOWN_MARKS)
def _said_by_all(marks: str) -> tuple[frozenset[int], bool]:
    stems, comments = NO_STEMS, False
    for mark in marks.split():
        own, of_comments = _said(mark)
        if own:
            stems = stems | own if stems else own
        comments = comments or of_comments
    return stems, comments


@lru_cache(KNOWN_NAMES)
def _said(mark: str) -> tuple[frozenset[int], bool]:
    stems = frozenset([_STEM_NUMBERS[stem] for stem in STEM.findall(mark)])
    return stems or NO_STEMS, COMMENTS.search(mark) is not None


def opening(lowered: str) -> int | None:
    """Give the number in OPENINGS of how a text begins; None when by none of them."""
    first = lowered[:1]
    if kinds := _BY_FIRST.get(first):
        padded = lowered + " "
        for number, words in kinds:
            if padded.startswith(words):
                return number
    return NUMBER if first.isdigit() else None


def telling(lowered: str) -> Words:
    """List the telling words that may stand in a page, to be looked for in its blocks."""
    lowered = unprinted(lowered)
    return [(word, number) for word, number in _WORDS if word in lowered]


def holding(lowered: str, words: Words) -> int | None:
    """Give the number in HOLDINGS of what a text holds, the first of ``words`` that fits."""
    for word, number in words:
        if word in lowered:
            return number
    return YEAR_HELD if YEAR.search(lowered) else None


def ends_sentence(text: str) -> bool:
    """Say whether a text ends like a sentence, closing quotes and brackets aside."""
    last = text[-1:]
    return last in ENDS or (last in CLOSES and text.rstrip(CLOSES)[-1:] in ENDS)


def size(text: str) -> int:
    """Measure a text in Latin letters: a Chinese character says as much as two of them."""
    return len(text) if text.isascii() else (len(text) + len(text.encode("utf-8", "replace"))) // 2
