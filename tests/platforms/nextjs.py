"""Next.js: an empty page with the payload it is drawn from."""

import json

from tests.platforms.site import HOW_MANY, Answer, Site, asked, detail, page, part

SIZE = 50


def answer(target: str, _base: str) -> Answer | None:
    path, query = asked(target)
    if path != "/stories":
        return detail(target)
    at = int(query.get("page", "1"))
    articles = [
        {
            "id": story.number,
            "slug": story.slug,
            "fields": {"headline": story.title, "publishedAt": f"{story.day}"},
        }
        for story in part(at - 1, SIZE)
    ]
    menu = [{"label": "Our company", "href": "/company"}, {"label": "Our anvils", "href": "/anvils"}]
    props = {"menu": menu, "articles": articles, "totalPages": HOW_MANY // SIZE, "page": at}
    payload = json.dumps({"props": {"pageProps": props}, "page": "/stories"})
    shell = "<div id='__next'></div>" + "<script src='/_next/static/x.js'></script>" * 4
    return page(f"{shell}<script id='__NEXT_DATA__' type='application/json'>{payload}</script>")


SITE = Site("nextjs", "/stories", answer, requests=HOW_MANY // SIZE)
