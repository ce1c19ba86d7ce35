"""press-crawl explain: say why an address was or was not fetched, and how its page, or a file's, is read."""

import argparse
import asyncio
import sys
from functools import partial
from pathlib import Path
from typing import Final

from crawler import urls
from crawler.archive import Archive
from crawler.commands.context import Context, Exit, answer, answer_json, command, now, say
from crawler.commands.network import PRODUCT, guest
from crawler.commands.readout import lines
from crawler.config.toml import Settings
from crawler.courtesy import manners
from crawler.errors import ConfigError
from crawler.explain import Finding, explain
from crawler.extract import explain as reading
from crawler.extract.explain import Explanation
from crawler.fetch.reach import objection_to_url
from crawler.habits import in_force, known
from crawler.known import AddressState
from crawler.model import Habits, Link, Page
from crawler.visit import carried

EXAMPLES = """\
  press-crawl explain https://example.com/news/1           why it was (not) fetched, how it is read
  press-crawl explain https://example.com/news/1 --fetch   the same for a page that is not kept yet
  press-crawl explain page.html                            how a saved page is read
  press-crawl explain - --url https://example.com/news/1 < page.html
  press-crawl explain https://example.com/news/1 --json
"""
LARGEST_FILE: Final = 64 << 20  # bytes; four times what is read of a page in the widest encoding


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "explain",
        run,
        help="say why an address was or was not fetched, and how its page is read",
        description="Say all that bears on an address: the rule of robots.txt, the rest its host was given, "
        "its last answer, when it is asked next, the release it leads to.  Then tell how its kept page is "
        "read: every candidate of title and date with rule and score, and each block kept or dropped, with "
        "the reason; scripts, menus and buttons are taken out before and are no blocks.  Asks no site, "
        "unless --fetch says so; keeps nothing.",
        examples=EXAMPLES,
    )
    parser.add_argument("target", metavar="URL|FILE", help="address of a page, or a saved page; - is stdin")
    parser.add_argument("--fetch", action="store_true", help="ask the site for the page, politely")
    parser.add_argument("--url", metavar="ADDRESS", help="the address that a saved page came from")
    parser.add_argument("--json", action="store_true", help="print findings and readings as JSON")


def run(args: argparse.Namespace, context: Context) -> int:
    """Say what bears on an address and how its page is read; exit 1 when there is nothing to tell."""
    if urls.is_web(args.target):
        return _address(args, context)
    if args.fetch or (args.url is not None and not urls.is_web(args.url)):
        wrong = args.target if args.fetch else args.url
        message = f"explain: not a web address: {wrong!r}; give one like https://example.com/news/1"
        raise ConfigError(message)
    _tell([], [_file(args.target, args.url)], is_json=args.json)
    return Exit.DONE


def _address(args: argparse.Namespace, context: Context) -> int:
    settings = context.config().settings
    if args.fetch and not context.archive_path.exists():
        _tell([], [reading.explain(_fetched(args.target, settings), source="-")], is_json=args.json)
        return Exit.DONE
    with context.archive(create=False) as archive:
        state = archive.address(args.target)
        findings = _findings(args.target, archive, state, settings)
        link = archive.link(args.target)
        page = _fetched(args.target, settings) if args.fetch else _kept(archive, link)
        habits = _habits(context, archive, state, page)
    source = (state.source if state else None) or "-"
    told = [reading.explain(page, source=source, link=link, habits=habits)] if page else []
    _tell(findings, told, is_json=args.json)
    if page is None:
        say(f"{args.target}: its page is not kept; see how it would be read with --fetch")
    return Exit.DONE if state or page else Exit.NOTHING


def _findings(url: str, archive: Archive, state: AddressState | None, settings: Settings) -> list[Finding]:
    origin = urls.origin(url)
    return list(
        explain(
            url,
            now=now(),
            objection=objection_to_url(url, frozenset(settings.allow)),
            robots=archive.robots(origin),
            read_rules=partial(manners.rules, agent=PRODUCT),
            host=archive.host_states([origin]).get(origin),
            state=state,
        )
    )


def _kept(archive: Archive, link: Link) -> Page | None:
    """Give the latest page of an address, or the one its feed carries whole."""
    return archive.page(link.url) or carried.page(link, fetched=now())


def _habits(context: Context, archive: Archive, state: AddressState | None, page: Page | None) -> Habits:
    """Give what a crawl would know of the address's source when its page came."""
    if state is None or state.source is None or page is None:
        return Habits()
    sources = {source.name: source for source in context.config().sources}
    return known(sources.get(state.source), in_force(archive.habits(state.source), page.fetched))


def _fetched(url: str, settings: Settings) -> Page:
    """Ask the site for a page; nothing that it says is kept.

    Raises:
        FetchError: it gave none.
    """

    async def ask() -> Page:
        async with guest(settings) as courtesy:
            page = await courtesy.get(url)
        assert isinstance(page, Page)  # noqa: S101 - no validators were sent, so no 304 can come
        return page

    return asyncio.run(ask())


def _file(name: str, url: str | None) -> Explanation:
    """Tell how a saved page is read, as one of the given address or of the one it declares as its own."""
    try:
        if name == "-":
            body = sys.stdin.buffer.read(LARGEST_FILE)
        else:
            with Path(name).open("rb") as file:
                body = file.read(LARGEST_FILE)
    except (OSError, ValueError) as error:
        message = f"explain: {name!r} is no web address, and cannot be read as a file: {error}"
        raise ConfigError(message) from error
    page = Page(url or "", url or "", 200, (), body, now())
    return reading.explain(page if url else reading.self_addressed(page), source="-")


def _tell(findings: list[Finding], told: list[Explanation], *, is_json: bool) -> None:
    if is_json:
        answer_json("findings", findings, readings=told)
        return
    if findings:
        _show(findings)
    for each in told:
        for line in lines(each):
            answer(line)


def _show(findings: list[Finding]) -> None:
    for finding in findings:
        answer(f"{finding.topic:12}  {finding.evidence}")
    causes = [finding.topic for finding in findings if finding.forbids]
    answer(f"now           {f'not asked for: {causes[0]}' if causes else 'may be asked for'}")
