"""The archive's tables, as numbered migrations that are only ever added to.  Text alone: runs nothing.

Migration N makes schema N out of schema N-1; ``PRAGMA user_version`` holds N.  A released migration is
never edited: an archive made by it is out there.  Instants are ISO 8601 texts in UTC, days ``YYYY-MM-DD``,
lists and records JSON, so that any SQLite client can read them.  Beside SQLite's own there is one function,
``sha256``.
"""

from typing import Final

#: ``PRAGMA application_id``: tells our archive from any other SQLite file ("PRdx").
APPLICATION_ID: Final = 0x50526478

_FIRST: Final = """
CREATE TABLE bodies (                  -- every distinct body received, kept once
    id         INTEGER PRIMARY KEY,
    digest     TEXT    NOT NULL UNIQUE,    -- SHA-256 of the body as received, hex
    size_bytes INTEGER NOT NULL,           -- of the body as received
    packed     BLOB    NOT NULL            -- zlib
);
CREATE TABLE addresses (               -- every address asked for or leading to a release
    id            INTEGER PRIMARY KEY,
    url           TEXT    NOT NULL UNIQUE, -- canonical
    release       TEXT    REFERENCES releases (id),  -- many addresses may lead to one
    page          INTEGER REFERENCES pages (id),     -- the latest answer with a body
    etag          TEXT,                    -- of the latest answer
    last_modified TEXT,                    -- of the latest answer, as received
    status        INTEGER,                 -- HTTP status last answered
    failures      INTEGER NOT NULL DEFAULT 0,        -- in a row
    reason        TEXT,                    -- of the last failure
    asked         TEXT                     -- when last
);
CREATE INDEX addresses_release ON addresses (release);
CREATE TABLE pages (                   -- one row for each address and body
    id            INTEGER PRIMARY KEY,
    address       INTEGER NOT NULL REFERENCES addresses (id),
    body          INTEGER NOT NULL REFERENCES bodies (id),
    url           TEXT    NOT NULL,        -- as asked for
    final_url     TEXT    NOT NULL,        -- that answered
    status        INTEGER NOT NULL,
    headers       TEXT    NOT NULL,        -- of the latest such answer: [[name, value], …]
    fetched_first TEXT    NOT NULL,
    fetched_last  TEXT    NOT NULL,
    UNIQUE (address, body)
);
CREATE TABLE releases (                -- what each release is now
    id         TEXT    PRIMARY KEY,
    source     TEXT    NOT NULL,           -- that it first came by
    url        TEXT    NOT NULL,           -- that it first came by
    title      TEXT    NOT NULL,
    day        TEXT,                       -- of publication
    version    INTEGER NOT NULL,           -- the current one
    withdrawn  TEXT,                       -- when; NULL while it stands
    seen_first TEXT    NOT NULL,
    seen_last  TEXT    NOT NULL
);
CREATE INDEX releases_source_day ON releases (source, day);
CREATE TABLE versions (                -- every version of every release, whole
    release TEXT    NOT NULL REFERENCES releases (id),
    number  INTEGER NOT NULL,              -- from 1
    page    INTEGER REFERENCES pages (id), -- that it was read from; NULL for one without a page of its own
    record  TEXT    NOT NULL,              -- the release as JSON
    at      TEXT    NOT NULL,
    PRIMARY KEY (release, number)
);
CREATE TABLE changes (                 -- the numbered history that an index follows
    number  INTEGER PRIMARY KEY AUTOINCREMENT,       -- never reused
    kind    TEXT    NOT NULL CHECK (kind IN ('new', 'revised', 'withdrawn')),
    release TEXT    NOT NULL,
    version INTEGER NOT NULL,              -- after the change
    at      TEXT    NOT NULL,
    FOREIGN KEY (release, version) REFERENCES versions (release, number)
);
CREATE INDEX changes_release ON changes (release);
CREATE TABLE visits (                  -- what each visit to a source brought
    id        INTEGER PRIMARY KEY,
    source    TEXT    NOT NULL,
    started   TEXT    NOT NULL,
    ended     TEXT    NOT NULL,
    outcome   TEXT    NOT NULL CHECK (outcome IN ('ok', 'unchanged', 'failed')),
    way       TEXT,
    found     INTEGER NOT NULL,
    known     INTEGER NOT NULL,
    new       INTEGER NOT NULL,
    revised   INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL,
    failed    INTEGER NOT NULL,
    requests  INTEGER NOT NULL,
    note      TEXT
);
CREATE INDEX visits_source ON visits (source, id);
CREATE TABLE habits (                  -- what was learned of a source
    source TEXT PRIMARY KEY,
    record TEXT NOT NULL
);
CREATE TRIGGER bodies_stay    BEFORE DELETE ON bodies    BEGIN SELECT RAISE(ABORT, 'bodies are never deleted'); END;
CREATE TRIGGER pages_stay     BEFORE DELETE ON pages     BEGIN SELECT RAISE(ABORT, 'pages are never deleted'); END;
CREATE TRIGGER releases_stay  BEFORE DELETE ON releases  BEGIN SELECT RAISE(ABORT, 'releases are never deleted'); END;
CREATE TRIGGER versions_stay  BEFORE DELETE ON versions  BEGIN SELECT RAISE(ABORT, 'versions are never deleted'); END;
CREATE TRIGGER changes_stay   BEFORE DELETE ON changes   BEGIN SELECT RAISE(ABORT, 'changes are never deleted'); END;
CREATE TRIGGER bodies_hold    BEFORE UPDATE ON bodies    BEGIN SELECT RAISE(ABORT, 'bodies never change'); END;
CREATE TRIGGER versions_hold  BEFORE UPDATE ON versions  BEGIN SELECT RAISE(ABORT, 'versions never change'); END;
CREATE TRIGGER changes_hold   BEFORE UPDATE ON changes   BEGIN SELECT RAISE(ABORT, 'changes never change'); END;
"""  # noqa: E501 - one trigger a line reads as the table it is

_SECOND: Final = """
ALTER TABLE addresses ADD COLUMN gone        TEXT;   -- start of the visit that first met 404 or 410
ALTER TABLE addresses ADD COLUMN fresh_until TEXT;   -- until when the site calls its latest answer fresh
ALTER TABLE visits    ADD COLUMN fault       TEXT;   -- kind of trouble
CREATE TABLE held (                    -- the latest answer alone, of pages that are no release: listings, feeds
    address    INTEGER PRIMARY KEY REFERENCES addresses (id),
    url        TEXT    NOT NULL,           -- as asked for
    final_url  TEXT    NOT NULL,           -- that answered
    status     INTEGER NOT NULL,
    headers    TEXT    NOT NULL,           -- [[name, value], …]
    fetched    TEXT    NOT NULL,
    size_bytes INTEGER NOT NULL,           -- of the body as received
    packed     BLOB    NOT NULL,           -- zlib
    digest     TEXT    NOT NULL            -- SHA-256 of the body as received, hex
);
CREATE TABLE links (                   -- what a newsroom said of an address, for reading its page anew
    address    INTEGER PRIMARY KEY REFERENCES addresses (id),
    url        TEXT    NOT NULL,           -- as the newsroom gives it
    source     TEXT    NOT NULL,
    title      TEXT,
    published  TEXT,                       -- [day, instant, rule, certainty]
    identity   TEXT,
    body       INTEGER REFERENCES bodies (id),   -- HTML in UTF-8, where a feed carries the release whole
    seen_first TEXT    NOT NULL,
    seen_last  TEXT    NOT NULL
);
CREATE INDEX links_source ON links (source);
CREATE TABLE work (                    -- addresses to be fetched; the one table whose rows go
    position     INTEGER PRIMARY KEY AUTOINCREMENT,  -- first come, first served
    address      INTEGER NOT NULL UNIQUE REFERENCES links (address),
    source       TEXT    NOT NULL,         -- that offered it
    not_before   TEXT    NOT NULL,
    leased_until TEXT,                     -- NULL while nobody works at it
    attempts     INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX work_source ON work (source, position);
CREATE TABLE robots (                  -- robots.txt as answered
    origin  TEXT PRIMARY KEY,
    status  INTEGER,
    body    BLOB NOT NULL,
    fetched TEXT NOT NULL,
    expires TEXT NOT NULL
);
CREATE TABLE hosts (                   -- what each host is owed
    origin     TEXT    PRIMARY KEY,
    failures   INTEGER NOT NULL,
    asked      TEXT,
    not_before TEXT,
    reason     TEXT
);
CREATE TRIGGER addresses_stay BEFORE DELETE ON addresses BEGIN SELECT RAISE(ABORT, 'addresses are never deleted'); END;
CREATE TRIGGER visits_stay    BEFORE DELETE ON visits    BEGIN SELECT RAISE(ABORT, 'visits are never deleted'); END;
CREATE TRIGGER links_stay     BEFORE DELETE ON links     BEGIN SELECT RAISE(ABORT, 'links are never deleted'); END;
"""  # noqa: E501

_THIRD: Final = """
CREATE TABLE walks (                   -- how far the backfill of a source has come; gone when it is done
    source TEXT PRIMARY KEY,
    record TEXT NOT NULL
);
"""

_FOURTH: Final = """
ALTER TABLE releases ADD COLUMN moment TEXT;                 -- of publication; NULL when only a day is known
ALTER TABLE releases ADD COLUMN size   INTEGER NOT NULL DEFAULT 0;   -- of the body, in characters
UPDATE releases SET
    moment = (SELECT json_extract(record, '$.published[1]') FROM versions
              WHERE release = releases.id AND number = releases.version AND json_valid(record)),
    size = coalesce((SELECT length(json_extract(record, '$.body')) FROM versions
                     WHERE release = releases.id AND number = releases.version AND json_valid(record)), 0);
CREATE INDEX releases_source_seen ON releases (source, seen_first);
CREATE TABLE notices (                 -- what somebody is to be told, and whether it was
    id         INTEGER PRIMARY KEY,
    channel    TEXT    NOT NULL,           -- name of the way it goes
    subject    TEXT    NOT NULL,           -- what it is about; each is told once a channel
    record     TEXT    NOT NULL,           -- JSON
    made       TEXT    NOT NULL,
    not_before TEXT    NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,
    reason     TEXT,                       -- of the last attempt that failed
    delivered  TEXT,                       -- NULL until it is
    UNIQUE (channel, subject)
);
CREATE INDEX notices_waiting ON notices (channel, not_before) WHERE delivered IS NULL;
CREATE TABLE told (                    -- the last change that each channel was told of
    channel TEXT    PRIMARY KEY,
    change  INTEGER NOT NULL
);
CREATE TABLE troubles (                -- sources that are not well
    source   TEXT    PRIMARY KEY,
    state    TEXT    NOT NULL,
    evidence TEXT    NOT NULL,
    since    TEXT    NOT NULL,             -- the visit that first showed it
    visits   INTEGER NOT NULL,             -- in a row that showed it
    latest   TEXT    NOT NULL              -- the last of them
);
"""

_FIFTH: Final = """
ALTER TABLE versions ADD COLUMN record_digest TEXT;   -- SHA-256, hex
DROP TRIGGER versions_hold;
UPDATE versions SET record_digest = sha256(CAST(record AS BLOB));
CREATE TRIGGER versions_hold BEFORE UPDATE ON versions BEGIN SELECT RAISE(ABORT, 'versions never change'); END;
"""  # noqa: E501

MIGRATIONS: Final[tuple[str, ...]] = (_FIRST, _SECOND, _THIRD, _FOURTH, _FIFTH)
