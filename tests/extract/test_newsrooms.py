"""An announcement is read whole, and nothing else, in the frames of the platforms that newsrooms use."""

import pytest

from crawler.extract.body.read import read_body
from crawler.extract.document.parse import parse_html
from crawler.extract.title.read import read_title
from tests.extract.newsrooms import FRAMES, JUNK, TITLE, WORDS, page


def body_of(html: str) -> str:
    document = parse_html(html, "https://acme.example/news/third-quarter")
    title = read_title(document)
    return read_body(document, title=title.text, position=title.position).text


@pytest.mark.parametrize("platform", FRAMES)
def test_an_announcement_is_read_whole_and_alone_on_every_platform(platform: str) -> None:
    body = body_of(page(platform, *WORDS))
    missing = [part for part, words in WORDS.items() if words not in body]
    surplus = [words for words in (*JUNK, TITLE) if words in body]
    assert (missing, surplus) == ([], [])


@pytest.mark.parametrize("platform", FRAMES)
def test_an_announcement_of_one_paragraph_is_found(platform: str) -> None:
    assert WORDS["lead"] in body_of(page(platform, "lead"))
