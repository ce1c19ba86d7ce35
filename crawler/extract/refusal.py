"""Say why a page is no announcement: blocked, consent, needs scripts, listing, home, empty.  Pure."""

import re
from typing import Final
from urllib.parse import urlsplit

from crawler.extract.address import spells
from crawler.extract.document import Document
from crawler.extract.listed import listed

SHORT_CHARS: Final = (
    2_500  # of all text; error pages and walls are short, and announcements mention "forbidden", too
)
LONGEST_EXCUSE: Final = 1_200  # characters of an error page's own text; Cloudflare's, the longest, has 700
SHELL_CHARS: Final = 200  # of all text beside the scripts of a page that draws itself
SHORTEST_BODY: Final = 40  # characters; the shortest real announcement, one sentence, had 87
LEAST_BODY: Final = 20  # characters; a headline's worth of text stands under a picture or a video


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)


#: Titles and first headings of error pages and of walls before the page, with where each was seen.
BLOCKED: Final = _any(
    r"\b(?:40[0134]|410|429|50[0234])\b.{0,30}\b(?:forbidden|unauthori[sz]ed|not found|error|denied|gone)",
    r"\b(?:429|50[0234])\b.{0,30}\b(?:bad gateway|unavailable|too many requests|time-?out)",
    r"(?:forbidden|not found|error)\W{0,3}\b(?:40[0134]|410|50[0-4])\b",
    r"^\W*(?:error )?(?:40[0134]|410|429|50[0234])\W*$",
    r"access (?:to this (?:page|site) (?:has been )?)?(?:is )?denied|forbidden\W*$",  # Akamai, PerimeterX
    r"just a moment\W|attention required!|checking your browser",  # Cloudflare
    r"verify(?:ing)? (?:that )?you are (?:a )?human",  # Cloudflare
    r"are you a robot|pardon our interruption|request unsuccessful",  # Imperva
    r"security check|ddos protection",  # DDoS-Guard
    r"page (?:you requested )?(?:was |could )?(?:not|cannot|can.?t)(?: be)? found",  # servers' own pages
    r"seite nicht gefunden|page introuvable|página no encontrada|pagina non trovata",  # the same
    r"页面不存在|ページが見つかりません",  # the same
    r"(?:service|temporarily) unavailable|bad gateway|internal server error",  # nginx, IIS
    r"site (?:is )?(?:under|down for) maintenance",  # WordPress
)
CONSENT: Final = _any(
    r"before you continue|we (?:value|care about) your privacy",  # Google, Quantcast
    r"(?:accept|reject) all(?: cookies)?|cookie consent",  # OneTrust
    r"datenschutz-?einstellungen|alle akzeptieren|wir benötigen ihre zustimmung",  # Usercentrics
    r"tout accepter|aceptar todo",  # Didomi
)
SCRIPTS: Final = _any(
    r"(?:enable|requires?|activate|turn on|without) java ?script",
    r"java ?script (?:is|must be|needs to be) (?:dis|en)abled",
)
HOME_PATHS: Final = re.compile(r"/(?:index|default|home)?(?:\.\w{2,5})?/?$", re.IGNORECASE)


def refusal(document: Document, body: str, title: str, position: int | None = None) -> tuple[str, str] | None:
    """Give the reason (a word of UnreadableError) and what was seen; None for what may be an announcement.

    Args:
        document: the page.
        body: what was read as the announcement's text.
        title: what was read as its headline.
        position: the headline's block.
    """
    total = sum(len(block.text) for block in document.blocks if not block.hidden)
    heading = next((block.text for block in document.blocks if block.heading), "")
    if total <= SHORT_CHARS and len(body) <= LONGEST_EXCUSE:
        for text in (document.head_title, heading, title):
            if BLOCKED.search(text[:200]):
                return "blocked", f"it says {text[:80]!r}"
    if len(body) < SHORTEST_BODY and (found := _wall(document, total)):
        return found
    if not spells(document.url, title) and (entries := listed(document, position)):
        home = HOME_PATHS.fullmatch(urlsplit(document.url).path or "/")
        return ("home" if home else "listing"), f"{entries} linked headlines, and no text beside theirs"
    return ("empty", "it has no text of an announcement") if len(body) < LEAST_BODY else None


def _wall(document: Document, total: int) -> tuple[str, str] | None:
    """Say what stands before the text of a page that shows none."""
    shown = " ".join(block.text for block in document.blocks[:40])[:4_000]
    if BLOCKED.search(shown[:600]) and total <= SHORT_CHARS:
        return "blocked", f"it says {shown[:80]!r}"
    if CONSENT.search(shown) and total <= SHORT_CHARS:
        return "consent", "it asks for consent before it shows anything"
    if document.programs and (total <= SHELL_CHARS or SCRIPTS.search(document.html[-60_000:])):
        return "needs scripts", f"{total} characters of text beside {document.programs} scripts"
    return None
