-- Why: an agency or a library hands out its index without any text. What is found through it is a lead to a page,
-- never a source, so it stands apart from articles and is seen by no figure over them.

CREATE TABLE packs (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL UNIQUE,
  maker    TEXT NOT NULL,                 -- '' where it is not stated
  made     TEXT NOT NULL,                 -- as the pack states it
  added_at INTEGER NOT NULL,              -- seconds
  sha256   BLOB NOT NULL UNIQUE,          -- of the file
  -- The postings stand in segments of this generation; those of an older one find nothing any more.
  generation INTEGER NOT NULL,
  versions TEXT NOT NULL,                 -- of its fingerprints: JSON array of name and version
  first    INTEGER NOT NULL,              -- its articles are numbered from here, without a gap
  articles INTEGER NOT NULL,
  shingles INTEGER NOT NULL,              -- postings
  anchors  INTEGER NOT NULL
) STRICT;

-- Numbers begin at 2^31, above those of revisions, so that both may stand in posting lists.
CREATE TABLE pack_articles (
  id           INTEGER PRIMARY KEY,
  address      TEXT NOT NULL,             -- where it is to be had: an address, or the maker's own id
  outlet       TEXT NOT NULL,
  title        TEXT,
  language     TEXT NOT NULL,             -- '' where none is known
  published    TEXT,                      -- as stated
  first_seen   TEXT,
  words        INTEGER NOT NULL,
  shingles     INTEGER NOT NULL           -- different ones that it has
) STRICT;
