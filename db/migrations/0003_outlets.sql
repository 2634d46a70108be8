-- Why: who is who is the user's to say. What is said of a domain or path wins over the built-in table; signs of one
-- operator behind several domains are kept with the pages that carry them.

CREATE TABLE outlet_rules (
  place     TEXT PRIMARY KEY,             -- host, or host/path
  name      TEXT NOT NULL,
  publisher TEXT,                         -- outlets of one group
  kind      TEXT NOT NULL,
  contact   TEXT,
  country   TEXT                          -- ISO 3166
) STRICT, WITHOUT ROWID;

CREATE TABLE signs (
  id    INTEGER PRIMARY KEY,
  kind  TEXT NOT NULL,                    -- ad_sense, analytics, tag_manager, owner, blurb
  value TEXT NOT NULL,
  UNIQUE (kind, value)
) STRICT;
CREATE TABLE page_signs (
  revision INTEGER NOT NULL REFERENCES revisions (id),
  sign     INTEGER NOT NULL REFERENCES signs (id),
  PRIMARY KEY (revision, sign)
) STRICT, WITHOUT ROWID;
CREATE INDEX page_signs_sign ON page_signs (sign);
