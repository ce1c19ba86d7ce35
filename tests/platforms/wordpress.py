"""WordPress: a page that names its interface; a type of its own for releases."""

from tests.platforms.site import HOW_MANY, STORIES, Answer, Site, as_json, asked, detail, page, part


def answer(target: str, base: str) -> Answer | None:
    path, query = asked(target)
    if path == "/newsroom/":
        rows = "".join(
            f"<article><h2><a href='{base}/news/{story.slug}/'>{story.title}</a></h2>"
            f"<time>{story.printed}</time></article>"
            for story in STORIES[:10]
        )
        return page(rows, head=f"<link rel='https://api.w.org/' href='{base}/wp-json/'>")
    if path == "/wp-json/wp/v2/types":
        types = ("post", "posts"), ("page", "pages"), ("press", "press-releases")
        return as_json({name: {"slug": name, "rest_base": rest} for name, rest in types})
    if path != "/wp-json/wp/v2/press-releases":
        return detail(target)
    size, at = int(query["per_page"]), int(query["page"])
    pages = -(-HOW_MANY // size)
    if at > pages:
        return Answer(b'{"code": "rest_post_invalid_page_number"}', "application/json", status=400)
    posts = [
        {
            "id": story.number,
            "status": "publish",
            "date_gmt": f"{story.moment:%Y-%m-%dT%H:%M:%S}",
            "modified_gmt": f"{story.moment:%Y-%m-%dT%H:%M:%S}",
            "link": f"{base}/news/{story.slug}/",
            "title": {"rendered": story.title},
            "content": {"rendered": story.html, "protected": False},
        }
        for story in part(at - 1, size)
    ]
    return as_json(posts, ("x-wp-total", str(HOW_MANY)), ("x-wp-totalpages", str(pages)))


SITE = Site("wordpress", "/newsroom/", answer, requests=11, whole=True)
