"""The documents keep up with the code: every option, key and exit code stands in the README."""

import argparse
import re
from pathlib import Path
from typing import get_args

import pytest

from crawler import __main__ as crawl_edge
from crawler.commands.context import Exit
from crawler.config import toml
from crawler.health import judge
from crawler.notify import channel
from index import __main__ as index_edge
from index import options as search_edge
from index.serve import command as serve_edge

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
CONFIG = Path(toml.__file__).read_text(encoding="utf-8")


def options(parser: argparse.ArgumentParser) -> set[str]:
    found: set[str] = set()
    for action in parser._actions:
        found |= {option for option in action.option_strings if option.startswith("--")}
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                found |= {str(name)} | options(command)
    return found - {"--help"}


@pytest.mark.parametrize(
    "parser",
    [crawl_edge.parser(), search_edge.parser(), serve_edge.parser(), index_edge.parser()],
    ids=["press-crawl", "press-search", "press-search serve", "press-index"],
)
def test_every_option_and_command_is_in_the_readme(parser: argparse.ArgumentParser) -> None:
    assert [option for option in sorted(options(parser)) if option not in README] == []


def leaves(parser: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    """Give the commands of a program; the program itself where it has none."""
    found = [
        leaf
        for action in parser._actions
        if isinstance(action, argparse._SubParsersAction)
        for command in dict.fromkeys(action.choices.values())
        for leaf in leaves(command)
    ]
    return found or [parser]


@pytest.mark.parametrize(
    "command",
    [
        leaf
        for edge in (crawl_edge.parser(), search_edge.parser(), serve_edge.parser(), index_edge.parser())
        for leaf in leaves(edge)
    ],
    ids=lambda command: command.prog,
)
def test_the_help_of_every_command_says_what_it_does_and_shows_examples(
    command: argparse.ArgumentParser,
) -> None:
    told = command.format_help()
    assert command.description
    assert "example" in told
    assert all(action.help for action in command._actions)


def test_every_state_of_health_is_in_the_readme() -> None:
    assert [state for state in get_args(judge.State) if f"| `{state}` |" not in README] == []


def test_every_configuration_key_is_in_the_readme() -> None:
    allowed = " ".join(re.findall(r"\.allows\(([^)]*)\)", CONFIG))
    keys = set(re.findall(r'"(\w+)"', allowed)) - {"crawl", "source", "notify"}
    keys |= {*channel.KEYS, *channel.WAYS, *(key for further in channel.WAYS.values() for key in further)}
    assert len(keys) > 20
    assert [key for key in sorted(keys) if f"`{key}`" not in README] == []


def test_every_exit_code_is_in_the_readme() -> None:
    assert [code for code in Exit if f"| {code.value} |" not in README] == []


def test_the_example_configuration_of_the_readme_loads() -> None:
    example = README.split("```toml\n")[1].split("```")[0]
    assert [source.name for source in toml.load(example, "README.md").sources] == ["acme"]


@pytest.mark.parametrize("room", ["crawler", "index"])
def test_every_file_that_the_guide_to_a_package_names_is_there(room: str) -> None:
    folder = Path(toml.__file__).parents[2] / room
    named = re.findall(r"`(?:\.\./)?([\w./]+(?:\.py|/))`", (folder / "README.md").read_text(encoding="utf-8"))
    assert len(named) > 12
    root = folder.parent
    assert [name for name in named if not ((root / name).exists() or [*root.glob(f"{room}/**/{name}")])] == []
