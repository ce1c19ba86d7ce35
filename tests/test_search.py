"""The laws of press-search: its answers, its exit codes, and what it prints where."""

import json
from pathlib import Path

import pytest

import search
from index import open_engine
from tests.index.releases import ALL, change, numbered, release

CSV = "id,day\ntakeover,2024-03-05\ncarbon,2021-08-27\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    engine = open_engine(tmp_path / "index", create=True)
    engine.write(numbered(ALL))
    engine.close()
    return tmp_path


def run(home: Path, *words: str) -> int:
    return search.main([*words, "--home", str(home)])


def test_a_hit_shows_date_source_title_address_and_snippet(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "carbon", "steel") == search.FOUND
    shown = capsys.readouterr().out
    for part in (
        "2021-08-27",
        "acme",
        "Acme announces carbon neutrality",
        "https://acme.example/news/carbon",
    ):
        assert part in shown
    assert "carbon-neutral steel" in shown


def test_no_colour_leaves_a_terminal_alone(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(home, "carbon")
    assert "\x1b" not in capsys.readouterr().out


def test_a_terminal_gets_the_words_marked(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    run(home, "steel")
    assert "\x1b[1;33msteel\x1b[0m" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    run(home, "steel")
    assert "\x1b" not in capsys.readouterr().out


def test_what_a_page_says_cannot_command_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = open_engine(tmp_path / "index", create=True)
    engine.write([change(1, release("evil", "Red \x1b[31m alert\x07", "Alert \x1b]0;owned\x07 body"))])
    engine.close()
    run(tmp_path, "alert")
    assert "\x1b" not in capsys.readouterr().out


def test_json_is_one_object_with_a_version(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, "松江区", "--json") == search.FOUND
    answer = json.loads(capsys.readouterr().out)
    assert (answer["version"], answer["total"], answer["hits"][0]["id"]) == (1, 1, "songjiang")
    assert answer["hits"][0]["day"] == "2021-08-27"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(["carbon"], search.FOUND, id="found"),
        pytest.param(["zzzz"], search.NOTHING, id="nothing"),
        pytest.param(['"unclosed'], search.MISUSE, id="unclosed quote"),
        pytest.param(["date:>2019"], search.MISUSE, id="bad date"),
        pytest.param(["carbon", "--since", "soon"], search.MISUSE, id="bad since"),
        pytest.param(["carbon", "-takeover"], search.FOUND, id="exclusion is no option"),
        pytest.param(["-carbon", "-umsatz"], search.FOUND, id="exclusions alone"),
        pytest.param(["--source", "sep"], search.FOUND, id="a source alone"),
        pytest.param([], search.MISUSE, id="no question"),
    ],
)
def test_the_exit_code_says_what_happened(home: Path, words: list[str], code: int) -> None:
    assert run(home, *words) == code


def test_a_mistake_is_shown_with_a_caret(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(home, "carbon", '"unclosed')
    error = capsys.readouterr().err.splitlines()
    assert error[-1].index("^") == error[-2].index('"')


@pytest.mark.parametrize(
    ("options", "found"),
    [
        pytest.param(["--since", "2024-05-14"], {"zahlen", "resultats", "empty"}, id="since a day"),
        pytest.param(["--since", "2024-04", "--until", "2024"], {"zahlen", "resultats"}, id="within a year"),
        pytest.param(["--until", "2024-02"], {"carbon", "songjiang"}, id="until a month"),
        pytest.param(["--source", "sep", "--source", "haus"], {"songjiang", "zahlen"}, id="two sources"),
        pytest.param(["--source", "sep,haus"], {"songjiang", "zahlen"}, id="two sources at once"),
    ],
)
def test_options_narrow_the_answer(
    home: Path, options: list[str], found: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    run(home, "*", *options, "--json")
    assert {hit["id"] for hit in json.loads(capsys.readouterr().out)["hits"]} == found


def test_a_missing_index_says_what_to_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "carbon") == search.BAD_CONFIGURATION
    assert "press-index rebuild" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param(["--count"], "2\n", id="count"),
        pytest.param(["--format", "{id}", "--sort", "oldest"], "carbon\ntakeover\n", id="format"),
        pytest.param(["--csv", "--fields", "id,day", "--sort", "newest"], CSV, id="csv"),
        pytest.param(
            ["--jsonl", "--fields", "id", "--limit", "1", "--sort", "date"],
            '{"id": "takeover"}\n',
            id="jsonl",
        ),
        pytest.param(["--format", "{id}", "--as-of", "2026-01-04"], "", id="as of a day before"),
        pytest.param(
            ["--format", "{id}", "--as-of", "2026-01-05", "--sort", "oldest"],
            "carbon\ntakeover\n",
            id="as of",
        ),
    ],
)
def test_an_answer_comes_in_the_form_asked_for(
    home: Path, options: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(home, "carbon", *options)
    assert capsys.readouterr().out == expected


def test_facets_are_shown_as_bars(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, "*", "--facet", "year,source") == search.FOUND
    shown = capsys.readouterr().out
    assert "year\n  2025" in shown
    assert "█" in shown


def test_an_explanation_says_how_the_score_came_about(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(home, "carbon", "--explain")
    assert "carbon: " in capsys.readouterr().out


def test_a_better_spelling_is_offered(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, "takeovr") == search.NOTHING
    assert "did you mean: takeover" in capsys.readouterr().err


@pytest.mark.parametrize("options", [["--format", "{colour}"], ["--open", "5"], ["--as-of", "soon"]])
def test_an_option_that_makes_no_sense_is_misuse(home: Path, options: list[str]) -> None:
    assert run(home, "carbon", *options) == search.MISUSE


@pytest.mark.parametrize(
    "options", [["--facet", "colour"], ["--fields", "colour"], ["--limit", "-1"], ["--json", "--csv"]]
)
def test_an_option_with_a_wrong_value_is_misuse(home: Path, options: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(home, "carbon", *options)
    assert ended.value.code == search.MISUSE


def test_a_question_in_no_encoding_is_answered(home: Path) -> None:
    assert run(home, "\udcff\udcfe carbon", "--json") == search.FOUND


def test_a_hit_is_opened_in_the_browser(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    assert run(home, "songjiang OR 松江区", "--open", "1") == search.FOUND
    assert opened == ["https://sep.example/news/songjiang"]
