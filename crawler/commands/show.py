"""press-crawl show: print one release as it was read."""

import argparse

from crawler import urls
from crawler.commands.context import Context, Exit, answer, answer_json, say


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "show",
        help="print one release",
        description="Print one release as it was read: title, date and its rule, body, warnings.",
    )
    parser.add_argument("id", metavar="ID", help="a release's id or address, as press-search prints it")
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, context: Context) -> int:
    """Print one release."""
    with context.archive(create=False) as archive:
        release = archive.release(args.id) or archive.release(urls.canonical(args.id))
    if release is None:
        say(f"no release has the id {args.id!r}; ids are the addresses that press-search prints")
        return Exit.NOTHING
    if args.json:
        answer_json("releases", [release])
        return Exit.DONE
    answer(release.title)
    if release.published:
        published = release.published
        answer(f"{published.day} ({published.certainty}: {published.rule})")
    answer(f"{release.source}  {release.url}")
    for warning in release.warnings:
        answer(f"warning: {warning}")
    answer()
    answer(release.body)
    return Exit.DONE
