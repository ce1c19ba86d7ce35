"""Find a listing page's next, older page.  Pure.

A pager is a row of numbers, a word or a sign for "next", or ``rel=next``. None of them is believed when it
leads somewhere else: the next page's address is this page's, but for the part that counts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
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
    r"p|pg|pn|page\w*|\w*page|paged|seite|offset|start|from|skip|o|\w*_page|page_?(?:no|num|number|index)|first|row|per_page|limit|b_start:int|chash",
    re.IGNORECASE,
)

YEAR: Final = re.compile(r"(?:19|20)\d\d")
#: A month or a day in an address: a calendar's, which counts no pages.
CALENDAR: Final = re.compile(r"/(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2])(?:[/-]|$)")
#: Attributes that say what a link without words does.
SPOKEN: Final = ("aria-label", "title", "alt")
FEWEST_YEARS: Final = 2  # tabs; a single year among the links is a report's or an event's
LONGEST_NUMBER: Final = 6  # digits of a page's number
HIGHEST_ROW: Final = 4  # elements around a number in which the current one stands: li, ul, nav, div
MOST_WORDS: Final = 4  # text runs of a link in a pager: a number, a sign, words for screen readers
LONGEST_LABEL: Final = 40  # characters; "Go to the next page of press releases" has 37


@dataclass(frozen=True, slots=True)
class _Step:
    """A link that looks like a part of a pager."""

    node: Node
    text: str
    url: str


def next_page(tree: Tree, url: str) -> str | None:
    """Give the address of the list's next, older page; None on its last page or without a pager."""
    steps = []
    for node in tree.nodes:
        if node.tag in {"a", "link"} and (text := _looks(tree, node)) is not None:
            found = _target(node, url)
            if found is not None:
                steps.append(_Step(node, text, found))
    for choose in (_by_number, _by_word, _by_sign, _by_rel):
        if (found := choose(tree, steps)) is not None:
            return found
    return None


def years(tree: Tree, url: str) -> tuple[str, ...]:
    """List the addresses of the same list for other years, the newest first; empty without such tabs."""
    found: dict[int, str] = {}
    for node in tree.nodes:
        text = tree.text(node) if node.tag == "a" and node.last - node.first == 1 else ""
        if YEAR.fullmatch(text) and (target := resolve(url, node.attrs.get("href", ""))):
            names_it = text in urlsplit(target)._replace(netloc="").geturl()
            if names_it and canonical(target) != canonical(url) and _same_list(target, url):
                found.setdefault(int(text), target)
    return tuple(found[year] for year in sorted(found, reverse=True)) if len(found) >= FEWEST_YEARS else ()


def _same_list(one: str, other: str) -> bool:
    """Say whether two addresses differ by a year alone, or the first lies below the other."""
    (path, kept), (other_path, other_kept) = _skeleton(one), _skeleton(other)
    alike = path == other_path or path.startswith(f"{other_path}/")
    return same_site(one, other) and alike and (kept <= other_kept or other_kept <= kept)


def _looks(tree: Tree, node: Node) -> str | None:
    """Give the text of a link that could belong to a pager: short, or called "next" by its markup."""
    if "next" in node.attrs.get("rel", "") or NEXT_CLASSES.search(_classes(node)):
        return tree.text(node)
    if node.tag == "link" or node.last - node.first > MOST_WORDS:
        return None
    text = tree.text(node)
    if len(text) <= LONGEST_LABEL and (text.isdigit() or text in SIGNS or any(_words(tree, node))):
        return text
    return None


def _target(node: Node, url: str) -> str | None:
    href = node.attrs.get("href", "").strip()
    disabled = DISABLED.search(_classes(node)) or node.attrs.get("aria-disabled") == "true"
    if not href or href.startswith("#") or disabled:
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
    path = (
        COUNTING.sub("", CALENDAR.sub(r"\g<0>calendar/", parts.path.casefold()))
        .replace("/page", "")
        .strip("/-_.")
    )
    pairs = parse_qsl(parts.query, keep_blank_values=False)
    kept = frozenset((key, value) for key, value in pairs if not (KEYS.fullmatch(key) or value.isdigit()))
    return re.sub(r"[/_-]{2,}", "/", path), kept


def _classes(node: Node) -> str:
    outer = node.parent.attrs.get("class", "") if node.parent and node.parent.tag in {"li", "span"} else ""
    return f"{node.attrs.get('class', '')} {outer}"


def _words(tree: Tree, node: Node) -> Iterator[bool]:
    """Say of each label of a link whether it means "next"."""
    inner = tree.nodes[node.order + 1 : min(node.end, node.order + 4) + 1]
    labels = [tree.text(node), *(each.attrs.get(key, "") for each in (node, *inner) for key in SPOKEN)]
    return (fold(label) in NEXT for label in labels if 0 < len(label) <= LONGEST_LABEL)


def _by_rel(_tree: Tree, steps: list[_Step]) -> str | None:
    rels = ((step.node.attrs.get("rel", "").casefold().split(), step.url) for step in steps)
    return next((url for rel, url in rels if "next" in rel), None)


def _by_word(tree: Tree, steps: list[_Step]) -> str | None:
    return next((step.url for step in steps if step.node.tag == "a" and any(_words(tree, step.node))), None)


def _by_number(tree: Tree, steps: list[_Step]) -> str | None:
    """Take the number behind the current one, which is no link, or marked, or missing from the row."""
    numbered: dict[int, _Step] = {}
    for step in steps:
        if _is_number(step.text) and step.node.tag == "a":
            numbered.setdefault(int(step.text), step)
    if not numbered:
        return None
    row = next(iter(numbered.values())).node
    around = list(row.ancestors())[:HIGHEST_ROW]
    current = next((found for outer in around if (found := _marked(tree, outer, numbered)) is not None), None)
    if current is None:
        current = next(number for number in range(1, max(numbered) + 2) if number not in numbered)
    return numbered[current + 1].url if current + 1 in numbered else None


def _marked(tree: Tree, row: Node, numbered: dict[int, _Step]) -> int | None:
    """Find the current page's number in a pager: printed without a link, or marked as current."""
    for node in tree.nodes[row.order : row.end + 1]:
        text = tree.text(node) if node.last - node.first == 1 else ""
        if _is_number(text) and (
            "aria-current" in node.attrs or not (int(text) in numbered or node.children)
        ):
            return int(text)
    return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER and not YEAR.fullmatch(text)


def _by_sign(_tree: Tree, steps: list[_Step]) -> str | None:
    links = [step for step in steps if step.node.tag == "a"]
    by_sign = {step.text: step.url for step in reversed(links)}
    found = next((by_sign[sign] for sign in SIGNS if sign in by_sign), None)
    return found or next((step.url for step in links if NEXT_CLASSES.search(_classes(step.node))), None)
