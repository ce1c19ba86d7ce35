"""Write an answer as an Atom feed (RFC 4287).  Pure: the time is an argument."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from html import escape

from index.engine import Hit, Results


def atom(results: Results, *, title: str, at: datetime) -> str:
    """Give the feed of an answer; ``at`` is when it was asked, aware."""
    entries = "\n".join(line for hit in results.hits for line in _entry(hit, at))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"  <id>{_text('urn:pressdex:search:' + title)}</id>\n"
        f"  <title>{_text(title)}</title>\n"
        f"  <updated>{_moment(at)}</updated>\n"
        "  <author><name>Pressdex</name></author>\n"
        f"{entries}\n"
        "</feed>\n"
    )


def _entry(hit: Hit, at: datetime) -> Iterator[str]:
    published = hit.moment or (datetime.combine(hit.day, time(), UTC) if hit.day else None)
    yield "  <entry>"
    yield f"    <id>{_text(hit.id if ':' in hit.id else hit.url)}</id>"
    yield f"    <title>{_text(hit.title)}</title>"
    yield f'    <link href="{_text(hit.url)}"/>'
    yield f"    <updated>{_moment(published or at)}</updated>"
    if published:
        yield f"    <published>{_moment(published)}</published>"
    yield f'    <category term="{_text(hit.source)}"/>'
    yield f"    <summary>{_text(hit.snippet)}</summary>"
    yield "  </entry>"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(text: str) -> str:
    """Escape a text, and leave out what XML 1.0 forbids."""
    allowed = (sign if sign.isprintable() or sign in "\n\t" else " " for sign in text)
    return escape("".join(allowed))
