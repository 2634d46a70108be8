//! Owns what a response of HTTP says of its body: status, type, chunks and compression, all within bounds.

use std::io::Read;

use brotli_decompressor::Decompressor;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// A response as a crawl keeps it.
#[derive(Debug)]
pub(super) struct Response<'a> {
    pub status: u16,
    /// Status line and headers as they came, a line each.
    pub head: String,
    headers: Vec<(String, String)>,
    body: &'a [u8],
}

impl<'a> Response<'a> {
    /// Status line, headers and body of a message; `None` where it is none.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let (end, gap) = header_end(bytes)?;
        let head = String::from_utf8_lossy(bytes.get(..end)?).into_owned();
        let mut lines = head.lines();
        let first = lines.next().filter(|line| line.starts_with("HTTP/"))?;
        let status = first.split_whitespace().nth(1)?.parse().ok()?;
        let headers = lines.filter_map(|line| line.split_once(':'));
        let headers =
            headers.map(|(name, value)| (name.trim().to_lowercase(), value.trim().to_owned()));
        let headers = headers.collect();
        Some(Self { status, headers, body: bytes.get(end + gap..)?, head })
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body without chunks and compression, or why it cannot be had.
    pub fn body(&self, limit: u64) -> Result<Vec<u8>, String> {
        let chunked = self
            .header("transfer-encoding")
            .is_some_and(|how| how.to_lowercase().contains("chunked"));
        // Some crawlers write the header and take the chunks out all the same.
        let whole = match chunked.then(|| joined(self.body)).flatten() {
            Some(joined) => joined,
            None => self.body.to_vec(),
        };
        decoded(whole, self.header("content-encoding").unwrap_or_default(), limit)
    }
}

/// Where headers end, and how many bytes lie between them and the body.
fn header_end(bytes: &[u8]) -> Option<(usize, usize)> {
    let crlf = bytes.windows(4).position(|window| window == b"\r\n\r\n").map(|at| (at, 4));
    let lf = bytes.windows(2).position(|window| window == b"\n\n").map(|at| (at, 2));
    match (crlf, lf) {
        (Some(crlf), Some(lf)) => Some(if lf.0 < crlf.0 { lf } else { crlf }),
        (found, other) => found.or(other),
    }
}

/// The chunks put together; `None` where they are none. A cut last chunk gives what is there.
fn joined(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut rest = body;
    loop {
        let end = rest.iter().take(64).position(|byte| *byte == b'\n')?;
        let line = std::str::from_utf8(rest.get(..end)?).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        rest = rest.get(end + 1..)?;
        if size == 0 {
            return Some(out);
        }
        let chunk = rest.get(..size.min(rest.len()))?;
        out.extend_from_slice(chunk);
        rest = rest.get(size..).unwrap_or_default();
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if rest.is_empty() {
            return Some(out);
        }
    }
}

/// A body without its `Content-Encoding`s, at most `limit` bytes of it. A body that is not compressed after all
/// is taken as it is.
pub(crate) fn decoded(body: Vec<u8>, encodings: &str, limit: u64) -> Result<Vec<u8>, String> {
    let mut body = body;
    let named: Vec<String> = encodings
        .split(',')
        .map(|name| name.trim().to_lowercase())
        .filter(|n| !n.is_empty())
        .collect();
    if named.len() > 4 {
        return Err("is compressed more often than any page".to_owned());
    }
    for name in named.iter().rev() {
        body = match name.as_str() {
            "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => {
                bounded(MultiGzDecoder::new(body.as_slice()), limit)?
            }
            "deflate" if !looks_like_text(&body) => {
                bounded(ZlibDecoder::new(body.as_slice()), limit)
                    .or_else(|_| bounded(DeflateDecoder::new(body.as_slice()), limit))?
            }
            "br" if !looks_like_text(&body) => {
                bounded(Decompressor::new(body.as_slice(), 1 << 14), limit)?
            }
            "zstd" if body.starts_with(b"\x28\xb5\x2f\xfd") => {
                let decoder = zstd::stream::read::Decoder::new(body.as_slice());
                bounded(decoder.map_err(|error| error.to_string())?, limit)?
            }
            _ => body,
        };
    }
    Ok(body)
}

fn looks_like_text(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}

/// All that a decoder gives; more than `limit` is an error, and so is damage with nothing before it.
fn bounded(decoder: impl Read, limit: u64) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let read = decoder.take(limit + 1).read_to_end(&mut out);
    if out.len() as u64 > limit {
        return Err(format!("unpacks to more than {} MB", limit / 1_000_000));
    }
    match read {
        Err(error) if out.is_empty() => Err(format!("is compressed and damaged ({error})")),
        _ => Ok(out),
    }
}

/// Type and charset of a `Content-Type`, lower case.
pub(crate) fn media_type(header: &str) -> (String, Option<String>) {
    let mut parts = header.split(';');
    let kind = parts.next().unwrap_or_default().trim().to_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let label = value.trim().trim_matches(['"', '\'']).to_owned();
        (name.trim().eq_ignore_ascii_case("charset") && !label.is_empty()).then_some(label)
    });
    (kind, charset)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn chunks_are_joined_and_what_are_none_is_left() {
        assert_eq!(
            joined(b"4\r\nWiki\r\n5;x=1\r\npedia\r\n0\r\n\r\n").as_deref(),
            Some(b"Wikipedia".as_slice())
        );
        assert_eq!(joined(b"4\r\nWi").as_deref(), Some(b"Wi".as_slice()));
        assert_eq!(joined(b"<html>"), None);
    }

    #[test]
    fn a_bomb_is_refused_before_it_fills_memory() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&vec![0u8; 3_000_000]).unwrap();
        let bomb = encoder.finish().unwrap();
        assert!(bomb.len() < 10_000);
        assert!(decoded(bomb.clone(), "gzip", 1_000_000).is_err());
        assert_eq!(decoded(bomb, "gzip", 4_000_000).unwrap().len(), 3_000_000);
    }

    #[test]
    fn types_and_charsets() {
        let (kind, charset) = media_type("Text/HTML; Charset=\"ISO-8859-1\"");
        assert_eq!((kind.as_str(), charset.as_deref()), ("text/html", Some("ISO-8859-1")));
        let response = Response::read(b"HTTP/1.1 404 Not Found\nA: b\n\nx").unwrap();
        assert_eq!((response.status, response.header("a")), (404, Some("b")));
    }
}
