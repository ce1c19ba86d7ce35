"""A source that is designed anew: its new pages are read by their own habits, its old ones by theirs."""

from collections.abc import Mapping

from crawler.archive import Archive
from tests.commands import Shell
from tests.newsroom import Answer, Newsroom

WORDS = ["opens", "a", "hall", "for", "the", "makers", "of", "zymurgometers", "in", "Berlin"]


def page(number: int, printed: str, design: str) -> bytes:
    headline = f"Acme {' '.join(WORDS[number % 5 :])} {number}"
    text = f"Acme {' '.join(WORDS)} and says that four hundred people will work there. " * 4
    return (
        f"<!doctype html><html><head><title>{headline}{design}</title></head><body><main><article>"
        f"<p class=date>{printed}</p><h2>{headline}</h2><p>{text}</p></article></main></body></html>"
    ).encode()


def publish(newsroom: Newsroom, days: Mapping[int, str], design: str) -> None:
    links = "".join(
        f'<li><a href="/acme/news/{number}.html">Acme {" ".join(WORDS[number % 5 :])} {number}</a></li>'
        for number in sorted(days, reverse=True)
    )
    newsroom.answer("/acme/news/", Answer(f"<h1>News</h1><ul>{links}</ul>".encode()))
    for number, printed in days.items():
        if newsroom.look_up(f"/acme/news/{number}.html").status == 404:
            newsroom.answer(f"/acme/news/{number}.html", Answer(page(number, printed, design)))


def days(shell: Shell) -> dict[int, list[str]]:
    """Give the days that each release was ever read to be of, by its number."""
    found: dict[int, list[str]] = {}
    with Archive.open(shell.home / "archive.db", create=False) as archive:
        for url in archive.addresses("acme", 100):
            for change in archive.versions(url):
                read = change.release.published
                number = int(url.rpartition("/")[2].removesuffix(".html"))
                found.setdefault(number, []).append(read.day.isoformat() if read else "none")
    return found


def test_a_redesign_is_followed_and_what_was_read_by_the_habits_before_is_read_again(
    shell: Shell, newsroom: Newsroom
) -> None:
    old = {1: "25/10/2025", 2: "26/10/2025", 3: "27/10/2025", 4: "05/11/2025"}
    new = {5: "01/25/2026", 6: "02/26/2026", 7: "02/27/2026", 8: "03/04/2026"}
    shell.configure(f'[[source]]\nname = "acme"\nurl = "{newsroom.url}/acme/news/"\n')
    publish(newsroom, old, " | Acme Newsroom")
    assert shell("press-crawl", "run").code == 0
    assert days(shell)[4] == ["2025-11-05"]
    publish(newsroom, old | new, " – Acme Global Media")
    said = shell("press-crawl", "run", "--all")
    assert said.code == 0
    assert days(shell)[8] == ["2026-04-03", "2026-03-04"]
    assert shell("press-crawl", "reread").code == 0
    assert {number: read[-1] for number, read in days(shell).items() if number in {4, 8}} == {
        4: "2025-11-05",
        8: "2026-03-04",
    }
    with Archive.open(shell.home / "archive.db", create=False) as archive:
        names = archive.habits("acme").site_names
    assert {"Acme Newsroom", "Acme Global Media"} <= set(names)
