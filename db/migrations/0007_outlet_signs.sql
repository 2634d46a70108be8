-- Why: a site's ads.txt and its imprint say who runs it, and are no article's page: their signs are the outlet's.

CREATE TABLE outlet_signs (
  outlet INTEGER NOT NULL REFERENCES outlets (id) ON DELETE CASCADE,
  sign   INTEGER NOT NULL REFERENCES signs (id),
  came_from TEXT NOT NULL,                 -- the address that said so
  PRIMARY KEY (outlet, sign)
) STRICT, WITHOUT ROWID;
CREATE INDEX outlet_signs_sign ON outlet_signs (sign);
