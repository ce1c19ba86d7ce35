"""Whatever a page is, it is answered or refused: in time, in little memory, with no other error."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler.errors import UnreadableError
from crawler.extract.document.markup import BREAK, LINK, UNLINK
from crawler.extract.read import read
from crawler.model import Page, Release
from tests.extract.monsters import CHARSETS, JSONLD, KILLERS, PARAGRAPH, WRONG, jsonld, page, ridden, wrong
from tests.extract.seeds import stories
from tests.extract.wounds import KINDS, LONGEST, Wound, wounded
from tests.makers import make_page

CPU_S = 2.0
SLACK = 2.0  # a machine at work on other things has cold caches
MEMORY_MIB = 300
#: The shape of each attack once, those that cost most; python -m tests.extract.ordeal has all of them.
HEAVY = (
    *("20 MB of paragraphs", "20 MB of unfinished tags", "100,000 nested blocks", "100,000 nested tables"),
    *("a million attributes of one tag", "a single line of 5 MB", "JSON-LD: nested objects", "JSON-LD: 3 MB"),
    *("20 MB of table cells", "20 MB of breaks", "a million attributes of many tags"),
    "4 MB of attributes in short tags",
)
SHORTER = 3_000  # characters of a field; a cube of it would show
SEEDS = stories()


def attempt(page: Page) -> Release | None:
    try:
        return read(page, source="acme")
    except UnreadableError:
        return None


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_a_monster_is_answered_in_two_seconds_and_300_mb() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.extract.ordeal", *HEAVY],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    outcomes = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(outcomes) == len(HEAVY)
    assert [each for each in outcomes if not each["outcome"].startswith(("read", "refused"))] == []
    assert [each for each in outcomes if each["cpu_s"] > CPU_S * SLACK or each["peak_mib"] > MEMORY_MIB] == []


@pytest.mark.parametrize("text", KILLERS, ids=ascii)
def test_no_text_kills_a_field(text: str) -> None:
    attempt(make_page(body=ridden(text * (SHORTER // len(text)))))


@pytest.mark.parametrize("name", JSONLD)
def test_broken_json_ld_breaks_nothing_else(name: str) -> None:
    release = attempt(make_page(body=jsonld(JSONLD[name]())))
    assert release is not None
    assert "zymurgometers" in release.body


@pytest.mark.parametrize("value", WRONG)
def test_json_ld_of_wrong_types_breaks_nothing_else(value: str) -> None:
    assert attempt(make_page(body=wrong(value))) is not None


@pytest.mark.parametrize("charset", CHARSETS, ids=ascii)
def test_an_encoding_that_is_none_for_pages_breaks_nothing(charset: str) -> None:
    attempt(make_page(body=SEEDS[0].body, headers=(("content-type", f"text/html; charset={charset}"),)))
    attempt(make_page(body=page("<p>one</p>", f'<meta charset="{charset}">'), headers=()))


@pytest.mark.parametrize(
    "sign", ["\x01", "\x0b", "\x1b", "&#27;", "&#xfffe;", "\ufffe", "\0", "\x7f"], ids=ascii
)
def test_a_control_character_breaks_no_link_and_no_line(sign: str) -> None:
    """lxml gives them out of a page, and does not take them back."""
    links = f"<ul>{f'<li><a href=/x>Acme{sign}</a>{sign}</li>{sign}' * 12}</ul>"
    release = attempt(
        make_page(body=page(f"<p>a{sign}<a href=/x>b{sign}c</a>{sign}<br>{sign}</p>{PARAGRAPH}{links}"))
    )
    assert release is not None
    assert "zymurgometers" in release.body


WOUNDS = st.lists(
    st.builds(
        Wound,
        kind=st.sampled_from(KINDS),
        at=st.integers(0, 1 << 20),
        length=st.integers(1, LONGEST),
        number=st.integers(0, 1 << 20),
    ),
    max_size=6,
)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(seed=st.sampled_from(SEEDS), wounds=WOUNDS, other=st.sampled_from(SEEDS))
@example(seed=SEEDS[0], wounds=[], other=SEEDS[0])
def test_a_broken_page_gives_a_sound_release_or_a_reason(
    seed: Page, wounds: list[Wound], other: Page
) -> None:
    broken = make_page(seed.url, wounded(seed.body, wounds, other.body), headers=seed.headers)
    release = attempt(broken)
    assert attempt(broken) == release
    if release is None:
        return
    texts = [release.title, release.subtitle or "", release.body, *release.warnings]
    assert release.body.strip()
    assert not {LINK, UNLINK, BREAK, "\0"} & set("".join(texts))
    assert "\n" not in release.title
    assert all(0 <= part.start < part.end <= len(release.body) for part in release.parts)
    assert len(release.digest) == 64
    if release.published:
        assert release.published.day <= broken.fetched.date() + timedelta(days=1)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(
    body=st.binary(max_size=300), kind=st.sampled_from(["text/html", "text/html; charset=gb18030", "", "x"])
)
def test_any_bytes_are_answered_or_refused(body: bytes, kind: str) -> None:
    attempt(make_page(body=body, headers=(("content-type", kind),)))
