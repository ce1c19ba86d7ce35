"""Pages of the newsroom without its server: what tests of the readers begin with."""

from crawler.model import Page
from tests.makers import make_page
from tests.newsroom.answer import address
from tests.newsroom.pages import details
from tests.newsroom.stories import COMPANIES, company

BASE = "https://press.example"


def stories() -> list[Page]:
    """Give the page of every story, as its server declares it."""
    pages = []
    for house in map(company, COMPANIES):
        answers = details(house)
        for story in house.stories:
            path = address(house, story)
            headers = (("content-type", answers[path].kind),)
            pages.append(make_page(BASE + path, answers[path].body, headers=headers))
    return pages
