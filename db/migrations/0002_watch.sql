-- Why: `watch` follows sites over weeks, from a scheduler or in one run that is stopped at any moment. What it has
-- seen, asked and fetched stands here, so that nothing is asked for twice and nothing is lost.

CREATE TABLE watched_sites (
  site      TEXT PRIMARY KEY,             -- as the user named it: a domain or an address
  state     TEXT NOT NULL,
  says      TEXT NOT NULL,                -- why it is in this state
  looked_at INTEGER NOT NULL,             -- seconds: when its sources were last looked for
  -- What its pages came to so far.
  articles  INTEGER NOT NULL DEFAULT 0,
  teasers   INTEGER NOT NULL DEFAULT 0,
  kept_out  INTEGER NOT NULL DEFAULT 0,
  others    INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE watched_sources (
  url           TEXT PRIMARY KEY,
  site          TEXT NOT NULL,
  kind          TEXT NOT NULL,            -- feed, sitemap, sitemap_index, word_press
  parent        TEXT,                     -- the sitemap index that lists it
  etag          TEXT,
  last_modified TEXT,                     -- as the server wrote it
  polled_at     INTEGER,
  failures      INTEGER NOT NULL DEFAULT 0,  -- one after another, up to now
  next_at       INTEGER NOT NULL DEFAULT 0   -- seconds: not to be asked before
) STRICT, WITHOUT ROWID;
CREATE INDEX watched_sources_site ON watched_sources (site);

-- Pages that sources have listed. What is settled keeps no address, only its hash: enough not to fetch it again,
-- and nothing that a removal would have to look for.
CREATE TABLE watched_pages (
  key         INTEGER PRIMARY KEY,        -- hash of the normalised address
  site        TEXT NOT NULL,
  url         TEXT,                       -- while it is waiting
  seen_at     INTEGER NOT NULL,           -- seconds: when a source first listed it
  listed_at   INTEGER NOT NULL,           -- seconds: when a source last listed it
  modified_at INTEGER,                    -- seconds: as the source states
  tries       INTEGER NOT NULL DEFAULT 0,
  next_at     INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX watched_pages_waiting ON watched_pages (next_at) WHERE url IS NOT NULL;
