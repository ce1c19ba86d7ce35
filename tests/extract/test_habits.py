"""Laws of learning a source's habits from its pages."""

from datetime import UTC, datetime

import pytest

from crawler.extract.document import parse_html
from crawler.extract.habits import Trace, learn, trace
from crawler.model import Habits


def page(title: str, printed: str, told: str = "") -> Trace:
    head = f"<title>{title}</title><meta property=article:published_time content='{told}'>"
    return trace(parse_html(f"{head}<h1>{title}</h1><p>{printed}</p>", "https://acme.example/"))


def test_the_zone_is_learned_from_printed_hours_beside_the_instants_told() -> None:
    pages = [
        page("One", "July 6, 2026, 9:00 AM", "2026-07-06T13:00:20Z"),
        page("Two", "December 7, 2026, 7:30 AM", "2026-12-07T12:30:00Z"),
    ]
    assert learn(pages).zone == "America/New_York"


def test_the_zone_is_learned_from_the_offsets_told() -> None:
    pages = [
        page("One", "6 July 2026", "2026-07-06T13:00:20+02:00"),
        page("Two", "7 December 2026", "2026-12-07T12:30:00+01:00"),
    ]
    assert learn(pages).zone == "Europe/Berlin"


@pytest.mark.parametrize(
    "offsets",
    [
        pytest.param([-240], id="one page alone"),
        pytest.param([-240, 120], id="two clocks"),
        pytest.param([0, 0], id="machines at UTC"),
        pytest.param([765, 765], id="no newsroom's zone"),
    ],
)
def test_a_zone_is_learned_only_where_pages_agree(offsets: list[int]) -> None:
    instants = [datetime(2026, 7, day, 13, tzinfo=UTC) for day in range(1, 9)]
    traces = [Trace("x", None, ((at, offset),)) for at, offset in zip(instants, offsets, strict=False)]
    assert learn(traces).zone is None


@pytest.mark.parametrize(
    ("printed", "order"),
    [
        (["11/30/2026", "10/31/2026"], "mdy"),
        (["30/11/2026", "31/10/2026"], "dmy"),
        (["30/11/2026", "10/31/2026"], None),
        (["11/30/2026"], None),
        (["11/10/2026", "10/11/2026"], None),
    ],
)
def test_the_order_is_learned_where_pages_agree(printed: list[str], order: str | None) -> None:
    assert learn([page(f"Headline {n}", text) for n, text in enumerate(printed)]).date_order == order


def test_names_are_learned_and_what_is_known_stays() -> None:
    traces = [page(f"{word} | Acme Corp", "") for word in ("One", "Two", "Three")]
    known = Habits(site_names=("Acme",), date_order="dmy", zone="Asia/Tokyo")
    assert learn(traces, known) == Habits(("Acme Corp", "Acme"), "dmy", "Asia/Tokyo")


def test_no_pages_teach_nothing() -> None:
    assert learn([]) == Habits()


def test_a_strangers_words_behind_all_titles_are_no_name_of_the_site() -> None:
    titles = [f"detail{word} opens a plant-乐球app下载" for word in ("Acme", "Beta", "Gamma", "Delta")]
    assert learn([Trace(title, None, ()) for title in titles]).site_names == ()
