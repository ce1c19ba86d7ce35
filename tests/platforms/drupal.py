"""Drupal: rows of a view; ``?page=1`` is page two."""

from tests.platforms.site import HOW_MANY, Answer, Site, asked, detail, page, part

SIZE = 20
LAST = HOW_MANY // SIZE - 1


def answer(target: str, _base: str) -> Answer | None:
    path, query = asked(target)
    if path != "/newsroom/news":
        return detail(target)
    at = int(query.get("page", "0"))
    rows = "".join(
        f"<div class='views-row'><time datetime='{story.moment:%Y-%m-%dT%H:%M:%SZ}'>{story.printed}</time>"
        f"<h3><a href='/newsroom/news/{story.slug}'>{story.title}</a></h3></div>"
        for story in part(at, SIZE)
    )
    numbers = "".join(
        f"<li><a href='?page={n}'>{n + 1}</a></li>" for n in range(max(0, at - 2), min(LAST, at + 2) + 1)
    )
    more = f"<li><a href='?page={at + 1}' rel='next'>Next ›</a></li>" if at < LAST else ""
    head = "<meta name='Generator' content='Drupal 10 (https://www.drupal.org)'>"
    return page(f"<div class='view-content'>{rows}</div><ul class='pager'>{numbers}{more}</ul>", head=head)


SITE = Site("drupal", "/newsroom/news", answer, requests=LAST + 1)
