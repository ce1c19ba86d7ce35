"""press-crawl install: write what lets the system run it by itself."""

import argparse
import shlex
import sys
from pathlib import Path
from typing import Final

from crawler import service
from crawler.commands.context import Context, Exit, answer, command, say
from crawler.errors import ConfigError

#: Kind → where a user's own unit lies under their home, and what then starts it.
PLACES: Final = {
    "systemd": (
        ".config/systemd/user/pressdex.service",
        "systemctl --user daemon-reload && systemctl --user enable --now pressdex",
    ),
    "launchd": (
        f"Library/LaunchAgents/{service.LABEL}.plist",
        "launchctl bootstrap gui/$(id -u) {path}",
    ),
}


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "install",
        run,
        help="print or write a unit for systemd, launchd or cron",
        description="Print what lets the system run press-crawl by itself, with absolute paths; --write puts "
        "it in its place.",
        examples="  press-crawl install --systemd --write    watch as a service of this user\n"
        "  press-crawl install --cron | crontab -    run every ten minutes (replaces the crontab)\n",
    )
    kinds = parser.add_mutually_exclusive_group(required=True)
    kinds.add_argument("--systemd", dest="kind", action="store_const", const="systemd", help="a systemd unit")
    kinds.add_argument(
        "--launchd", dest="kind", action="store_const", const="launchd", help="a launchd agent"
    )
    kinds.add_argument("--cron", dest="kind", action="store_const", const="cron", help="a line of a crontab")
    parser.add_argument("--write", action="store_true", help="write it to its place instead of printing it")


def run(args: argparse.Namespace, context: Context) -> int:
    """Print or write a unit."""
    home = context.home.resolve()
    words = [*program(), "--home", str(home)]
    if args.kind == "cron":
        if args.write:
            message = "install: a crontab is edited by its owner alone; add the printed line with: crontab -e"
            raise ConfigError(message)
        answer(service.cron(words, len(str(home)) % service.EVERY_M).rstrip())
        return Exit.DONE
    text = service.systemd(words, home) if args.kind == "systemd" else service.launchd(words, home)
    if not args.write:
        answer(text.rstrip())
        return Exit.DONE
    place, starts = PLACES[args.kind]
    path = Path("~").expanduser() / place
    context.make_home()
    _write(path, text)
    say(f"{path} is written; start it with: {starts.format(path=shlex.quote(str(path)))}")
    return Exit.DONE


def program() -> list[str]:
    """Give the absolute path of press-crawl, or the words that do the same."""
    script = Path(sys.executable).parent / "press-crawl"
    return [str(script)] if script.exists() else [sys.executable, "-P", "-m", "crawler"]


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        message = f"{path}: cannot be written: {error.strerror}"
        raise ConfigError(message) from error
