"""Sites that declare one address on all their pages do not make one release of them."""

from dataclasses import replace

import pytest

from crawler.visit.identity import alike, settled
from tests.makers import make_release

HELD = replace(
    make_release(1), body="Acme opened a new plant for brewers in Berlin today and hired many people."
)
OTHER = replace(
    HELD, title="Acme names Ann Miller chief financial officer", body="Ann Miller joins from Globex on 1 May."
)
OWN = "https://acme.example/news/2"


def test_another_release_under_the_same_declared_address_keeps_its_own() -> None:
    release = settled(OTHER, OWN, HELD)
    assert (release.id, release.url) == (OWN, OWN)
    assert "calls the address of another release its own" in release.warnings[-1]


@pytest.mark.parametrize(
    ("release", "held"),
    [
        pytest.param(OTHER, None, id="nothing is kept there"),
        pytest.param(replace(OTHER, title=HELD.title), HELD, id="same headline"),
        pytest.param(replace(HELD, title="Acme opens plant, corrected"), HELD, id="same text"),
        pytest.param(replace(OTHER, id="q4:901"), HELD, id="an id of a platform"),
        pytest.param(replace(OTHER, id=OWN, url=OWN), HELD, id="its own address"),
    ],
)
def test_everything_else_is_taken_at_its_word(release: object, held: object) -> None:
    assert settled(release, OWN, held) == release  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "are"),
    [
        ("Acme opened a plant in Berlin.", "Acme opened a plant in Munich.", True),
        ("Acme opened a plant in Berlin.", "Ann Miller joins from Globex.", False),
        ("公司今天宣布在柏林开设新工厂", "公司今天宣布在慕尼黑开设新工厂", True),
        ("公司今天宣布在柏林开设新工厂", "第三季度营业收入同比增长百分之十", False),
    ],
)
def test_texts_are_alike_by_their_words(one: str, other: str, are: bool) -> None:
    assert alike(one, other) == are
