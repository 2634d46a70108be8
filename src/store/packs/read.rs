//! A pack into the store, in one transaction and bounded memory. Nothing that it says is trusted: lengths are counted
//! again, order is looked at, what is too long is refused, and so is what is left over.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zstd::stream::read::Decoder;

use super::lists::ListReader;
use super::{FIRST, HASH_BITS, KINDS, PackError, PackOutcome, drop_pack};
use crate::model::{PACK_MAGIC, PackArticle};
use crate::store::Store;
use crate::store::columns::signed;
use crate::store::error::StoreError;
use crate::store::postings::{Writer, block};
use crate::store::schemes::{Scheme, generation};

type Result<T> = std::result::Result<T, PackError>;

/// Bytes of an address; an article with a longer one is left out.
pub const LONGEST: usize = 2_000;
/// Characters of a title or a name: no text fits in.
const LONGEST_TITLE: usize = 300;
/// Bytes of the head.
const LONGEST_HEAD: u64 = 65_536;
/// Bytes of an article's line.
const LONGEST_LINE: u64 = 16_384;
/// Bits of zstd's window: memory that a frame may ask for.
const WINDOW: u32 = 25;
/// Bytes of a SHA-256.
const SUM: u64 = 32;

/// What stands at a pack's beginning.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    pub name: String,
    pub maker: String,
    pub made: String,
    pub articles: u64,
    /// In the order in which they follow.
    pub lists: Vec<Lists>,
}

/// The postings of one kind of fingerprint.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lists {
    pub kind: String,
    pub version: i64,
    pub hangs_on: String,
    pub hashes: u64,
    pub postings: u64,
}

impl Head {
    pub fn versions(&self) -> Vec<(String, i64)> {
        self.lists.iter().map(|lists| (lists.kind.clone(), lists.version)).collect()
    }
}

/// A name or title in as much room as there is.
pub fn cut(text: String) -> String {
    match text.char_indices().nth(LONGEST_TITLE) {
        Some((end, _)) => text[..end].to_owned(),
        None => text,
    }
}

fn refused(says: impl Into<String>) -> PackError {
    PackError::Refused(says.into())
}

fn broken(cause: &io::Error) -> PackError {
    refused(format!("is a damaged index pack ({cause}); have it sent again"))
}

impl Store {
    /// Takes a pack in. One of the same name is replaced; the same file again changes nothing.
    pub fn add_pack(&mut self, file: &File, schemes: &[Scheme]) -> Result<PackOutcome> {
        self.writable("take a pack in")?;
        let sum = sum(file)?;
        let known = "SELECT 1 FROM packs WHERE sha256 = ?1";
        if self.view.conn.prepare(known)?.exists([sum.as_slice()])? {
            return Ok(PackOutcome::Unchanged);
        }
        let mut input = file;
        input.rewind().map_err(|cause| broken(&cause))?;
        let length = file.metadata().map_or(0, |meta| meta.len()).saturating_sub(SUM);
        let mut input = BufReader::with_capacity(1 << 16, input.take(length));
        let head = head(&mut input)?;
        fits(&head, schemes)?;
        self.overwriting(|store| {
            let conn = &mut store.view.conn;
            let transaction = conn
                .transaction_with_behavior(TransactionBehavior::Immediate)
                .map_err(StoreError::from)?;
            let replaced = drop_pack(&transaction, &head.name)?;
            take_in(&transaction, &head, input, &sum)?;
            transaction.commit().map_err(StoreError::from)?;
            if replaced {
                store.wipe()?;
            }
            Ok(if replaced { PackOutcome::Replaced } else { PackOutcome::New })
        })
    }
}

/// The sum at the end, where it is that of all before it.
fn sum(file: &File) -> Result<Vec<u8>> {
    let failed = |cause: io::Error| broken(&cause);
    let mut input = file;
    input.rewind().map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len().saturating_sub(SUM);
    let (mut digest, mut input) = (Sha256::new(), BufReader::with_capacity(1 << 16, input));
    let mut left = length;
    while left > 0 {
        let held = input.fill_buf().map_err(failed)?;
        let taken = usize::try_from(left).map_or(held.len(), |left| held.len().min(left));
        if taken == 0 {
            break;
        }
        digest.update(&held[..taken]);
        input.consume(taken);
        left -= taken as u64;
    }
    let mut stated = Vec::new();
    input.take(SUM + 1).read_to_end(&mut stated).map_err(failed)?;
    if digest.finalize().as_slice() != stated {
        return Err(refused(
            "is an index pack that was cut short or changed on its way (its sum is not that of its bytes); have it sent again",
        ));
    }
    Ok(stated)
}

fn head(input: &mut impl Read) -> Result<Head> {
    let failed = |cause: io::Error| broken(&cause);
    let (mut magic, mut length) = ([0; 8], [0; 4]);
    input.read_exact(&mut magic).map_err(failed)?;
    input.read_exact(&mut length).map_err(failed)?;
    if magic != *PACK_MAGIC {
        return Err(refused("is an index pack of a newer form; update copytrail"));
    }
    let length = u64::from(u32::from_le_bytes(length));
    if length > LONGEST_HEAD {
        return Err(refused("is no sound index pack: its head is too long; have it made again"));
    }
    let mut bytes = Vec::new();
    input.take(length).read_to_end(&mut bytes).map_err(failed)?;
    let head: Head = serde_json::from_slice(&bytes).map_err(|cause| {
        refused(format!(
            "is no sound index pack: its head cannot be read ({cause}); have it made again"
        ))
    })?;
    let names = [&head.name, &head.maker, &head.made];
    if head.name.trim().is_empty() || names.iter().any(|n| n.chars().count() > LONGEST_TITLE) {
        return Err(refused(
            "is no sound index pack: it has no name, or one that is too long; have it made again",
        ));
    }
    Ok(head)
}

/// Whether this build finds anything with its fingerprints.
fn fits(head: &Head, schemes: &[Scheme]) -> Result<()> {
    let kinds = head.lists.iter().map(|lists| lists.kind.as_str());
    if !kinds.eq(KINDS.iter().map(|(name, ..)| *name).take(head.lists.len().max(1))) {
        return Err(refused(
            "is no sound index pack: it does not hold shingles, then anchors; have it made again",
        ));
    }
    for lists in &head.lists {
        let ours = schemes.iter().find(|scheme| scheme.name == lists.kind);
        if ours.is_some_and(|o| o.version == lists.version && o.hangs_on == lists.hangs_on) {
            continue;
        }
        let (version, hangs_on) =
            ours.map_or((0, ""), |ours| (ours.version, ours.hangs_on.as_str()));
        let why = if version == lists.version {
            format!("{} {version} over {}, not {hangs_on}", lists.kind, lists.hangs_on)
        } else {
            format!("{} {}, not {version}", lists.kind, lists.version)
        };
        return Err(refused(format!(
            "is an index pack with fingerprints of another version ({why}); ask its maker for one made with the same version of copytrail, or use the version it was made with"
        )));
    }
    Ok(())
}

fn take_in(conn: &Connection, head: &Head, input: BufReader<impl Read>, sum: &[u8]) -> Result<()> {
    let end: Option<i64> = conn
        .query_row("SELECT max(first + articles) FROM packs", [], |row| row.get(0))
        .optional()?
        .flatten();
    let first = end.unwrap_or(FIRST).max(FIRST);
    if head.articles == 0 || first.saturating_add(signed(head.articles)) > i64::from(u32::MAX) {
        return Err(refused("is an index pack of no articles, or of more than there is room for"));
    }
    let current = generation(conn)?;
    let mut input = articles(conn, head, first, input)?;
    for (lists, (.., index)) in head.lists.iter().zip(KINDS) {
        let mut writer = Writer::new(conn, index.name(), current)?;
        let mut reader = ListReader::new(input, head.articles);
        let (mut list, mut postings) = (Vec::new(), 0);
        for _ in 0..lists.hashes {
            let hash = reader.take(&mut list).map_err(|cause| broken(&cause))?;
            postings += list.len() as u64;
            let number = |article: &u32| u32::try_from(first + i64::from(*article)).ok();
            let documents: Vec<u32> = list.iter().filter_map(number).collect();
            writer.push(hash << (block::HASH_BITS - HASH_BITS), &documents)?;
        }
        if postings != lists.postings {
            return Err(lying());
        }
        writer.finish()?;
        input = reader.into_inner();
    }
    if !input.fill_buf().map_err(|cause| broken(&cause))?.is_empty() {
        return Err(lying());
    }
    let postings = |at: usize| signed(head.lists.get(at).map_or(0, |lists| lists.postings));
    conn.execute(
        "INSERT INTO packs (name, maker, made, added_at, sha256, generation, versions, first, articles, shingles, anchors)
         VALUES (?1, ?2, ?3, unixepoch(), ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            head.name,
            head.maker,
            head.made,
            sum,
            current,
            serde_json::to_string(&head.versions()).unwrap_or_default(),
            first,
            signed(head.articles),
            postings(0),
            postings(1),
        ],
    )?;
    Ok(())
}

fn lying() -> PackError {
    refused("is no sound index pack: it does not hold what its head says; have it made again")
}

/// The articles into their table; gives the input behind them.
fn articles<R: BufRead>(conn: &Connection, head: &Head, first: i64, input: R) -> Result<R> {
    let failed = |cause: io::Error| broken(&cause);
    let mut zstd = Decoder::with_buffer(input).map_err(failed)?.single_frame();
    zstd.window_log_max(WINDOW).map_err(failed)?;
    let mut lines = BufReader::new(zstd);
    let mut insert = conn.prepare(
        "INSERT INTO pack_articles (id, address, outlet, title, language, published, first_seen, words, shingles)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    let (mut line, mut last) = (Vec::new(), (String::new(), String::new()));
    for number in 0..signed(head.articles) {
        line.clear();
        let read = (&mut lines).take(LONGEST_LINE).read_until(b'\n', &mut line).map_err(failed)?;
        if read == 0 {
            return Err(lying());
        }
        let article: PackArticle = serde_json::from_slice(&line).map_err(|cause| {
            refused(format!(
                "is no sound index pack: article {number} cannot be read ({cause}); have it made again"
            ))
        })?;
        let place = (article.address.clone(), article.outlet.clone());
        if place <= last || too_long(&article) {
            return Err(refused(format!(
                "is no sound index pack: article {number} is out of order or says more than a pack may; have it made again"
            )));
        }
        last = place;
        insert.execute(params![
            first + number,
            article.address,
            article.outlet,
            article.title,
            article.language,
            article.published,
            article.first_seen,
            article.words,
            article.shingles,
        ])?;
    }
    if lines.read(&mut [0]).map_err(failed)? != 0 {
        return Err(lying());
    }
    Ok(lines.into_inner().finish())
}

fn too_long(article: &PackArticle) -> bool {
    let short = |text: &Option<String>, most: usize| {
        text.as_ref().is_none_or(|text| text.chars().count() <= most)
    };
    article.address.len() > LONGEST
        || article.outlet.chars().count() > LONGEST_TITLE
        || article.language.len() > 16
        || !short(&article.title, LONGEST_TITLE)
        || !short(&article.published, 64)
        || !short(&article.first_seen, 64)
}
