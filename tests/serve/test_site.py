"""The laws of the pages: what they show, what they refuse, and that what a site says stays text."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.archive import Archive
from index import open_engine, replace_index
from index.serve.answer import FENCE
from index.sync import rebuild
from tests.makers import later, make_release
from tests.serve.visitor import GONE, HOSTILE, MANY, PLANT, SCRIPT, Visitor, elements, follow


def address(path: str, **values: object) -> str:
    return f"{path}?{urlencode(values)}"


PAGES = {
    "home": "/",
    "found": "/?q=plant",
    "narrowed": "/?q=plant&source=acme&source=bolt&since=2024&until=2026",
    "second page": "/?page=2",
    "nothing": "/?q=zzzz",
    "wrong question": "/?q=%22unclosed",
    "release": address("/release", id=PLANT.id),
    "old version": address("/release", id=PLANT.id, version=1),
    "withdrawn": address("/release", id=GONE.id),
    "hostile": address("/release", id=HOSTILE.id),
    "difference": address("/difference", id=PLANT.id),
    "health": "/health",
    "nowhere": "/nowhere",
}
each_page = pytest.mark.parametrize("target", PAGES.values(), ids=PAGES.keys())


@each_page
def test_a_page_is_well_formed_and_can_be_found_in_by_ear_and_keyboard(visit: Visitor, target: str) -> None:
    found = elements(visit(target).text)
    tags = [tag for tag, _ in found]
    assert tags.count("h1") == tags.count("title") == tags.count("main") == 1
    assert found[0] == ("html", {"lang": "en"})
    identities = [attributes["id"] for _, attributes in found if "id" in attributes]
    assert len(identities) == len(set(identities))
    labelled = {attributes.get("for") for tag, attributes in found if tag == "label"}
    fields = [
        attributes
        for tag, attributes in found
        if tag in {"input", "select"} and attributes.get("type") != "hidden"
    ]
    assert {field["id"] for field in fields} == labelled
    skip = next(attributes for tag, attributes in found if tag == "a")
    assert (skip["class"], skip["href"]) == ("skip", "#main")


@each_page
def test_a_page_runs_no_script_and_takes_nothing_from_elsewhere(visit: Visitor, target: str) -> None:
    got = visit(target)
    for tag, attributes in elements(got.text):
        assert tag not in {"script", "style", "img", "iframe", "object", "embed", "base"}
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        if tag in {"link", "form"}:
            assert str(attributes.get("href", attributes.get("action"))).startswith("/")
        if tag == "a":
            assert str(attributes["href"]).startswith(("/", "#", "http://", "https://"))
    assert got.headers.items() >= dict(FENCE).items()
    assert "'unsafe" not in got.headers["Content-Security-Policy"]


@pytest.mark.parametrize("target", ["/", address("/release", id=HOSTILE.id), "/feed", "/health"])
def test_what_a_site_says_stays_text(visit: Visitor, target: str) -> None:
    shown = visit(target).text
    assert SCRIPT not in shown
    assert "&lt;script&gt;alert(1)" in shown
    assert "<img" not in shown


def test_a_hit_shows_its_facts_and_marks_the_words_found(visit: Visitor) -> None:
    shown = visit("/?q=bolt").text
    for part in ("1 release", "bolt", "withdrawn", "no date", "<mark>Bolt</mark> closes plant two"):
        assert part in shown


def test_without_a_question_the_newest_releases_are_shown(visit: Visitor) -> None:
    shown = visit("/").text
    assert "Newest of 12 releases" in shown
    assert shown.index("plant number one") < shown.index("Cogs number 12") < shown.index("Cogs number 11")


def test_the_pager_leads_through_all_hits_once(visit: Visitor) -> None:
    first = visit("/").text
    link = unescape(re.findall(r'rel="next" href="([^"]+)"', first)[0])
    second = visit(link).text
    assert len(re.findall("<h3>", first)) + len(re.findall("<h3>", second)) == 12
    assert 'rel="next"' not in second
    assert 'rel="prev" href="/"' in second


def test_bars_count_by_source_and_month_and_narrow_the_answer(visit: Visitor) -> None:
    shown = visit("/").text
    counts = re.findall(
        r'href="([^"]+)"[^>]*><span class="label">([^<]+)</span>.*?<span class="number">(\d+)', shown
    )
    by_label = {label: (unescape(link), int(count)) for link, label, count in counts}
    assert [by_label[name][1] for name in ("cogs", "acme", "bolt", "2026-03", "2024-05")] == [9, 2, 1, 1, 1]
    months = [label for _, label, _ in counts if label[0] == "2"]
    assert months == sorted(months, reverse=True)
    narrowed = visit(by_label["cogs"][0]).text
    assert "9 releases" in narrowed
    assert 'aria-current="true"><span class="label">cogs' in narrowed
    assert "1 release<" in re.sub(r"\s", "", visit(by_label["2024-05"][0]).text).replace(
        "1release", "1 release"
    )
    widened = unescape(re.findall(r'class="chip" href="([^"]+)"', narrowed)[0])
    assert widened == "/"


def test_a_word_that_is_not_there_is_answered_with_what_may_be_meant(visit: Visitor) -> None:
    link, meant = re.findall(r'Did you mean <a href="([^"]+)">([^<]+)</a>', visit("/?q=plamt+acme").text)[0]
    assert meant == "plant acme"
    assert "<mark>plant</mark>" in visit(unescape(link)).text


def test_near_copies_stand_under_the_first_of_them(visit: Visitor, home: Path) -> None:
    body = "\n\n".join(
        f"Acme opened hall {one} of its foundry, which casts wheels for trams." for one in "ABC"
    )
    with Archive.open(home / "archive.db") as archive:
        for number, source in ((97, "acme"), (98, "wire")):
            one = make_release(number, source=source, title="Acme opens a foundry", body=body)
            archive.record(one, at=later(50 + number))
        follow(archive, home)
    shown = visit("/?q=foundry").text
    [(link, source)] = re.findall(r'class="also">Also:\s+<a href="([^"]+)">(wire|acme)</a>', shown)
    assert f">{source}</a>" in visit(unescape(link)).text


def test_a_question_that_cannot_be_read_is_shown_with_its_place(visit: Visitor) -> None:
    got = visit("/?q=" + "carbon+%22unclosed")
    assert got.status == 400
    assert "never closed" in got.text
    assert "carbon <mark>&#34;</mark>unclosed" in got.text
    assert 'value="carbon &#34;unclosed"' in got.text


def test_a_release_shows_what_is_known_of_it(visit: Visitor) -> None:
    shown = visit(address("/release", id=PLANT.id)).text
    for part in (
        "Acme opens plant number one",
        "Two hundred jobs",
        "2026-03-01",
        "stated: printed near headline",
        "the date is in the future",
        '<td dir="auto">2025</td>',
        'class="aside">About Acme',
        "version 2",
        "what changed",
    ):
        assert part in shown


def test_a_release_is_found_by_any_of_its_addresses(visit: Visitor) -> None:
    assert "plant number one" in visit(address("/release", id="https://acme.example/plant?utm_source=x")).text


def test_an_old_version_says_so(visit: Visitor) -> None:
    shown = visit(address("/release", id=PLANT.id, version=1)).text
    assert "version 1 of 2" in shown
    assert "Acme opens plant number 1<" in shown


def test_a_withdrawn_release_says_so(visit: Visitor) -> None:
    assert "Withdrawn: the site took it down" in visit(address("/release", id=GONE.id)).text


def test_an_address_that_is_none_is_no_link(visit: Visitor) -> None:
    shown = visit(address("/release", id=HOSTILE.id)).text
    assert "javascript:alert(1)" in shown
    assert 'href="javascript' not in shown


def test_the_difference_shows_what_went_and_what_came(visit: Visitor) -> None:
    shown = visit(address("/difference", id=PLANT.id, old=1, new=2)).text
    assert re.search(r"<del[^>]*>.*Acme opened plant 1 <b>today</b>\.</del>", shown)
    assert re.search(r"<ins[^>]*>.*Acme opened plant 1 <b>on Monday</b>\.</ins>", shown)
    assert "Acme opens plant number 1</del>" in shown
    backwards = visit(address("/difference", id=PLANT.id, old=2, new=1)).text
    assert "plant 1 <b>on Monday</b>.</del>" in backwards


def test_the_health_of_each_source_is_shown_with_its_evidence(visit: Visitor) -> None:
    shown = visit("/health").text
    for part in ('class="state blocked"', "4 visits in a row failed", "fresh was not visited yet", "never"):
        assert part in shown
    assert "The index has all of it" in shown


def test_health_says_how_far_the_index_is_behind(visit: Visitor, home: Path) -> None:
    with Archive.open(home / "archive.db") as archive:
        archive.record(make_release(99), at=later(50))
    assert "1 change behind" in visit("/health").text


def test_the_pages_follow_the_index(visit: Visitor, home: Path) -> None:
    assert "Nothing found" in visit("/?q=brandnew").text
    with Archive.open(home / "archive.db") as archive:
        archive.record(make_release(99, title="Brandnew"), at=later(50))
        follow(archive, home)
        assert "1 release" in visit("/?q=brandnew").text
        archive.record(make_release(98, title="Brandnew too"), at=later(51))
        rebuild(archive, home / "index", lambda fresh: open_engine(fresh, create=True), replace_index)
    assert "2 releases" in visit("/?q=brandnew").text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"])
def test_only_reading_is_answered(visit: Visitor, method: str) -> None:
    got = visit("/", method=method)
    assert (got.status, got.headers["Allow"]) == (405, "GET, HEAD")


def test_head_is_get_without_the_body(visit: Visitor) -> None:
    got = visit("/health", method="HEAD")
    assert (got.status, got.body) == (200, b"")
    assert int(got.headers["Content-Length"]) == len(visit("/health").body)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8417", "localhost:8417", "LOCALHOST", "localhost:9999"]
)
def test_this_machine_is_asked_by_its_own_names(visit: Visitor, host: str) -> None:
    assert visit("/", host=host).status == 200


FOREIGN = (
    "",
    "evil.example",
    "evil.example:8417",
    "127.0.0.1.evil.example",
    "localhost.evil.example:8417",
    "127.0.0.1:8417@evil.example",
    "[::1]:8417",
    "a" * 5000,
)


@pytest.mark.parametrize("host", FOREIGN, ids=lambda host: host[:30])
def test_a_foreign_name_for_this_machine_is_refused(visit: Visitor, host: str) -> None:
    got = visit("/?q=plant", host=host)
    assert got.status == 421
    assert "Acme" not in got.text


@pytest.mark.parametrize(
    ("site", "mode", "target", "status"),
    [
        pytest.param("none", "navigate", "document", 200, id="typed"),
        pytest.param("same-origin", "no-cors", "style", 200, id="our own style"),
        pytest.param("cross-site", "navigate", "document", 200, id="a link"),
        pytest.param("cross-site", "navigate", "iframe", 403, id="a frame"),
        pytest.param("cross-site", "no-cors", "image", 403, id="an image"),
        pytest.param("same-site", "cors", "empty", 403, id="a script of another port"),
    ],
)
def test_another_site_may_link_here_and_no_more(
    visit: Visitor, site: str, mode: str, target: str, status: int
) -> None:
    got = visit("/", sec_fetch_site=site, sec_fetch_mode=mode, sec_fetch_dest=target)
    assert got.status == status


@pytest.mark.parametrize(
    ("target", "status"),
    [
        pytest.param("/nowhere", 404, id="no such page"),
        pytest.param("/../../etc/passwd", 404, id="a way out"),
        pytest.param("/release", 400, id="no release named"),
        pytest.param("/release?id=unknown", 404, id="no such release"),
        pytest.param(address("/release", id=PLANT.id, version=9), 400, id="no such version"),
        pytest.param(address("/difference", id=PLANT.id, old="x"), 400, id="no number"),
        pytest.param(address("/difference", id=PLANT.id, old="²"), 400, id="a digit that is none"),
        pytest.param("/release?id=" + "a" * 3000, 400, id="a long id"),
        pytest.param("/?page=0", 400, id="page zero"),
        pytest.param("/?page=99999999999", 400, id="a page too far"),
        pytest.param("/?sort=random", 400, id="no such order"),
        pytest.param("/?since=soon", 400, id="no date"),
        pytest.param("/feed?q=%22", 400, id="a feed of a wrong question"),
        pytest.param("/?" + "&".join(f"source={n}" for n in range(60)), 400, id="many sources"),
        pytest.param("/?" + "x=1&" * 200, 400, id="many values"),
        pytest.param("/?q=" + "a" * 9000, 414, id="a long address"),
        pytest.param("/?q=" + "%28" * 1000, 400, id="a deep question"),
        pytest.param("/?q=%ff%fe%00&source=%00", 400, id="no text at all"),
        pytest.param("/release?id=%ff%00", 404, id="an id that is no text"),
        pytest.param("/%ff", 404, id="a path that is no text"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused_in_a_sentence(visit: Visitor, target: str, status: int) -> None:
    got = visit(target)
    assert got.status == status
    assert not re.search(r"Traceback|[\x00-\x08]", got.text)
    assert len(got.text) < 20_000
    if got.headers["Content-Type"].startswith("text/html"):
        elements(got.text)


def test_a_missing_or_damaged_home_is_a_page_in_a_sentence(visit: Visitor, home: Path) -> None:
    (home / "archive.db").write_bytes(b"no database " * 100)
    got = visit(address("/release", id=PLANT.id))
    assert (got.status, "not a Pressdex archive" in got.text) == (503, True)
    for path in (home / "index").iterdir():
        path.unlink()
    (home / "index").rmdir()
    got = visit("/?q=plant")
    assert (got.status, "press-index rebuild" in got.text) == (503, True)


def test_nothing_that_is_asked_changes_a_file(visit: Visitor, home: Path) -> None:
    def kept() -> dict[str, bytes]:
        return {
            str(path.relative_to(home)): path.read_bytes()
            for path in home.rglob("*")
            if path.is_file() and not path.name.endswith(("-shm", "-wal"))
        }

    before = kept()
    for target in [*PAGES.values(), "/feed"]:
        visit(target)
    assert kept() == before


def test_a_style_sheet_may_be_kept_because_its_address_changes_with_it(visit: Visitor) -> None:
    link = re.findall(r'href="(/style\.css\?[0-9a-f]{12})"', visit("/").text)[0]
    got = visit(link)
    assert "immutable" in got.headers["Cache-Control"]
    assert got.headers["Content-Type"] == "text/css; charset=utf-8"
    assert visit("/icon.svg").headers["Content-Type"] == "image/svg+xml"


def test_a_history_of_many_versions_is_cut_and_says_so(visit: Visitor, home: Path) -> None:
    with Archive.open(home / "archive.db") as archive, archive.together():
        for number in range(60):
            archive.record(replace(MANY[0], body=f"Take {number}."), at=later(100 + number))
    shown = visit(address("/release", id=MANY[0].id)).text
    assert shown.count("what changed") == 49
    assert "11 earlier changes not listed" in shown


@given(
    path=st.sampled_from(["/", "/feed", "/release", "/difference"]),
    values=st.dictionaries(
        st.sampled_from(["q", "source", "since", "until", "sort", "page", "id", "version", "old", "new"]),
        st.one_of(st.text(max_size=40), st.sampled_from([PLANT.id, HOSTILE.id, "2", "*", "2024-03"])),
        max_size=5,
    ),
)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_asked_is_answered_or_refused(visit: Visitor, path: str, values: dict[str, str]) -> None:
    got = visit(f"{path}?{urlencode(values, errors='surrogatepass')}")
    assert got.status in {200, 400, 404}
    if got.headers["Content-Type"].startswith("text/html"):
        elements(got.text)
