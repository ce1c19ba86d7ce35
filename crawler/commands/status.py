"""press-crawl status and stats: how each source stands, what was found today, how large everything is."""

import argparse

from crawler.commands.context import Context, Exit, answer, answer_json, at, command, now, say
from crawler.commands.sight import sizes, spelt
from crawler.health.standing import Standing, standings


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to the parser."""
    status = command(
        commands,
        "status",
        run,
        help="say how each source stands, and what was found today",
        description="A line for each source: its state, its last and next visit, what was new today.",
        examples="  press-crawl status\n  press-crawl status --json\n",
    )
    status.add_argument("--json", action="store_true", help="print it as JSON")
    stats = command(
        commands,
        "stats",
        run_stats,
        help="print counts of everything",
        description="Count what the archive holds, and what the last 30 days cost and brought, by source.",
        examples="  press-crawl stats\n  press-crawl stats --json\n",
    )
    stats.add_argument("--json", action="store_true", help="print them as JSON")


def run(args: argparse.Namespace, context: Context) -> int:
    """Say how each source stands."""
    known = context.config()
    with context.archive() as archive:
        found = list(standings(known.sources, archive, now()))
    if args.json:
        answer_json("status", found)
        return Exit.DONE
    rows = [("source", "state", "last visit", "next visit", "new today", ""), *map(_row, found)]
    for line in _aligned(rows):
        answer(line)
    held = sizes(context)
    answer(f"archive {spelt(held['archive_bytes'])}, index {spelt(held['index_bytes'])}")
    if not found:
        say(f"{context.sources_path}: no sources yet; add one with: press-crawl add https://example.com/news")
    return Exit.DONE if found else Exit.NOTHING


def run_stats(args: argparse.Namespace, context: Context) -> int:
    """Count everything."""
    known = context.config()
    with context.archive() as archive:
        found = list(standings(known.sources, archive, now()))
        counts = {**archive.counts(), **{name: int(size) for name, size in sizes(context).items()}}
    if args.json:
        answer_json("stats", [{"archive": counts, "sources": found}])
        return Exit.DONE
    for name, count in counts.items():
        answer(f"{name:14} {count:>12,}")
    rows: list[tuple[str, ...]] = [("source", "visits 30d", "failed", "requests", "delay")]
    rows += [_spent(one) for one in found]
    for line in _aligned(rows):
        answer(line)
    return Exit.DONE


def _row(one: Standing) -> tuple[str, ...]:
    notes = [f"{one.failures} failures in a row"] * (one.failures > 1)
    notes += [f"{one.waiting} waiting"] * (one.waiting > 0)
    last = at(one.last) if one.last else "never"
    return (one.source, one.state, last, at(one.next), str(one.new), ", ".join(notes))


def _spent(one: Standing) -> tuple[str, ...]:
    return (one.source, *map(str, (one.visits, one.failed, one.requests)), _hours(one.delay_h))


def _hours(hours: float | None) -> str:
    return "" if hours is None else f"{hours:.1f} h"


def _aligned(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
