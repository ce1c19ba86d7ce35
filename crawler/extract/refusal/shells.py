"""Recognise pages whose text is to come from elsewhere: drawn by scripts, or led on to.  Pure."""

import re
from typing import Final

from crawler.extract.document.parse import Document

SHELL_CHARS: Final = 200  # of all text beside the scripts of a page that draws itself
SHORT_PAGE: Final = 4_000  # bytes of a page that is nothing but a script that leads on
LOOKED_AT: Final = 60_000  # bytes at a page's end, where programs ask for scripts

ASKING: Final = re.compile(
    rb"(?:enable|requires?|activate|turn on|without) java ?script"
    rb"|java ?script (?:is|must be|needs to be) (?:dis|en)abled",
    re.IGNORECASE,
)
#: The place of a text that scripts draw, empty: React, Vue, Next, Nuxt, Gatsby, Angular, any page's own.
PLACE: Final = re.compile(
    rb"""<(?:div|section)\b[^>]{0,200}\bid=["']?(?:root|app|__next|__nuxt|___gatsby|main-app)\b[^>]{0,200}>\s*</"""
    rb"""|<(?:app|my)-root\b[^>]{0,200}>\s*</|<main\b[^>]{0,200}>\s*</main""",
    re.IGNORECASE,
)
#: A script that leads on to another address.
LEADING: Final = re.compile(
    rb"""\blocation(?:\.href)?\s*=\s*["']([^"']{1,300})"""
    rb"""|\blocation\.(?:replace|assign)\(\s*["']([^"']{1,300})"""
)
#: What a page shows until its text is there.
LOADING: Final = re.compile(
    r"(?:loading|please wait|wird geladen|bitte warten|chargement|cargando|caricamento|carregando|laden"
    r"|загрузка|(?:正在)?加载中?|読み込み中|로딩 ?중)[\s.…]*",
    re.IGNORECASE,
)
MOST_BYTES: Final = 500_000  # of a page whose places are looked at; what is drawn begins with them
LOADING_BLOCKS: Final = 200  # of a page that are asked


def is_drawn(document: Document) -> bool:
    """Say whether a page has an empty place that its scripts fill, or says that it is loading."""
    if not document.programs:
        return False
    is_loading = any(LOADING.fullmatch(block.text) for block in document.blocks[:LOADING_BLOCKS])
    return is_loading or PLACE.search(document.source, 0, MOST_BYTES) is not None


def asks_for_scripts(document: Document) -> bool:
    """Say whether a page without a text has next to none at all, or asks for scripts."""
    if not document.programs:
        return False
    return shown(document) <= SHELL_CHARS or ASKING.search(document.source[-LOOKED_AT:]) is not None


def shown(document: Document) -> int:
    """Count the characters that a page shows."""
    return sum(len(block.text) for block in document.blocks if not block.hidden)


def led_on(document: Document) -> str | None:
    """Give the address that a page without a text leads on to; None where it leads nowhere."""
    _, _, address = (document.meta("refresh") or "").partition("=")
    if address:
        return address.strip("'\" ")
    found = LEADING.search(document.source) if len(document.source) <= SHORT_PAGE else None
    return (found[1] or found[2]).decode("utf-8", "replace") if found else None
