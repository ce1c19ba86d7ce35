"""Addresses and names of sections and home pages are told from those of announcements."""

import pytest

from crawler.extract.refusal.sections import is_home, is_section, names_news, names_section

SITE = "https://acme.example"
SECTIONS = (
    *("/news/", "/en/news.html", "/newsroom/index.html", "/en/news-events/press-releases/default.aspx"),
    *("/news/?p=2", "/news/page/3/", "/news/2026/", "/news/2026/05/", "/2026/05/", "/news/2026.html"),
    *("/category/press/", "/tag/beer", "/search?q=beer", "/?s=beer", "/de/presse/pressemitteilungen/"),
    *("/actualites", "/xwzx/index.html", "/公司新闻/", "/en/news.html?page=2&year=2026"),
    *("/aktuelles/?tx_news[currentPage]=2", "/global/news/2026/index.html", "/about/all-press-releases.html"),
    *("/news/list.html", "/press-center/overview", "/presse/aktuell", "/dla-mediow/komunikaty-prasowe"),
)
OTHERS = (
    *("/news/acme-opens-plant", "/news/202605", "/news/20260501.html", "/news/news202605.html", "/?p=12"),
    *("/news/2026/05/12/", "/news.php?id=3", "/press-release/", "/company/news/2026-results", "/news/4711/"),
    *("/category/press/acme-opens-a-plant", "/archives/1234", "/", "/en/", "/products", "/why-brew/2026/11"),
    *("/acme-opens-plant?q=beer", "/index.php?main_page=contact_us", "/news/detail.html?tx_news[news]=2"),
    *("/news/7", "/news/news1.html", "/news/article-2.html", "/press/more-on-the-group"),
)
HOMES = ("", "/Pages/default.aspx", "/", "/index.html", "/de/", "/en-us/index.php", "/home")
NO_HOMES = ("/?p=12", "/news/", "/de/news", "/acme-opens-plant", "/index.php?id=3")


@pytest.mark.parametrize("path", SECTIONS)
def test_an_address_of_a_section_is_known(path: str) -> None:
    assert is_section(SITE + path)


@pytest.mark.parametrize("path", OTHERS)
def test_an_address_of_anything_else_is_none(path: str) -> None:
    assert not is_section(SITE + path)


@pytest.mark.parametrize("path", HOMES)
def test_an_address_of_a_home_page_is_known(path: str) -> None:
    assert is_home(SITE + path)


@pytest.mark.parametrize("path", NO_HOMES)
def test_an_address_of_another_page_is_none_of_a_home_page(path: str) -> None:
    assert not is_home(SITE + path)


@pytest.mark.parametrize("url", ["", "https://page.invalid/", "file:///page.html"])
def test_a_page_without_an_address_is_no_home_page(url: str) -> None:
    assert not is_home(url)


@pytest.mark.parametrize(
    "name",
    [
        *("News", "All Press Releases", "Latest corporate news", "News & Events", "Press releases 2026"),
        *(
            "Pressemitteilungen",
            "Toutes nos actualités",
            "Tiedotteet",
            "公司新闻",
            "ニュース一覧",
            "보도자료",
        ),
        "Acme press releases",
    ],
)
def test_a_name_of_a_section_is_known(name: str) -> None:
    assert names_section(name, "www.acme.example")


@pytest.mark.parametrize(
    "name", ["", "2026", "Acme", "Acme opens a plant", "Press release", "Zymo news", "Media group buys press"]
)
def test_another_name_is_none_of_a_section(name: str) -> None:
    assert not names_section(name, "www.acme.example")


def test_a_section_may_hold_something_else_than_news() -> None:
    assert names_news("Latest news")
    assert not names_news("From our blog")
