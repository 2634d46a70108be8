-- Why: a trace is kept, so that an audit of a year's output need not make it again, and so that what came of it can be
-- asked from the source's side. With it what people state about findings: licences, decisions, what an audit showed.

-- What kept traces hang on beside the articles. A trace on another footing than the present one has to be made again.
CREATE TABLE footings (
  id         INTEGER PRIMARY KEY,
  program    TEXT NOT NULL,             -- versions of the judging code and of its weights
  thresholds TEXT NOT NULL,             -- JSON
  lexicons   TEXT NOT NULL,
  UNIQUE (program, thresholds, lexicons)
) STRICT;

CREATE TABLE outcomes (
  article       INTEGER PRIMARY KEY REFERENCES articles (id),
  revision      INTEGER NOT NULL,       -- the text that was traced; another one that is current now makes it stale
  footing       INTEGER NOT NULL REFERENCES footings (id),
  stale         INTEGER NOT NULL DEFAULT 0,
  horizon       INTEGER NOT NULL,       -- highest revision on file when it was traced: later ones were not seen
  of_its_time   INTEGER NOT NULL,       -- articles of its time that it was compared with
  traced_at     INTEGER NOT NULL,       -- seconds
  verdict       TEXT NOT NULL,
  copied        REAL NOT NULL,          -- share of its words, 0..1
  repeated      REAL NOT NULL,          -- share of its words from its outlet's own earlier articles, 0..1
  carriers      INTEGER NOT NULL,       -- other outlets on file that carry its text
  independent   INTEGER NOT NULL,       -- independent sources behind it
  relation      TEXT,                   -- to its immediate source
  says          TEXT NOT NULL,
  chain         TEXT NOT NULL,          -- JSON array of names, from the immediate source up to the origin
  origin_name   TEXT,
  origin_agency TEXT,
  origin_kind   TEXT,
  origin_group  TEXT,
  origin        INTEGER,                -- its article, where it is on file
  source_name   TEXT,                   -- the immediate source
  source_agency TEXT,
  source_kind   TEXT,
  source_group  TEXT,
  source        INTEGER,
  rights        TEXT NOT NULL,          -- what its licence is judged by (JSON)
  report        BLOB NOT NULL           -- the whole trace (JSON, zstd), without its thresholds
) STRICT;
CREATE INDEX outcomes_stale ON outcomes (article) WHERE stale = 1;
-- "Nothing of its time is on file" stops being true when something comes.
CREATE INDEX outcomes_alone ON outcomes (article) WHERE of_its_time = 0;

-- Which articles an outcome names: its stations, others that carry the text, related reports, its outlet's own earlier ones.
CREATE TABLE outcome_sources (
  article   INTEGER NOT NULL REFERENCES outcomes (article),
  source    INTEGER NOT NULL,
  station   INTEGER,                    -- place in its chain, 0 for the immediate source; NULL where it is none
  role      TEXT NOT NULL,              -- station, carrier, related, own
  relation  TEXT,
  copied    REAL,                       -- share of the article's words, 0..1
  of_source REAL,                       -- share of the source's words, 0..1
  score     REAL,                       -- of a station its probability, of a carrier its score
  PRIMARY KEY (article, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX outcome_sources_source ON outcome_sources (source, article);

-- Up to which revision new texts have been looked at for the stories they touch.
CREATE TABLE placing (
  one       INTEGER PRIMARY KEY CHECK (one = 1),
  placed_to INTEGER NOT NULL
) STRICT;
INSERT INTO placing VALUES (1, 0);

-- Who may use whose copy, as the user states it.
CREATE TABLE licences (
  id        INTEGER PRIMARY KEY,
  user      TEXT NOT NULL,              -- an outlet's key or name, or a group; as given
  owner     TEXT NOT NULL,              -- an agency's id, an outlet's key or name
  service   TEXT,                       -- NULL: all of the owner's services
  from_day  TEXT,
  to_day    TEXT,
  onward    INTEGER NOT NULL,
  note      TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX licences_once ON licences
  (user, owner, coalesce(service, ''), coalesce(from_day, ''), coalesce(to_day, ''));

-- What a person decided about the finding on an article; it holds for that verdict and origin.
CREATE TABLE reviews (
  article  INTEGER PRIMARY KEY REFERENCES articles (id),
  decision TEXT NOT NULL,
  by_whom  TEXT NOT NULL,
  note     TEXT NOT NULL,
  at       INTEGER NOT NULL,            -- seconds
  verdict  TEXT NOT NULL,
  origin   TEXT
) STRICT;

-- The last audit of each outlet, and what it showed: what is new is told against it.
CREATE TABLE audits (
  outlet  TEXT PRIMARY KEY,             -- the outlet's key
  made_at INTEGER NOT NULL              -- seconds
) STRICT, WITHOUT ROWID;
CREATE TABLE audit_findings (
  article INTEGER PRIMARY KEY REFERENCES articles (id),
  outlet  TEXT NOT NULL REFERENCES audits (outlet),
  verdict TEXT NOT NULL,
  origin  TEXT
) STRICT;
CREATE INDEX audit_findings_outlet ON audit_findings (outlet);
