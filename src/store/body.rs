//! The packed forms of a revision: its body (JSON, zstd) and its paragraphs' fingerprints.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use zstd::bulk::{Compressor, Decompressor};

use super::add::Deposit;
use super::columns::{put_varint, varint};
use super::digest::digest;
use super::error::{Result, StoreError};
use crate::model::{
    Article, ArticlePrint, Disguise, Link, Paragraph, ParagraphPrint, ParagraphRole,
};

/// zstd's own default; for what stays.
const LEVEL: i32 = 3;

/// For what is deleted again soon.
const QUEUE_LEVEL: i32 = 1;

/// Bytes above which a packed value cannot be real.
const MOST_BYTES: usize = 1 << 30;

/// What is read of a revision as a whole.
#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct Body<'a> {
    paragraphs: Vec<Cow<'a, str>>,
    /// Those that are not running text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    roles: Vec<(usize, ParagraphRole)>,
    #[serde(skip_serializing_if = "is_empty")]
    byline: Cow<'a, [String]>,
    #[serde(skip_serializing_if = "is_empty")]
    furniture: Cow<'a, [String]>,
    #[serde(skip_serializing_if = "is_empty")]
    links: Cow<'a, [Link]>,
    #[serde(skip_serializing_if = "is_empty")]
    disguises: Cow<'a, [Disguise]>,
    #[serde(skip_serializing_if = "no_keys")]
    extra: Cow<'a, BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "no_keys")]
    read_from: Cow<'a, BTreeMap<String, String>>,
}

fn is_empty<T>(list: &[T]) -> bool {
    list.is_empty()
}

fn no_keys(map: &BTreeMap<String, String>) -> bool {
    map.is_empty()
}

fn damaged(what: &str, cause: impl std::fmt::Display) -> StoreError {
    StoreError::Damaged(format!("{what} cannot be unpacked ({cause})"))
}

/// A deposit made ready to be written.
pub struct Packed {
    pub digest: [u8; 16],
    pub body: Vec<u8>,
    pub print: Vec<u8>,
    pub tokens: Vec<u8>,
}

/// Packs bodies and tokens.
pub struct Packer {
    body: Compressor<'static>,
    tokens: Compressor<'static>,
}

impl Packer {
    pub fn new() -> Result<Self> {
        let compressor = |level| Compressor::new(level).map_err(|cause| damaged("a text", cause));
        Ok(Self { body: compressor(LEVEL)?, tokens: compressor(QUEUE_LEVEL)? })
    }

    pub fn all(&mut self, deposit: &Deposit) -> Result<Packed> {
        let article = &deposit.dossier.article;
        Ok(Packed {
            digest: digest(article),
            body: self.body(article)?,
            print: pack_print(&deposit.print),
            tokens: self.tokens(&deposit.search_tokens)?,
        })
    }

    /// Tokens for the queue; nothing of nothing.
    pub fn tokens(&mut self, tokens: &str) -> Result<Vec<u8>> {
        if tokens.is_empty() {
            return Ok(Vec::new());
        }
        self.tokens.compress(tokens.as_bytes()).map_err(|cause| damaged("tokens", cause))
    }

    /// The body of a revision.
    fn body(&mut self, article: &Article) -> Result<Vec<u8>> {
        let roles = article.paragraphs.iter().enumerate();
        let body = Body {
            paragraphs: article.paragraphs.iter().map(|p| p.text.as_str().into()).collect(),
            roles: roles
                .filter(|(_, p)| p.role != ParagraphRole::Text)
                .map(|(place, p)| (place, p.role))
                .collect(),
            byline: article.byline.as_slice().into(),
            furniture: article.furniture.as_slice().into(),
            links: article.links.as_slice().into(),
            disguises: article.disguises.as_slice().into(),
            extra: Cow::Borrowed(&article.extra),
            read_from: Cow::Borrowed(&article.read_from),
        };
        let json = serde_json::to_vec(&body).map_err(|cause| damaged("a text", cause))?;
        self.body.compress(&json).map_err(|cause| damaged("a text", cause))
    }
}

/// Unpacks what a [`Packer`] packed.
pub struct Unpacker(Option<Decompressor<'static>>);

impl Default for Unpacker {
    fn default() -> Self {
        Self(Decompressor::new().ok())
    }
}

impl Unpacker {
    pub fn unpack(&mut self, packed: &[u8]) -> Result<Vec<u8>> {
        let size = zstd::zstd_safe::get_frame_content_size(packed).ok().flatten().unwrap_or(0);
        let size = usize::try_from(size).ok().filter(|size| *size <= MOST_BYTES);
        let size = size.ok_or_else(|| damaged("a value", "its size is beyond belief"))?;
        let unpacker = self.0.as_mut().ok_or_else(|| damaged("a value", "no memory"))?;
        unpacker.decompress(packed, size).map_err(|cause| damaged("a value", cause))
    }

    /// Fills in what a body holds.
    pub fn body(&mut self, packed: &[u8], article: &mut Article) -> Result<()> {
        let json = self.unpack(packed)?;
        let body: Body<'_> =
            serde_json::from_slice(&json).map_err(|cause| damaged("a text", cause))?;
        article.paragraphs = body
            .paragraphs
            .into_iter()
            .map(|text| Paragraph { text: text.into_owned(), role: ParagraphRole::Text })
            .collect();
        for (place, role) in body.roles {
            if let Some(paragraph) = article.paragraphs.get_mut(place) {
                paragraph.role = role;
            }
        }
        article.byline = body.byline.into_owned();
        article.furniture = body.furniture.into_owned();
        article.links = body.links.into_owned();
        article.disguises = body.disguises.into_owned();
        article.extra = body.extra.into_owned();
        article.read_from = body.read_from.into_owned();
        Ok(())
    }
}

/// Packs the paragraphs' fingerprints; shingles live in the postings alone.
pub fn pack_print(print: &ArticlePrint) -> Vec<u8> {
    let mut out = Vec::with_capacity(print.paragraphs.len() * 42);
    for paragraph in &print.paragraphs {
        out.extend_from_slice(&paragraph.exact);
        out.extend_from_slice(&paragraph.simhash.to_le_bytes());
        put_varint(&mut out, u64::from(paragraph.words));
    }
    out
}

/// Unpacks what `pack_print` packed; `None` where the bytes are no such thing.
pub fn unpack_print(packed: &[u8]) -> Option<Vec<ParagraphPrint>> {
    let mut at = 0;
    let mut out = Vec::with_capacity(packed.len() / 41);
    while at < packed.len() {
        let exact = packed.get(at..at + 32)?.try_into().ok()?;
        let simhash = u64::from_le_bytes(packed.get(at + 32..at + 40)?.try_into().ok()?);
        at += 40;
        let words = u32::try_from(varint(packed, &mut at)?).ok()?;
        out.push(ParagraphPrint { exact, simhash, words, shingles: Vec::new() });
    }
    Some(out)
}
