"""Read one announcement: Page → Release.  Asks title, date, body and the rest; decides nothing itself."""

from crawler.errors import UnreadableError
from crawler.extract.address import address_of
from crawler.extract.anatomy import anatomy
from crawler.extract.body.read import read_body
from crawler.extract.date.read import read_date
from crawler.extract.digest import digest
from crawler.extract.document.parse import Document, opened
from crawler.extract.language import language_of
from crawler.extract.refusal.judge import refusal
from crawler.extract.title.read import read_title
from crawler.model import Habits, Link, Page, Release


def read(page: Page, *, source: str, link: Link | None = None, habits: Habits = Habits()) -> Release:  # noqa: B008
    """Read the announcement on a page.

    Args:
        page: the page as received.
        source: name of the source it came by.
        link: what the newsroom said of it; its identity becomes the release's.
        habits: what is known of the source's pages.

    Raises:
        UnreadableError: the page is no announcement, and why.
    """
    with opened(page) as document:
        return _read(document, page, source, link, habits)


def _read(document: Document, page: Page, source: str, link: Link | None, habits: Habits) -> Release:
    title = read_title(document, link=link, habits=habits)
    body = read_body(document, title=title.text, position=title.position)
    led = page.final_url != page.url or (link is not None and link.html is None)
    if found := refusal(document, body.text, title.text, title.position, led=led):
        raise UnreadableError(page.url, *found)
    published = read_date(document, title=title, link=link, habits=habits, fetched=page.fetched)
    address = address_of(page.final_url, document.canonical, title.text)
    return Release(
        id=(link.identity if link else None) or address,
        source=source,
        url=address,
        title=title.text,
        subtitle=title.subtitle,
        published=published.published,
        body=body.text,
        parts=anatomy(body.text),
        language=language_of(f"{title.text}\n{body.text}", document.lang),
        digest=digest(title.text, body.text),
        warnings=(*document.remarks, *title.warnings),
        seen_first=page.fetched,
        seen_last=page.fetched,
    )
