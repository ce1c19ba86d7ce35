"""``press-crawl add``: any address of a site, and it is found out how the site publishes."""

import io
from collections.abc import Mapping

import pytest

from crawler.config import toml
from crawler.look import MOST_REQUESTS
from crawler.model import Source
from tests.commands import Said, Shell
from tests.platforms.loopback import Loopback
from tests.platforms.site import STORIES, Site
from tests.platforms.sites import SITES
from tests.web import Web, cards, feed, page

EACH = pytest.mark.parametrize("site", SITES, ids=lambda site: site.platform)


def followed(shell: Shell) -> list[Source]:
    text = (shell.home / "sources.toml").read_text(encoding="utf-8")
    return list(toml.load(text, "sources.toml").sources)


@EACH
def test_a_platform_is_recognised_from_the_page_that_people_see(site: Site, shell: Shell) -> None:
    with Loopback(site) as newsroom:
        said = shell("press-crawl", "add", newsroom.newsroom, "--name", "acme")
        assert said.code == 0, said.err
        [source] = followed(shell)
        assert source.way == site.platform
        assert len(newsroom.log) <= MOST_REQUESTS
    for story in STORIES[:5]:
        assert f"{story.day}  stated     {story.title}" in said.out


MENU = "<nav><a href='/about'>About us</a><a href='/press/'>Press releases</a><a href='/blog/'>Blog</a></nav>"
SHELL = "<div id='root'></div>" + "<script src='/app.js'></script>" * 6
BLOG_FEED = "<link rel='alternate' type='application/rss+xml' href='/blog/feed.xml'>"


@pytest.mark.parametrize(
    ("answers", "given", "url"),
    [
        pytest.param(
            {"/": page(MENU), "/press/": page(MENU + cards("press")), "/blog/": page(MENU + cards("blog"))},
            "/",
            "/press/",
            id="from the home page to the press releases",
        ),
        pytest.param(
            {
                "/": page(MENU, head=BLOG_FEED),
                "/press/": page(MENU + cards("press")),
                "/blog/feed.xml": feed("blog", 9, words="Thinks About Anvils"),
            },
            "/",
            "/press/",
            id="the press releases rather than a blog's feed",
        ),
        pytest.param(
            {
                "/press/": page(MENU + cards("press"), head=BLOG_FEED),
                "/blog/feed.xml": feed("blog", 9, words="Thinks About Anvils"),
            },
            "/press/",
            "/press/",
            id="never another list than the given one's",
        ),
        pytest.param(
            {
                "/press/": page(MENU + SHELL + "<a href='/press/rss.xml'>RSS</a>"),
                "/press/rss.xml": feed("press"),
            },
            "/press/",
            "/press/rss.xml",
            id="a feed behind a page of scripts",
        ),
        pytest.param(
            {
                "/robots.txt": "Sitemap: BASE/maps/index.xml",
                "/press/": page(SHELL),
                "/maps/index.xml": "<sitemapindex><sitemap><loc>BASE/maps/pages.xml</loc></sitemap><sitemap>"
                "<loc>BASE/maps/press.xml</loc></sitemap></sitemapindex>",
                "/maps/press.xml": "<urlset>"
                + "".join(f"<url><loc>BASE/press/acme-opens-plant-{n}</loc></url>" for n in range(9))
                + "</urlset>",
            },
            "/press/",
            "/maps/index.xml",
            id="a sitemap that robots.txt names",
        ),
    ],
)  # fmt: skip
def test_the_best_way_of_a_site_is_found(
    answers: Mapping[str, str], given: str, url: str, shell: Shell
) -> None:
    with Web(answers) as web:
        said = shell("press-crawl", "add", web.url + given)
        assert said.code == 0, said.err
        assert [source.url for source in followed(shell)] == [web.url + url]
        assert len(web.log) <= MOST_REQUESTS


def test_announcements_are_not_asked_as_if_they_were_newsrooms(shell: Shell) -> None:
    with Web({"/list/": page(cards("press-releases", words="Press Release"))}) as web:
        shell("press-crawl", "add", f"{web.url}/list/")
        assert len([request for request in web.log if "acme-" in request.path]) == 5  # those shown in full


def test_the_page_that_names_a_feed_is_kept_beside_it(shell: Shell) -> None:
    answers = {"/press/": page(SHELL + "<a href='/press/rss.xml'>RSS</a>"), "/press/rss.xml": feed("press")}
    with Web(answers) as web:
        shell("press-crawl", "add", f"{web.url}/press/")
        assert [source.page for source in followed(shell)] == [f"{web.url}/press/"]
        again = shell("press-crawl", "add", f"{web.url}/press/")
    assert again.code == 4
    assert "followed already" in again.err


def test_a_newsroom_of_scripts_without_an_open_way_is_said_to_be_one(shell: Shell) -> None:
    with Web({"/press/": page(SHELL)}) as web:
        said = shell("press-crawl", "add", f"{web.url}/press/", "--yes")
    assert said.code == 3
    assert "needs scripts" in said.err
    assert "nothing was added" in said.err
    assert followed(shell) == []


def test_no_look_takes_more_requests_than_it_may(shell: Shell) -> None:
    many = "".join(f"<a href='/press/{n}/'>Press releases of region {n}</a>" for n in range(30))
    answers = {"/": page(many)} | {f"/press/{n}/": page(many + cards(f"press/{n}", 2)) for n in range(30)}
    with Web(answers) as web:
        shell("press-crawl", "add", f"{web.url}/")
        assert len(web.log) <= MOST_REQUESTS


def test_a_page_that_redirects_in_a_row_costs_no_more_than_it_may(shell: Shell) -> None:
    with Web({}) as web:
        web.hops = 20
        said = shell("press-crawl", "add", f"{web.url}/hop/0")
        assert len(web.log) <= MOST_REQUESTS
    assert said.code == 3


def test_a_dry_run_shows_and_changes_nothing(shell: Shell) -> None:
    with Web({"/press/": page(cards("press"))}) as web:
        before = (shell.home / "sources.toml").read_bytes()
        said = shell("press-crawl", "add", f"{web.url}/press/", "--dry-run")
    assert said.code == 0
    assert "Acme Opens a Plant" in said.out
    assert (shell.home / "sources.toml").read_bytes() == before


def test_releases_that_cannot_be_read_are_shown_and_said(shell: Shell) -> None:
    with Web({"/press/": page(cards("press/gone"))}) as web:
        said = shell("press-crawl", "add", f"{web.url}/press/")
    assert said.code == 0
    assert said.out.count("not read") == 5
    assert "none of its newest releases could be read" in said.err


def test_the_block_that_is_written_says_what_was_found_and_keeps_what_was_there(shell: Shell) -> None:
    shell.configure("# mine\n")
    with Web({"/press/": page(cards("press"))}) as web:
        shell("press-crawl", "add", f"{web.url}/press/", "--name", "acme", "--every", "2h")
    text = (shell.home / "sources.toml").read_text(encoding="utf-8")
    assert "# mine\n" in text
    assert "8 announcements, all dated, back to 2026-06-16" in text
    assert [(source.name, source.every_s) for source in followed(shell)] == [("acme", 7_200)]


def test_many_addresses_are_read_from_stdin_one_a_line(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {
        "/press/": page(cards("press")),
        "/news/": page(cards("news")),
        "/none/": page("<p>Nothing</p>"),
    }
    with Web(answers) as web:
        lines = f"# ours\n{web.url}/press/\n\n{web.url}/none/\nnot an address\n{web.url}/news/\n"
        monkeypatch.setattr("sys.stdin", io.StringIO(lines))
        said = shell("press-crawl", "add", "-")
        assert [source.url for source in followed(shell)] == [f"{web.url}/press/", f"{web.url}/news/"]
    assert said.code == 3
    assert len(said.out.splitlines()) == 2
    assert len(said.err.splitlines()) == 2


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("typed", "options", "added"),
    [("n\n", [], False), ("y\n", [], True), ("\n", [], True), ("", ["--yes"], True)],
    ids=["no", "yes", "enter", "--yes"],
)
def test_a_person_at_a_terminal_is_asked_first(
    typed: str, options: list[str], added: bool, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Web({"/press/": page(cards("press"))}) as web:
        monkeypatch.setattr("sys.stdin", Terminal(typed))
        monkeypatch.setattr("sys.stderr", Terminal())
        said = shell("press-crawl", "add", f"{web.url}/press/", *options)
    assert said.code == 0
    assert bool(followed(shell)) == added


def private(shell: Shell, url: str) -> Said:
    (shell.home / "sources.toml").write_text("", encoding="utf-8")
    return shell("press-crawl", "add", url)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000/news", "http://10.1.2.3/news", "http://[::1]/news"])
def test_an_address_inside_ones_network_is_refused_with_the_way_out(shell: Shell, url: str) -> None:
    said = private(shell, url)
    assert said.code == 3
    assert "not a public address" in said.err
    assert "'allow'" in said.err


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param("<rss><channel>", "no announcements", id="an empty feed"),
        pytest.param("%PDF-1.7 x", "PDF", id="a PDF"),
        pytest.param("{}", "not html", id="JSON of no platform"),
        pytest.param("", "empty", id="nothing at all"),
        pytest.param(page("<h1>Access denied</h1>"), "blocked", id="a refusal"),
        pytest.param(page("<a href='javascript:x()'>News</a>"), "no list", id="a link to a script"),
        pytest.param(page("<a href='mailto:a@b.example'>Press</a>"), "no list", id="a link to a person"),
        pytest.param(
            "<sitemapindex><sitemap><loc>BASE/press/</loc></sitemap></sitemapindex>",
            "no announcements",
            id="a sitemap of itself",
        ),
    ],
)  # fmt: skip
def test_what_is_no_newsroom_is_said_in_one_sentence(body: str, words: str, shell: Shell) -> None:
    with Web({"/press/": body}) as web:
        said = shell("press-crawl", "add", f"{web.url}/press/")
        assert len(web.log) <= MOST_REQUESTS
    assert said.code == 3
    assert words in said.err
    assert len(said.err.splitlines()) == 1
