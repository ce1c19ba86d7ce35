"""press-crawl diff: print what changed from one version of a release to the next."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from crawler.commands.context import Context, Exit, answer, answer_json, at, command, named, say
from crawler.diff import Difference, around, compare, summary
from crawler.model import Change, ChangeKind

CONTEXT_LINES = 1  # unchanged paragraphs around a change; announcements' paragraphs are long

EXAMPLES = """\
  press-crawl diff https://example.com/news/1
  press-crawl diff https://example.com/news/1 --json
"""

SIGNS = {"same": " ", "gone": "-", "new": "+"}


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the answer: what one version has that the one before had not."""

    version: int
    kind: ChangeKind
    at: datetime
    difference: Difference


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "diff",
        run,
        help="print what changed between the versions of a release",
        description="Print what each version of a release changed, oldest first: fields, then lines of the "
        "body (- gone, + new).",
        examples=EXAMPLES,
    )
    parser.add_argument("id", metavar="ID", help="a release's id or address, as press-search prints it")
    parser.add_argument("--json", action="store_true", help="print the changes as JSON")


def run(args: argparse.Namespace, context: Context) -> int:
    """Print what changed; exit 1 when nothing did."""
    with context.archive(create=False) as archive:
        history = archive.versions(named(archive, args.id))
    steps = list(_steps(history))
    if args.json:
        answer_json("changes", steps)
    elif not steps:
        say(f"{history[-1].release.id}: there is one version only")
    else:
        for step in steps:
            _show(step)
    return Exit.DONE if steps else Exit.NOTHING


def _steps(history: list[Change]) -> Iterator[Step]:
    for before, after in pairwise(history):
        yield Step(after.version, after.kind, after.at, compare(before.release, after.release))


def _show(step: Step) -> None:
    answer(f"version {step.version}, {step.kind} {at(step.at)}: {summary(step.difference)}")
    for field in step.difference.fields:
        answer(f"- {field.name}: {field.before}")
        answer(f"+ {field.name}: {field.after}")
    for edit in around(step.difference.body, CONTEXT_LINES):
        answer(f"{SIGNS[edit.op]} {edit.text}" if edit else "  …")
