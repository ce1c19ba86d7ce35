"""Laws of what an address and a meta element's name say of a day."""

from datetime import date

import pytest

from crawler.extract.date.addressed import address_day, address_month
from crawler.extract.date.told import meta_claim

DAY = date(2026, 11, 3)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2026/11/03/plant", DAY),
        ("https://a.example/news/2026-11-3-plant", DAY),
        ("https://a.example/news/20261103-plant", DAY),
        ("https://a.example/2026/nov/03/plant", DAY),
        ("https://a.example/news?d=03-11-2026", DAY),
        ("https://a.example/news/home/20261103005069/en/plant", DAY),
        ("https://web.archive.org/web/20160820205919/http://a.example/plant", None),
        ("https://a.example/2026/11/plant", None),
        ("https://a.example/2026/13/03/plant", None),
        ("https://a.example/12020261103459/plant", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_an_address_may_carry_the_day(url: str, day: date | None) -> None:
    assert address_day(url) == day


def test_an_address_may_carry_the_month() -> None:
    assert address_month("https://a.example/2026/11/plant") == (2026, 11)
    assert address_month("https://a.example/202611/plant") == (2026, 11)
    assert address_month("https://a.example/plant") is None


@pytest.mark.parametrize(
    ("name", "claim"),
    [
        ("article:published_time", "published"),
        ("DC.date.issued", "published"),
        ("publish-date", "stated"),
        ("sw-pubdate", "stated"),
        ("article:modified_time", "modified"),
        ("og:updated_time", "modified"),
        ("dcterms.created", "created"),
        ("date", "dated"),
        ("description", None),
        ("article:expiration_time", None),
    ],
)
def test_a_meta_elements_name_is_its_claim(name: str, claim: str | None) -> None:
    assert meta_claim(name.casefold()) == claim
