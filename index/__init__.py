"""Answer full-text questions about the archive.

    errors           what can go wrong
    text             words, folding, stems, CJK, snippet spans: the same for every engine         pure
    query            text → Query: our own small grammar                                          pure
    engine           the contract every engine keeps; Hit, Results
    embedded         the Whoosh engine, the only `import whoosh`
    sync             archive → engine
    __main__         the edge: press-index

The index is a cache of the archive: delete it, and ``press-index rebuild`` brings it back.
"""

from pathlib import Path

from index.engine import Engine


def open_engine(where: Path, *, create: bool = False) -> Engine:
    """Open the index in a folder; the engine is imported now, not before.

    Raises:
        EngineError: there is no index and ``create`` is False, or it is foreign, damaged or of another version.
    """
    from index.embedded import WhooshEngine  # noqa: PLC0415 - whoosh costs 100 ms that 'press-search --help' need not pay

    return WhooshEngine(where, create=create)
