"""Adobe Experience Manager: a page's model in JSON, often open beside its HTML."""

import re
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from crawler.discover.platforms.answer import changed, load, seen
from crawler.discover.platforms.payload import links
from crawler.model import Habits, Listing, Page

NAME: Final = "aem"
MARKS: Final = re.compile(rb"/etc\.clientlibs/|/content/dam/|\bcmp-[a-z]|jcr_content|jcr:content")


def first(page: Page) -> str | None:
    """Ask for the model of the page."""
    parts = urlsplit(page.final_url)
    if not MARKS.search(page.body) or not parts.path.endswith(".html"):
        return None
    return urlunsplit(
        parts._replace(path=parts.path.removesuffix(".html") + ".model.json", query="", fragment="")
    )


def owns(page: Page) -> bool:
    """Answers are models, and lists in JSON below a page's content."""
    path = urlsplit(page.url).path
    return path.endswith(".model.json") or ("jcr_content" in path and path.endswith(".json"))


def widest(url: str) -> str:
    """A model holds what it holds."""
    return url


def read(page: Page, habits: Habits) -> Listing:
    """List the announcements in a model."""
    answer = load(page, NAME)
    found = links(answer, page, habits)
    if not found:
        raise changed(page, NAME, f"no dated list in {seen(answer)}")
    return Listing(NAME, found)
