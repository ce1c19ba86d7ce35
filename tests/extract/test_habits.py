"""Laws of learning a source's habits from its pages."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.extract.document.parse import parse_html
from crawler.extract.habits import MOST_NAMES, MOST_REGIMES, Trace, learn, trace
from crawler.habits import in_force
from crawler.model import DateOrder, Habits


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


START = datetime(2026, 7, 1, 13, tzinfo=UTC)


def seen(day: int, *, title: str = "", order: DateOrder | None = None, offset: int | None = None) -> Trace:
    came = START + timedelta(days=day)
    return Trace(title, order, () if offset is None else ((came, offset),), came)


def test_an_order_that_the_newest_pages_agree_against_is_given_up_for_theirs() -> None:
    known = Habits(date_order="dmy", zone="Asia/Tokyo")
    newest = [seen(day, order="mdy") for day in (9, 8, 7)]
    older = [seen(day, order="dmy") for day in (5, 4, 3)]
    learned = learn([newest[0], seen(9), *newest[1:], *older], known)
    assert (learned.date_order, learned.zone) == ("mdy", "Asia/Tokyo")
    assert (learned.since, learned.before) == (newest[-1].came, known)


@pytest.mark.parametrize(
    "orders",
    [
        pytest.param(["mdy", "mdy"], id="two pages alone"),
        pytest.param(["mdy", "mdy", "dmy"], id="one of three as before"),
        pytest.param([None, None, None], id="pages that tell nothing"),
    ],
)
def test_a_known_order_stays_where_pages_do_not_agree_against_it(orders: list[DateOrder | None]) -> None:
    known = Habits(date_order="dmy")
    assert learn([seen(9 - place, order=order) for place, order in enumerate(orders)], known) == known


def test_a_zone_that_fits_no_newer_page_is_given_up_for_one_that_fits_them_all() -> None:
    known = Habits(zone="America/New_York")
    learned = learn([seen(day, offset=120) for day in (9, 8, 7)], known)
    assert (learned.zone, learned.before) == ("Europe/Berlin", known)


def test_a_zone_stays_where_some_pages_still_fit_it() -> None:
    known = Habits(zone="America/New_York")
    assert learn([seen(9, offset=120), seen(8, offset=120), seen(7, offset=-240)], known) == known


def test_a_new_name_is_learned_from_the_latest_pages_alone_and_stands_first() -> None:
    before = [seen(day, title=f"News {day} | Acme") for day in (6, 5, 4, 3, 2, 1, 0)]
    after = [seen(day, title=f"News {day} – Acme Global Media") for day in (9, 8, 7)]
    assert learn([*after, *before], Habits(site_names=("Acme",))).site_names == ("Acme Global Media", "Acme")


def test_names_and_older_habits_are_remembered_within_bounds() -> None:
    known = Habits(tuple(f"Name {number}" for number in range(40)), "dmy")
    for turn in range(9):
        known = learn([seen(turn, order="mdy" if turn % 2 == 0 else "dmy") for _ in range(3)], known)
    regimes = 0
    while known.before:
        known, regimes = known.before, regimes + 1
    assert len(known.site_names) == MOST_NAMES
    assert regimes == MOST_REGIMES


def test_a_page_is_read_by_the_habits_of_its_time() -> None:
    first = Habits(date_order="dmy")
    second = Habits(date_order="mdy", since=START + timedelta(days=5), before=first)
    third = Habits(date_order="dmy", since=START + timedelta(days=9), before=second)
    told = [in_force(third, START + timedelta(days=day)) for day in (0, 4, 5, 8, 9, 20)]
    assert told == [first, first, second, second, third, third]


def test_no_pages_teach_nothing() -> None:
    assert learn([]) == Habits()


def test_a_strangers_words_behind_all_titles_are_no_name_of_the_site() -> None:
    titles = [f"detail{word} opens a plant-乐球app下载" for word in ("Acme", "Beta", "Gamma", "Delta")]
    assert learn([Trace(title, None, ()) for title in titles]).site_names == ()
