"""The engine's contract, on every engine we have; answers are compared as sets of ids with an oracle."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from index import open_engine
from index.engine import Engine
from index.errors import EngineError
from index.grammar import parse
from tests.index.oracle import Oracle
from tests.index.releases import ALL, CARBON, CHINESE, TAKEOVER, change, numbered, release, revised

TODAY = date(2024, 6, 30)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(tmp_path / "index", create=True)
    yield engine
    engine.close()


def ids(engine: Engine, text: str) -> set[str]:
    return {hit.id for hit in engine.search(parse(text, today=TODAY, limit=100)).hits}


QUESTIONS = [
    "carbon",
    "neutrality plan",
    "company",
    "companies agree",
    '"carbon neutrality"',
    '"carbon neutral steel"',
    '"neutrality carbon"',
    '"neutrality carbon"~0',
    '"carbon market neutrality"~1',
    '"plan agreed"~3',
    '"plan agreed"~1',
    "carbon -takeover",
    "-carbon",
    "-(carbon OR umsatz)",
    "acme OR bolt",
    "acme OR bolt takeover",
    "(acme OR bolt) takeover",
    "title:carbon",
    "body:carbon",
    "title:(bolt takeover)",
    'title:"takeover of müller"',
    "url:bolt",
    "url:news/zahlen",
    "source:sep",
    "source:SEP OR source:haus",
    "lang:de",
    "certainty:mentioned",
    "date:2024",
    "date:2024-03",
    "date:2024-03-05",
    "date:2024-03..2024-05",
    "date:..2023",
    "date:2025..",
    "date:30d",
    "*",
    "* -date:2024",
    "neutral*",
    "gesell*",
    "umsatz*",
    "title:neutral*",
    "com?any",
    "h*user",
    "*trality",
    "*utral*",
    "*?arbon",
    "*n*l*ty",
    "url:*hlen",
    "neutrallity~",
    "takoevers~",
    "umsats~",
    "AT&T",
    "Bolt & Nut",
    "U.S.",
    "US",
    "10-K",
    "covid",
    "COVID-19",
    "12.5%",
    "12,5 %",
    "$3.2bn",
    '"3.2 billion"',
    "1250000",
    "C++",
    "t",
    "Häuser",
    "hauser",
    "haus",
    "groß",
    "Ergebnis",
    "umsatz",
    "resultat",
    "benefice",
    "actionnaire",
    "affaires",
    "d'affaires",
    "entreprises",
    "muller",
    "Mueller",
    "松江",
    "松江区",
    "松江区投资",
    "发布会",
    "2021年",
    "A股上市",
    "年",
    "区投",
    "江松",
    "no such words anywhere",
    "carbon zzzz yyyy",
    "zzzz",
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_an_engine_finds_what_the_oracle_finds(engine: Engine, text: str) -> None:
    oracle = Oracle()
    oracle.write(numbered(ALL))
    engine.write(numbered(ALL))
    assert ids(engine, text) == oracle.ids(parse(text, today=TODAY))


@pytest.mark.parametrize("text", ["carbon", '"松江区"', "umsatz*", "date:2024", "Häuser"])
def test_where_a_release_is_written_makes_no_difference(engine: Engine, text: str) -> None:
    for one in numbered(ALL):
        engine.write([one])
    oracle = Oracle()
    oracle.write(numbered(ALL))
    assert ids(engine, text) == oracle.ids(parse(text, today=TODAY))


def test_an_empty_index_answers_nothing(engine: Engine) -> None:
    assert engine.cursor() == 0
    assert engine.search(parse("anything")).total == 0
    assert engine.search(parse("* date:2024")).hits == ()


def test_the_cursor_is_the_last_change_written(engine: Engine) -> None:
    engine.write(numbered(ALL)[:3])
    assert engine.cursor() == 3
    engine.write([])
    assert engine.cursor() == 3
    engine.write([change(7, TAKEOVER)])
    assert engine.cursor() == 7


def test_a_batch_may_come_twice(engine: Engine) -> None:
    for _ in range(2):
        engine.write(numbered(ALL))
    assert engine.search(parse("*")).total == len(ALL)


def test_a_release_twice_in_one_batch_is_one_release(engine: Engine) -> None:
    engine.write([change(1, CARBON), change(2, revised(CARBON, title="Acme now says helium"), "revised", 2)])
    assert ids(engine, "acme") == {"carbon"}
    assert ids(engine, "title:helium") == {"carbon"}
    assert ids(engine, "title:carbon") == set()


def test_a_revision_takes_the_place_of_what_it_revises(engine: Engine) -> None:
    engine.write([change(1, CARBON)])
    engine.write([change(2, revised(CARBON, body="Helium."), "revised", 2)])
    assert ids(engine, "helium") == {"carbon"}
    assert ids(engine, "steel") == set()


def test_a_withdrawn_release_is_found_and_marked(engine: Engine) -> None:
    engine.write([change(1, CARBON)])
    engine.write([change(2, CARBON, "withdrawn", 2)])
    (hit,) = engine.search(parse("carbon")).hits
    assert hit.withdrawn


def test_an_open_engine_sees_what_is_written_meanwhile(engine: Engine) -> None:
    assert ids(engine, "carbon") == set()
    engine.write([change(1, CARBON)])
    assert ids(engine, "carbon") == {"carbon"}


def test_a_hit_says_what_the_release_says(engine: Engine) -> None:
    engine.write([change(1, CHINESE)])
    (hit,) = engine.search(parse("松江区")).hits
    assert (hit.id, hit.source, hit.url, hit.title) == (
        CHINESE.id,
        CHINESE.source,
        CHINESE.url,
        CHINESE.title,
    )
    assert CHINESE.published is not None
    assert (hit.day, hit.certainty, hit.language) == (CHINESE.published.day, "mentioned", "zh")
    assert [hit.title[start:end] for start, end in hit.title_spans] == ["松江区"]
    assert [hit.snippet[start:end] for start, end in hit.spans] == ["松江区"]


def test_hits_come_by_day_when_asked(engine: Engine) -> None:
    engine.write(numbered(ALL))
    newest = [hit.day for hit in engine.search(parse("*", sort="newest")).hits]
    oldest = [hit.day for hit in engine.search(parse("*", sort="oldest")).hits]
    dated = [day for day in newest if day]
    assert dated == sorted(dated, reverse=True)
    assert [day for day in oldest if day] == sorted(dated)
    assert newest[-1] is None
    assert oldest[-1] is None


def test_a_page_of_hits_is_cut_out_of_all(engine: Engine) -> None:
    engine.write(numbered(ALL))
    whole = engine.search(parse("*", limit=100))
    page = engine.search(parse("*", limit=3, offset=2))
    assert page.total == whole.total == len(ALL)
    assert [hit.id for hit in page.hits] == [hit.id for hit in whole.hits[2:5]]
    assert engine.search(parse("*", limit=0)).hits == ()


def test_a_word_in_the_title_counts_more(engine: Engine) -> None:
    there = release("there", "Helium prices", "Words about something else entirely, in some length.")
    elsewhere = release("elsewhere", "Words about something", "Else entirely, helium in some length prices.")
    engine.write(numbered([elsewhere, there]))
    assert [hit.id for hit in engine.search(parse("helium")).hits] == ["there", "elsewhere"]


def test_any_of_the_words_will_do_when_hardly_a_release_has_all(engine: Engine) -> None:
    engine.write(numbered(ALL))
    results = engine.search(parse("carbon umsatz"))
    assert {hit.id for hit in results.hits} == {"carbon", "takeover", "zahlen"}
    assert results.notes


def test_an_index_that_is_not_there_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="press-crawl run"):
        open_engine(tmp_path / "index")


def test_a_foreign_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(EngineError, match="not an index"):
        open_engine(tmp_path, create=True)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
