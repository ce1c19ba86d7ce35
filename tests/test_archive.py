"""The archive's promises, kept by any database that ever stands behind the door."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from crawler.archive import Archive
from crawler.model import Habits, Link, Part, Published, Trace
from tests.makers import START, later, make_page, make_release, make_visit


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive.db") as opened:
        yield opened


def test_a_page_is_given_back_as_it_was_received(archive: Archive) -> None:
    page = make_page(body=bytes(range(256)) * 9, headers=(("x-name", "Zürich"), ("x-name", "again")))
    archive.keep_page(page)
    assert archive.page(page.url) == page


def test_an_unknown_address_has_no_page_and_no_validators(archive: Archive) -> None:
    assert archive.page("https://acme.example/none") is None
    assert archive.validators("https://acme.example/none") == (None, None)


def test_the_latest_answer_of_an_address_is_the_one_given(archive: Archive) -> None:
    pages = [make_page(body=body, fetched=later(n)) for n, body in enumerate([b"one", b"two", b"one"])]
    for page in pages:
        archive.keep_page(page)
        assert archive.page(page.url) == page


def test_a_page_is_found_by_the_address_asked_the_one_that_answered_and_other_spellings(
    archive: Archive,
) -> None:
    page = make_page("https://acme.example/old?utm_source=x", final_url="https://ACME.example/new#top")
    archive.keep_page(page)
    for url in ("https://acme.example/old", "https://acme.example:443/new", page.url):
        assert archive.page(url) == page


def test_the_same_body_is_kept_once_wherever_it_came_from(archive: Archive) -> None:
    for url in ("https://a.example/", "https://b.example/", "https://a.example/"):
        archive.keep_page(make_page(url))
    assert (archive.counts()["bodies"], archive.counts()["pages"]) == (1, 2)


def test_validators_are_those_of_the_latest_answer(archive: Archive) -> None:
    archive.keep_page(make_page())
    assert archive.validators(make_page().url) == ('"1"', "yesterday")
    archive.hold_page(make_page(headers=(("etag", '"2"'),), fetched=later(1)))
    assert archive.validators(make_page().url) == ('"2"', None)


def test_a_held_page_gives_way_to_the_next_and_takes_no_room_for_ever(archive: Archive) -> None:
    for number in range(1, 4):
        listing = make_page(body=b"%d" % number, fetched=later(number))
        archive.hold_page(listing)
        assert archive.page(listing.url) == listing
    assert archive.counts()["bodies"] == 0


def test_of_a_held_and_a_kept_page_the_later_is_given(archive: Archive) -> None:
    for number in range(1, 5):
        page = make_page(body=b"%d" % number, fetched=later(number))
        (archive.hold_page if number % 2 else archive.keep_page)(page)
        assert archive.page(page.url) == page


def test_every_kept_page_is_given_in_the_order_first_met(archive: Archive) -> None:
    kept = [make_page(f"https://acme.example/{n % 3}", b"%d" % n, fetched=later(n)) for n in range(9)]
    for page in kept:
        archive.keep_page(page)
    archive.hold_page(make_page("https://acme.example/list"))
    assert list(archive.pages()) == kept
    archive.keep_links("acme", [Link("https://acme.example/1")], at=START)
    assert list(archive.pages("acme")) == kept[1::3]
    assert list(archive.pages("none")) == []


def test_how_long_an_answer_is_fresh_is_kept_and_forgotten(archive: Archive) -> None:
    for until in (later(2), later(1), None):
        archive.keep_fresh("https://acme.example/feed", until)
        assert archive.fresh_until("https://acme.example/feed") == until
    assert archive.fresh_until("https://acme.example/none") is None


def test_a_release_is_given_back_as_it_was_read(archive: Archive) -> None:
    release = make_release(
        title="Fünf 新 \x00 \U0001f600",
        subtitle="below",
        published=Published(date(2026, 3, 1), later(1), "json-ld datePublished", "stated"),
        parts=(Part("dateline", 0, 6), Part("about", 20, 30)),
        warnings=("the title's suffix is another site's",),
        language=None,
    )
    change = archive.record(release, at=later(1))
    assert change is not None
    assert (change.number, change.kind, change.release, change.version, change.at) == (
        1,
        "new",
        release,
        1,
        later(1),
    )
    assert archive.release(release.id) == release
    assert archive.changes(0) == [change]


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"title": "Acme closes its plant"}, id="title"),
        pytest.param({"subtitle": "again"}, id="subtitle"),
        pytest.param({"body": "BERLIN – Acme closed it."}, id="body"),
        pytest.param({"published": None}, id="date lost"),
        pytest.param({"published": Published(date(2026, 3, 2), None, "", "stated")}, id="another day"),
        pytest.param({"published": Published(date(2026, 3, 1), START, "", "stated")}, id="an hour known"),
        pytest.param({"parts": (Part("about", 0, 3),)}, id="parts"),
        pytest.param({"language": "de"}, id="language"),
    ],
)
def test_a_release_that_reads_otherwise_is_a_revision(archive: Archive, changed: dict[str, object]) -> None:
    archive.record(make_release(), at=START)
    revised = replace(make_release(), **changed)  # type: ignore[arg-type]
    change = archive.record(revised, at=later(1))
    assert change is not None
    assert (change.number, change.kind, change.version) == (2, "revised", 2)
    assert archive.release(revised.id) == revised
    assert [entry.release for entry in archive.versions(revised.id)] == [make_release(), revised]


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"seen_first": later(5), "seen_last": later(5)}, id="seen later"),
        pytest.param({"url": "https://acme.example/other"}, id="another address"),
        pytest.param({"source": "wire"}, id="another source"),
        pytest.param({"warnings": ("odd",)}, id="a warning"),
        pytest.param({"published": Published(date(2026, 3, 1), None, "feed", "stated")}, id="another rule"),
    ],
)
def test_a_release_that_reads_the_same_is_no_change(archive: Archive, changed: dict[str, object]) -> None:
    archive.record(make_release(), at=START)
    assert archive.record(replace(make_release(), **changed), at=later(5)) is None  # type: ignore[arg-type]
    assert archive.last_change() == 1


def test_a_release_keeps_when_it_was_first_seen_and_learns_when_it_was_last_seen(archive: Archive) -> None:
    archive.record(make_release(), at=START)
    archive.record(make_release(seen_first=later(5), seen_last=later(5)), at=later(5))
    archive.record(make_release(seen_first=later(3), seen_last=later(3)), at=later(6))
    release = archive.release(make_release().id)
    assert release is not None
    assert (release.seen_first, release.seen_last) == (START, later(5))


def test_a_withdrawn_release_is_kept_and_its_return_is_a_revision(archive: Archive) -> None:
    release = make_release()
    archive.record(release, at=START)
    gone = archive.withdraw(release.id, at=later(1))
    assert gone is not None
    assert (gone.kind, gone.release, gone.version) == ("withdrawn", release, 1)
    assert archive.withdraw(release.id, at=later(2)) is None
    assert archive.release(release.id) == release
    back = archive.record(release, at=later(3))
    assert back is not None
    assert (back.kind, back.version) == ("revised", 1)
    assert [change.kind for change in archive.changes(0)] == ["new", "withdrawn", "revised"]


def test_an_unknown_release_cannot_be_withdrawn(archive: Archive) -> None:
    assert archive.withdraw("none", at=START) is None
    assert archive.release("none") is None
    assert archive.versions("none") == []


def test_a_preview_says_what_an_old_page_would_change_and_keeps_nothing(archive: Archive) -> None:
    release = make_release()
    assert archive.preview(release) == ("new", None)
    assert archive.release(release.id) is None
    archive.record(release, at=START)
    assert archive.preview(make_release(seen_last=later(1))) == (None, release)
    assert archive.preview(make_release(title="another")) == ("revised", release)
    archive.withdraw(release.id, at=START)
    assert archive.preview(release) == (None, release)
    assert archive.last_change() == 2


def test_an_old_page_read_anew_revises_and_leaves_what_was_withdrawn_so(archive: Archive) -> None:
    release = make_release()
    archive.record(release, at=START)
    assert archive.amend(release, at=later(1)) is None
    revised = archive.amend(make_release(title="two"), at=later(1))
    archive.withdraw(release.id, at=later(2))
    assert archive.amend(make_release(title="two"), at=later(3)) is None
    still = archive.amend(make_release(title="three"), at=later(3))
    assert revised is not None
    assert still is not None
    assert (revised.kind, revised.version) == ("revised", 2)
    assert (still.kind, still.version, still.release.title) == ("withdrawn", 3, "three")
    assert archive.withdraw(release.id, at=later(4)) is None


def test_a_release_is_found_by_its_id_and_by_every_address(archive: Archive) -> None:
    release = make_release(id="q4:901")
    archive.record(release, at=START, aliases=["https://acme.example/short"])
    for text in ("q4:901", release.url, f"{release.url}#top", "https://ACME.example/short?utm_source=x"):
        assert archive.find(text) == "q4:901"
    assert archive.find("none") is None


def test_changes_come_in_order_and_from_where_one_left_off(archive: Archive) -> None:
    for number in range(1, 8):
        archive.record(make_release(number), at=later(number))
    seen: list[int] = []
    while batch := archive.changes(seen[-1] if seen else 0, limit=3):
        assert len(batch) <= 3
        seen += [change.number for change in batch]
    assert seen == [1, 2, 3, 4, 5, 6, 7]
    assert archive.last_change() == 7


def test_all_addresses_of_a_release_are_known_in_any_spelling(archive: Archive) -> None:
    release = make_release()
    archive.record(release, at=START, aliases=["https://acme.example/short?fbclid=1"])
    urls = [f"{release.url}?utm_medium=x", "https://acme.example/short", "https://acme.example/else"]
    assert archive.known(urls) == {release.url, "https://acme.example/short"}


def test_thousands_of_addresses_may_be_asked_about_at_once(archive: Archive) -> None:
    archive.record(make_release(2_500), at=START)
    urls = [f"https://acme.example/news/{number}" for number in range(5_000)]
    assert archive.known(urls) == {urls[2_500]}


def test_each_version_knows_the_page_it_was_read_from(archive: Archive) -> None:
    release = make_release()
    asked = "https://acme.example/r/1"
    for version in (1, 2):
        archive.keep_page(make_page(asked, b"%d" % version, final_url=release.url, fetched=later(version)))
        archive.record(replace(release, title=f"title {version}"), at=later(version), aliases=[asked])
    archive.record(make_release(2), at=START)
    bodies = [page and page.body for page in (archive.raw(release.id, 1), archive.raw(release.id, 2))]
    assert bodies == [b"1", b"2"]
    assert archive.raw(make_release(2).id, 1) is None


def test_failures_in_a_row_are_counted_until_the_address_leads_to_a_release(archive: Archive) -> None:
    release = make_release()
    assert archive.record_failure(release.url, "empty", later(1)) == 1
    archive.keep_page(make_page(release.url))
    assert archive.record_failure(release.url, "404", later(2), status=404) == 2
    assert archive.failures([release.url]) == {release.url: (2, later(2))}
    archive.record(release, at=later(3))
    assert archive.failures([release.url]) == {}


def test_visits_are_given_back_newest_first(archive: Archive) -> None:
    visits = [
        make_visit(ended=later(n), found=n, known=1, new=2, revised=3, withdrawn=4, failed=5, requests=6)
        for n in range(4)
    ]
    visits.append(make_visit(outcome="failed", way="feed", note="no answer", fault="unreachable"))
    for visit in visits:
        archive.record_visit(visit)
    archive.record_visit(make_visit("other"))
    assert archive.visits("acme", limit=3) == visits[:1:-1]
    assert archive.last_visit("acme") == visits[-1]
    assert archive.last_visit("none") is None


def test_days_of_publication_are_distinct_and_without_what_was_withdrawn(archive: Archive) -> None:
    for number, day in enumerate([1, 5, 5, 9, None], 1):
        published = Published(date(2026, 3, day), None, "", "stated") if day else None
        archive.record(make_release(number, published=published), at=START)
    assert archive.newest_day("acme") == date(2026, 3, 9)
    archive.withdraw(make_release(4).id, at=START)
    assert archive.days("acme") == [date(2026, 3, 5), date(2026, 3, 1)]
    assert archive.newest_day("none") is None


def test_habits_are_those_last_learned(archive: Archive) -> None:
    assert archive.habits("acme") == Habits()
    first = Habits(("Acme",), "dmy", "Europe/Berlin", learned=START)
    for learned in (first, Habits(("Acme Inc.", "ACME"), "mdy", None, later(1), later(1), first)):
        archive.keep_habits("acme", learned)
        assert archive.habits("acme") == learned


def test_writes_together_are_all_kept_or_none(archive: Archive) -> None:
    def write_and_fail(number: int) -> None:
        with archive.together():
            archive.record(make_release(number), at=START)
            archive.keep_page(make_page())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail(1)
    assert (archive.last_change(), archive.page(make_page().url)) == (0, None)
    with archive.together():
        archive.record(make_release(1), at=START)
        with pytest.raises(RuntimeError):
            write_and_fail(2)
        archive.record(make_release(3), at=START)
    assert [change.release for change in archive.changes(0)] == [make_release(1), make_release(3)]


def test_numbers_are_never_used_again(archive: Archive) -> None:
    with archive.together():
        archive.record(make_release(1), at=START)
    assert archive.last_change() == 1
    archive.record(make_release(2), at=START)
    assert [change.number for change in archive.changes(0)] == [1, 2]


def test_text_that_has_no_utf8_is_kept_as_near_as_can_be(archive: Archive) -> None:
    release = make_release(title="half \ud83d pair", id="x:\udc00")
    assert archive.record(release, at=START) is not None
    assert archive.record(release, at=later(1)) is None
    kept = archive.release("x:\udc00")
    assert kept is not None
    assert kept.title == "half ? pair"


def test_an_instant_without_a_zone_is_refused(archive: Archive) -> None:
    with pytest.raises(ValueError, match="needs a zone"):
        archive.record(make_release(), at=START.replace(tzinfo=None))


def test_the_traces_of_a_source_are_of_its_releases_that_stand_the_latest_seen_first(
    archive: Archive,
) -> None:
    moment = START - timedelta(hours=3)
    dated = Published(moment.date(), moment, "json-ld", "stated")
    archive.record(make_release(1, published=None), at=START)
    archive.record(make_release(2, published=dated, seen_first=later(1)), at=later(1))
    archive.record(make_release(3, seen_first=later(2)), at=later(2))
    archive.withdraw(make_release(3).id, at=later(3))
    archive.record(make_release(4, source="beta"), at=later(4))
    one, two = make_release(1), make_release(2)
    assert archive.traces("acme") == [
        Trace(two.url, two.title, moment.date(), moment, later(1), len(two.body)),
        Trace(one.url, one.title, None, None, START, len(one.body)),
    ]
