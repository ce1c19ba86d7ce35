"""Adobe Experience Manager: a page that scripts fill, and its model."""

from tests.platforms.site import STORIES, Answer, Site, as_json, detail, page


def answer(target: str, _base: str) -> Answer | None:
    if target == "/content/acme/en/newsroom.html":
        return page(
            "<div class='cmp-newslist'></div>" + "<script src='/etc.clientlibs/acme/site.js'></script>" * 5
        )
    if target != "/content/acme/en/newsroom.model.json":
        return detail(target)
    items = [
        {
            "title": story.title,
            "path": f"/content/acme/en/newsroom/{story.slug}.html",
            "publishDate": f"{story.day}",
        }
        for story in STORIES
    ]
    menu = [{"title": "About Acme", "path": "/about.html"}, {"title": "Our Anvils", "path": "/anvils.html"}]
    return as_json({"title": "Newsroom", ":items": {"nav": {"items": menu}, "list": {"items": items}}})


SITE = Site("aem", "/content/acme/en/newsroom.html", answer, requests=1)
