-- Why: agencies correct and withdraw their items. A notice is kept also where the item's text stays the same or no
-- text comes with it, so that copies of what was wrong can be found.

CREATE TABLE notices (
  id       INTEGER PRIMARY KEY,
  kind     TEXT NOT NULL,                 -- correction, kill
  identity TEXT NOT NULL,                 -- of the item that the notice came as
  of       TEXT,                          -- the agency's id of the item that it is about, where it is named
  about    TEXT,                          -- the headline that it quotes
  outlet   INTEGER NOT NULL,
  at       INTEGER,                       -- seconds, as the agency states it
  says     TEXT NOT NULL
) STRICT;
CREATE INDEX notices_identity ON notices (identity);
