"""Laws of reading dates: machine stamps, and dates printed in running text."""

from datetime import UTC, date, datetime, time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.dates.find import FIRST_YEAR, LAST_YEAR, MOST_STAMPS, stamp, stamps
from crawler.dates.months import fold
from crawler.model import DateOrder

DAY = date(2026, 11, 3)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 3, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        pytest.param("2026-11-03", None, id="ISO day"),
        pytest.param("2026-11-03T08:00:00Z", at(8), id="ISO in UTC"),
        pytest.param("2026-11-03T08:00:00.123+01:00", at(7), id="ISO with offset and fraction"),
        pytest.param("2026-11-03T08:00:00+0100", at(7), id="ISO with a plain offset"),
        pytest.param("2026-11-03T08:00:00-04", at(12), id="ISO with hours of offset alone"),
        pytest.param("2026-11-03T08:00", None, id="ISO without zone"),
        pytest.param("2026-11-03 08:00:00 UTC", at(8), id="SQL with a zone's name"),
        pytest.param("2026-11-03T00:00:00Z", None, id="midnight is no hour"),
        pytest.param("20261103", None, id="compact day"),
        pytest.param("20261103T080000Z", at(8), id="compact instant"),
        pytest.param("Tue, 03 Nov 2026 08:00:00 GMT", at(8), id="RFC 2822"),
        pytest.param("Tue, 3 Nov 26 08:00:00 -0500", at(13), id="RFC 822, short year"),
        pytest.param("Tuesday, 03-Nov-26 08:00:00 GMT", at(8), id="RFC 850"),
        pytest.param("Tue Nov  3 08:00:00 2026", None, id="asctime"),
        pytest.param("Tue Nov 03 08:00:00 +0000 2026", at(8), id="asctime with offset"),
        pytest.param("Tue Nov 03 2026 08:00:00 GMT+0100 (CET)", at(7), id="JavaScript"),
        pytest.param("November 3, 2026 8:00 am", None, id="printed"),
    ],
)
def test_a_machine_stamp_gives_its_day_and_its_instant(text: str, moment: datetime | None) -> None:
    found = stamp(text)
    assert found is not None
    assert (found.day, found.moment) == (DAY, moment)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("1604390400", id="seconds since 1970"),
        pytest.param("2026-13-03", id="no such month"),
        pytest.param("2026-02-30", id="no such day"),
        pytest.param("1889-11-03", id="before the web"),
        pytest.param("2026-11-03 to 2026-11-05", id="two days"),
        pytest.param("2026", id="a year"),
        pytest.param("yesterday", id="a word"),
    ],
)
def test_what_is_no_single_day_gives_none(text: str) -> None:
    assert stamp(text) is None


def test_an_hour_without_a_zone_is_in_the_zone_of_the_source() -> None:
    found = stamp("2026-11-03T08:00:00", zone="America/New_York")
    assert found is not None
    assert (found.day, found.moment) == (DAY, at(13))


def test_an_instant_is_on_the_day_of_the_sources_zone() -> None:
    found = stamp("2026-11-02T23:00:00Z", zone="Europe/Berlin")
    assert found is not None
    assert found.day == DAY


def test_a_printed_day_stays_in_every_zone() -> None:
    found = stamp("Nov 3, 2026, 20:00 ET", zone="Asia/Tokyo")
    assert found is not None
    assert found.day == DAY


@pytest.mark.parametrize(
    "text",
    [
        "November 3, 2026",
        "Nov. 3rd, 2026",
        "NOV\n3\n2026",
        "3 Nov 2026",
        "3rd of November 2026",
        "3-Nov-2026",
        "3-nov-2026",
        "Nov.03.2026",
        "3. November 2026",
        "3 novembre 2026",
        "3 de noviembre de 2026",
        "3 de novembro de 2026",
        "3 november 2026",
        "3. marraskuuta 2026",
        "3 listopada 2026",
        "3. studenoga 2026",
        "3 Kasım 2026",
        "3 ноября 2026",
        "3 листопада 2026",
        "3 Νοεμβρίου 2026",
        "2026. november 3.",
        "2026 m. lapkričio 3 d.",
        "2026. gada 3. novembrī",
        "3 tháng 11, 2026",
        "3 בנובמבר 2026",
        "٣ نوفمبر ٢٠٢٦",
        "3 नवंबर 2026",
        "3 พฤศจิกายน 2569",
        "2026年11月3日",
        "２０２６年１１月３日",
        "2026 年 11 月 3 日",
        "二〇二六年十一月三日",
        "令和8年11月3日",
        "民國115年11月3日",
        "2026년 11월 3일",
        "3 تشرين الثاني / نوفمبر 2026",
        "2026-11-03",
        "2026/11/3",
        "2026. 11. 3",
        "03.11.2026",
        "3. 11. 2026",
        "03.11.26",
    ],
)
def test_a_printed_date_is_found_in_running_text(text: str) -> None:
    frame = f"Published: {text} by the 12 people of 5 firms, 1,234 words."
    assert [(each.day, each.ambiguous) for each in stamps(frame)] == [(DAY, False)]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Nov 03, 2026, 08:00 ET", at(13)),
        ("November 3, 2026 at 4:01 PM EST", at(21, 1)),
        ("Nov 3, 2026 8 AM ET", at(13)),
        ("3. November 2026, 08:30 Uhr MEZ", None),
        ("3. November 2026, 08:30 MEZ", at(7, 30)),
        ("2026年11月3日 17时05分 JST", at(8, 5)),
        ("3 November 2026, 10:00-12:00", None),
        ("3 November 2026", None),
    ],
)
def test_a_printed_hour_with_a_zone_gives_an_instant(text: str, moment: datetime | None) -> None:
    assert [each.moment for each in stamps(text)] == [moment]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("04-Apr-2026", date(2026, 4, 4)),
        ("4-aug-2026", date(2026, 8, 4)),
        ("04-ene-2026", date(2026, 1, 4)),
        ("04-eki-26", date(2026, 10, 4)),
        ("24 نيسان 2026", date(2026, 4, 24)),
        ("3º de abril de 2026", date(2026, 4, 3)),
        ("1er avril 2026", date(2026, 4, 1)),
        ("4e april 2026", date(2026, 4, 4)),
        ("3 มี.ค. 2569", date(2026, 3, 3)),
    ],
)
def test_an_ordinal_takes_no_letter_of_the_month(text: str, day: date) -> None:
    assert [each.day for each in stamps(text)] == [day]


@pytest.mark.parametrize("end", ["", "\n", " )", " | Press", " • 3 min read"])
def test_a_short_year_counts_at_the_end_of_a_line(end: str) -> None:
    text = "Words that stand before it. " * 9 + f"\nRoma, 3 novembre 26{end}"
    assert [each.day for each in stamps(text)] == [DAY]


def test_an_hour_may_name_its_zone_in_full() -> None:
    assert [each.moment for each in stamps("November 3, 2026 08:00 AM Eastern Standard Time")] == [at(13)]


def test_a_date_glued_to_a_headline_ends_where_the_headline_starts() -> None:
    text = "Fri, Nov 28, 2025, 09:01 ETHeadline of the day"
    found = stamps(text)[0]
    assert (text[: found.start], text[found.end :]) == ("", "Headline of the day")


@pytest.mark.parametrize(
    ("text", "order", "day", "ambiguous"),
    [
        ("11/03/2026", "mdy", DAY, False),
        ("03/11/2026", "dmy", DAY, False),
        ("03/11/2026", None, DAY, True),
        ("03-11-26", None, DAY, False),
        ("03.11.2026", None, DAY, False),
        ("11.03.2026", "mdy", DAY, False),
        ("11/30/2026", None, date(2026, 11, 30), False),
        ("11/30/2026", "dmy", date(2026, 11, 30), False),
        ("30/11/2026", "mdy", date(2026, 11, 30), False),
        ("11/11/2026", None, date(2026, 11, 11), False),
    ],
)
def test_all_digits_are_read_in_the_sources_order(
    text: str, order: DateOrder | None, day: date, *, ambiguous: bool
) -> None:
    assert [(each.day, each.ambiguous) for each in stamps(text, order=order)] == [(day, ambiguous)]


@pytest.mark.parametrize(
    "text",
    [
        "version 1.2.3.2020",
        "10.0.20.15",
        "2020-2021",
        "tel. 030/11/2020/1",
        "page 3, 2020",
        "on 5 May 20 people came",
        "31.11.2026",
        "in May 2026",
        "3 November 1890",
        "11-12-13%",
    ],
)
def test_numbers_that_are_no_date_stay_numbers(text: str) -> None:
    assert stamps(text) == []


def test_the_hour_stands_beside_its_date_in_whatever_zone() -> None:
    assert [each.clock for each in stamps("3 May 2020, 17:05; May 4, 2020; 2020-05-05T00:00:00")] == [
        time(17, 5),
        None,
        None,
    ]


def test_digits_tell_the_only_order_they_can_have() -> None:
    orders = [each.order for each in stamps("30.11.2026; 11/30/2026; 3.11.2026; 3 May 2026")]
    assert orders == ["dmy", "mdy", None, None]


def test_a_form_without_a_year_needs_a_year() -> None:
    text = "Sept. 26 /PRNewswire/ - 3 Mai; 11月3日; 2020-05-06"
    assert [each.form for each in stamps(text)] == ["iso"]
    days = [each.day for each in stamps(text, year=2020)]
    assert days == [date(2020, 9, 26), date(2020, 5, 3), date(2020, 11, 3), date(2020, 5, 6)]


def test_dates_come_in_order_and_do_not_overlap() -> None:
    text = "3 to 5 November 2020, then November 7, 2020 and 08.11.2020. " * 40
    found = stamps(text)
    assert [each.day.day for each in found] == [5, 7, 8] * 40
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_a_text_full_of_dates_gives_no_more_than_a_page_can_mean() -> None:
    assert len(stamps("1.1.2020 " * 5_000)) == MOST_STAMPS


@given(st.text(alphabet="0123456789 ./-:,'年月日Nov may二十〇令和TZ+\n", max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for found in stamps(text, year=2020):
        assert FIRST_YEAR - 1 <= found.day.year <= LAST_YEAR
        assert 0 <= found.start < found.end <= len(text)
    stamp(text)


@given(st.dates(date(1990, 1, 1), date(2049, 12, 31)))
def test_every_day_is_read_back_from_its_spellings(day: date) -> None:
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y 10:00:00 +0000", "%Y%m%d"):
        found = stamp(day.strftime(form))
        assert found is not None, form
        assert found.day == day


def test_folding_makes_one_of_the_spellings_of_a_word() -> None:
    assert {fold("Août"), fold("AOÛT"), fold("aout")} == {"aout"}
