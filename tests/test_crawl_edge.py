"""Laws of press-crawl's command line: whole where help is asked for, no more than one command else."""

import subprocess
import sys
from pathlib import Path

import pytest

import crawler.__main__
from crawler.__main__ import COMMANDS, asked, main, parser

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("status", "status"),
        ("status --help", "status"),
        ("--home run status --json", "status"),
        ("--home=run status", "status"),
        ("--hom run status", "status"),
        ("-v --log-format json run log", "run"),
        ("-- health", "health"),
    ],
)
def test_a_command_line_loads_the_command_it_names(line: str, command: str) -> None:
    assert asked(line.split()) == [command]


@pytest.mark.parametrize("line", ["", "--help", "-h status", "-vh run", "--help run", "statsu", "--home run"])
def test_a_command_line_that_names_none_loads_all(line: str) -> None:
    assert asked(line.split()) == list(COMMANDS)


def test_an_interruption_while_a_command_is_loaded_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: object) -> list[str]:
        raise KeyboardInterrupt

    monkeypatch.setattr(crawler.__main__, "asked", interrupted)
    assert main(["run"]) == 130
    assert capsys.readouterr().err == "press-crawl: interrupted; run it again to go on\n"


def test_a_reader_of_the_output_that_goes_away_ends_it_quietly(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<h1>Acme opens a plant</h1>" + "<p>It has ten halls, and more.</p>" * 5_000)
    command = [sys.executable, "-m", "crawler", "--home", str(tmp_path), "explain", str(page)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        said = running.stderr.read()
    assert (running.returncode, said) == (130, b"")


def test_help_lists_every_command() -> None:
    told = parser().format_help()
    assert [name for name in COMMANDS if f"\n    {name} " not in told] == []


def test_a_command_that_only_reads_the_archive_loads_no_reader_of_pages_and_no_network(
    tmp_path: Path,
) -> None:
    code = "import sys; from crawler.__main__ import main; main(); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code, "--home", str(tmp_path), "status"],
        capture_output=True, text=True, check=True, cwd=ROOT, timeout=60,
    )  # fmt: skip
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert not loaded & {
        "httpx",
        "bs4",
        "lxml",
        "feedparser",
        "rich",
        "w3lib",
        "filelock",
        "asyncio",
        "whoosh",
    }
