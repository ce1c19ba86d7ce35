"""The embedded engine: Whoosh writes through a codec of ours, and what that wrote is read without Whoosh.

    manifest         which segments make the index, and how far it follows the archive: the commit point
    segment          one segment's file: sections, string tables, postings
    merge            several segments → one
    codec            teaches Whoosh to write segments
    writer           changes → documents → commit; the only writer at a time
    match            which documents answer, by segment
    rank             which of them come first
    engine           the contract

Without Whoosh, because importing it costs more than an answer; and without pickles, which Whoosh's own files
are made of: an index folder from a stranger can at worst be damaged.
"""
