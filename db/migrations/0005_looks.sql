-- Why: a page is looked at again, and what was seen is evidence: that it is gone, that its text changed, that a credit
-- was added after the fact. Every look is kept with its time, also where nothing changed.

CREATE TABLE looks (
  id            INTEGER PRIMARY KEY,
  article       INTEGER NOT NULL REFERENCES articles (id),
  at            INTEGER NOT NULL,         -- seconds
  outcome       TEXT NOT NULL,            -- unchanged, metadata, text, gone, moved, kept_out, other, failed
  status        INTEGER,                  -- of HTTP
  etag          TEXT,
  last_modified TEXT,                     -- as the server wrote it
  says          TEXT NOT NULL
) STRICT;
CREATE INDEX looks_article ON looks (article, at);
CREATE INDEX looks_at ON looks (at);

CREATE TABLE credit_changes (
  look   INTEGER NOT NULL REFERENCES looks (id),
  added  INTEGER NOT NULL,                -- 1 added, 0 taken away
  party  TEXT NOT NULL,                   -- the agency's id, else the lower-case name
  name   TEXT NOT NULL,
  PRIMARY KEY (look, added, party)
) STRICT, WITHOUT ROWID;
