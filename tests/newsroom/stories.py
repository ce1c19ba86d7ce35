"""Tell what the invented companies announce: TOML files into frozen values.  No HTML here."""

import tomllib
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent

#: Folder names of the companies on the site, each with its TOML file and two templates beside this module.
COMPANIES: Final = ("sep", "halden", "norvia", "xinghe", "brightwater")


@dataclass(frozen=True, slots=True)
class Story:
    """One announcement before it is laid out."""

    #: Address within the company's folder, without a leading slash.
    path: str
    day: date
    headline: str
    #: Paragraphs; ``## `` begins a subheading, ``- `` a list item, ``| a | b |`` a table row.
    body: tuple[str, ...]
    #: Hour of publication in the company's zone; None where it prints none.
    hour: time | None = None
    #: City of the dateline, empty where the company prints none.
    place: str = ""
    subtitle: str = ""


@dataclass(frozen=True, slots=True)
class Company:
    """One invented company."""

    #: Folder on the site.
    key: str
    name: str
    language: str
    #: Texts that its templates ask for beside the story's own.
    texts: dict[str, str]
    #: Newest first.
    stories: tuple[Story, ...]


def company(key: str) -> Company:
    """Read one company from its file."""
    table = tomllib.loads((HERE / f"{key}.toml").read_text(encoding="utf-8"))
    stories = [
        Story(
            path=row["path"],
            day=row["day"],
            headline=row["headline"],
            body=tuple(row["body"]),
            hour=time.fromisoformat(row["time"]) if "time" in row else None,
            place=row.get("place", ""),
            subtitle=row.get("subtitle", ""),
        )
        for row in table.pop("story")
    ]
    stories.sort(key=lambda story: story.day, reverse=True)
    return Company(key, table["name"], table["language"], table, tuple(stories))
