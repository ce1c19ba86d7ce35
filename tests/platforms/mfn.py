"""MFN: a company's page, and its feed in JSON."""

from tests.platforms.site import STORIES, Answer, Site, as_json, asked, detail, page


def answer(target: str, base: str) -> Answer | None:
    path, query = asked(target)
    if path == "/all/a/acme":
        return page(
            "<div id='app'></div>", head="<link href='https://storage.mfn.se/x.css' rel='stylesheet'>"
        )
    if path != "/all/a/acme.json":
        return detail(target)
    first, size = int(query.get("offset", "0")), int(query.get("limit", "20"))
    items = [
        {
            "news_id": f"n-{story.number}",
            "url": f"{base}/a/acme/{story.slug}",
            "properties": {"lang": "en", "tags": ["sub:report"]},
            "content": {
                "title": story.title,
                "publish_date": f"{story.moment:%Y-%m-%dT%H:%M:%SZ}",
                "html": story.html,
            },
        }
        for story in STORIES[first : first + size]
    ]
    return as_json({"version": "1.0", "items": items})


SITE = Site("mfn", "/all/a/acme", answer, requests=11, whole=True)
