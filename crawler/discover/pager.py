"""Find a listing page's next, older page.  Pure.

A pager is a row of numbers, a word or a sign for "next", or ``rel=next``. None of them is believed when it
leads somewhere else: the next page's address is this page's, but for the part that counts.
"""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from crawler.discover.anchors import fold
from crawler.discover.markup import Node, Tree
from crawler.urls import canonical, resolve, same_site

#: What links to the next, older page say, folded: whole, or as the beginning of a short text.
NEXT: Final = frozenset(
    {
        "next", "next page", "older", "older posts", "older entries", "older news", "older articles",
        "go to next page", "previous posts", "previous entries", "earlier", "load more", "show more",
        "view more", "more news", "see more", "more results", "more press releases", "more releases",
        "view more news", "page", "weiter", "nächste", "nächste seite", "vor", "ältere beiträge", "ältere",
        "ältere einträge", "mehr laden", "mehr anzeigen", "weitere", "weitere meldungen", "suivant",
        "suivante", "page suivante", "plus anciens", "articles plus anciens", "voir plus", "afficher plus",
        "siguiente", "página siguiente", "siguientes", "entradas anteriores", "más antiguos", "cargar más",
        "ver más", "successivo", "successiva", "avanti", "pagina successiva", "carica altri", "próxima",
        "próximo", "seguinte", "próxima página", "mais antigos", "carregar mais", "volgende",
        "volgende pagina", "ouder", "oudere berichten", "nästa", "nästa sida", "äldre", "neste",
        "neste side", "eldre", "næste", "næste side", "ældre", "seuraava", "vanhemmat", "następna",
        "następna strona", "dalej", "starsze", "další", "následující", "starší", "ďalšia", "következő",
        "régebbi", "sonraki", "sonraki sayfa", "следующая", "вперед", "далее", "наступна", "επόμενη",
        "επόμενο", "下一页", "下一頁", "下页", "后一页", "次へ", "次のページ", "次ページ", "다음",
        "다음 페이지", "التالي", "הבא",
    }
)  # fmt: skip
#: Signs for "next", the surest first; a doubled one is "last" where a single one stands beside it.
SIGNS: Final = ("›", ">", "→", "❯", "⟩", "▶", "»", ">>", "››")
#: Words of class names on links to the next page.
NEXT_CLASSES: Final = re.compile(r"(?:^|[\s_-])(?:next|older|nextpostslink)(?:$|[\s_-])", re.IGNORECASE)
DISABLED: Final = re.compile(r"(?:^|[\s_-])(?:disabled|inactive-link|unavailable)(?:$|[\s_-])", re.IGNORECASE)
CURRENT: Final = re.compile(r"(?:^|[\s_-])(?:active|current|selected|on)(?:$|[\s_-])", re.IGNORECASE)
#: Parts of an address that count, and may differ between the pages of one list.
COUNTING: Final = re.compile(
    r"/(?:page|seite|pagina|p|page-|paged?)[/=-]?\d+|\d+|index(?:_\d+)?\.\w{3,5}|default\.aspx|\.html?$|_page=|@[0-9a-f]{6,}"
)
IN_PATH: Final = re.compile(r"/(?:page|seite|pagina|p)[/=-]?(\d{1,6})(?=[/.]|$)|_page=(\d{1,6})")
#: Keys of queries that count.
KEYS: Final = re.compile(
    r"p|pg|pn|page\w*|\w*page|paged|seite|offset|start|from|skip|o|\w*_page|page_?(?:no|num|number|index)|first|row|per_page|limit|b_start:int",
    re.IGNORECASE,
)

MOST_PAGES: Final = 100_000
LONGEST_LABEL: Final = 40  # characters; "Go to the next page of press releases" has 37


def next_page(tree: Tree, url: str) -> str | None:
    """Give the address of the list's next, older page; None on its last page or without a pager."""
    links = [
        (node, found)
        for node in tree.nodes
        if node.tag in {"a", "link"} and (found := _target(node, url)) is not None
    ]
    for choose in (_by_number, _by_word, _by_sign, _by_rel):
        if (found := choose(tree, links)) is not None:
            return found
    return None


def _target(node: Node, url: str) -> str | None:
    href = node.attrs.get("href", "").strip()
    if (
        not href
        or href.startswith("#")
        or DISABLED.search(_classes(node))
        or node.attrs.get("aria-disabled") == "true"
    ):
        return None
    found = resolve(url, href)
    if found is None or canonical(found) == canonical(url) or not is_sibling(found, url):
        return None
    return found if _count(found) >= _count(url) else None


def _count(url: str) -> int:
    """Give the number that an address counts its pages or entries with; 0 when it has none."""
    parts = urlsplit(url)
    counts = [value for key, value in parse_qsl(parts.query) if KEYS.fullmatch(key) and value.isdigit()]
    counts = counts or [one or other for one, other in IN_PATH.findall(parts.path)]
    return int(counts[-1][:9]) if counts else 0


def is_sibling(one: str, other: str) -> bool:
    """Say whether two addresses differ only in parts that count pages."""
    if not same_site(one, other):
        return False
    (path, kept), (other_path, other_kept) = _skeleton(one), _skeleton(other)
    return path == other_path and (kept <= other_kept or other_kept <= kept)


def _skeleton(url: str) -> tuple[str, frozenset[tuple[str, str]]]:
    parts = urlsplit(canonical(url))
    path = COUNTING.sub("", parts.path.casefold()).replace("/page", "").strip("/-_.")
    pairs = parse_qsl(parts.query, keep_blank_values=False)
    kept = frozenset((key, value) for key, value in pairs if not KEYS.fullmatch(key) and not value.isdigit())
    return re.sub(r"[/_-]{2,}", "/", path), kept


def _classes(node: Node) -> str:
    outer = node.parent.attrs.get("class", "") if node.parent and node.parent.tag in {"li", "span"} else ""
    return f"{node.attrs.get('class', '')} {outer}"


def _labels(tree: Tree, node: Node) -> Iterator[str]:
    yield tree.text(node)
    yield node.attrs.get("aria-label", "")
    yield node.attrs.get("title", "")
    for inner in tree.nodes[node.order + 1 : min(node.end, node.order + 4) + 1]:
        yield inner.attrs.get("alt", "") or inner.attrs.get("aria-label", "") or inner.attrs.get("title", "")


def _by_rel(_tree: Tree, links: list[tuple[Node, str]]) -> str | None:
    return next(
        (found for node, found in links if "next" in node.attrs.get("rel", "").casefold().split()), None
    )


def _by_word(tree: Tree, links: list[tuple[Node, str]]) -> str | None:
    for node, found in links:
        if node.tag == "link":
            continue
        for label in _labels(tree, node):
            if 0 < len(label) <= LONGEST_LABEL and fold(label) in NEXT:
                return found
    return None


def _by_number(tree: Tree, links: list[tuple[Node, str]]) -> str | None:
    """Take the number behind the current one, which is no link, or marked, or missing from the row."""
    numbered: dict[int, str] = {}
    marked: int | None = None
    for node, found in links:
        text = tree.text(node)
        if node.tag == "a" and text.isascii() and text.isdigit() and 0 < int(text[:7]) < MOST_PAGES:
            numbered.setdefault(int(text), found)
    if not numbered:
        return None
    row = next(node for node, _ in links if node.tag == "a" and tree.text(node) in {str(n) for n in numbered})
    for outer in list(row.ancestors())[:4]:
        if marked is None:
            marked = _marked(tree, outer, numbered)
    if marked is None:
        marked = next((n for n in range(1, max(numbered) + 1) if n not in numbered), None)
    return numbered.get(marked + 1) if marked is not None else None


def _marked(tree: Tree, row: Node, numbered: dict[int, str]) -> int | None:
    """Find the current page's number in a pager: printed without a link, or marked as current."""
    for node in tree.nodes[row.order : row.end + 1]:
        text = tree.text(node)
        if not (text.isascii() and text.isdigit() and len(text) <= 6):  # noqa: PLR2004
            continue
        if "aria-current" in node.attrs or (int(text) not in numbered and not node.children):
            return int(text)
    return None


def _by_sign(tree: Tree, links: list[tuple[Node, str]]) -> str | None:
    texts = [(tree.text(node).strip(), found) for node, found in links if node.tag == "a"]
    for sign in SIGNS:
        for text, found in texts:
            if text == sign:
                return found
    for node, found in links:
        if node.tag == "a" and NEXT_CLASSES.search(_classes(node)):
            return found
    return None
