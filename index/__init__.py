"""Answer full-text questions about the archive.

    width            cells of a terminal, lines that fit                                          pure
    errors           what can go wrong
    text             words, folding, CJK: the same for every engine                               pure
    stems            a word → the stem its inflected forms share, by language                     pure
    snippet          which stretch of a text is shown, and what is marked in it                   pure
    distance,        slips of the finger; words that stand near each other                        pure
    proximity
    query            the nouns of a question                                                      pure
    periods, lexer,  text → Query: our own small grammar                                          pure
    grammar
    engine           the contract every engine keeps; Hit, Results
    embedded/        the engine in a folder: Whoosh writes it
    sync             archive → engine
    show             Results → lines for people                                                   pure
    formats, feed    Results → JSON, CSV, templates; Atom                                         pure
    saved, notify    the searches that are watched; who is told
    usage, options   the command line of press-search; usage: which options go together           pure
    terminal, output what a person sees of an answer: colour, pager, feed, browser
    serve/           archive and index → web pages on this machine
    __main__         the edge: press-index

The index is a cache of the archive: delete it, and ``press-index rebuild`` brings it back.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # 8 ms of a writer, for nothing but a name
    from index.engine import Engine


def open_engine(where: Path, *, create: bool = False) -> "Engine":
    """Open the index in a folder; the engine is imported now, not before.

    Raises:
        EngineError: there is no index and ``create`` is False; or it is foreign, damaged or outdated.
    """
    from index.embedded.engine import EmbeddedEngine  # noqa: PLC0415 - 30 ms that --help need not pay

    return EmbeddedEngine(where, create=create)


def replace_index(fresh: Path, where: Path) -> None:
    """Let a fresh index take the place of another, while nobody writes it.

    Raises:
        EngineError: what is there is no index of this program, or somebody keeps writing it.
    """
    from index.embedded.writer import replace_index as replace  # noqa: PLC0415 - loads Whoosh

    replace(fresh, where)
