"""PR Newswire: a company's page, the date glued to the headline."""

from tests.platforms.site import HOW_MANY, Answer, Site, asked, detail, page, part


def answer(target: str, _base: str) -> Answer | None:
    path, query = asked(target)
    if path != "/news/acme-corp/":
        return detail(target)
    at, size = int(query.get("page", "1")), min(int(query.get("pagesize", "25")), 100)
    rows = "".join(
        f"<div class='card'><a class='newsreleaseconsolidatelink'"
        f" href='/news-releases/{story.slug}-3010{story.number}.html'>"
        f"<h3><small>{story.day:%b %d, %Y}, 09:01 ET</small>{story.title}</h3></a></div>"
        for story in part(at - 1, size)
    )
    pager = f"<a href='?page={at + 1}&amp;pagesize={size}'>Next</a>" if at * size < HOW_MANY else ""
    return page(rows + pager)


SITE = Site("prnewswire", "/news/acme-corp/", answer, requests=10)
