//! The files that make up one dictionary, unpacked.

use std::io::Read;

use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};

use super::DictionaryError;

/// Bytes that a part may have when unpacked.
const MAX_UNPACKED: u64 = 1 << 30;
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The files of one dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// File name without its endings.
    pub name: String,
    /// SHA-256 of the largest file as it was given, in hexadecimal.
    pub sha256: String,
    parts: Vec<(String, Vec<u8>)>,
}

impl Bundle {
    /// Of files, each with the ending that tells its part (`index`, `dict`, `ifo` …, without `.gz` or `.dz`); gzipped
    /// ones are unpacked.
    pub fn new(name: &str, files: Vec<(String, Vec<u8>)>) -> Result<Self, DictionaryError> {
        let largest = files.iter().max_by_key(|(_, bytes)| bytes.len());
        let sha256 = largest.map(|(_, bytes)| sha256(bytes)).unwrap_or_default();
        let parts = files
            .into_iter()
            .map(|(ending, bytes)| Ok((ending.clone(), unpacked(ending, bytes)?)))
            .collect::<Result<_, _>>()?;
        Ok(Self { name: name.to_owned(), sha256, parts })
    }

    /// The part of this ending.
    pub(super) fn part(&self, ending: &str) -> Option<&[u8]> {
        self.parts.iter().find(|(known, _)| known == ending).map(|(_, bytes)| bytes.as_slice())
    }

    /// The only file of a dictionary that has one.
    pub(super) fn single(&self) -> Option<&[u8]> {
        match self.parts.as_slice() {
            [(_, bytes)] => Some(bytes),
            _ => None,
        }
    }

    /// The only file as text: UTF-8, or else the encoding that old Japanese dictionaries are in.
    pub(super) fn text(&self) -> Option<String> {
        self.single().map(decoded)
    }

    /// Whether most lines at the start of the only file are rows of a format; notices behind `#` and empty lines are
    /// neither.
    pub(super) fn is_mostly(&self, is_row: impl Fn(&str) -> bool) -> bool {
        let start = self.start().unwrap_or_default();
        let lines =
            || start.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        let rows = lines().filter(|line| is_row(line)).count();
        rows > 0 && rows * 2 > lines().count()
    }

    /// The start of the only file as text, to tell its format by.
    pub(super) fn start(&self) -> Option<String> {
        const ENOUGH: usize = 20_000;
        self.single().map(|bytes| {
            let start = bytes.get(..ENOUGH).unwrap_or(bytes);
            // A cut within a character must not make the rest look like another encoding.
            let whole = start.iter().rposition(|&b| b == b'\n').unwrap_or(start.len());
            decoded(start.get(..whole).unwrap_or(start))
        })
    }
}

fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn unpacked(ending: String, bytes: Vec<u8>) -> Result<Vec<u8>, DictionaryError> {
    if !bytes.starts_with(&GZIP) {
        return Ok(bytes);
    }
    let mut plain = Vec::new();
    match MultiGzDecoder::new(bytes.as_slice()).take(MAX_UNPACKED).read_to_end(&mut plain) {
        Ok(_) => Ok(plain),
        Err(error) => Err(DictionaryError::Damaged { part: ending, cause: error.to_string() }),
    }
}

fn decoded(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => match encoding_rs::EUC_JP.decode_without_bom_handling(bytes) {
            (text, false) => text.into_owned(),
            _ => String::from_utf8_lossy(bytes).into_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gzipped_part_is_unpacked_and_a_damaged_one_named() {
        use std::io::Write as _;
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        writer.write_all("chat\tcat\n".as_bytes()).ok();
        let packed = writer.finish().unwrap_or_default();
        let bundle = Bundle::new("fr", vec![("tsv".into(), packed.clone())]);
        assert_eq!(bundle.ok().and_then(|b| b.text()).as_deref(), Some("chat\tcat\n"));
        let cut = packed[..packed.len() / 2].to_vec();
        let damaged = Bundle::new("fr", vec![("tsv".into(), cut)]);
        assert!(matches!(damaged, Err(DictionaryError::Damaged { part, .. }) if part == "tsv"));
    }

    #[test]
    fn old_japanese_bytes_are_read() {
        let (bytes, _, _) = encoding_rs::EUC_JP.encode("新聞 [しんぶん] /newspaper/\n");
        let bundle = Bundle::new("edict", vec![(String::new(), bytes.into_owned())]);
        assert_eq!(
            bundle.ok().and_then(|b| b.text()).as_deref(),
            Some("新聞 [しんぶん] /newspaper/\n")
        );
    }
}
