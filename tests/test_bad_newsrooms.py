"""A newsroom that misbehaves is told of in a clear word, and neither it nor another loses what is good."""

import gzip

import pytest

from tests.commands import Said, Shell
from tests.newsroom import Answer
from tests.web import Web, cards, feed, page

GOOD = {"/good/": page(cards("good", 3))}


def run(shell: Shell, web: Web, path: str, *, options: str = "", arguments: tuple[str, ...] = ()) -> Said:
    """Follow a source at a path and a good one beside it; run, and see that the good one is done."""
    shell.configure(
        f'[[source]]\nname = "bad"\nurl = "{web.url}{path}"\n{options}\n'
        f'[[source]]\nname = "good"\nurl = "{web.url}/good/"\n'
    )
    said = shell("press-crawl", "run", "--all", *arguments)
    assert "good: 3 new" in said.out
    assert "Traceback" not in said.err
    return said


def told(said: Said, name: str = "bad") -> str:
    return next(line for line in said.out.splitlines() if line.startswith(f"{name}: "))


@pytest.mark.parametrize(
    ("body", "options", "words"),
    [
        pytest.param(page("<h1>News</h1>"), 'way = "feed"', "an HTML page came", id="a feed that is HTML"),
        pytest.param("<rss><channel></channel></rss>", "", "no announcements", id="an empty feed"),
        pytest.param("<rss version='2.0'><channel><item>", "", "no announcements", id="half a feed"),
        pytest.param(
            "<sitemapindex><sitemap><loc>BASE/x</loc></sitemap></sitemapindex>",
            "",
            "no announcements",
            id="a sitemap that points to itself",
        ),
        pytest.param(
            "<!DOCTYPE x [<!ENTITY a 'b'>]><urlset><url><loc>BASE/&a;</loc></url></urlset>",
            "",
            "document type",
            id="a sitemap with entities",
        ),
        pytest.param('{"Result": {}}', 'way = "q4"', "shape changed: q4", id="no such platform"),
        pytest.param(page("<script></script>" * 9), "", "needs scripts", id="a page that scripts fill"),
        pytest.param(page("<h1>Access denied</h1>"), "", "blocked", id="a refusal"),
        pytest.param(
            page("<p><a href='javascript:go()'>Acme Opens a Plant in Graz for Anvils</a></p>" * 9),
            "",
            "no list",
            id="links to scripts",
        ),
        pytest.param(
            page("<p><a href='mailto:a@acme.example'>Acme Opens a Plant in Graz</a></p>" * 9),
            "",
            "no list",
            id="links to people",
        ),
    ],
)  # fmt: skip
def test_what_lists_nothing_is_told_in_a_word(body: str, options: str, words: str, shell: Shell) -> None:
    with Web({**GOOD, "/x": body}) as web:
        said = run(shell, web, "/x", options=options)
        assert words in told(said)
        assert len(web.log) < 20


@pytest.mark.parametrize("arguments", [(), ("--backfill",)], ids=["visit", "backfill"])
def test_sitemaps_that_point_to_each_other_are_read_once(arguments: tuple[str, ...], shell: Shell) -> None:
    index = "<sitemapindex><sitemap><loc>BASE/{}.xml</loc></sitemap></sitemapindex>"
    with Web({**GOOD, "/a.xml": index.format("b"), "/b.xml": index.format("a")}) as web:
        run(shell, web, "/a.xml", arguments=arguments)
        assert (web.asked("/a.xml"), web.asked("/b.xml")) == (1, 1)


class Endless(Web):
    """A list whose every page leads to one more."""

    #: Whether each page shows other announcements than the one before.
    is_fresh = False

    def look_up(self, path: str) -> Answer:
        if "/acme-" in path or not path.startswith("/list"):
            return super().look_up(path)
        number = int(path.partition("=")[2] or 1)
        folder = f"list/{number}" if self.is_fresh else "list"
        return Answer(
            page(f"{cards(folder, 4)}<a rel='next' href='/list?page={number + 1}'>Next</a>").encode()
        )


@pytest.mark.parametrize("arguments", [(), ("--backfill",)], ids=["visit", "backfill"])
def test_a_pager_that_repeats_page_one_for_ever_is_left(arguments: tuple[str, ...], shell: Shell) -> None:
    with Endless(GOOD) as web:
        said = run(shell, web, "/list", arguments=arguments)
        assert "bad: 4 new" in said.out
        assert sum(request.path.startswith("/list?") for request in web.log) <= 1


def test_an_endless_list_is_read_as_far_as_a_visit_goes_and_that_is_said(shell: Shell) -> None:
    with Endless(GOOD) as web:
        web.is_fresh = True
        said = run(shell, web, "/list")
        assert "bad: 80 new" in said.out
        assert "more pages than one visit reads" in told(said)


def test_a_bomb_in_gzip_is_cut(shell: Shell) -> None:
    bomb = gzip.compress(b"<urlset>" + b"<url>" + b" " * (80 * 2**20) + b"</url></urlset>")
    with Web(GOOD) as web:
        web.put["/bomb.xml.gz"] = Answer(bomb, "application/gzip")
        said = run(shell, web, "/bomb.xml.gz")
    assert "cut after 50 MiB" in told(said)


def test_ten_thousand_links_on_one_page_are_cut_and_said(shell: Shell) -> None:
    items = "".join(
        f"<li><time datetime='2026-09-0{n % 9 + 1}'></time>"
        f"<a href='/x/acme-{n}'>Acme Opens Plant {n} in Graz</a></li>"
        for n in range(10_000)
    )
    with Web({"/x/": page(f"<main><ul>{items}</ul></main>")}) as web:
        said = shell("press-crawl", "add", f"{web.url}/x/", "--dry-run")
        assert "listing  5000 " in said.out
        assert len(web.log) <= 12


def test_links_into_ones_own_network_are_not_followed_and_the_others_are(shell: Shell) -> None:
    inside = "".join(
        f"<div class='card'><time datetime='2026-09-1{n}'></time>"
        f"<h3><a href='http://10.0.0.{n}/news/{n}'>Acme Opens a Plant in Graz, Number {n}</a></h3></div>"
        for n in range(3)
    )
    with Web({**GOOD, "/mixed/": page(f"<main>{inside}{cards('mixed', 4)}</main>")}) as web:
        said = run(shell, web, "/mixed/")
        assert "bad: 4 new" in said.out


def test_a_day_that_no_calendar_has_is_no_day(shell: Shell) -> None:
    strange = feed("x", 3).replace("Sep 2026", "Sep 20260").replace("08:00 GMT", "99:99 GMT")
    with Web({**GOOD, "/x": strange}) as web:
        said = run(shell, web, "/x")
        assert "bad: 3 new" in said.out
        hits = shell("press-search", "*", "--source", "bad", "--json").json()["hits"]
        assert all((hit["day"] or "2026") < "2027" for hit in hits)
