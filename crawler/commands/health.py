"""press-crawl health: say of each source whether it is well, and on what evidence."""

import argparse
from dataclasses import dataclass

from crawler.archive import Archive
from crawler.commands.context import Context, Exit, answer, answer_json, now
from crawler.health import judge
from crawler.health.condition import condition
from crawler.model import Source

EXAMPLES = """examples:
  press-crawl health            a line for each source
  press-crawl health --strict   the same; exit 5 when one is not ok, for cron
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """A row of the answer."""

    source: str
    state: judge.State
    evidence: str


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "health",
        help="say which sources are quiet, stale or broken, and why",
        description="Judge each source from its own past.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--strict", action="store_true", help="exit 5 when a source is not ok")
    parser.add_argument("--json", action="store_true", help="print the judgements as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, context: Context) -> int:
    """Judge every source."""
    known = context.config()
    with context.archive() as archive:
        judged = [_judge(source, archive) for source in known.sources]
    if args.json:
        answer_json("health", judged)
    else:
        width = max((len(one.source) for one in judged), default=0)
        for one in judged:
            answer(f"{one.source:{width}}  {one.state:11}  {one.evidence}")
    unwell = any(one.state != "ok" for one in judged)
    return Exit.UNHEALTHY if args.strict and unwell else Exit.DONE


def _judge(source: Source, archive: Archive) -> Judged:
    found = condition(source, archive, now())
    return Judged(source.name, found.state, found.evidence)
