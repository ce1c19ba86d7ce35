"""Q4: a page that scripts fill, and the list they ask for."""

from tests.platforms.site import STORIES, Answer, Site, as_json, asked, detail, page

CATEGORY = "1cb807d2-208f-4bc3-9133-6a9ad45ac3b0"


def answer(target: str, _base: str) -> Answer | None:
    path, query = asked(target)
    if path == "/news/default.aspx":
        return page(
            "<div class='evergreen-news'></div>" + "<script src='https://s1.q4cdn.com/x.js'></script>" * 5
        )
    if path != "/feed/PressRelease.svc/GetPressReleaseList":
        return detail(target.replace("/default.aspx", ""))
    size, at = int(query["pageSize"]), int(query["pageNumber"])
    stories = STORIES if query.get("categoryId") == CATEGORY else ()
    stories = stories if size < 0 else stories[at * size : (at + 1) * size]
    rows = [
        {
            "PressReleaseId": story.number,
            "RevisionNumber": 1,
            "Headline": story.title,
            "Body": story.html if query["bodyType"] == "2" else "",
            "PressReleaseDate": f"{story.day:%m/%d/%Y} 08:05:00",
            "LinkToDetailPage": f"/news/{story.slug}/default.aspx",
            "LinkToUrl": "",
            "TagsList": ["news"],
            "LanguageId": 1,
        }
        for story in stories
    ]
    return as_json({"GetPressReleaseListResult": rows})


SITE = Site("q4", "/news/default.aspx", answer, requests=1, whole=True)
