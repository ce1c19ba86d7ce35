"""press-crawl verify: prove that the archive is whole; mends nothing."""

import argparse

from crawler.commands.context import Context, Exit, answer, answer_json, command, say

EXAMPLES = """\
  press-crawl verify           seconds for each gigabyte
  press-crawl verify --json    what is wrong, as JSON
"""


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "verify",
        run,
        help="check every digest and reference of the archive",
        description="Read the whole archive and prove every digest, every reference and every number.  "
        "Prints what is wrong and exits 4, or says that all is well.",
        examples=EXAMPLES,
    )
    parser.add_argument("--json", action="store_true", help="print what is wrong as JSON")


def run(args: argparse.Namespace, context: Context) -> int:
    """Check the archive."""
    with context.archive(create=False) as archive:
        problems = list(archive.verify())
        counts = {} if problems else archive.counts()
    if args.json:
        answer_json("problems", problems)
    for problem in [] if args.json else problems:
        answer(problem)
    if problems:
        say(f"{context.archive_path}: damaged, see above; restore it from a backup")
        return Exit.CONFIG
    say(", ".join(f"{count} {table}" for table, count in counts.items() if count) or "empty")
    if not args.json:
        answer(f"{context.archive_path}: whole")
    return Exit.DONE
