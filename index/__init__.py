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
