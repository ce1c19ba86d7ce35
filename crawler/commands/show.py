"""press-crawl show: print one release as it was read, any version of it, or the page it was read from."""

import argparse
import sys

from crawler.archive import Archive
from crawler.commands.context import Context, Exit, NothingError, answer, answer_json, at, command, named
from crawler.model import Change

EXAMPLES = """\
  press-crawl show https://example.com/news/1
  press-crawl show https://example.com/news/1 --version 1         as it was before it was revised
  press-crawl show https://example.com/news/1 --raw > page.html   the page as it was received
"""


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "show",
        run,
        help="print one release, any version of it, or its page",
        description="Print one release as it was read: title, date and its rule, body, warnings.",
        examples=EXAMPLES,
    )
    parser.add_argument("id", metavar="ID", help="a release's id or address, as press-search prints it")
    parser.add_argument("--version", type=int, metavar="N", help="this version (default: the current one)")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--raw", action="store_true", help="write the page it was read from, as received")
    form.add_argument("--json", action="store_true", help="print it as JSON")


def run(args: argparse.Namespace, context: Context) -> int:
    """Print one release."""
    with context.archive(create=False) as archive:
        history = archive.versions(named(archive, args.id))
        change = _version(history, args.version)
        if args.raw:
            _write_raw(archive, change)
        elif args.json:
            answer_json("releases", [change.release])
        else:
            _show(change, history)
    return Exit.DONE


def _version(history: list[Change], number: int | None) -> Change:
    found = [change for change in history if number in {None, change.version}]
    if not found:
        message = (
            f"{history[-1].release.id}: no version {number}; there are versions 1 to {history[-1].version}"
        )
        raise NothingError(message)
    return found[-1]


def _write_raw(archive: Archive, change: Change) -> None:
    page = archive.raw(change.release.id, change.version)
    html = archive.link(change.release.url).html
    if page is None and html is None:
        message = f"{change.release.id}: no page of version {change.version} was kept"
        raise NothingError(message)
    sys.stdout.flush()
    sys.stdout.buffer.write(page.body if page else (html or "").encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def _show(change: Change, history: list[Change]) -> None:
    release, last = change.release, history[-1]
    answer(release.title)
    if release.subtitle:
        answer(release.subtitle)
    if release.published:
        published = release.published
        answer(f"{published.day} ({published.certainty}: {published.rule})")
    answer(f"{release.source}  {release.url}")
    if last.version > 1:
        answer(f"version {change.version} of {last.version}, {change.kind} {at(change.at)}")
    if last.kind == "withdrawn":
        answer(f"withdrawn {at(last.at)}")
    for warning in release.warnings:
        answer(f"warning: {warning}")
    answer()
    answer(release.body)
