from dataclasses import replace
from datetime import date
from functools import cache
from urllib.parse import urlsplit

import pytest

from crawler.discover.platforms.known import PLATFORMS, offers, widest
from crawler.discover.read import listing
from crawler.errors import ShapeChanged
from crawler.model import Habits, Link, Page
from tests.discover.web import FETCHED, page
from tests.platforms.site import HOW_MANY, NEWEST, STORIES, Site
from tests.platforms.sites import SITES

BASE = "https://www.example.com"
EACH = pytest.mark.parametrize("site", SITES, ids=lambda site: site.platform)
MOST_REQUESTS = 200


def ask(site: Site, url: str) -> Page:
    assert url.startswith(BASE), f"{site.platform} asks another host: {url}"
    answer = site.answer(url.removeprefix(BASE), BASE)
    assert answer is not None, f"{site.platform} asks for what is not there: {url}"
    assert answer.status == 200
    headers = (("content-type", answer.content_type), *answer.headers)
    return Page(url, url, answer.status, headers, answer.body, FETCHED)


def newsroom(site: Site) -> Page:
    return ask(site, BASE + site.newsroom)


def address(site: Site) -> str:
    return next(url for platform, url in offers(newsroom(site)) if site.platform == platform.NAME)


@cache
def walk(site: Site) -> tuple[list[Link], int]:
    """Read all that a site has to give, as a backfill does; count the requests."""
    links: dict[str, Link] = {}
    following: str | None = address(site)
    requests = 0
    while following and requests < MOST_REQUESTS:
        answer = ask(site, following)
        if (wider := widest(answer)) != following and not links:
            answer = ask(site, wider)
        requests += 1
        found = listing(answer)
        assert found.way == site.platform
        links.update({link.url: link for link in found.links})
        following = found.next_page
    return list(links.values()), requests


@EACH
def test_a_newsroom_is_known_by_its_own_page(site: Site) -> None:
    assert site.platform in {platform.NAME for platform, _ in offers(newsroom(site))}


@EACH
def test_all_thousand_releases_are_found_with_the_fewest_requests(site: Site) -> None:
    links, requests = walk(site)
    assert len(links) == HOW_MANY
    assert requests == site.requests


@EACH
def test_a_release_has_its_title_its_day_and_a_page_that_is_there(site: Site) -> None:
    first = walk(site)[0][0]
    assert first.title == STORIES[0].title
    assert first.published is not None
    assert first.published.day == NEWEST
    assert site.answer(first.url.removeprefix(BASE), BASE) is not None


@EACH
def test_bodies_come_along_where_the_platform_gives_them(site: Site) -> None:
    links, _ = walk(site)
    assert all((link.html is not None) == site.whole for link in links)


def test_every_platform_has_a_site() -> None:
    assert {site.platform for site in SITES} == {platform.NAME for platform in PLATFORMS}


@EACH
def test_no_other_interface_claims_a_platforms_newsroom(site: Site) -> None:
    found = {platform.NAME for platform, _ in offers(newsroom(site))}
    assert found <= {site.platform, "drupal"}


@EACH
def test_an_identity_is_stable_and_of_one_host(site: Site) -> None:
    identities = [link.identity for link in walk(site)[0] if link.identity]
    assert len(identities) in {0, HOW_MANY}
    assert all(each.startswith(f"{site.platform}:") for each in identities)


@pytest.mark.parametrize("name", ["q4", "wordpress", "cision", "mfn", "globenewswire", "aem"])
@pytest.mark.parametrize(
    "body", ["<html>Access denied</html>", "[1, 2]", '{"message": "gone"}', "[" * 100_000, ""]
)
def test_an_unknown_shape_says_what_was_seen(name: str, body: str) -> None:
    site = next(site for site in SITES if site.platform == name)
    platform = next(platform for platform in PLATFORMS if name == platform.NAME)
    answer = replace(ask(site, address(site)), body=body.encode())
    if name == "wordpress" and body == "[1, 2]":
        answer = replace(answer, body=b'[{"message": "gone"}]')
    with pytest.raises(ShapeChanged, match=name):
        platform.read(answer, Habits())


@pytest.mark.parametrize("name", ["nir", "equisolve", "prnewswire", "eqs"])
def test_a_list_of_an_unknown_shape_is_read_by_its_looks(name: str) -> None:
    site = next(site for site in SITES if site.platform == name)
    answer = newsroom(site)
    for known in (b"news-release-details", b"press-releases/detail", b"news-releases/", b"news/corporate"):
        answer = replace(answer, body=answer.body.replace(known, b"new-place"))
    found = listing(answer)
    assert found.way == "listing"
    assert len(found.links) >= 20
    assert found.warning is not None
    assert "shape changed" in found.warning


def test_q4_asks_again_for_all_categories_where_the_default_one_is_empty() -> None:
    site = next(site for site in SITES if site.platform == "q4")
    empty = replace(ask(site, address(site)), body=b'{"GetPressReleaseListResult": []}')
    following = listing(empty).next_page
    assert following is not None
    assert "categoryId=00000000-0000-0000-0000-000000000000" in following
    assert listing(replace(empty, url=following)).next_page is None


def test_q4_pages_back_until_a_page_is_not_full() -> None:
    site = next(site for site in SITES if site.platform == "q4")
    first = listing(ask(site, address(site)))
    assert len(first.links) == 50
    assert first.next_page is not None
    assert listing(ask(site, first.next_page)).links[0].title == STORIES[50].title


def test_q4_hours_are_the_companys_and_only_a_day_where_its_zone_is_unknown() -> None:
    site = next(site for site in SITES if site.platform == "q4")
    answer = ask(site, address(site))
    unknown = listing(answer).links[0].published
    known = listing(answer, habits=Habits(zone="America/New_York")).links[0].published
    assert unknown is not None
    assert unknown.moment is None
    assert known is not None
    assert known.moment is not None
    assert known.moment.hour == 13


def test_wordpress_takes_only_what_is_published() -> None:
    site = next(site for site in SITES if site.platform == "wordpress")
    posts = ask(site, f"{BASE}/wp-json/wp/v2/press-releases?per_page=3&page=1")
    draft = replace(posts, body=posts.body.replace(b'"publish"', b'"future"', 1))
    assert [link.title for link in listing(draft).links] == [story.title for story in STORIES[1:3]]


def test_wordpress_asks_for_the_category_of_a_categorys_page() -> None:
    head = "<link rel='https://api.w.org/' href='https://example.com/wp-json/' />"
    start = page(head, "https://example.com/category/press-releases/")
    _, url = offers(start)[0]
    assert url == "https://example.com/wp-json/wp/v2/categories?slug=press-releases&_fields=id,slug"
    found = listing(replace(page('[{"id": 7, "slug": "press-releases"}]', url)))
    assert found.next_page is not None
    assert urlsplit(found.next_page).path == "/wp-json/wp/v2/posts"
    assert "categories=7" in found.next_page


def test_old_q4_answers_are_nested_deeper() -> None:
    body = '{"GetPressReleaseListResult": {"PressReleases": {"PressRelease": [{"PressReleaseId": 1'
    body += ', "Headline": "A b"'
    body += ', "PressReleaseDate": "07/18/2026 08:05:00", "LinkToDetailPage": "/news/a/default.aspx"}]}}}'
    found = listing(page(body, "https://example.com/feed/PressRelease.svc/GetPressReleaseList?pageSize=50"))
    assert found.links[0].published is not None
    assert found.links[0].published.day == date(2026, 7, 18)
