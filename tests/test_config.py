"""The configuration: what is wrong is named with its way out, and a block reads back equal."""

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config.entries import block, propose_name, without
from crawler.config.toml import Config, Settings, interval, load
from crawler.errors import ConfigError
from crawler.home import home
from crawler.model import Source, Way
from crawler.schedule.hours import read

ACME = '[[source]]\nname = "acme"\nurl = "https://acme.example/news"\n'


def test_an_empty_file_is_a_configuration_without_sources() -> None:
    assert load("", "sources.toml") == Config()


def test_every_key_is_read() -> None:
    text = """
        [crawl]
        contact = "https://example.org/bot"
        delay = "2s"
        timeout = 5
        largest = "2 MiB"
        every = "2h"
        allow = ["127.0.0.1", "Intranet:8080"]

        [[source]]
        name = "acme"
        url = "https://acme.example/news"
        way = "feed"
        every = "30m"
        delay = 0.5
        date_order = "dmy"
        zone = "Europe/Berlin"
        page = "https://acme.example/newsroom"

        [[source]]
        name = "beta"
        url = "http://beta.example/"
    """
    assert load(text, "sources.toml") == Config(
        Settings("https://example.org/bot", 2.0, 5.0, 2 * 2**20, ("127.0.0.1", "intranet:8080")),
        (
            Source(
                "acme",
                "https://acme.example/news",
                "feed",
                1_800,
                0.5,
                "dmy",
                "Europe/Berlin",
                page="https://acme.example/newsroom",
            ),
            Source("beta", "http://beta.example/", "auto", 7_200),
        ),
    )


@pytest.mark.parametrize(
    ("crawl", "own", "every_s"),
    [
        ("", "", None),
        ("", 'every = "auto"', None),
        ("", 'every = "2h"', 7_200),
        ('every = "3h"', "", 10_800),
        ('every = "3h"', 'every = "auto"', None),
        ('every = "auto"', "", None),
    ],
)
def test_a_source_follows_its_rhythm_unless_an_interval_is_given(
    crawl: str, own: str, every_s: int | None
) -> None:
    [source] = load(f"[crawl]\n{crawl}\n{ACME}{own}", "sources.toml").sources
    assert source.every_s == every_s


def test_a_source_takes_hours_and_bounds_from_the_whole() -> None:
    text = '[crawl]\nhours = "Mon-Fri 07:00-19:00"\nmin = "5m"\nmax = "6h"\n' + ACME
    [source] = load(text, "sources.toml").sources
    assert (source.hours, source.soonest_s, source.latest_s) == (read("Mon-Fri 07:00-19:00"), 300, 21_600)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            '[[source]]\nname = "acme"\nurl = "htp:/x"',
            "source 'acme': 'url' is not a web address: 'htp:/x'; begin it with https:// or http://",
            id="a bad address",
        ),
        pytest.param(
            '[[source]]\nname = "acme"\nuri = "https://x.example"',
            "source 'acme': unknown key 'uri'; did you mean 'url'?",
            id="a misspelt key",
        ),
        pytest.param(
            "[crawl]\nzzz = 1",
            "[crawl]: unknown key 'zzz'; known keys: contact, delay, timeout, largest, every, min, max, "
            "hours, allow",
            id="a key like no other",
        ),
        pytest.param(
            '[[sources]]\nname = "acme"',
            "unknown key 'sources'; did you mean 'source'?",
            id="a misspelt table",
        ),
        pytest.param(
            '[source]\nname = "acme"',
            "'source' is not a list of tables; begin each source with [[source]]",
            id="single brackets",
        ),
        pytest.param(
            'crawl = "slowly"',
            "'crawl' is not a table; write [crawl] on a line of its own",
            id="crawl as a value",
        ),
        pytest.param(
            ACME + 'hours = "at noon"',
            "source 'acme': 'hours' is not hours of a week: 'at noon'; write them like Mon-Fri 07:00-19:00",
            id="hours of no form",
        ),
        pytest.param(
            ACME + 'min = "2h"\nmax = "1h"',
            "source 'acme': 'min' is above 'max': 2h, 1h",
            id="bounds the wrong way round",
        ),
        pytest.param(
            ACME + 'every = "often"',
            "source 'acme': 'every' is not a duration: 'often'; write it like 90s, 30m, 2h or 1d",
            id="a bad interval",
        ),
        pytest.param(
            ACME + 'every = "0s"',
            "source 'acme': 'every' is not between 1s and 366d: '0s'",
            id="an interval of nothing",
        ),
        pytest.param(
            "[crawl]\ndelay = true",
            "[crawl]: 'delay' is not a duration: True; write it like 90s, 30m, 2h or 1d",
            id="a truth as a duration",
        ),
        pytest.param(
            "[crawl]\ndelay = nan",
            "[crawl]: 'delay' is not a duration: nan; write it like 90s, 30m, 2h or 1d",
            id="not a number",
        ),
        pytest.param(
            '[crawl]\nlargest = "lots"',
            "[crawl]: 'largest' is not a size: 'lots'; write it like 10 MiB",
            id="a bad size",
        ),
        pytest.param(
            "[crawl]\nlargest = 0",
            "[crawl]: 'largest' is not between 1 KiB and 1 GiB: 0",
            id="a size of nothing",
        ),
        pytest.param(
            '[crawl]\nallow = "127.0.0.1"',
            "[crawl]: 'allow' is not a list of hosts: '127.0.0.1'; write it like allow = [\"127.0.0.1\"]",
            id="a list without brackets",
        ),
        pytest.param(
            ACME + ACME,
            "source 'acme': 'name' is used twice; give one another name",
            id="a name twice",
        ),
        pytest.param(
            '[[source]]\nname = "acme"',
            "source 'acme': 'url' is missing; every source needs name and url",
            id="no address",
        ),
        pytest.param(
            '[[source]]\nurl = "https://x.example"',
            "source number 1: 'name' is missing; every source needs name and url",
            id="no name",
        ),
        pytest.param(
            '[[source]]\nname = "A b"\nurl = "https://x.example"',
            "source 'A b': 'name' is not a name: 'A b'; "
            "use at most 64 lower-case letters, digits, '-' and '_'",
            id="a bad name",
        ),
        pytest.param(
            '[[source]]\nname = 7\nurl = "https://x.example"',
            "source number 1: 'name' is not a text: 7; write it like name = \"...\" on one line",
            id="a number as a name",
        ),
        pytest.param(
            ACME + 'way = "rss"',
            f"source 'acme': 'way' is not one of {', '.join(get_args(Way))}: 'rss'",
            id="a bad way",
        ),
        pytest.param(
            ACME + 'zone = "Mars/Base"',
            "source 'acme': 'zone' is not a time zone: 'Mars/Base'; write it like Europe/Berlin",
            id="a bad zone",
        ),
        pytest.param(
            ACME + 'zone = "../../etc/passwd"',
            "source 'acme': 'zone' is not a time zone: '../../etc/passwd'; write it like Europe/Berlin",
            id="a path as a zone",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_way_out(text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(text, "sources.toml")
    assert str(caught.value) == f"sources.toml: {message}"


@pytest.mark.parametrize("text", ["[crawl", "a = 1\na = 2", "x = " + "[" * 5_000, 'name = "half'])
def test_a_half_written_file_is_said_to_be_no_toml(text: str) -> None:
    with pytest.raises(ConfigError, match=r"^sources\.toml: not valid TOML: ."):
        load(text, "sources.toml")


def test_a_huge_value_is_not_printed_whole() -> None:
    with pytest.raises(ConfigError) as caught:
        load(ACME.replace("acme.example", "a" * 3_000), "sources.toml")
    assert len(str(caught.value)) < 300


@given(
    st.builds(
        Source,
        name=st.from_regex(r"[a-z0-9][a-z0-9_-]{0,20}", fullmatch=True),
        url=st.from_regex(r"https?://[a-z]{1,9}\.example/[!-~äöü新]{0,30}", fullmatch=True),
        way=st.sampled_from(get_args(Way)),
        every_s=st.none() | st.integers(1, 366 * 86_400),
        hours=st.none() | st.sampled_from([read("Mon-Fri 07:00-19:00"), read("Sat 22:00-02:00 Asia/Tokyo")]),
        soonest_s=st.integers(1, 3_600),
        latest_s=st.integers(3_600, 366 * 86_400),
        delay_s=st.none() | st.integers(0, 3_600_000).map(lambda ms: ms / 1_000),
        date_order=st.sampled_from([None, "dmy", "mdy"]),
        zone=st.sampled_from([None, "UTC", "America/New_York"]),
        page=st.sampled_from([None, "https://acme.example/newsroom"]),
    ),
    st.text(max_size=50),
)
def test_a_block_reads_back_as_an_equal_source(source: Source, remark: str) -> None:
    assert (
        load(block(source, remark=remark) + block(Source("other-one-of-its-kind", source.url)), "x").sources[
            0
        ]
        == source
    )


@pytest.mark.parametrize(
    ("text", "seconds"), [("90s", 90), ("30m", 1_800), ("2h", 7_200), ("1d", 86_400), (" 1.5 h ", 5_400)]
)
def test_a_duration_is_read(text: str, seconds: float) -> None:
    assert interval(text) == seconds


@pytest.mark.parametrize("text", ["", "2", "h", "-1h", "2 weeks", "1h30m", "9" * 20 + "s", "٣h"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a duration"):
        interval(text)


def test_the_flag_goes_before_the_environment_and_that_before_the_default(tmp_path: Path) -> None:
    environ = {"PRESS_HOME": str(tmp_path / "environ")}
    default = tmp_path / "default"
    assert home(str(tmp_path / "flag"), environ, lambda: default) == tmp_path / "flag"
    assert home(None, environ, lambda: default) == tmp_path / "environ"
    assert home(None, {"PRESS_HOME": ""}, lambda: default) == default


def test_a_home_that_is_a_file_or_nameless_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for flag in (str(tmp_path / "file"), "  "):
        with pytest.raises(ConfigError):
            home(flag, {}, lambda: tmp_path)


@pytest.mark.parametrize(
    ("url", "taken", "name"),
    [
        ("https://www.acme.com/news", [], "acme"),
        ("https://investors.acme-group.co.uk/", [], "acme-group"),
        ("https://ir.acme.com/", ["acme", "acme-2"], "acme-3"),
        ("http://127.0.0.1:8000/sep/", [], "127-0-0-1"),
        ("https://news.com/", [], "news-com"),
    ],
)
def test_a_name_is_proposed_from_the_telling_part_of_a_host(url: str, taken: list[str], name: str) -> None:
    assert propose_name(url, taken) == name


#: A file as a person keeps it: remarks, an odd layout, a table between.
KEPT = """# What we follow.

[[source]]
name = "acme"     # anvils
url = "https://acme.example/news"
# every = "1h"

# found by hand
[[source]]
url = "https://beta.example/"
  name   = 'beta'

[crawl]
every = "2h"

# the last one
[[ source ]]
name = "gamma"
url = "https://gamma.example/"
"""


@pytest.mark.parametrize(
    ("name", "gone"),
    [
        ("acme", KEPT[KEPT.index("[[source]]") : KEPT.index("# found by hand")]),
        ("beta", KEPT[KEPT.index("# found by hand") : KEPT.index("[crawl]")]),
        ("gamma", KEPT[KEPT.index("# the last one") :]),
    ],
)
def test_a_source_taken_out_leaves_all_else_as_it_was_written(name: str, gone: str) -> None:
    rest = without(KEPT, name, "x")
    assert rest == KEPT.replace(gone, "")
    assert name not in {source.name for source in load(rest, "x").sources}


@pytest.mark.parametrize(
    "text",
    [
        'source = [{name = "acme", url = "https://acme.example/"}]',
        ACME + 'zone = """\n[[source]]\n"""',
        ACME.replace("acme", "beta", 1),
    ],
    ids=["no block of its own", "a wrong file", "no such source"],
)
def test_what_cannot_be_taken_out_is_said_and_nothing_is(text: str) -> None:
    with pytest.raises(ConfigError):
        without(text, "acme", "x")
