"""The laws of answers beyond what matches: order, copies, versions, counts, reasons, corrections."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crawler.model import Part, Release
from index import open_engine
from index.engine import Engine
from index.grammar import parse
from tests.index.releases import ALL, CARBON, SEEN, change, numbered, release, revised

LONG = "\n\n".join(
    f"Paragraph {word} of the announcement says at some length what the company has to say about it."
    for word in ("one", "two", "three", "four", "five", "six")
)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(tmp_path / "index", create=True)
    yield engine
    engine.close()


def ids(engine: Engine, text: str, **options: object) -> list[str]:
    return [hit.id for hit in engine.search(parse(text, **options)).hits]  # type: ignore[arg-type]


def copy(
    name: str, source: str, body: str = LONG, day: str = "2024-03-05", title: str = "Acme news"
) -> Release:
    return release(name, title, body, source=source, day=day)


def test_near_copies_of_other_sources_are_one_hit(engine: Engine) -> None:
    wire = copy(
        "wire", "wire", LONG + "\n\nThe wire adds a long paragraph of its own about itself and its services."
    )
    engine.write(numbered([copy("own", "acme"), wire]))
    (hit,) = engine.search(parse("announcement")).hits
    assert [(one.source, one.url) for one in hit.also] == [("wire", wire.url)] or hit.id == "wire"
    assert len(ids(engine, "announcement", is_folding=False)) == 2


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(
            copy("other", "acme", title="Weekly report 2"), id="another headline in the same source"
        ),
        pytest.param(copy("other", "wire", day="2024-06-05"), id="months later"),
        pytest.param(copy("other", "wire", "Short."), id="another text"),
    ],
)
def test_what_only_looks_alike_stays_a_hit(engine: Engine, other: Release) -> None:
    engine.write(numbered([copy("own", "acme"), other]))
    assert set(ids(engine, "*")) == {"own", "other"}


def test_folding_fills_the_page(engine: Engine) -> None:
    copies = [copy(f"copy{number}", f"wire{number}") for number in range(30)]
    others = [release(f"r{number}", "Other", f"Text {number} announcement") for number in range(5)]
    engine.write(numbered([*copies, *others]))
    page = engine.search(parse("announcement", limit=4))
    assert len(page.hits) == 4
    assert page.total == 35


def test_as_of_a_day_each_release_is_as_it_was(engine: Engine) -> None:
    engine.write([change(1, CARBON)])
    engine.write([change(2, revised(CARBON, title="Now about helium"), "revised", 2)])
    engine.write([change(3, revised(CARBON, title="Now about helium"), "withdrawn", 3)])
    known = [SEEN + timedelta(hours=hours, minutes=30) for hours in range(4)]
    titles = [
        [(hit.title, hit.withdrawn) for hit in engine.search(parse("acme", as_of=at)).hits] for at in known
    ]
    assert titles == [
        [],
        [("Acme announces carbon neutrality by 2030", False)],
        [("Now about helium", False)],
        [("Now about helium", True)],
    ]
    assert ids(engine, "title:carbon") == []


def test_new_since_a_change_are_releases_that_did_not_answer_before(engine: Engine) -> None:
    engine.write([change(1, CARBON), change(2, replace(CARBON, id="b", body="Nothing."))])
    engine.write([change(3, replace(CARBON, id="b", body="Now steel, too."), "revised", 2)])
    engine.write([change(4, revised(CARBON, title="Corrected"), "revised", 2)])
    engine.write([change(5, replace(CARBON, id="c"))])
    query = parse("steel", limit=10)
    assert {hit.id for hit in engine.search(replace(query, new_since=2)).hits} == {"b", "c"}
    assert [hit.id for hit in engine.search(replace(query, new_since=4)).hits] == ["c"]
    assert engine.search(replace(query, new_since=5)).total == 0
    assert engine.search(query).cursor == 5


def test_the_newer_of_equals_comes_first(engine: Engine) -> None:
    days = ("2020-01-01", "2024-01-01", None, "2022-01-01")
    engine.write(numbered([release(str(day), "Helium", "Text", day=day) for day in days]))
    assert ids(engine, "helium") == ["2024-01-01", "2022-01-01", "2020-01-01", "None"]


def test_patterns_put_titles_first_and_then_the_newest(engine: Engine) -> None:
    body = [release(day, "Other", "heliums", day=day) for day in ("2020-01-01", "2024-01-01")]
    engine.write(numbered([*body, release("title", "Helium", "Text", day="2019-01-01")]))
    assert ids(engine, "heli*") == ["title", "2024-01-01", "2020-01-01"]


def test_a_word_of_the_news_counts_more_than_one_of_the_boilerplate(engine: Engine) -> None:
    news = "Acme opens a plant. It makes helium. "
    about = "About Acme. Acme makes argon. "
    body = news * 9 + about
    start = len(news) * 9
    parts = (Part("about", start, len(body)),)
    engine.write(numbered([replace(release(f"r{n}", "News", body), parts=parts) for n in range(3)]))
    swapped = body.replace("helium", "xenon").replace("argon", "helium")
    engine.write([change(9, replace(release("about", "News", swapped), parts=parts))])
    scores = {hit.id: hit.score for hit in engine.search(parse("helium")).hits}
    assert scores["r0"] > scores["about"] > 0
    assert ids(engine, '"acme makes argon"') == ["r0", "r1", "r2"]


def test_facets_count_the_whole_answer(engine: Engine) -> None:
    engine.write(numbered(ALL))
    facets = engine.search(
        parse("*", limit=1, facets=["source", "year", "lang", "certainty", "month"])
    ).facets
    counts = {facet: {one.value: one.releases for one in values} for facet, values in facets}
    assert counts["year"] == {"2021": 2, "2024": 4, "2025": 1, "": 1}
    assert counts["source"] == {"acme": 3, "bolt": 2, "haus": 1, "maison": 1, "sep": 1}
    assert counts["certainty"] == {"stated": 5, "mentioned": 1, "dateline": 1, "": 1}
    assert counts["month"]["2021-08"] == 2
    assert counts["lang"][""] == 1
    assert list(counts["year"]) == ["2025", "2024", "2021", ""]


def test_reasons_add_up_to_the_score(engine: Engine) -> None:
    engine.write(numbered(ALL))
    for hit in engine.search(parse("carbon neutrality title:acme neut*", is_explaining=True)).hits:
        assert {one.word for one in hit.reasons} == {"carbon", "neutrality", "title:acme", "neut*"}
        total = sum(one.points for one in hit.reasons) * hit.freshness
        assert hit.score == pytest.approx(total)


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("takeovr", "takeover"),
        ("carbn neutrality", "carbon neutrality"),
        ("carbon", None),
        ("zzzzzz", None),
        ("source:acme takeovver", "source:acme takeover"),
    ],
)
def test_a_word_that_is_not_in_the_index_is_corrected(
    engine: Engine, typed: str, suggestion: str | None
) -> None:
    engine.write(numbered(ALL))
    assert engine.search(parse(typed)).suggestion == suggestion


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("source:acmee", "did you mean 'acme'"),
        ("lang:xx", "no release has the lang 'xx'"),
        ("source:acme", ""),
    ],
)
def test_a_value_that_no_release_has_is_said(engine: Engine, typed: str, note: str) -> None:
    engine.write(numbered(ALL))
    notes = " ".join(engine.search(parse(typed)).notes)
    assert note in notes
    assert bool(note) == bool(notes)


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_pages_put_together_are_the_whole(engine: Engine, sort: str) -> None:
    releases = [
        release(
            f"r{number}", "Title", f"helium {'helium ' * (number % 7)}", day=f"2024-01-{number % 28 + 1:02}"
        )
        for number in range(60)
    ]
    for first in range(0, 60, 7):
        engine.write(numbered(releases)[first : first + 7])
    search: Callable[[int, int], list[str]] = lambda limit, offset: ids(  # noqa: E731
        engine, "helium", limit=limit, offset=offset, sort=sort
    )
    whole = search(60, 0)
    assert len(set(whole)) == 60
    assert [one for offset in range(0, 60, 9) for one in search(9, offset)] == whole


def test_moment_and_day_are_kept(engine: Engine) -> None:
    moment = datetime(2024, 3, 5, 22, 30, tzinfo=UTC)
    assert CARBON.published is not None
    published = replace(CARBON.published, day=date(2024, 3, 6), moment=moment)
    engine.write([change(1, replace(CARBON, published=published))])
    (hit,) = engine.search(parse("date:2024-03-06")).hits
    assert (hit.day, hit.moment) == (date(2024, 3, 6), moment)
