"""Lay the stories out as feeds and sitemaps.  Pure."""

from collections.abc import Callable, Mapping
from datetime import datetime, time
from email.utils import format_datetime
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from tests.newsroom.answer import Answer, address
from tests.newsroom.stories import Company


def rss(company: Company, base: str) -> dict[str, Answer]:
    """Give the newest ten stories as RSS 2.0."""
    items = []
    for story in company.stories[:10]:
        moment = datetime.combine(story.day, story.hour or time(), tzinfo=ZoneInfo("America/New_York"))
        url = base + address(company, story)
        items.append(
            f"<item><title>{escape(story.headline)}</title><link>{url}</link>"
            f'<guid isPermaLink="true">{url}</guid><pubDate>{format_datetime(moment)}</pubDate>'
            f"<description>{escape(story.body[0])}</description></item>"
        )
    xml = (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
        f"<title>{escape(company.name)} press releases</title><link>{base}/{company.key}/</link>"
        f"<description>News</description>\n{chr(10).join(items)}\n</channel></rss>\n"
    )
    return {f"/{company.key}/rss.xml": Answer(xml.encode(), "application/rss+xml; charset=utf-8")}


def atom(company: Company, base: str) -> dict[str, Answer]:
    """Give the newest eight stories as Atom."""
    entries = []
    for story in company.stories[:8]:
        moment = datetime.combine(story.day, story.hour or time(), tzinfo=ZoneInfo("Europe/Berlin"))
        url = base + address(company, story)
        entries.append(
            f'<entry><title>{escape(story.headline)}</title><link href="{url}"/><id>{url}</id>'
            f"<published>{moment.isoformat()}</published><updated>{moment.isoformat()}</updated>"
            f"<summary>{escape(story.body[0])}</summary></entry>"
        )
    xml = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{escape(company.name)}</title><id>{base}/{company.key}/</id>"
        f"<updated>2025-11-03T12:00:00+01:00</updated>\n{chr(10).join(entries)}\n</feed>\n"
    )
    return {f"/{company.key}/atom.xml": Answer(xml.encode(), "application/atom+xml")}


def sitemaps(company: Company, base: str) -> dict[str, Answer]:
    """Give a sitemap index, and a sitemap for each year."""
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    answers = {}
    for year in sorted({story.day.year for story in company.stories}, reverse=True):
        rows = "\n".join(
            f"<url><loc>{base}{address(company, story)}</loc><lastmod>{story.day.isoformat()}</lastmod></url>"
            for story in company.stories
            if story.day.year == year
        )
        body = f"{head}<urlset {space}>\n{rows}\n</urlset>\n".encode()
        answers[f"/{company.key}/sitemap-{year}.xml"] = Answer(body, "application/xml")
    rows = "\n".join(f"<sitemap><loc>{base}{path}</loc></sitemap>" for path in answers)
    index = f"{head}<sitemapindex {space}>\n{rows}\n</sitemapindex>\n".encode()
    return answers | {f"/{company.key}/sitemap.xml": Answer(index, "application/xml")}


#: Company → the feed or sitemap it offers beside its listing.
FEEDS: Final[Mapping[str, Callable[[Company, str], dict[str, Answer]]]] = {
    "halden": rss,
    "norvia": atom,
    "brightwater": sitemaps,
}
