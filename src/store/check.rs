//! Soundness: everything that should hold of a store, looked at.

use rusqlite::params;

use super::Store;
use super::body::unpack_print;
use super::columns::{hex, signed, unsigned};
use super::error::Result;
use super::postings::{Cursor, segments};
use super::tally::UNDATED;
use crate::model::{CheckReport, Finding};

/// Findings of one check that are told; more would be the same again.
const TOLD: usize = 10;

/// What a query that finds rows in disorder is about.
struct Disorder {
    check: &'static str,
    /// Counts what was looked at.
    looked_at: &'static str,
    /// Gives a sentence for each row in disorder.
    sql: &'static str,
}

const DISORDERS: [Disorder; 7] = [
    Disorder {
        check: "current revisions",
        looked_at: "SELECT count(*) FROM articles",
        sql: "SELECT format('article %d has no current revision: add its input again', a.id) FROM articles a
              WHERE NOT EXISTS (SELECT 1 FROM revisions r
                WHERE r.id = a.current AND r.article = a.id AND r.superseded = 0)",
    },
    Disorder {
        check: "replaced revisions",
        looked_at: "SELECT count(*) FROM revisions",
        sql: "SELECT format('revision %d of article %d counts though it is not the current one: run `copytrail rebuild`', r.id, r.article)
              FROM revisions r JOIN articles a ON a.id = r.article WHERE r.superseded = 0 AND r.id <> a.current",
    },
    Disorder {
        check: "texts",
        looked_at: "SELECT count(*) FROM bodies",
        sql: "SELECT format('revision %d has no text: remove its article and add the input again', id) FROM revisions
              WHERE NOT EXISTS (SELECT 1 FROM bodies WHERE revision = id)",
    },
    Disorder {
        check: "fingerprints",
        looked_at: "SELECT count(*) FROM prints",
        sql: "SELECT format('revision %d has no fingerprints: run `copytrail rebuild`', id) FROM revisions
              WHERE NOT EXISTS (SELECT 1 FROM prints WHERE revision = id)",
    },
    Disorder {
        check: "kept traces",
        looked_at: "SELECT count(*) FROM outcomes",
        sql: "SELECT format('the kept trace of article %d names article %d, which is not on file: run `copytrail trace --all`', article, source)
              FROM outcome_sources WHERE source NOT IN (SELECT id FROM articles)",
    },
    Disorder {
        check: "calendar",
        looked_at: "SELECT count(*) FROM calendar",
        sql: "WITH real AS (
                SELECT outlet, CASE WHEN at IS NULL THEN ?1
                  ELSE (at - ((at % 86400) + 86400) % 86400) / 86400 END AS day, count(*) AS n
                FROM articles GROUP BY 1, 2),
              both AS (
                SELECT outlet, day, n FROM real
                UNION ALL SELECT 0, day, sum(n) FROM real GROUP BY day
                UNION ALL SELECT outlet, day, -articles FROM calendar)
              SELECT format('outlet %d has a wrong count for day %d, off by %d: add and remove an article of that day', outlet, day, sum(n))
              FROM both GROUP BY outlet, day HAVING sum(n) <> 0 AND ?1 = ?1",
    },
    Disorder {
        check: "languages",
        looked_at: "SELECT count(*) FROM languages",
        sql: "SELECT format('language %s has a wrong count, off by %d', l, sum(n)) FROM (
                SELECT coalesce(language, '') AS l, count(*) AS n FROM articles GROUP BY 1
                UNION ALL SELECT language, -articles FROM languages)
              GROUP BY l HAVING sum(n) <> 0 AND ?1 = ?1",
    },
];

/// The report as it grows.
#[derive(Default)]
struct Growing(CheckReport);

impl Growing {
    fn checked(&mut self, check: &str, looked_at: u64, wrong: Vec<String>) {
        self.0.checks.push((check.to_owned(), looked_at));
        let more = wrong.len().saturating_sub(TOLD);
        let told = wrong.into_iter().take(TOLD);
        let rest = (more > 0).then(|| format!("{more} more of the same"));
        for says in told.chain(rest) {
            self.0.findings.push(Finding { check: check.to_owned(), says });
        }
    }
}

impl Store {
    /// Looks at everything that should hold: the file's integrity, references, current revisions, texts and
    /// fingerprints that can be read, postings in order and of documents on file, running figures, captured
    /// bytes against their sums, full text. Reads the whole store.
    pub fn check(&mut self) -> Result<CheckReport> {
        let mut report = Growing::default();
        self.check_file(&mut report)?;
        for disorder in &DISORDERS {
            let looked_at: i64 = self.conn.query_row(disorder.looked_at, [], |row| row.get(0))?;
            let mut statement = self.conn.prepare(disorder.sql)?;
            let values: &[&dyn rusqlite::ToSql] =
                if statement.parameter_count() == 1 { &[&UNDATED] } else { &[] };
            let wrong = statement
                .query_map(values, |row| row.get(0))?
                .collect::<rusqlite::Result<Vec<String>>>()?;
            report.checked(disorder.check, unsigned(looked_at), wrong);
        }
        self.check_packed(&mut report)?;
        self.check_postings(&mut report)?;
        self.check_search(&mut report)?;
        self.check_captures(&mut report)?;
        Ok(report.0)
    }

    fn check_file(&self, report: &mut Growing) -> Result<()> {
        let pages: i64 = self.conn.query_row("PRAGMA page_count", [], |row| row.get(0))?;
        let mut statement = self.conn.prepare("PRAGMA integrity_check")?;
        let wrong = statement
            .query_map([], |row| row.get::<_, String>(0))?
            .filter(|says| says.as_deref() != Ok("ok"))
            .collect::<rusqlite::Result<Vec<_>>>()?;
        report.checked("file", unsigned(pages), wrong);
        let mut statement = self.conn.prepare("PRAGMA foreign_key_check")?;
        let wrong = statement
            .query_map([], |row| {
                let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
                Ok(format!("a row of {table} refers to a row of {parent} that is not there"))
            })?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        report.checked("references", 1, wrong);
        Ok(())
    }

    /// Texts and fingerprints must unpack and have as many paragraphs as their revision says.
    fn check_packed(&self, report: &mut Growing) -> Result<()> {
        let mut statement = self.conn.prepare(
            "SELECT r.id, r.paragraphs, b.body, p.print FROM revisions r
             JOIN bodies b ON b.revision = r.id JOIN prints p ON p.revision = r.id",
        )?;
        let (mut rows, mut wrong, mut looked_at) = (statement.query([])?, Vec::new(), 0);
        while let Some(row) = rows.next()? {
            looked_at += 1;
            let (id, paragraphs): (i64, i64) = (row.get(0)?, row.get(1)?);
            let mut article = crate::model::Article::default();
            let body: Vec<u8> = row.get(2)?;
            let read = self.unpacker.borrow_mut().body(&body, &mut article);
            if read.is_err() || signed(article.paragraphs.len()) != paragraphs {
                wrong
                    .push(format!("the text of revision {id} cannot be read: add its input again"));
            }
            let print = unpack_print(&row.get::<_, Vec<u8>>(3)?);
            if print.is_none_or(|print| signed(print.len()) != paragraphs) {
                wrong.push(format!(
                    "the fingerprints of revision {id} do not fit its text: run `copytrail rebuild`"
                ));
            }
        }
        report.checked("packed texts", looked_at, wrong);
        Ok(())
    }

    fn check_postings(&self, report: &mut Growing) -> Result<()> {
        let on_file = self
            .conn
            .prepare("SELECT id FROM revisions UNION ALL SELECT id FROM pack_articles")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<std::collections::HashSet<u32>>>()?;
        let (mut wrong, mut looked_at, mut blocks) = (Vec::new(), 0, 0);
        for segment in segments(&self.conn)? {
            let name = format!("segment {} of {}", segment.slot, segment.indexed);
            let (mut pairs, mut last) = (0, None);
            let mut cursor = Cursor::new(&self.conn, &segment)?;
            while let Some(hash) = cursor.hash() {
                let held = cursor.documents();
                pairs += signed(held.len());
                let sorted = held.is_sorted_by(|a, b| a < b) && last.is_none_or(|l| l < hash);
                if !sorted || held.iter().any(|document| !on_file.contains(document)) {
                    wrong.push(format!(
                        "{name}: the list of {hash:010x} is out of order or names documents not on file: run `copytrail rebuild`"
                    ));
                }
                last = Some(hash);
                cursor.advance()?;
            }
            if pairs != segment.pairs {
                wrong.push(format!(
                    "{name} holds {pairs} postings, not {}: run `copytrail rebuild`",
                    segment.pairs
                ));
            }
            looked_at += unsigned(pairs);
            blocks += segment.blocks;
        }
        let stored: i64 =
            self.conn.query_row("SELECT count(*) FROM blocks", [], |row| row.get(0))?;
        if stored != blocks {
            wrong.push(format!(
                "{stored} posting blocks on file, {blocks} known: run `copytrail rebuild`"
            ));
        }
        report.checked("postings", looked_at, wrong);
        Ok(())
    }

    fn check_search(&self, report: &mut Growing) -> Result<()> {
        let mut wrong = Vec::new();
        if !self.options.read_only {
            let checked =
                self.conn.execute("INSERT INTO search (search) VALUES ('integrity-check')", []);
            if let Err(cause) = checked {
                wrong.push(format!("full text is damaged ({cause}): run `copytrail rebuild`"));
            }
        }
        let (current, indexed): (i64, i64) = self.conn.query_row(
            "SELECT (SELECT count(*) FROM articles),
               (SELECT count(*) FROM search_docsize) + (SELECT count(*) FROM search_queue)",
            params![],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        if current != indexed {
            wrong.push(format!(
                "{indexed} articles in full text, {current} on file: run `copytrail rebuild`"
            ));
        }
        report.checked("full text", unsigned(indexed), wrong);
        Ok(())
    }

    fn check_captures(&mut self, report: &mut Growing) -> Result<()> {
        let sums = self
            .conn
            .prepare("SELECT DISTINCT sha256 FROM captures WHERE kept = 1")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<Vec<Vec<u8>>>>()?;
        let mut wrong = Vec::new();
        for sum in &sums {
            let short = hex(sum.get(..6).unwrap_or(sum));
            match self.sidecar.is_sound(sum) {
                Ok(Some(true)) => {}
                Ok(Some(false)) | Err(_) => {
                    wrong.push(format!("capture {short}… is damaged: add its input again"));
                }
                Ok(None) => wrong.push(format!(
                    "capture {short}… is missing from {}: put that file back beside the store",
                    self.sidecar.path().display()
                )),
            }
        }
        report.checked("captures", sums.len() as u64, wrong);
        Ok(())
    }
}
