"""press-crawl sources: list what is followed, with the last visit of each."""

import argparse

from crawler.commands.context import Context, Exit, answer, answer_json, command, say


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "sources",
        run,
        help="list what is followed",
        description="List the sources of sources.toml with the last visit of each.",
        examples="  press-crawl sources\n  press-crawl sources --json\n",
    )
    parser.add_argument("--json", action="store_true", help="print them as JSON")


def run(args: argparse.Namespace, context: Context) -> int:
    """List what is followed."""
    known = context.config()
    if args.json:
        answer_json("sources", known.sources)
    elif known.sources:
        with context.archive() as archive:
            width = max(len(source.name) for source in known.sources)
            for source in known.sources:
                last = archive.last_visit(source.name)
                visited = f"{last.ended:%Y-%m-%d %H:%M} UTC, {last.outcome}" if last else "never visited"
                answer(f"{source.name:{width}}  {source.url}  ({visited})")
    if not known.sources:
        say(f"{context.sources_path}: no sources yet; add one with: press-crawl add https://example.com/news")
        return Exit.NOTHING
    return Exit.DONE
