"""Other people's readers in the shape of ours: bytes and an address in, title, date and body out.

Each is imported when it is asked for; all are of the ``bench`` extra.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

Answer = Mapping[str, Any] | None
Reader = Callable[[bytes, str], Answer]

#: Elements that a reader of text ends a line after.
BLOCKS: Final = ("p", "div", "li", "tr", "br", "blockquote", "pre", "td", "h1", "h2", "h3", "h4", "h5", "h6")


def trafilatura() -> Reader:
    """As its documentation calls it."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - of the bench extra

    def read(html: bytes, url: str) -> Answer:
        found = bare_extraction(html, url=url, with_metadata=True, include_comments=False)
        return {"title": found.title, "date": found.date, "body": found.text} if found else None

    return read


def newspaper4k() -> Reader:
    """Without pictures and without a language model, neither of which is asked for."""
    import warnings  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks for nltk, which only its summaries need
        from newspaper import Article  # noqa: PLC0415

    def read(html: bytes, url: str) -> Answer:
        article = Article(url, fetch_images=False)
        article.download(input_html=html)
        article.parse()
        return {"title": article.title, "date": article.publish_date, "body": article.text}

    return read


def readability() -> Reader:
    """Title and body of readability-lxml, the date of htmldate: they are used together."""
    from htmldate import find_date  # noqa: PLC0415
    from lxml.html import fromstring  # noqa: PLC0415
    from readability import Document  # noqa: PLC0415

    def read(html: bytes, url: str) -> Answer:
        document = Document(html, url=url)
        tree = fromstring(document.summary(html_partial=True))
        for element in tree.iter(*BLOCKS):
            element.tail = f"\n{element.tail or ''}"
        day = find_date(html, url=url, original_date=True)
        return {"title": document.short_title(), "date": day, "body": tree.text_content()}

    return read


#: Name → what opens the reader.
PEERS: Final[dict[str, Callable[[], Reader]]] = {
    "trafilatura": trafilatura,
    "newspaper4k": newspaper4k,
    "readability+htmldate": readability,
}
