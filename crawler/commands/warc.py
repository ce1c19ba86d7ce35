"""press-crawl warc: take the kept pages elsewhere as a WARC file, and take pages of such a file in."""

import argparse
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO

from crawler.archive import Archive
from crawler.commands.context import Context, Exit, NothingError, answer, answer_json, command, now
from crawler.commands.follow import follow
from crawler.commands.lock import sole_run
from crawler.commands.reread import reader
from crawler.errors import ArchiveError, ConfigError, UnreadableError
from crawler.model import Page, Reading
from crawler.version import VERSION

BATCH = 100  # pages a commit

#: Content types of pages that may hold a release; a WARC file of a browser is full of others.
HTML = ("text/html", "application/xhtml+xml")

EXAMPLES = """\
  press-crawl warc export pages.warc.gz                  every page ever received
  press-crawl warc export acme.warc.gz --source acme     those of one source
  press-crawl warc import old.warc.gz --source acme      keep and read pages that another crawler saved
"""


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "warc",
        run,
        help="write kept pages to a WARC file, or take in the pages of one",
        description="Write the pages that are kept to a WARC 1.1 file, as web archives use, or keep and read "
        "the pages of one.  Needs warcio: pip install 'pressdex[warc]'",
        examples=EXAMPLES,
    )
    parser.add_argument("action", choices=["export", "import"], help="write a file, or read one")
    parser.add_argument("file", metavar="FILE", type=Path, help="usually ends in .warc.gz")
    parser.add_argument("--source", metavar="NAME", help="of this source; needed for import")
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")


def run(args: argparse.Namespace, context: Context) -> int:
    """Export or import."""
    try:
        counts = _export(args, context) if args.action == "export" else _import(args, context)
    except ImportError as error:
        message = f"warc: the package {error.name!r} is missing; pip install 'pressdex[warc]'"
        raise ConfigError(message) from error
    if args.json:
        answer_json("counts", [counts])
    else:
        answer(f"{args.file}: {', '.join(f'{count} {word}' for word, count in counts.items()) or 'no page'}")
    return Exit.DONE if counts else Exit.NOTHING


def _export(args: argparse.Namespace, context: Context) -> Counter[str]:
    from crawler import warc  # noqa: PLC0415 - an extra

    with context.archive(create=False) as archive, _new_file(args.file) as file:
        count = warc.write(file, archive.pages(args.source), software=f"pressdex/{VERSION}", at=now())
    return Counter({"pages written": count} if count else {})


def _import(args: argparse.Namespace, context: Context) -> Counter[str]:
    from crawler import warc  # noqa: PLC0415 - an extra

    config = context.config()
    if args.source not in {source.name for source in config.sources}:
        message = f"warc import: --source: no source named {args.source!r}; name one of sources.toml"
        raise ConfigError(message)
    largest = config.settings.largest_bytes
    counts = Counter[str]()
    context.make_home()
    with _existing(args.file) as file, sole_run(context.home, at=now()), context.archive() as archive:
        found = warc.read(file, str(args.file), largest_bytes=largest)
        while some := list(islice(found, BATCH)):
            with archive.together():
                for one in some:
                    counts[
                        _take(one, args.source, context, archive) if isinstance(one, Page) else "passed over"
                    ] += 1
        follow(context, archive)
    return counts


def _take(page: Page, source: str, context: Context, archive: Archive) -> str:
    """Keep and read one page; say in two words what came of it."""
    if not (page.header("content-type") or "").lower().startswith(HTML):
        return "no pages"
    held = archive.page(page.url)
    if held and held.fetched >= page.fetched:
        return "known already"
    link = archive.link(page.url)
    archive.keep_links(source, [link], at=page.fetched)
    archive.keep_page(page)
    try:
        release = reader(context, archive)(Reading(source, link, page))
    except UnreadableError:
        return "kept, not read"
    change = archive.amend(release, at=now(), aliases=(page.url, page.final_url))
    return change.kind if change else "unchanged"


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    """Write a file beside its place and move it there when it is whole."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    except OSError as error:
        message = f"{path}: cannot be written: {error.strerror}"
        raise ArchiveError(message) from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _existing(path: Path) -> Iterator[IO[bytes]]:
    try:
        file = path.open("rb")
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror}"
        raise NothingError(message) from error
    with file:
        yield file
