"""GlobeNewswire: an organisation's feed of whole releases that counts from where it starts."""

import re
from html import escape

from tests.platforms.site import STORIES, Answer, Site, detail, page

FEED = "/RssFeed/organization/Gx1Yz23abc=="
PAGED = re.compile(r"/organization/Gx1Yz23abc==/content/fulltext/attachments/all/max/(\d+)/start/(\d+)$")


def _feed(first: int, size: int, base: str) -> Answer:
    items = "".join(
        f"<item><title>{escape(story.title)}</title><guid>{story.number}</guid>"
        f"<link>{base}/news-release/{story.day:%Y/%m/%d}/{story.number}/0/en/{story.slug}.html</link>"
        f"<pubDate>{story.moment:%d %b %Y %H:%M} GMT</pubDate>"
        f"<content:encoded>{escape(story.html * 5)}</content:encoded></item>"
        for story in STORIES[first : first + size]
    )
    head = "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>Acme</title>"
    return Answer(f"{head}{items}</channel></rss>".encode(), "text/xml")


def answer(target: str, base: str) -> Answer | None:
    if target == "/en/search/organization/Acme":
        return page(
            "<div id='app'></div>",
            head=f"<link rel='alternate' href=\"{base}{FEED}/content/fulltext"
            '/attachments/all/max/20/start/0">',
        )
    if found := PAGED.search(target):
        return _feed(int(found[2]), int(found[1]), base)
    return _feed(0, 20, base) if target == FEED else detail(target)


SITE = Site("globenewswire", "/en/search/organization/Acme", answer, requests=11, whole=True)
