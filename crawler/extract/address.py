"""Compare addresses with headlines: which address is an announcement's own.  Pure."""

import re
from typing import Final
from urllib.parse import unquote, urlsplit

from crawler.urls import canonical, same_site

SPELT_WORDS: Final = 2  # words of a headline in an address; section names share one
WORD: Final = re.compile(r"\w{3,}")
FILE_ENDING: Final = re.compile(r"\.(?:html?|aspx?|php|jsp|do|shtml|xhtml|cfm)$")


def address_of(answered: str, declared: str | None, title: str) -> str:
    """Take the address a page declares as its own, where it is of this site and this announcement.

    Some sites declare one address, their section's, on all pages: a declared one must spell the headline, or
    end like the address that answered without dropping its query.
    """
    own = canonical(answered)
    if declared is None or not same_site(declared, own):
        return own
    wanted = canonical(declared)
    end = _end(wanted)
    alike = end == _end(own) and bool(urlsplit(wanted).query) == bool(urlsplit(own).query)
    return wanted if end and (alike or spells(wanted, title)) else own


def spells(url: str, title: str) -> bool:
    """Say whether the end of an address spells words of a headline, as ``/news/acme-opens-plant`` does."""
    words = set(WORD.findall(title.casefold()))
    return len(words.intersection(WORD.findall(_end(url)))) >= SPELT_WORDS


def _end(url: str) -> str:
    """Give the last piece of an address's path, without its file ending, as ``acme-opens-plant``."""
    piece = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2].casefold()
    return FILE_ENDING.sub("", piece)
