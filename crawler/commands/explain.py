"""press-crawl explain: say why an address was or was not fetched; asks nobody."""

import argparse
from functools import partial

from crawler import manners, urls
from crawler.commands.context import Context, Exit, answer, answer_json, command, now
from crawler.commands.network import PRODUCT
from crawler.errors import ConfigError
from crawler.explain import Finding, explain
from crawler.fetch.reach import objection_to_url

EXAMPLES = """\
  press-crawl explain https://example.com/news/1
  press-crawl explain https://example.com/news/1 --json
"""


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "explain",
        run,
        help="say why an address was or was not fetched",
        description="Say all that bears on an address: the rule of robots.txt, the rest its host was given, "
        "its last answer, when it is asked next, the release it leads to.  Asks no site.",
        examples=EXAMPLES,
    )
    parser.add_argument("url", metavar="URL", help="address of a page, a feed or a listing")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")


def run(args: argparse.Namespace, context: Context) -> int:
    """Say what bears on an address; exit 1 when it was never met."""
    if not urls.is_web(args.url):
        message = f"explain: not a web address: {args.url!r}; give one like https://example.com/news/1"
        raise ConfigError(message)
    settings = context.config().settings
    origin = urls.origin(args.url)
    with context.archive(create=False) as archive:
        state = archive.address(args.url)
        findings = list(
            explain(
                args.url,
                now=now(),
                objection=objection_to_url(args.url, frozenset(settings.allow)),
                robots=archive.robots(origin),
                read_rules=partial(manners.rules, agent=PRODUCT),
                host=archive.host_states([origin]).get(origin),
                state=state,
            )
        )
    if args.json:
        answer_json("findings", findings)
    else:
        _show(findings)
    return Exit.DONE if state else Exit.NOTHING


def _show(findings: list[Finding]) -> None:
    for finding in findings:
        answer(f"{finding.topic:12}  {finding.evidence}")
    causes = [finding.topic for finding in findings if finding.forbids]
    answer(f"now           {f'not asked for: {causes[0]}' if causes else 'may be asked for'}")
