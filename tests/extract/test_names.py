"""Laws of telling a site's own names from a headline."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.title.names import is_foreign, is_label, is_name, learn, pieces, tidy


def test_what_titles_share_at_the_same_end_is_the_sites_name() -> None:
    titles = ["Acme opens a plant | Acme Corp", "Results - a good year | Acme Corp", "New chief | Acme Corp"]
    assert learn(titles) == ("Acme Corp",)


def test_a_name_at_the_front_is_learned_too() -> None:
    assert learn(["Acme: One opens", "Acme: Two closes", "Acme: Three"]) == ("Acme",)


def test_a_name_behind_a_hyphen_without_spaces_is_learned() -> None:
    assert learn(["甲公司签约-某集团", "乙项目开工-某集团", "丙工程竣工-某集团"]) == ("某集团",)


def test_one_title_over_all_pages_is_a_name() -> None:
    assert learn(["Welcome to Acme"] * 9) == ("Welcome to Acme",)


@pytest.mark.parametrize(
    "titles",
    [
        pytest.param(["One | Acme", "Two | Acme"], id="too few"),
        pytest.param([f"Headline {n} - part {n}" for n in range(9)], id="nothing shared"),
        pytest.param([], id="none"),
    ],
)
def test_a_name_is_learned_only_from_different_titles(titles: list[str]) -> None:
    assert learn(titles) == ()


@pytest.mark.parametrize(
    ("text", "host", "expected"),
    [
        ("Acme", "www.acme.example", True),
        ("The Motley Fool", "www.motleyfool.example", True),
        ("General Motor Works", "gmw.example", True),
        ("Known Name", "other.example", True),
        ("Acme opens its first plant in the north of Spain", "acme.example", False),
        ("Something else", "acme.example", False),
        ("", "acme.example", False),
    ],
)
def test_a_hosts_spelling_is_a_name(text: str, host: str, *, expected: bool) -> None:
    assert is_name(text, {"knownname"}, host) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Press Releases", True),
        ("News & Events", True),
        ("94", True),
        ("", True),
        ("联系我们", True),
        ("Acme wins", False),
    ],
)
def test_a_label_names_a_kind_of_page(text: str, *, expected: bool) -> None:
    assert is_label(text) is expected


def test_a_title_comes_apart_at_its_separators() -> None:
    assert pieces("A | B - C") == (
        ("A | B - C", True),
        ("A | B", True),
        ("B - C", True),
        ("A", True),
        ("B", True),
        ("C", True),
    )
    assert ("a deal", False) in pieces("a deal-某网站")


@pytest.mark.parametrize(
    ("end", "headline", "expected"),
    [
        ("某球app下载", "a deal is signed", True),
        ("Lucky Casino", "a deal is signed", True),
        ("Acme Corp", "新しい工場", False),
        ("Acme Corp", "a deal is signed", False),
    ],
)
def test_an_end_in_another_script_or_of_another_trade_is_foreign(
    end: str, headline: str, *, expected: bool
) -> None:
    assert is_foreign(end, headline) is expected


@given(st.text(alphabet="ab |-–:：_»[]()\u200b\n某", max_size=1000))
def test_any_title_comes_apart_in_bounded_pieces(title: str) -> None:
    assert len(pieces(tidy(title))) <= 64
    learn([title, title + "x", title + "y"])
