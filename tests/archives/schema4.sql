-- An archive as schema 4 made it; tests/test_archive_checks.py brings it forward.  Never edited.
PRAGMA application_id = 1347576952;
PRAGMA user_version = 4;
BEGIN TRANSACTION;
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
, gone        TEXT, fresh_until TEXT);
INSERT INTO "addresses" VALUES(1,'https://acme.example/r/1','https://acme.example/news/1',1,'"1"','yesterday',200,0,NULL,'2026-03-02T09:00:00.000000+00:00',NULL,NULL);
INSERT INTO "addresses" VALUES(2,'https://acme.example/news/1','https://acme.example/news/1',1,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "addresses" VALUES(3,'https://acme.example/r/2','https://acme.example/news/2',2,'"1"','yesterday',200,0,NULL,'2026-03-02T10:00:00.000000+00:00',NULL,NULL);
INSERT INTO "addresses" VALUES(4,'https://acme.example/news/2','https://acme.example/news/2',2,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "addresses" VALUES(5,'https://acme.example/r/3','https://acme.example/news/3',3,'"1"','yesterday',200,0,NULL,'2026-03-02T11:00:00.000000+00:00',NULL,NULL);
INSERT INTO "addresses" VALUES(6,'https://acme.example/news/3','https://acme.example/news/3',3,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "addresses" VALUES(7,'https://acme.example/none',NULL,NULL,NULL,NULL,404,1,'404','2026-03-02T19:00:00.000000+00:00',NULL,NULL);
CREATE TABLE bodies (                  -- every distinct body received, kept once
    id         INTEGER PRIMARY KEY,
    digest     TEXT    NOT NULL UNIQUE,    -- SHA-256 of the body as received, hex
    size_bytes INTEGER NOT NULL,           -- of the body as received
    packed     BLOB    NOT NULL            -- zlib
);
INSERT INTO "bodies" VALUES(1,'697667e057497ea253a330fb285d42dd3e6ccf2b3787fb7c80c27239df951674',10,X'785EB3C930B433B4D10792000E2A0287');
INSERT INTO "bodies" VALUES(2,'9eb2580214f3160dfc3a4bba2402eda0906b75686aa7b4fb3f43a2eb2ff7fbf2',10,X'785EB3C930B433B2D10792000E300288');
INSERT INTO "bodies" VALUES(3,'b3556871933e13b7edf2f6b8685f05fec038fd0c5810df91747e2af34ffe48a0',10,X'785EB3C930B433B6D10792000E360289');
CREATE TABLE changes (                 -- the numbered history that an index follows
    number  INTEGER PRIMARY KEY AUTOINCREMENT,       -- never reused
    kind    TEXT    NOT NULL CHECK (kind IN ('new', 'revised', 'withdrawn')),
    release TEXT    NOT NULL,
    version INTEGER NOT NULL,              -- after the change
    at      TEXT    NOT NULL,
    FOREIGN KEY (release, version) REFERENCES versions (release, number)
);
INSERT INTO "changes" VALUES(1,'new','https://acme.example/news/1',1,'2026-03-02T09:00:00.000000+00:00');
INSERT INTO "changes" VALUES(2,'new','https://acme.example/news/2',1,'2026-03-02T10:00:00.000000+00:00');
INSERT INTO "changes" VALUES(3,'new','https://acme.example/news/3',1,'2026-03-02T11:00:00.000000+00:00');
INSERT INTO "changes" VALUES(4,'revised','https://acme.example/news/2',2,'2026-03-02T17:00:00.000000+00:00');
INSERT INTO "changes" VALUES(5,'withdrawn','https://acme.example/news/3',1,'2026-03-02T18:00:00.000000+00:00');
CREATE TABLE habits (                  -- what was learned of a source
    source TEXT PRIMARY KEY,
    record TEXT NOT NULL
);
INSERT INTO "habits" VALUES('acme','{"site_names":["Acme"],"date_order":"dmy","zone":"Europe/Berlin"}');
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
CREATE TABLE hosts (                   -- what each host is owed
    origin     TEXT    PRIMARY KEY,
    failures   INTEGER NOT NULL,
    asked      TEXT,
    not_before TEXT,
    reason     TEXT
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
INSERT INTO "pages" VALUES(1,1,1,'https://acme.example/r/1','https://acme.example/news/1',200,'[["content-type","text/html"],["etag","\"1\""],["last-modified","yesterday"]]','2026-03-02T09:00:00.000000+00:00','2026-03-02T09:00:00.000000+00:00');
INSERT INTO "pages" VALUES(2,3,2,'https://acme.example/r/2','https://acme.example/news/2',200,'[["content-type","text/html"],["etag","\"1\""],["last-modified","yesterday"]]','2026-03-02T10:00:00.000000+00:00','2026-03-02T10:00:00.000000+00:00');
INSERT INTO "pages" VALUES(3,5,3,'https://acme.example/r/3','https://acme.example/news/3',200,'[["content-type","text/html"],["etag","\"1\""],["last-modified","yesterday"]]','2026-03-02T11:00:00.000000+00:00','2026-03-02T11:00:00.000000+00:00');
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
, moment TEXT, size   INTEGER NOT NULL DEFAULT 0);
INSERT INTO "releases" VALUES('https://acme.example/news/1','acme','https://acme.example/news/1','Acme opens plant number 1','2026-03-01',1,NULL,'2026-03-02T08:00:00.000000+00:00','2026-03-02T08:00:00.000000+00:00',NULL,66);
INSERT INTO "releases" VALUES('https://acme.example/news/2','acme','https://acme.example/news/2','Acme opens plant number 2 again','2026-03-01',2,NULL,'2026-03-02T08:00:00.000000+00:00','2026-03-02T08:00:00.000000+00:00',NULL,66);
INSERT INTO "releases" VALUES('https://acme.example/news/3','acme','https://acme.example/news/3','Acme opens plant number 3','2026-03-01',1,'2026-03-02T18:00:00.000000+00:00','2026-03-02T08:00:00.000000+00:00','2026-03-02T08:00:00.000000+00:00',NULL,66);
CREATE TABLE robots (                  -- robots.txt as answered
    origin  TEXT PRIMARY KEY,
    status  INTEGER,
    body    BLOB NOT NULL,
    fetched TEXT NOT NULL,
    expires TEXT NOT NULL
);
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
CREATE TABLE versions (                -- every version of every release, whole
    release TEXT    NOT NULL REFERENCES releases (id),
    number  INTEGER NOT NULL,              -- from 1
    page    INTEGER REFERENCES pages (id), -- that it was read from; NULL for one without a page of its own
    record  TEXT    NOT NULL,              -- the release as JSON
    at      TEXT    NOT NULL,
    PRIMARY KEY (release, number)
);
INSERT INTO "versions" VALUES('https://acme.example/news/1',1,1,'{"id":"https://acme.example/news/1","source":"acme","url":"https://acme.example/news/1","title":"Acme opens plant number 1","subtitle":null,"published":["2026-03-01",null,"printed near headline","stated"],"body":"BERLIN – Acme opened plant 1 today.\n\nAbout Acme\nAcme makes things.","parts":[],"language":"en","digest":"0000000000000000000000000000000000000000000000000000000000000001","warnings":[],"seen_first":"2026-03-02T08:00:00.000000+00:00","seen_last":"2026-03-02T08:00:00.000000+00:00"}','2026-03-02T09:00:00.000000+00:00');
INSERT INTO "versions" VALUES('https://acme.example/news/2',1,2,'{"id":"https://acme.example/news/2","source":"acme","url":"https://acme.example/news/2","title":"Acme opens plant number 2","subtitle":null,"published":["2026-03-01",null,"printed near headline","stated"],"body":"BERLIN – Acme opened plant 2 today.\n\nAbout Acme\nAcme makes things.","parts":[],"language":"en","digest":"0000000000000000000000000000000000000000000000000000000000000002","warnings":[],"seen_first":"2026-03-02T08:00:00.000000+00:00","seen_last":"2026-03-02T08:00:00.000000+00:00"}','2026-03-02T10:00:00.000000+00:00');
INSERT INTO "versions" VALUES('https://acme.example/news/3',1,3,'{"id":"https://acme.example/news/3","source":"acme","url":"https://acme.example/news/3","title":"Acme opens plant number 3","subtitle":null,"published":["2026-03-01",null,"printed near headline","stated"],"body":"BERLIN – Acme opened plant 3 today.\n\nAbout Acme\nAcme makes things.","parts":[],"language":"en","digest":"0000000000000000000000000000000000000000000000000000000000000003","warnings":[],"seen_first":"2026-03-02T08:00:00.000000+00:00","seen_last":"2026-03-02T08:00:00.000000+00:00"}','2026-03-02T11:00:00.000000+00:00');
INSERT INTO "versions" VALUES('https://acme.example/news/2',2,2,'{"id":"https://acme.example/news/2","source":"acme","url":"https://acme.example/news/2","title":"Acme opens plant number 2 again","subtitle":null,"published":["2026-03-01",null,"printed near headline","stated"],"body":"BERLIN – Acme opened plant 2 today.\n\nAbout Acme\nAcme makes things.","parts":[],"language":"en","digest":"0000000000000000000000000000000000000000000000000000000000000002","warnings":[],"seen_first":"2026-03-02T08:00:00.000000+00:00","seen_last":"2026-03-02T08:00:00.000000+00:00"}','2026-03-02T17:00:00.000000+00:00');
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
, fault       TEXT);
INSERT INTO "visits" VALUES(1,'acme','2026-03-02T08:00:00.000000+00:00','2026-03-02T08:00:00.000000+00:00','ok','listing',4,0,3,0,0,1,6,NULL,NULL);
CREATE TABLE walks (                   -- how far the backfill of a source has come; gone when it is done
    source TEXT PRIMARY KEY,
    record TEXT NOT NULL
);
CREATE TABLE work (                    -- addresses to be fetched; the one table whose rows go
    position     INTEGER PRIMARY KEY AUTOINCREMENT,  -- first come, first served
    address      INTEGER NOT NULL UNIQUE REFERENCES links (address),
    source       TEXT    NOT NULL,         -- that offered it
    not_before   TEXT    NOT NULL,
    leased_until TEXT,                     -- NULL while nobody works at it
    attempts     INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX addresses_release ON addresses (release);
CREATE INDEX releases_source_day ON releases (source, day);
CREATE INDEX changes_release ON changes (release);
CREATE INDEX visits_source ON visits (source, id);
CREATE TRIGGER bodies_stay    BEFORE DELETE ON bodies    BEGIN SELECT RAISE(ABORT, 'bodies are never deleted'); END;
CREATE TRIGGER pages_stay     BEFORE DELETE ON pages     BEGIN SELECT RAISE(ABORT, 'pages are never deleted'); END;
CREATE TRIGGER releases_stay  BEFORE DELETE ON releases  BEGIN SELECT RAISE(ABORT, 'releases are never deleted'); END;
CREATE TRIGGER versions_stay  BEFORE DELETE ON versions  BEGIN SELECT RAISE(ABORT, 'versions are never deleted'); END;
CREATE TRIGGER changes_stay   BEFORE DELETE ON changes   BEGIN SELECT RAISE(ABORT, 'changes are never deleted'); END;
CREATE TRIGGER bodies_hold    BEFORE UPDATE ON bodies    BEGIN SELECT RAISE(ABORT, 'bodies never change'); END;
CREATE TRIGGER versions_hold  BEFORE UPDATE ON versions  BEGIN SELECT RAISE(ABORT, 'versions never change'); END;
CREATE TRIGGER changes_hold   BEFORE UPDATE ON changes   BEGIN SELECT RAISE(ABORT, 'changes never change'); END;
CREATE INDEX links_source ON links (source);
CREATE INDEX work_source ON work (source, position);
CREATE TRIGGER addresses_stay BEFORE DELETE ON addresses BEGIN SELECT RAISE(ABORT, 'addresses are never deleted'); END;
CREATE TRIGGER visits_stay    BEFORE DELETE ON visits    BEGIN SELECT RAISE(ABORT, 'visits are never deleted'); END;
CREATE TRIGGER links_stay     BEFORE DELETE ON links     BEGIN SELECT RAISE(ABORT, 'links are never deleted'); END;
CREATE INDEX releases_source_seen ON releases (source, seen_first);
CREATE INDEX notices_waiting ON notices (channel, not_before) WHERE delivered IS NULL;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('changes',5);
COMMIT;
