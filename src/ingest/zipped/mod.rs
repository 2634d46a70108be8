//! Owns what comes as a ZIP archive: how one is opened and its members are had within bounds.

mod docx;
mod wacz;

pub(crate) use docx::Docx;
pub(crate) use wacz::Wacz;

use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
};

use flate2::bufread::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use super::{contained::contained, format::Head};

/// Members of one archive; a crawl of a newspaper has some hundreds.
const MAX_MEMBERS: usize = 20_000;
/// How often larger than packed a member may become; text of news packs 5 to 10 times, zeros 1,000 times.
const MAX_RATIO: u64 = 200;
/// Bytes that a member may have whatever its ratio.
const SMALL: u64 = 4_000_000;

/// A file in an archive.
#[derive(Debug, Clone)]
struct Member {
    name: String,
    start: u64,
    packed: u64,
    deflated: bool,
}

/// Whether an input begins with a member of one of these names or folders.
fn begins_with(head: &Head, names: &[&str]) -> bool {
    let within =
        |name: &&str| head.bytes.windows(name.len()).any(|window| window == name.as_bytes());
    head.bytes.starts_with(b"PK\x03\x04") && names.iter().any(within)
}

/// The members of an archive, or why they cannot be had.
fn members(file: &File) -> Result<Vec<Member>, String> {
    contained(|| listed(file)).unwrap_or_else(|| Err("is a damaged ZIP archive".to_owned()))
}

fn listed(file: &File) -> Result<Vec<Member>, String> {
    let broken =
        |error: &dyn std::fmt::Display| format!("is a ZIP archive that cannot be read: {error}");
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| broken(&error))?;
    if archive.len() > MAX_MEMBERS {
        return Err(format!("holds more than {MAX_MEMBERS} files; no archive of pages does"));
    }
    if archive.has_overlapping_files().map_err(|error| broken(&error))? {
        return Err(
            "is a ZIP archive whose files overlap, as only those made to do harm do".to_owned()
        );
    }
    let mut found = Vec::new();
    for at in 0..archive.len() {
        let entry = archive.by_index_raw(at).map_err(|error| broken(&error))?;
        let deflated = match entry.compression() {
            CompressionMethod::Stored => false,
            CompressionMethod::Deflated => true,
            _ => continue,
        };
        let (Some(start), Ok(name)) = (entry.data_start(), entry.name()) else { continue };
        if !entry.encrypted() && !entry.is_dir() {
            let name = name.into_owned();
            found.push(Member { name, start, packed: entry.compressed_size(), deflated });
        }
    }
    Ok(found)
}

impl Member {
    /// Its content as a stream; one that swells beyond [`MAX_RATIO`] ends in an error.
    fn stream(&self, file: &File) -> io::Result<Box<dyn Read>> {
        let mut file = file.try_clone()?;
        file.seek(SeekFrom::Start(self.start))?;
        let packed = BufReader::new(file).take(self.packed);
        if !self.deflated {
            return Ok(Box::new(packed));
        }
        let left = self.packed.saturating_mul(MAX_RATIO).max(SMALL);
        Ok(Box::new(Swelling { inner: DeflateDecoder::new(packed), left }))
    }

    /// Its content whole, at most `limit` bytes.
    fn bytes(&self, file: &File, limit: u64) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let read =
            self.stream(file).and_then(|stream| stream.take(limit + 1).read_to_end(&mut bytes));
        match read {
            Err(error) => Err(format!("holds {} that cannot be read: {error}", self.name)),
            Ok(_) if bytes.len() as u64 > limit => Err(format!(
                "holds {} of more than {} MB, the limit for one text",
                self.name,
                limit / 1_000_000
            )),
            Ok(_) => Ok(bytes),
        }
    }
}

/// A stream that may give so many bytes and no more.
struct Swelling<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Swelling<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| {
            io::Error::other(format!("swells to more than {MAX_RATIO} times its size when unpacked, as only files made to do harm do"))
        })?;
        Ok(read)
    }
}
