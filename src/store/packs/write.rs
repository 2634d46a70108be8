//! A pack out of the store's own indexes: nothing is read again, and no text is touched.

use std::io::{self, Write};

use rusqlite::params_from_iter;
use rusqlite::types::Value;
use sha2::{Digest, Sha256};
use zstd::stream::write::Encoder;

use super::lists::ListWriter;
use super::{HASH_BITS, KINDS, PackError};
use crate::model::{PACK_MAGIC, PackArticle, PackLabel, PackRow};
use crate::store::columns::hex;
use crate::store::error::Result;
use crate::store::listing::Filter;
use crate::store::postings::{Index, block, each_hash, segments};
use crate::store::schemes::{Scheme, generation};
use crate::store::view::View;

use super::read::{Head, LONGEST, cut};

/// Of zstd: small files are handed out more often than they are written.
const LEVEL: i32 = 15;
const NOT_LISTED: u32 = u32::MAX;

/// Passes bytes on and sums them.
struct Summing<'w> {
    out: &'w mut dyn Write,
    sum: Sha256,
    bytes: u64,
}

impl Write for Summing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.sum.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The articles that go into a pack.
struct Listed {
    /// By document: its number in the pack.
    numbers: Vec<u32>,
    /// By number: how many different shingles.
    shingles: Vec<u32>,
}

impl View {
    /// Writes a pack of the articles that have an address or an id of their own; `schemes`: of this build. Gives what
    /// it holds, and how many articles were left out for want of an address.
    pub fn write_pack(
        &self,
        label: &PackLabel,
        filter: &Filter,
        schemes: &[Scheme],
        out: &mut dyn Write,
    ) -> std::result::Result<(PackRow, u64), PackError> {
        self.at_once(|| {
            let (mut listed, left_out) = self.listed(filter)?;
            if listed.shingles.is_empty() {
                let says = "no article with an address is on file there; `copytrail coverage` shows what is";
                return Err(PackError::Refused(says.to_owned()));
            }
            let head = self.pack_head(label, schemes, &mut listed)?;
            let mut out = Summing { out, sum: Sha256::new(), bytes: 0 };
            self.write_all(&head, filter, &listed, &mut out)?;
            let Summing { out, sum, bytes } = out;
            let sum = sum.finalize();
            out.write_all(&sum).map_err(PackError::Write)?;
            let row = PackRow {
                bytes: Some(bytes + sum.len() as u64),
                fits: true,
                sha256: hex(&sum),
                ..head.row()
            };
            Ok((row, left_out))
        })
    }

    /// Numbers the articles in the order of their addresses.
    fn listed(&self, filter: &Filter) -> Result<(Listed, u64)> {
        let (mut numbers, mut count) = (Vec::new(), 0);
        self.each_listed(filter, &mut |document, _| {
            let place = document as usize;
            if numbers.len() <= place {
                numbers.resize(place + 1, NOT_LISTED);
            }
            numbers[place] = count;
            count += 1;
            Ok(())
        })?;
        let left_out = (self.ids(filter)?.len() as u64).saturating_sub(u64::from(count));
        Ok((Listed { numbers, shingles: vec![0; count as usize] }, left_out))
    }

    /// Hands over each article once, in the order of addresses, with its document.
    fn each_listed(
        &self,
        filter: &Filter,
        sink: &mut dyn FnMut(u32, PackArticle) -> io::Result<()>,
    ) -> Result<()> {
        let (clause, values): (String, Vec<Value>) = filter.clause(0);
        let sql = format!(
            "SELECT a.current, coalesce(a.url, a.user_id) AS address, o.name, r.title, coalesce(r.language, ''),
               r.published, a.first_seen, r.words
             FROM articles a JOIN revisions r ON r.id = a.current JOIN outlets o ON o.id = a.outlet{clause}
               AND coalesce(a.url, a.user_id) IS NOT NULL ORDER BY address, o.name, a.id"
        );
        let mut statement = self.conn.prepare(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut last = (String::new(), String::new());
        while let Some(row) = rows.next()? {
            let text = |at: usize| row.get::<_, Option<String>>(at);
            let article = PackArticle {
                address: text(1)?.unwrap_or_default(),
                outlet: cut(text(2)?.unwrap_or_default()),
                title: text(3)?.map(cut),
                language: row.get(4)?,
                published: text(5)?,
                first_seen: text(6)?,
                words: row.get(7)?,
                shingles: 0,
            };
            let place = (article.address.clone(), article.outlet.clone());
            if place > last && article.address.len() <= LONGEST {
                last = place;
                sink(row.get(0)?, article).map_err(|cause| file_error(self, cause))?;
            }
        }
        Ok(())
    }

    fn pack_head(
        &self,
        label: &PackLabel,
        schemes: &[Scheme],
        listed: &mut Listed,
    ) -> Result<Head> {
        let kinds = if label.anchors { &KINDS[..] } else { &KINDS[..1] };
        let mut lists = Vec::new();
        for (name, index, _) in kinds {
            let (mut hashes, mut postings) = (0, 0);
            let numbers = &listed.numbers;
            let counts = &mut listed.shingles;
            self.each_pack_list(*index, numbers, &mut |_, articles| {
                hashes += 1;
                postings += articles.len() as u64;
                if *index == Index::Shingle {
                    for article in articles {
                        counts[*article as usize] += 1;
                    }
                }
                Ok(())
            })?;
            let scheme = schemes.iter().find(|scheme| scheme.name == *name);
            lists.push(super::read::Lists {
                kind: (*name).to_owned(),
                version: scheme.map_or(0, |scheme| scheme.version),
                hangs_on: scheme.map(|scheme| scheme.hangs_on.clone()).unwrap_or_default(),
                hashes,
                postings,
            });
        }
        Ok(Head {
            name: label.name.clone(),
            maker: label.maker.clone(),
            made: label.made.clone(),
            articles: listed.shingles.len() as u64,
            lists,
        })
    }

    fn write_all(
        &self,
        head: &Head,
        filter: &Filter,
        listed: &Listed,
        out: &mut Summing<'_>,
    ) -> std::result::Result<(), PackError> {
        let failed = PackError::Write;
        let packed = serde_json::to_vec(head).map_err(|cause| failed(cause.into()))?;
        let length = u32::try_from(packed.len()).unwrap_or(u32::MAX);
        out.write_all(PACK_MAGIC).map_err(failed)?;
        out.write_all(&length.to_le_bytes()).map_err(failed)?;
        out.write_all(&packed).map_err(failed)?;
        let mut zstd = Encoder::new(&mut *out, LEVEL).map_err(failed)?;
        let mut counts = listed.shingles.iter();
        self.each_listed(filter, &mut |_, article| {
            let shingles = counts.next().copied().unwrap_or(0);
            let mut line = serde_json::to_vec(&PackArticle { shingles, ..article })?;
            line.push(b'\n');
            zstd.write_all(&line)
        })?;
        zstd.finish().map_err(failed)?;
        for (lists, (_, index, _)) in head.lists.iter().zip(KINDS) {
            let mut writer = ListWriter::new(io::BufWriter::new(&mut *out), head.articles);
            self.each_pack_list(index, &listed.numbers, &mut |hash, articles| {
                writer.put(hash, articles)
            })?;
            writer.finish().and_then(|mut out| out.flush()).map_err(failed)?;
            debug_assert!(lists.hashes > 0 || lists.postings == 0);
        }
        Ok(())
    }

    /// Hands over each hash of an index as a pack keeps it, with its articles' numbers, both ascending.
    fn each_pack_list(
        &self,
        index: Index,
        numbers: &[u32],
        sink: &mut dyn FnMut(u64, &[u32]) -> io::Result<()>,
    ) -> Result<()> {
        let generation = generation(&self.conn)?;
        let mut parts = segments(&self.conn)?;
        parts.retain(|s| s.indexed == index.name() && s.generation == generation);
        let (mut hash, mut articles) = (0, Vec::new());
        let mut pass = |hash: u64, articles: &mut Vec<u32>| -> Result<()> {
            articles.sort_unstable();
            articles.dedup();
            let passed = if articles.is_empty() { Ok(()) } else { sink(hash, articles) };
            articles.clear();
            passed.map_err(|cause| file_error(self, cause))
        };
        each_hash(&self.conn, &parts, |found, documents| {
            let found = found >> (block::HASH_BITS - HASH_BITS);
            if found != hash {
                pass(hash, &mut articles)?;
                hash = found;
            }
            let number = |document: &u32| numbers.get(*document as usize).copied();
            let listed = documents.iter().filter_map(number).filter(|n| *n != NOT_LISTED);
            articles.extend(listed);
            Ok(())
        })?;
        pass(hash, &mut articles)
    }
}

fn file_error(view: &View, cause: io::Error) -> crate::store::StoreError {
    crate::store::StoreError::File { path: view.path().to_owned(), cause }
}

impl Head {
    fn row(&self) -> PackRow {
        let postings = |kind: &str| {
            self.lists.iter().find(|lists| lists.kind == kind).map_or(0, |lists| lists.postings)
        };
        PackRow {
            name: self.name.clone(),
            maker: self.maker.clone(),
            made: self.made.clone(),
            articles: self.articles,
            shingles: postings("shingle"),
            anchors: postings("anchor"),
            versions: self.versions(),
            ..PackRow::default()
        }
    }
}
