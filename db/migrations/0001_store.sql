-- Why: the first schema. One file holds all that is known of articles and all indexes that find them;
-- captured bytes lie in a sidecar file beside it, since they are many times the text's size.
-- A document's number, in postings and full-text search, is the id of its revision. Numbers are never used twice.

CREATE TABLE outlets (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE,         -- registrable domain, or the lower-case name
  name      TEXT NOT NULL,
  domain    TEXT,
  agency    TEXT,                         -- id in the agency table, for a wire
  kind      TEXT NOT NULL,
  publisher TEXT                          -- outlets of one group
) STRICT;

CREATE TABLE articles (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  identity       TEXT NOT NULL UNIQUE,
  outlet         INTEGER NOT NULL REFERENCES outlets (id),
  -- The revision that counts. No foreign key: revisions point here already, and the pair of them would
  -- make every removal scan this table. The soundness check looks at it instead.
  current        INTEGER,
  url            TEXT,                    -- as given
  url_key        INTEGER,                 -- hash of url: an index over it is a fifth of one over addresses
  user_id        TEXT,
  first_seen     TEXT,                    -- earliest sighting; bounds publication from above
  first_seen_at  INTEGER,                 -- seconds since 1970
  first_seen_day INTEGER,                 -- 1 where only the day is known
  at             INTEGER,                 -- seconds: published, else first seen; of the current revision
  language       TEXT                     -- of the current revision
) STRICT;
CREATE INDEX articles_url ON articles (url_key) WHERE url_key IS NOT NULL;
CREATE INDEX articles_user_id ON articles (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX articles_outlet ON articles (outlet, at);
CREATE INDEX articles_at ON articles (at);

CREATE TABLE revisions (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  article       INTEGER NOT NULL REFERENCES articles (id),
  number        INTEGER NOT NULL,         -- 1, 2, … within the article
  superseded    INTEGER NOT NULL DEFAULT 0,
  digest        BLOB NOT NULL,            -- of text and metadata: tells whether anything changed
  extractor     INTEGER NOT NULL,         -- version of the code that made the text from the bytes
  generation    INTEGER NOT NULL,         -- of the fingerprints, see generations
  file          TEXT NOT NULL,            -- path or address it was read from
  line          INTEGER,
  outlet_given  TEXT,                     -- as the input names it
  domain        TEXT,
  language      TEXT,
  title         TEXT,
  kind          TEXT NOT NULL,
  published     TEXT,
  published_at  INTEGER,
  published_day INTEGER,
  modified      TEXT,
  modified_at   INTEGER,
  modified_day  INTEGER,
  taken_at      INTEGER,                  -- seconds: when it was captured or seen like this
  added_at      INTEGER NOT NULL,         -- seconds: when it was imported; no evidence of anything
  paragraphs    INTEGER NOT NULL,
  words         INTEGER NOT NULL,
  text_bytes    INTEGER NOT NULL,
  UNIQUE (article, number)
) STRICT;
CREATE INDEX revisions_superseded ON revisions (id) WHERE superseded = 1;

-- What is read as a whole: paragraphs with their roles, byline, furniture, links, disguises, extra keys (JSON, zstd).
-- Apart from revisions, so that lists do not read over texts.
CREATE TABLE bodies (
  revision INTEGER PRIMARY KEY REFERENCES revisions (id),
  body     BLOB NOT NULL
) STRICT;

-- Fingerprints of the paragraphs in order: 32 bytes SHA-256, 8 bytes SimHash, words as a varint.
CREATE TABLE prints (
  revision INTEGER PRIMARY KEY REFERENCES revisions (id),
  print    BLOB NOT NULL
) STRICT;

CREATE TABLE credits (
  revision  INTEGER NOT NULL REFERENCES revisions (id),
  position  INTEGER NOT NULL,
  party     TEXT NOT NULL,                -- the agency's id, else the lower-case name
  agency    TEXT,
  name      TEXT NOT NULL,
  role      TEXT NOT NULL,
  text      TEXT NOT NULL,
  paragraph INTEGER,
  domain    TEXT,
  initials  TEXT,                         -- JSON array
  reworked  INTEGER NOT NULL,
  PRIMARY KEY (revision, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX credits_party ON credits (party);

CREATE TABLE captures (
  revision  INTEGER PRIMARY KEY REFERENCES revisions (id),
  sha256    BLOB NOT NULL,                -- of the bytes as they came
  came_from TEXT NOT NULL,
  taken     TEXT,
  taken_at  INTEGER,
  taken_day INTEGER,
  length    INTEGER NOT NULL,             -- bytes
  kept      INTEGER NOT NULL              -- 1 where the sidecar has the bytes
) STRICT;
CREATE INDEX captures_sha256 ON captures (sha256);

-- Addresses that were seen without a text.
CREATE TABLE sightings (
  id             INTEGER PRIMARY KEY,
  identity       TEXT NOT NULL UNIQUE,
  url            TEXT,
  outlet         INTEGER NOT NULL REFERENCES outlets (id),
  title          TEXT,
  language       TEXT,
  published      TEXT,
  published_at   INTEGER,
  published_day  INTEGER,
  first_seen     TEXT,
  first_seen_at  INTEGER,
  first_seen_day INTEGER,
  file           TEXT NOT NULL,
  line           INTEGER,
  extra          TEXT                     -- JSON object
) STRICT;
CREATE INDEX sightings_outlet ON sightings (outlet);

-- How many current articles an outlet has on a day; outlet 0 stands for all of them. What a trace says of
-- its search, and "articles of its time", must not cost a scan.
CREATE TABLE calendar (
  outlet   INTEGER NOT NULL,
  day      INTEGER NOT NULL,              -- days since 1970; -9999999 where no date is known
  articles INTEGER NOT NULL,
  PRIMARY KEY (outlet, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE languages (
  language TEXT PRIMARY KEY,              -- '' where none is known
  articles INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Inverted indexes: 40-bit hash → documents, in sorted compressed blocks. A batch writes a segment; segments of
-- like size are merged. Rows would be four times as large and five times as slow to write.
CREATE TABLE segments (
  slot       INTEGER PRIMARY KEY AUTOINCREMENT,
  indexed    TEXT NOT NULL,               -- shingle, anchor, exact
  generation INTEGER NOT NULL,
  pairs      INTEGER NOT NULL,            -- (hash, document) pairs
  blocks     INTEGER NOT NULL,
  bytes      INTEGER NOT NULL,
  low        INTEGER NOT NULL,            -- lowest and highest document in it
  high       INTEGER NOT NULL
) STRICT;
CREATE TABLE blocks (
  key  INTEGER PRIMARY KEY,               -- slot × 2^40 + first hash
  lone INTEGER NOT NULL,                  -- length of the list where the block is one long list, else 0
  data BLOB NOT NULL
) STRICT;

-- Which code made the indexes. A generation is a set of versions; fingerprints of an older one are stale.
CREATE TABLE schemes (
  name     TEXT PRIMARY KEY,
  version  INTEGER NOT NULL,
  hangs_on TEXT NOT NULL                  -- versions of the tables below it (Unicode, stemmers, transliteration)
) STRICT, WITHOUT ROWID;
CREATE TABLE generations (
  number INTEGER PRIMARY KEY
) STRICT;
INSERT INTO generations VALUES (1);

-- Full text over tokens that the caller made: everything but white space belongs to a token.
CREATE VIRTUAL TABLE search USING fts5 (
  tokens, content = '', contentless_delete = 1,
  tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co'"
);
-- Tokens on their way into search (zstd): filled outside of the write path.
CREATE TABLE search_queue (
  revision INTEGER PRIMARY KEY REFERENCES revisions (id),
  tokens   BLOB NOT NULL
) STRICT;
