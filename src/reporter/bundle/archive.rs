//! Captures as WACZ 1.1.1: WARC records, their index (CDXJ) and the list of pages, so that replay tools open them.
//!
//! A page that came with the head of an HTTP answer is a record of the type `response`, any other one a `resource`:
//! nothing is made up. The bytes are without the transfer's chunks and compression, so the headers that speak of these
//! stand under other names (`X-Archive-Orig-…`), as archives have it.

use std::fmt::Write as _;
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use serde_json::json;
use sha2::{Digest, Sha256};
use url::Url;

use super::{BundleError, Members, manifest, pack};

const WARC: &str = "archive/data.warc.gz";

/// A capture on its way into an archive.
#[derive(Debug, Clone)]
pub struct Record<'a> {
    /// The address it is replayed under.
    pub url: &'a str,
    pub title: Option<&'a str>,
    /// RFC 3339 in UTC, to the second.
    pub taken: &'a str,
    /// Status line and headers that they came with.
    pub head: Option<&'a str>,
    pub bytes: &'a [u8],
}

/// Headers that speak of the transfer and no longer hold of the bytes.
const OF_TRANSFER: [&str; 3] = ["content-encoding", "content-length", "transfer-encoding"];

impl Record<'_> {
    /// Type of the record, media type of its block, and the block.
    fn block(&self) -> (&'static str, &'static str, Vec<u8>) {
        let Some(head) = self.head else {
            return ("resource", media_type(self.bytes), self.bytes.to_vec());
        };
        let mut block = String::new();
        for line in head.lines().filter(|line| !line.trim().is_empty()) {
            let name = line.split(':').next().unwrap_or_default().trim().to_lowercase();
            let mark = if OF_TRANSFER.contains(&&*name) { "X-Archive-Orig-" } else { "" };
            let _ = write!(block, "{mark}{}\r\n", line.trim_end());
        }
        let _ = write!(block, "Content-Length: {}\r\n\r\n", self.bytes.len());
        let block = [block.as_bytes(), self.bytes].concat();
        ("response", "application/http; msgtype=response", block)
    }

    /// As the server answered; a page without a head was there.
    fn status(&self) -> &str {
        let word = self.head.and_then(|head| head.split_whitespace().nth(1));
        word.filter(|word| word.bytes().all(|byte| byte.is_ascii_digit())).unwrap_or("200")
    }
}

/// An archive of these captures.
///
/// # Errors
/// Where it cannot be packed.
pub fn archive(records: &[Record<'_>], made: &str) -> Result<Vec<u8>, BundleError> {
    let program = format!("copytrail {}", env!("CARGO_PKG_VERSION"));
    let info = format!("software: {program}\r\nformat: WARC File Format 1.1\r\n");
    let mut warc = packed(
        &head("warcinfo", None, made, info.as_bytes(), "application/warc-fields"),
        info.as_bytes(),
    )?;
    let mut index: Vec<String> = Vec::new();
    let mut pages =
        vec![json!({"format": "json-pages-1.0", "id": "pages", "title": "Captures"}).to_string()];
    for (at, record) in records.iter().enumerate() {
        let kind = media_type(record.bytes);
        let (of, content, block) = record.block();
        let head = head(of, Some(record.url), record.taken, &block, content);
        let member = packed(&head, &block)?;
        let digits: String = record.taken.chars().filter(char::is_ascii_digit).take(14).collect();
        let fields = json!({
            "url": record.url, "mime": kind, "status": record.status(), "digest": digest(record.bytes),
            "length": member.len().to_string(), "offset": warc.len().to_string(), "filename": "data.warc.gz",
        });
        index.push(format!("{} {digits} {fields}\n", surt(record.url)));
        pages.push(json!({"id": format!("page{at}"), "url": record.url, "ts": record.taken, "title": record.title.unwrap_or(record.url)}).to_string());
        warc.extend(member);
    }
    index.sort();
    let mut members = Members::new();
    members.insert(WARC.into(), warc);
    members.insert("indexes/index.cdx".into(), index.concat().into_bytes());
    members.insert("pages/pages.jsonl".into(), (pages.join("\n") + "\n").into_bytes());
    let listed = wacz_manifest(&manifest(&members, made)?, &program)?;
    members.insert("datapackage.json".into(), listed);
    pack(&members)
}

/// The manifest with what WACZ asks for beside the sums.
fn wacz_manifest(manifest: &[u8], program: &str) -> Result<Vec<u8>, BundleError> {
    let mut value: serde_json::Value = serde_json::from_slice(manifest)?;
    value["wacz_version"] = json!("1.1.1");
    value["software"] = json!(program);
    Ok(serde_json::to_vec_pretty(&value)?)
}

fn packed(head: &str, body: &[u8]) -> Result<Vec<u8>, BundleError> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::default());
    gz.write_all(head.as_bytes())?;
    gz.write_all(body)?;
    gz.write_all(b"\r\n\r\n")?;
    Ok(gz.finish()?)
}

fn head(kind: &str, url: Option<&str>, date: &str, body: &[u8], content: &str) -> String {
    let target = url.map(|url| format!("WARC-Target-URI: {url}\r\n")).unwrap_or_default();
    format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\n{target}WARC-Date: {date}\r\nWARC-Record-ID: <urn:uuid:{}>\r\nWARC-Block-Digest: {}\r\nContent-Type: {content}\r\nContent-Length: {}\r\n\r\n",
        uuid(&[kind.as_bytes(), url.unwrap_or_default().as_bytes(), date.as_bytes(), body]),
        digest(body),
        body.len(),
    )
}

fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", super::sum(bytes))
}

/// A name-based UUID (RFC 9562, version 8) of what the record holds: the same record has the same one.
fn uuid(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    let sum = hasher.finalize();
    let mut bytes: Vec<u8> = sum.iter().copied().take(16).collect();
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = super::hex(&bytes);
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

fn media_type(bytes: &[u8]) -> &'static str {
    if bytes.trim_ascii_start().starts_with(b"<") { "text/html" } else { "text/plain" }
}

/// An address as indexes sort it: `com,example)/path`.
fn surt(address: &str) -> String {
    let Ok(url) = Url::parse(address) else { return address.to_lowercase() };
    let host = url.host_str().unwrap_or_default().trim_start_matches("www.").to_lowercase();
    let reversed: Vec<&str> = host.split('.').rev().collect();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let query = url.query().map(|query| format!("?{}", query.to_lowercase())).unwrap_or_default();
    format!("{}{port}){}{query}", reversed.join(","), url.path().to_lowercase())
}

/// The head, where it is an answer's, and the bytes that an archive of ours holds under an address; `None` where there
/// is no such record.
#[must_use]
pub fn kept_record(wacz: &[u8], address: &str) -> Option<(Option<String>, Vec<u8>)> {
    let (members, _) = super::unpack(wacz).ok()?;
    let mut warc = Vec::new();
    MultiGzDecoder::new(members.get(WARC)?.as_slice()).read_to_end(&mut warc).ok()?;
    let mut rest = warc.as_slice();
    while let Some(at) = headers_end(rest) {
        let head = String::from_utf8_lossy(rest.get(..at)?).into_owned();
        let field = |name: &str| {
            let mut fields = head.lines().filter_map(|line| line.split_once(": "));
            fields.find(|(n, _)| *n == name).map(|(_, value)| value)
        };
        let length: usize = field("Content-Length")?.parse().ok()?;
        let body = rest.get(at + 4..at.checked_add(4)?.checked_add(length)?)?;
        if field("WARC-Target-URI") == Some(address) {
            if field("WARC-Type") != Some("response") {
                return Some((None, body.to_vec()));
            }
            let end = headers_end(body)?;
            let head = String::from_utf8_lossy(body.get(..end)?).into_owned();
            return Some((Some(head), body.get(end + 4..)?.to_vec()));
        }
        rest = rest.get(at + 4 + length + 4..)?;
    }
    None
}

fn headers_end(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|window| window == b"\r\n\r\n")
}
