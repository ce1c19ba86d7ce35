"""Equisolve: three links a release, pages from 1, the first again behind the last."""

from tests.platforms.site import HOW_MANY, Answer, Site, asked, detail, page, part

SIZE = 25
LAST = HOW_MANY // SIZE


def answer(target: str, _base: str) -> Answer | None:
    path, query = asked(target)
    if path != "/news-events/press-releases":
        return detail(target)
    at = int(query.get("page", "1"))
    at = at if at <= LAST else 1
    rows = "".join(
        f"<div class='item'><a href='/news-events/press-releases/detail/{story.number}/{story.slug}'>"
        f"<img alt=''></a>"
        f"<time datetime='{story.day}T09:00:00'>{story.printed}</time>"
        f"<h3><a href='/news-events/press-releases/detail/{story.number}/{story.slug}'>{story.title}"
        f"</a></h3>"
        f"<a href='/news-events/press-releases/detail/{story.number}/{story.slug}'>Read more</a></div>"
        for story in part(at - 1, SIZE)
    )
    pager = "".join(f"<a href='?page={n}'>{n}</a>" for n in (at - 1, at, at + 1) if 1 <= n <= LAST)
    head = "<link rel='stylesheet' href='https://www.stockpr.com/x.css'>"
    return page(f"<div class='spr-ir-news'>{rows}</div><div>{pager}</div>", head=head)


SITE = Site("equisolve", "/news-events/press-releases", answer, requests=LAST)
