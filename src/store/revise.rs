//! Writing one revision: its rows, and what it means for its article.

use rusqlite::{OptionalExtension, params};

use super::add::{Deposit, OnFile, Writing, taken};
use super::body::{Packed, Unpacker};
use super::captures::Sidecar;
use super::columns::{moment_columns, signed, word};
use super::digest::url_key;
use super::error::{Result, StoreError};
use super::outcomes;
use super::outlets::put_signs;
use super::schemes::write_postings;
use super::search;
use super::tally::Place;
use crate::language;
use crate::model::{Article, ArticleId, Moment};

impl<'a> Writing<'a> {
    /// Writes the rows of a revision and gives its number.
    pub fn revision(
        &mut self,
        article: ArticleId,
        (deposit, packed): (&'a Deposit, &Packed),
        superseded: bool,
    ) -> Result<i64> {
        let read = &deposit.dossier.article;
        let id = self.revision_row(article, deposit, &packed.digest, superseded)?;
        let document = u32::try_from(id).map_err(|_| StoreError::TooMany)?;
        self.conn
            .prepare_cached("INSERT INTO bodies (revision, body) VALUES (?1, ?2)")?
            .execute(params![id, packed.body])?;
        self.conn
            .prepare_cached("INSERT INTO prints (revision, print) VALUES (?1, ?2)")?
            .execute(params![id, packed.print])?;
        self.credits(id, read)?;
        self.capture(id, read)?;
        put_signs(self.conn, id, read)?;
        if !superseded {
            search::queue(self.conn, document, &packed.tokens)?;
        }
        self.prints.push((document, &deposit.print));
        Ok(id)
    }

    fn revision_row(
        &self,
        article: ArticleId,
        deposit: &Deposit,
        digest: &[u8; 16],
        superseded: bool,
    ) -> Result<i64> {
        let read = &deposit.dossier.article;
        let published = moment_columns(read.published.as_ref());
        let modified = moment_columns(read.modified.as_ref());
        let words: u64 = deposit.print.paragraphs.iter().map(|p| u64::from(p.words)).sum();
        let bytes: usize = read.paragraphs.iter().map(|p| p.text.len()).sum();
        self.conn
            .prepare_cached(
                "INSERT INTO revisions (article, number, superseded, digest, extractor, generation, file,
                   line, outlet_given, domain, language, title, kind, published, published_at,
                   published_day, modified, modified_at, modified_day, taken_at, added_at, paragraphs,
                   words, text_bytes)
                 VALUES (?1, (SELECT 1 + coalesce(max(number), 0) FROM revisions WHERE article = ?1), ?2,
                   ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
                   ?21, ?22, ?23)",
            )?
            .execute(params![
                article,
                superseded,
                digest,
                self.extractor,
                self.generation,
                read.file,
                read.line.map(signed),
                read.outlet,
                read.domain,
                read.language,
                read.title,
                word(read.kind),
                published.0,
                published.1,
                published.2,
                modified.0,
                modified.1,
                modified.2,
                taken(read),
                self.now,
                signed(read.paragraphs.len()),
                signed(words),
                signed(bytes),
            ])?;
        Ok(self.conn.last_insert_rowid())
    }

    fn credits(&self, revision: i64, read: &Article) -> Result<()> {
        for (position, credit) in read.credits.iter().enumerate() {
            let initials = serde_json::to_string(&credit.initials).ok();
            self.conn
                .prepare_cached(
                    "INSERT INTO credits (revision, position, party, agency, name, role, text, paragraph,
                       domain, initials, reworked)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                )?
                .execute(params![
                    revision,
                    signed(position),
                    credit.party(),
                    credit.agency,
                    credit.name,
                    word(credit.role),
                    credit.text,
                    credit.paragraph.map(signed),
                    credit.domain,
                    initials.filter(|_| !credit.initials.is_empty()),
                    credit.reworked,
                ])?;
        }
        Ok(())
    }

    fn capture(&mut self, revision: i64, read: &'a Article) -> Result<()> {
        let Some(capture) = &read.capture else { return Ok(()) };
        let when = moment_columns(capture.taken.as_ref());
        self.conn
            .prepare_cached(
                "INSERT INTO captures (revision, sha256, came_from, taken, taken_at, taken_day, length, kept, headers)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                revision,
                capture.sha256,
                capture.from,
                when.0,
                when.1,
                when.2,
                signed(capture.bytes.len()),
                self.keep_captures,
                capture.headers,
            ])?;
        if self.keep_captures {
            self.captures.push(capture);
        }
        Ok(())
    }

    /// Whether a text is only what is left of the current one: a wall or teaser that was not told by its words must
    /// not take its place.
    pub fn is_remnant(&self, current: i64, read: &Article) -> Result<bool> {
        let mut statement =
            self.conn.prepare_cached("SELECT body FROM bodies WHERE revision = ?1")?;
        let packed = statement.query_row([current], |row| row.get::<_, Vec<u8>>(0)).optional()?;
        let mut known = Article::default();
        if let Some(packed) = packed {
            Unpacker::default().body(&packed, &mut known)?;
        }
        Ok(language::remnant(read, &known).is_some())
    }

    /// Makes a revision the one that counts, in the place of the current one.
    pub fn replace_current(
        &mut self,
        on_file: &OnFile,
        revision: i64,
        deposit: &Deposit,
        outlet: i64,
    ) -> Result<()> {
        self.conn
            .prepare_cached("UPDATE revisions SET superseded = 1 WHERE id = ?1")?
            .execute([on_file.current])?;
        search::drop_document(self.conn, on_file.current)?;
        outcomes::article_changed(self.conn, on_file.id)?;
        self.tally.count(&on_file.place, -1);
        self.point_to(on_file.id, revision, deposit, (outlet, on_file.first_seen.as_ref()))
    }

    /// Fills in what an article takes from its current revision. `seen`: its outlet and first sighting.
    pub fn point_to(
        &mut self,
        article: ArticleId,
        revision: i64,
        deposit: &Deposit,
        (outlet, first_seen): (i64, Option<&Moment>),
    ) -> Result<()> {
        let read = &deposit.dossier.article;
        let seen = moment_columns(first_seen);
        let at = read.published.as_ref().map(|m| m.seconds).or(seen.1);
        self.conn
            .prepare_cached(
                "UPDATE articles SET current = ?2, outlet = ?3, url = ?4, url_key = ?5, user_id = ?6,
                   at = ?7, language = ?8, first_seen = ?9, first_seen_at = ?10, first_seen_day = ?11
                 WHERE id = ?1",
            )?
            .execute(params![
                article,
                revision,
                outlet,
                read.url,
                read.url.as_deref().map(url_key),
                read.user_id,
                at,
                read.language,
                seen.0,
                seen.1,
                seen.2,
            ])?;
        self.tally.count(&Place { outlet, at, language: read.language.clone() }, 1);
        Ok(())
    }

    /// Moves the first sighting of an article back, where this one is earlier.
    pub fn seen_earlier(&mut self, on_file: &mut OnFile, seen: Option<&Moment>) -> Result<()> {
        let Some(seen) = seen else { return Ok(()) };
        if on_file.first_seen.as_ref().is_some_and(|known| known.seconds <= seen.seconds) {
            return Ok(());
        }
        self.tally.count(&on_file.place, -1);
        let columns = moment_columns(Some(seen));
        on_file.place.at = self
            .conn
            .prepare_cached(
                "UPDATE articles SET first_seen = ?2, first_seen_at = ?3, first_seen_day = ?4,
                   at = coalesce((SELECT published_at FROM revisions WHERE id = current), ?3)
                 WHERE id = ?1 RETURNING at",
            )?
            .query_row(params![on_file.id, columns.0, columns.1, columns.2], |row| row.get(0))?;
        self.tally.count(&on_file.place, 1);
        outcomes::article_changed(self.conn, on_file.id)?;
        on_file.first_seen = Some(seen.clone());
        Ok(())
    }

    /// Keeps an address that was seen without a text; the earliest sighting stays.
    pub fn sighting(&mut self, read: &Article, outlet: i64) -> Result<()> {
        if let Some(mut on_file) = self.on_file(&read.identity)? {
            self.seen_earlier(&mut on_file, read.first_seen.as_ref())?;
        }
        let published = moment_columns(read.published.as_ref());
        let seen = moment_columns(read.first_seen.as_ref());
        let extra = serde_json::to_string(&read.extra).ok().filter(|_| !read.extra.is_empty());
        self.conn
            .prepare_cached(
                "INSERT INTO sightings (identity, url, outlet, title, language, published, published_at,
                   published_day, first_seen, first_seen_at, first_seen_day, file, line, extra)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
                 ON CONFLICT (identity) DO UPDATE SET first_seen = excluded.first_seen,
                   first_seen_at = excluded.first_seen_at, first_seen_day = excluded.first_seen_day
                 WHERE excluded.first_seen_at < coalesce(first_seen_at, 9223372036854775807)",
            )?
            .execute(params![
                read.identity,
                read.url,
                outlet,
                read.title,
                read.language,
                published.0,
                published.1,
                published.2,
                seen.0,
                seen.1,
                seen.2,
                read.file,
                read.line.map(signed),
                extra,
            ])?;
        Ok(())
    }

    /// Writes what was gathered over the batch: captured bytes, figures, postings.
    pub fn finish(mut self, sidecar: &mut Sidecar) -> Result<()> {
        sidecar.keep(&self.captures)?;
        self.tally.save(self.conn)?;
        write_postings(self.conn, self.generation, &mut self.prints)
    }
}
