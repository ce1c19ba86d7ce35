"""The laws of press-search: its answers, its exit codes, and what it prints where."""

import json
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import search
from crawler.archive import Archive
from index import open_engine
from index.grammar import parse
from index.options import COMMANDS, EXAMPLES, read
from tests.index.releases import ALL, CARBON, SEEN, change, numbered, release

ROOT = Path(search.__file__).parent
full_disk = pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk is played by /dev/full")
CSV = "id,day\ntakeover,2024-03-05\ncarbon,2021-08-27\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    engine = open_engine(tmp_path / "index", create=True)
    engine.write(numbered(ALL))
    engine.close()
    return tmp_path


@pytest.fixture
def in_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Moves this process to a time zone, and back."""

    def move(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


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
    home: Path,
    options: list[str],
    expected: str,
    in_zone: Callable[[str], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    in_zone("UTC")
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

    def browse(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr("webbrowser.open", browse)
    assert run(home, "songjiang OR 松江区", "--open", "1") == search.FOUND
    assert opened == ["https://sep.example/news/songjiang"]
    order = ("--sort", "oldest", "--offset", "2")
    for number in ("3", "4"):
        assert run(home, "*", *order, "--open", number) == search.FOUND
    assert len(set(opened)) == 3
    assert run(home, "*", *order, "--open", "2") == search.MISUSE


def test_where_no_browser_is_the_address_is_said(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("webbrowser.open", lambda _: False)
    assert run(home, "松江区", "--open", "1") == search.BAD_CONFIGURATION
    assert "https://sep.example/news/songjiang" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param(["--limit", "-1"], "--limit: takes a whole number from 0", id="negative"),
        pytest.param(["--limit", "ten"], "not 'ten'", id="no number"),
        pytest.param(["--open", "0"], "--open: takes a whole number from 1", id="hit 0"),
        pytest.param(["--nofold"], "did you mean --no-fold?", id="slip"),
        pytest.param(["--xyz=red"], "see: press-search --help", id="unknown"),
        pytest.param(["--facet", ","], "needs one or more of source", id="no facet"),
        pytest.param(["--home"], "expected one argument", id="no value"),
    ],
)
def test_a_wrong_option_is_refused_in_one_sentence(
    options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        search.main(["carbon", *options])
    assert ended.value.code == search.MISUSE
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["--since", "soon"], "--since: 'soon' is no date", id="no day"),
        pytest.param(["--as-of", "2024-13"], "--as-of: there is no day", id="no such day"),
        pytest.param(["--since", "2024", "--until", "2023"], "no day lies between", id="reversed"),
        pytest.param(["--webhook", "https://a.example/"], "goes with 'watch'", id="webhook of a search"),
        pytest.param(["--fields", "day"], "--fields goes with --json", id="fields of a text"),
        pytest.param(["--facet", "year", "--format", "{day}"], "do not go together", id="facet and format"),
        pytest.param(["--facet", "year", "--limit", "3"], "do not go together", id="facet and limit"),
        pytest.param(["--count", "--explain"], "do not go together", id="count and explain"),
        pytest.param(["--feed", "a.xml", "--json"], "do not go together", id="feed and json"),
        pytest.param(["--format", "{colour}"], "--format: no field is called", id="unknown field"),
    ],
)
def test_options_that_make_no_sense_are_refused_in_one_sentence(
    home: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "carbon", *words) == search.MISUSE
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_options_may_stand_between_words(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, "carbon", "--count", "-takeover", "steel") == search.FOUND
    assert run(home, "--format", "-{id}", "carbon", "-takeover") == search.FOUND
    assert capsys.readouterr().out == "1\n-carbon\n"
    assert search.main(["--home", str(home), "--count", "--", "-carbon"]) == search.FOUND
    assert capsys.readouterr().out == "6\n"


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("--csv", ["facet,value,releases", "year,2024,1", "year,2021,1"]),
        (
            "--jsonl",
            [f'{{"facet": "year", "value": "{year}", "releases": 1}}' for year in ("2024", "2021")],
        ),
    ],
)
def test_counts_come_in_the_form_asked_for(
    home: Path, form: str, shown: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "carbon", "--facet", "year", form) == search.FOUND
    assert capsys.readouterr().out.splitlines() == shown


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--limit", "3"], "3 of 8 releases; more with"),
        (["--limit", "3", "--offset", "3"], "4 to 6 of 8 releases; more with"),
        (["--limit", "3", "--offset", "6"], "7 to 8 of 8 releases\n"),
        (["--offset", "99"], "there are 8 releases"),
        (["--limit", "0"], "none of 8 releases shown"),
        (["--limit", "8"], ""),
        (["--facet", "year"], ""),
        (["--count"], ""),
    ],
)
def test_what_is_not_shown_is_said(
    home: Path, options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "*", *options) == search.FOUND
    error = capsys.readouterr().err
    assert said in error
    assert bool(said) == bool(error)


def test_nothing_found_in_an_index_behind_its_archive_is_said(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Archive.open(home / "archive.db") as archive:
        for number in range(len(ALL) + 2):
            archive.record(replace(CARBON, id=f"r{number}"), at=SEEN)
    assert run(home, "zzzz") == search.NOTHING
    assert "2 changes behind the archive: press-index sync" in capsys.readouterr().err
    assert run(home, "carbon") == search.FOUND
    assert "behind" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("redirection", "code", "said"),
    [
        pytest.param("| head -c 1 >/dev/null", 0, "", id="nobody reads on"),
        pytest.param(">/dev/full", 4, "No space left on device", id="full disk", marks=full_disk),
        pytest.param(">&-", 0, "", id="no stdout"),
        pytest.param(">&- 2>&-", 0, "", id="no stdout and no stderr"),
    ],
)
def test_an_answer_that_goes_nowhere_is_no_traceback(
    home: Path, redirection: str, code: int, said: str
) -> None:
    words = "'*' --json --limit 8"
    command = f"set -o pipefail; {sys.executable} search.py {words} --home '{home}' {redirection}"
    ended = subprocess.run(
        ["bash", "-c", command], stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT, timeout=60
    )
    assert (ended.returncode, bool(ended.stderr)) == (code, bool(said))
    assert said in ended.stderr


def examples() -> list[str]:
    """Every press-search that README or --help tells to type."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    return re.findall(r"^ *press-search (?!serve|QUERY|-- )(.+)$", readme + EXAMPLES, re.MULTILINE)


@pytest.mark.parametrize("typed", examples())
def test_every_example_can_be_typed(typed: str) -> None:
    words = shlex.split(re.sub(r"   .*| > .*", "", typed), comments=True)
    command = words.pop(0) if words[0] in COMMANDS else ""
    arguments = read(command, words)
    if command in {"", "save"}:
        assert parse(" ".join(arguments.question[bool(command) :]), today=SEEN.date()).node


@pytest.mark.parametrize(("zone", "found"), [("UTC", 0), ("America/New_York", 1)])
def test_a_day_ends_where_the_analyst_is(
    tmp_path: Path, zone: str, found: int, in_zone: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    late = datetime(2026, 1, 6, 2, tzinfo=UTC)
    engine = open_engine(tmp_path / "index", create=True)
    engine.write([replace(change(1, CARBON), at=late)])
    engine.close()
    in_zone(zone)
    run(tmp_path, "carbon", "--as-of", "2026-01-05", "--count")
    assert capsys.readouterr().out == f"{found}\n"
