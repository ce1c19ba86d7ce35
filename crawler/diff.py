"""Say what differs between two versions of a release.  Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from crawler.model import Published, Release

Op = Literal["same", "gone", "new"]

#: Lines of one text × lines of the other from which they are not matched line by line: SequenceMatcher is
#: quadratic at worst, and a text of 4,000 lines that differs throughout was replaced rather than corrected.
MOST_PAIRS: Final = 16_000_000


@dataclass(frozen=True, slots=True)
class Edit:
    """One line of the body, in both versions or in one."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field other than the body that differs; an empty text where a version has none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs between two versions."""

    fields: tuple[FieldChange, ...]
    #: The lines of both bodies in order; a changed line is gone and then new.  Empty when both are equal.
    body: tuple[Edit, ...]

    def __bool__(self) -> bool:
        return bool(self.fields or self.body)


def compare(before: Release, after: Release) -> Difference:
    """Compare what two versions of a release say; how and when they came is no difference."""
    pairs = {
        "title": (before.title, after.title),
        "subtitle": (before.subtitle or "", after.subtitle or ""),
        "published": (_published(before.published), _published(after.published)),
        "language": (before.language or "", after.language or ""),
    }
    fields = tuple(FieldChange(name, old, new) for name, (old, new) in pairs.items() if old != new)
    body = () if before.body == after.body else tuple(_edits(before.body, after.body))
    return Difference(fields, body)


def summary(difference: Difference) -> str:
    """Sum a difference up in a few words, as ``title; body +3 -1 lines``."""
    words = [change.name for change in difference.fields]
    if difference.body:
        counts = {op: sum(edit.op == op for edit in difference.body) for op in ("new", "gone")}
        words.append(f"body +{counts['new']} -{counts['gone']} lines")
    return "; ".join(words) or "nothing a reader would see"


def around(edits: tuple[Edit, ...], lines: int) -> list[Edit | None]:
    """Leave out lines far from any change, None in their place; ``lines`` stay on each side of one."""
    near: set[int] = set()
    for place, edit in enumerate(edits):
        if edit.op != "same":
            near.update(range(place - lines, place + lines + 1))
    shown: list[Edit | None] = []
    for place, edit in enumerate(edits):
        if place in near:
            shown.append(edit)
        elif not shown or shown[-1] is not None:
            shown.append(None)
    return shown


def _edits(before: str, after: str) -> Iterator[Edit]:
    old, new = before.splitlines(), after.splitlines()
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    middle = old[head : len(old) - tail], new[head : len(new) - tail]
    yield from (Edit("same", line) for line in old[:head])
    yield from _matched(*middle)
    yield from (Edit("same", line) for line in old[len(old) - tail :])


def _matched(old: list[str], new: list[str]) -> Iterator[Edit]:
    codes = [("replace", 0, len(old), 0, len(new))]
    if len(old) * len(new) <= MOST_PAIRS:
        codes = list(SequenceMatcher(None, old, new).get_opcodes())
    for op, start, end, new_start, new_end in codes:
        if op == "equal":
            yield from (Edit("same", line) for line in old[start:end])
        else:
            yield from (Edit("gone", line) for line in old[start:end])
            yield from (Edit("new", line) for line in new[new_start:new_end])


def _common(old: list[str], new: list[str]) -> int:
    """Count the lines that both begin with."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(old), len(new)))


def _published(published: Published | None) -> str:
    if published is None:
        return ""
    shown = published.moment.isoformat() if published.moment else published.day.isoformat()
    return f"{shown} ({published.certainty})"
