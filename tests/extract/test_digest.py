"""Copies of a release have one digest, different releases have different ones."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.digest import digest

TITLE = "Acme opens a plant in Berlin"
NEWS = "Acme today opened a plant in Berlin that makes tools for “brewers” in forty countries."
STRAIGHT = NEWS.replace("“", '"').replace("”", '"')
BROKEN = NEWS.replace(" in ", "\nin ")
LAST_LINES = (
    "SOURCE Acme Corp.\n\nView original content: https://www.prnewswire.com/news-releases/acme-1.html"
)
OWN = digest(TITLE, f"BERLIN, March 1, 2026 – {NEWS}")

COPIES = {
    "in capitals": (TITLE.upper(), f"BERLIN, MARCH 1, 2026 – {NEWS.upper()}"),
    "with other signs": (TITLE, f"Berlin - March 1, 2026: {STRAIGHT}"),
    "with other line breaks": (TITLE, f"BERLIN,\nMarch 1, 2026\n\n{BROKEN}"),
    "in full width": ("Ａｃｍｅ opens a plant in Berlin", f"BERLIN, March １, 2026 – {NEWS}"),
    "carried by PR Newswire": (TITLE, f"BERLIN, March 1, 2026 /PRNewswire/ -- {NEWS}"),
    "carried by Business Wire": (TITLE, f"BERLIN, March 1, 2026--(BUSINESS WIRE)--{NEWS}"),
    "carried by GlobeNewswire": (TITLE, f"BERLIN, March 1, 2026 (GLOBE NEWSWIRE) -- {NEWS}"),
    "with an end mark": (TITLE, f"BERLIN, March 1, 2026 – {NEWS}\n\n###"),
    "with the carrier's last lines": (TITLE, f"BERLIN, March 1, 2026 – {NEWS}\n\n{LAST_LINES}"),
    "with a link": (TITLE, f"BERLIN, March 1, 2026 – {NEWS} https://acme.example/plant?utm_source=wire"),
}


@pytest.mark.parametrize(("title", "body"), COPIES.values(), ids=COPIES)
def test_a_copy_has_the_same_digest(title: str, body: str) -> None:
    assert digest(title, body) == OWN


OTHERS = {
    "another figure": (TITLE, f"BERLIN, March 1, 2026 – {NEWS.replace('forty', 'fifty')}"),
    "another day": (TITLE, f"BERLIN, March 2, 2026 – {NEWS}"),
    "another headline": ("Acme closes a plant in Berlin", f"BERLIN, March 1, 2026 – {NEWS}"),
    "another paragraph": (TITLE, f"BERLIN, March 1, 2026 – {NEWS}\n\nMore are to follow."),
    "an accent": (TITLE.replace("plant", "plánt"), f"BERLIN, March 1, 2026 – {NEWS}"),
}


@pytest.mark.parametrize(("title", "body"), OTHERS.values(), ids=OTHERS)
def test_another_release_has_another_digest(title: str, body: str) -> None:
    assert digest(title, body) != OWN


def test_a_line_of_the_text_that_begins_like_a_carriers_counts() -> None:
    news = "\n".join(f"Line {number} of a table of figures." for number in range(60))
    assert digest(TITLE, f"Source: Acme\n{news}") != digest(TITLE, f"Source: Statista\n{news}")


@settings(derandomize=True, deadline=None)
@given(st.text(max_size=200), st.text(max_size=400))
def test_any_text_has_a_digest_and_keeps_it_without_its_signs(title: str, body: str) -> None:
    found = digest(title, body)
    assert len(found) == 64
    assert digest(f" {title}! ", f"{body}\n") == found
