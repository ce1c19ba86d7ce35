"""The parts of an announcement are labelled, in order, and nothing of it is cut."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.anatomy import anatomy

NEWS = "Acme today opened a plant in Berlin that makes brewing tools for forty countries."


def parts(body: str) -> list[tuple[str, str]]:
    return [(part.label, body[part.start : part.end]) for part in anatomy(body)]


DATELINES = {
    "PR Newswire": "BERLIN, March 1, 2026 /PRNewswire/ --",
    "PR Newswire without a year": "BERLIN, March 1 /PRNewswire-FirstCall/ --",
    "Business Wire without a date": "CUPERTINO, Calif.--(BUSINESS WIRE)--",
    "GlobeNewswire": "Geneva, Switzerland, March 24, 2026 (GLOBE NEWSWIRE) --",
    "CNW": "TORONTO, Sept. 4, 2026 /CNW/ --",
    "Newsfile": "Toronto, Ontario--(Newsfile Corp. - September 4, 2026) -",
    "ACCESS Newswire": "VANCOUVER, BC / ACCESS Newswire / September 11, 2026 /",
    "German": "Berlin, 3. November 2026 – ",
    "Chinese": "成都，2024 年 11 月 1 日 —— ",
    "Turkish, with a letter that is two in lower case": "İSTANBUL, İZMİR, 3 Mart 2026 – ",
}


@pytest.mark.parametrize("dateline", DATELINES.values(), ids=DATELINES)
def test_a_dateline_is_found(dateline: str) -> None:
    (label, text), *_ = parts(f"{dateline}{NEWS}")
    assert label == "dateline"
    assert dateline.startswith(text.rstrip(" /-"))
    assert "2026" in text or "2026" not in dateline
    assert len(text.rstrip(" /-")) + 4 > len(dateline.rstrip(" /-"))


def test_a_dateline_may_follow_a_summary() -> None:
    body = f"Plant makes tools for brewers\n\nBERLIN, March 1, 2026 /PRNewswire/ -- {NEWS}"
    assert parts(body) == [("dateline", "BERLIN, March 1, 2026 /PRNewswire/ --")]


@pytest.mark.parametrize(
    "line",
    [
        NEWS,
        "In 2025 the company sold 40 plants: all of them in Berlin - and 2026 will be better.",
        "Since March 1, 2026, Acme makes brewing tools",
    ],
    ids=["a sentence", "years in a sentence", "a date in a sentence"],
)
def test_a_sentence_is_no_dateline(line: str) -> None:
    assert parts(f"{line}\n\n{NEWS}") == []


OPENERS = {
    "About Acme": "about",
    "About Acme Corp. and its brands": "about",
    "Über die Acme AG": "about",
    "À propos d'Acme": "about",
    "Acerca de Acme": "about",
    "关于艾克美": "about",
    "会社概要": "about",
    "Forward-Looking Statements": "forward-looking",
    "Cautionary Note Regarding Forward-Looking Statements": "forward-looking",
    "Safe Harbor Statement": "forward-looking",
    "Zukunftsgerichtete Aussagen": "forward-looking",
    "Media Contact": "contact",
    "Media Contacts:": "contact",
    "Investor Relations Contact": "contact",
    "For more information, please contact:": "contact",
    "Pressekontakt": "contact",
    "Contact presse": "contact",
    "联系人：王女士": "contact",
    "Notes to Editors": "notes",
    "Non-GAAP Financial Measures": "non-gaap",
}


@pytest.mark.parametrize(("line", "label"), OPENERS.items(), ids=OPENERS)
def test_a_heading_opens_a_part_that_goes_on_to_the_end(line: str, label: str) -> None:
    assert parts(f"{NEWS}\n\n{line}\n\nOne.\nTwo.") == [(label, f"{line}\n\nOne.\nTwo.")]


@pytest.mark.parametrize(
    "line",
    [
        "About half of the plants are new.",
        "About 40 countries buy them",
        "about Acme",
        "The contact between them was close.",
        "Contacts with brewers in forty countries and with their suppliers, whom Acme has known for years",
    ],
)
def test_a_sentence_opens_no_part(line: str) -> None:
    assert parts(f"{NEWS}\n\n{line}\n\n{NEWS}") == []


CLOSERS = {
    "###": "end mark",
    "# # #": "end mark",
    "-END-": "end mark",
    "- ENDS -": "end mark",
    "-30-": "end mark",
    "***": "end mark",
    "Ende": "end mark",
    "SOURCE Acme Corp.": "attribution",
    "Source: Acme Corp.": "attribution",
    "View original content: https://www.prnewswire.com/a": "attribution",
    "View source version on businesswire.com: https://www.businesswire.com/a": "attribution",
    "To view the source version of this press release, please visit https://www.newsfilecorp.com/a": (
        "attribution"
    ),
    "Logo - https://mma.prnewswire.com/media/1/acme.jpg": "attribution",
}


@pytest.mark.parametrize(("line", "label"), CLOSERS.items(), ids=CLOSERS)
def test_a_closing_line_is_a_part_alone_and_ends_the_one_before(line: str, label: str) -> None:
    body = f"{NEWS}\n\nAbout Acme\nAcme makes tools.\n\n{line}\n\n{NEWS}"
    assert parts(body) == [("about", "About Acme\nAcme makes tools."), (label, line)]


def test_each_part_ends_where_the_next_begins() -> None:
    body = (
        f"BERLIN, March 1, 2026 /PRNewswire/ -- {NEWS}\n\nAbout Acme\n\nAcme makes tools.\n\n"
        "Media Contact:\nJane Doe\n\n###\n\nSOURCE Acme"
    )
    assert [label for label, _ in parts(body)] == ["dateline", "about", "contact", "end mark", "attribution"]


LINES = st.sampled_from([NEWS, "", *DATELINES.values(), *OPENERS, *CLOSERS]) | st.text(max_size=30)


@settings(derandomize=True, deadline=None)
@given(st.lists(LINES, max_size=12))
def test_parts_lie_in_the_body_in_order(lines: list[str]) -> None:
    body = "\n".join(lines)
    found = anatomy(body)
    assert all(0 <= part.start < part.end <= len(body) for part in found)
    sections = [part for part in found if part.label != "dateline"]
    assert all(one.end <= two.start for one, two in pairwise(sections))
