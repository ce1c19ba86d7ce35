"""The archive: pages, releases with every version, numbered changes, visits.

store        the door: Archive, one method for each thing it does
history      releases, their versions, the numbered changes
outcomes     what came of asking an address where that was no page
pages        raw answers, once for each content
links        what newsrooms said of addresses; readings for "reread"
queue        addresses to be fetched, lent to workers
addresses    what is known of each address
visits       what each visit brought, what was learned of a source
hosts        robots.txt and back-off
checks       proof that all of it is whole
records      nouns ↔ texts                                             pure
schema       the tables, as numbered migrations                        text
database     the only door to sqlite3
"""

from crawler.archive.store import Archive

__all__ = ["Archive"]
