"""Cision: a page that names its feed, and the feed in JSON."""

from tests.platforms.site import Answer, Site, as_json, asked, detail, page, part

KEY = "0123456789ABCDEF0123456789ABCDEF"


def answer(target: str, base: str) -> Answer | None:
    path, query = asked(target)
    if path == "/en/media/press-releases":
        script = f"<script>window.cision.websolution = {{feed: '{base}/papi/NewsFeed/{KEY}'}}</script>"
        return page("<div id='cision'></div>" + script * 4)
    if path != f"/papi/NewsFeed/{KEY}":
        return detail(target)
    rows = [
        {
            "EncryptedId": f"{story.number:016X}",
            "Title": story.title,
            "PublishDate": f"{story.moment:%Y-%m-%dT%H:%M:%SZ}",
            "CanonicalUrl": f"{base}/en/media/{story.slug}",
            "LanguageCode": "en",
            "InformationType": "PRM",
            "HtmlBody": story.html,
        }
        for story in part(int(query["pageIndex"]) - 1, min(int(query["pageSize"]), 100))
    ]
    return as_json({"Releases": rows})


SITE = Site("cision", "/en/media/press-releases", answer, requests=11, whole=True)
