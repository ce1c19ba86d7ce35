"""Sources go out as OPML and come back as they were; foreign OPML is taken as far as it goes."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.archive import Archive
from crawler.config import opml
from crawler.config.toml import load
from crawler.errors import ConfigError
from crawler.model import Source
from tests.commands import Shell
from tests.makers import make_visit

FOREIGN = b"""<?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body>
<outline text="Steel"><outline text="Acme &amp; Sons" type="rss" xmlUrl="https://acme.example/rss"
 htmlUrl="https://acme.example/news"/><outline title="ACME &amp; sons" xmlUrl="https://acme.example/en/rss"/></outline>
<outline text="\xe6\x96\xb0\xe9\x97\xbb" type="rss" xmlUrl="https://www.xinghe.cn/rss"/>
<outline text="Bad" xmlUrl="javascript:alert(1)"/>
<outline text="Known" xmlUrl="https://known.example/rss/"/><outline text="A folder"/>
</body></opml>"""


@given(
    st.lists(
        st.builds(
            Source,
            name=st.from_regex(r"[a-z0-9][a-z0-9_-]{0,20}", fullmatch=True),
            url=st.from_regex(r"https://[a-z]{1,9}\.example/[!-~]{0,30}", fullmatch=True),
            way=st.sampled_from(["auto", "feed", "q4"]),
            every_s=st.none() | st.integers(1, 366 * 86_400),
            delay_s=st.none() | st.integers(0, 3_600).map(float),
            date_order=st.sampled_from([None, "dmy"]),
            zone=st.sampled_from([None, "Europe/Berlin"]),
            page=st.sampled_from([None, "https://page.example/news"]),
        ),
        max_size=4,
        unique_by=(lambda source: source.name, lambda source: source.url.casefold()),
    )
)
def test_sources_come_back_as_they_were(sources: list[Source]) -> None:
    back, troubles = opml.read(opml.write(sources), "x")
    kept = {source.name: source for source in back}
    assert len(kept) + len(troubles) == len(sources)  # two spellings of one address are one
    assert all(kept[source.name] == source for source in sources if source.name in kept)


def test_a_foreign_list_is_taken_folders_and_all() -> None:
    known = [Source("acme-sons", "https://known.example/rss/")]
    found, troubles = opml.read(FOREIGN, "feeds.opml", known)
    assert [(source.name, source.url, source.page) for source in found] == [
        ("acme-sons-2", "https://acme.example/rss", "https://acme.example/news"),
        ("acme-sons-3", "https://acme.example/en/rss", None),
        ("xinghe", "https://www.xinghe.cn/rss", None),
    ]
    assert len(troubles) == 2
    assert "outline 5: not a web address: 'javascript:alert(1)'" in troubles[0]
    assert "followed already" in troubles[1]


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"not xml",
        b"<rss version='2.0'><channel/></rss>",
        b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><opml><body><outline text='&a;'/></body></opml>",
        b"<opml>" + b"<outline/>" * 10_001 + b"</opml>",
        b" " * (opml.MOST_BYTES + 1),
        b"<outline>" * 5_000,
    ],
    ids=["empty", "text", "a feed", "entities", "too many", "too large", "too deep"],
)
def test_what_is_no_list_is_refused_in_one_sentence(document: bytes) -> None:
    with pytest.raises(ConfigError, match=r"^feeds\.opml: .") as caught:
        opml.read(document, "feeds.opml")
    assert "\n" not in str(caught.value)


def test_a_list_goes_from_one_home_to_another(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.configure('[[source]]\nname = "acme"\nurl = "https://acme.example/rss"\nevery = "2h"\n')
    with Archive.open(shell.home / "archive.db") as archive:
        archive.record_visit(make_visit("acme", way="feed"))
    told = shell("press-crawl", "export", "-")
    assert 'type="rss" xmlUrl="https://acme.example/rss"' in told.out
    shell.configure()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(told.out.encode())))
    assert shell("press-crawl", "import", "-").code == 0
    text = (shell.home / "sources.toml").read_text(encoding="utf-8")
    assert load(text, "x").sources == (Source("acme", "https://acme.example/rss", every_s=7_200),)
    again = shell.home / "again.opml"
    shell("press-crawl", "export", str(again))
    said = shell("press-crawl", "import", str(again))
    assert said.code == 1
    assert "nothing new" in said.err


def test_a_file_that_is_not_there_is_said(shell: Shell) -> None:
    said = shell("press-crawl", "import", str(shell.home / "none.opml"))
    assert said.code == 4
    assert len(said.err.splitlines()) == 1


def test_a_removed_source_leaves_the_rest_of_the_file_and_what_was_fetched(shell: Shell) -> None:
    shell.configure(
        '\n# first\n[[source]]\nname = "acme"\nurl = "https://acme.example/"\n\n'
        '# second\n[[source]]\nname = "beta"\nurl = "https://beta.example/"\n'
    )
    with Archive.open(shell.home / "archive.db") as archive:
        archive.record_visit(make_visit("acme"))
    said = shell("press-crawl", "remove", "acme")
    assert said.code == 0
    text = (shell.home / "sources.toml").read_text(encoding="utf-8")
    assert text.endswith('\n# second\n[[source]]\nname = "beta"\nurl = "https://beta.example/"\n')
    assert "first" not in text
    with Archive.open(shell.home / "archive.db") as archive:
        assert archive.last_visit("acme") is not None
    assert shell("press-crawl", "remove", "acme").code == 4
