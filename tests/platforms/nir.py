"""Notified: rows of one year until the filter asks for all."""

from tests.platforms.site import NEWEST, STORIES, Answer, Site, asked, detail, page

SIZE = 25
FIELD = "a1b2c3_year[value]"
FORM = (
    "<form id='widget-form-base'><input type='hidden' name='form_id' value='widget_form_base'>"
    f"<select name='{FIELD}'><option value='_none'>All</option><option>2026</option></select></form>"
)


def answer(target: str, _base: str) -> Answer | None:
    path, query = asked(target)
    if path != "/news-releases":
        return detail(target)
    all_years = query.get(FIELD) == "_none"
    stories = [story for story in STORIES if all_years or story.day.year == NEWEST.year]
    at = int(query.get("page", "0"))
    rows = "".join(
        f"<article class='node--nir-news--nir-widget-list'><div class='nir-widget--news--date-time'>"
        f"{story.printed}</div>"
        f"<a href='/news-releases/news-release-details/{story.slug}'>{story.title}</a></article>"
        for story in stories[at * SIZE : (at + 1) * SIZE]
    )
    more = f"<ul class='pager'><li><a href='?page={at + 1}'>Next</a></li></ul>"
    return page(FORM + rows + (more if (at + 1) * SIZE < len(stories) else ""))


SITE = Site("nir", "/news-releases", answer, requests=40)
