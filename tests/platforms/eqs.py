"""EQS: entries with ids, date and hour in elements of their own."""

from tests.platforms.site import HOW_MANY, Answer, Site, asked, detail, page, part

SIZE = 50


def answer(target: str, _base: str) -> Answer | None:
    path, query = asked(target)
    if path != "/company/acme/news":
        return detail(target.rpartition("/")[0])
    at = int(query.get("page", "1"))
    rows = "".join(
        f"<a data-wio='news-feed-list-item' href='/news/corporate/{story.slug}"
        f"/{story.number:08x}-0000-4000-8000-{story.number:012x}_en'><p"
        f" class='news__date'>{story.day:%d.%m.%Y}</p>"
        f"<span class='news__time'>08:00</span><p class='news__title'>{story.title}</p></a>"
        for story in part(at - 1, SIZE)
    )
    pager = f"<a class='next' href='?page={at + 1}'>Next</a>" if at * SIZE < HOW_MANY else ""
    return page(f"<div class='news-feed'>{rows}</div><div>{pager}</div>")


SITE = Site("eqs", "/company/acme/news", answer, requests=20)
