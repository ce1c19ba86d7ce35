"""The archive: pages, releases with every version, numbered changes, visits.

store        the door: Archive, one method for each thing it does
history      releases, their versions, the numbered changes
pages        raw answers, once for each content
addresses    what is known of each address
visits       what each visit brought, what was learned of a source
records      nouns ↔ texts                                             pure
schema       the tables, as numbered migrations                        text
database     the only door to sqlite3
"""

from crawler.archive.store import Archive

__all__ = ["Archive"]
