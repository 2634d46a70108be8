//! Owns what is asked of a PDF before its text is read: that it unpacks to a bounded size, and that neither its
//! pages nor its drawings hold themselves, which the reader would follow until the stack ends.

use std::{
    collections::{HashMap, HashSet},
    io::{self, Read},
};

use flate2::read::ZlibDecoder;
use pdf_extract::{Dictionary, Document, Object, ObjectId};

/// Page trees deeper than this are loops or attacks.
const MAX_TREE: usize = 64;
/// Drawings nested deeper than this are attacks.
const MAX_NESTED: usize = 12;
/// Filters that one stream may go through, one after another.
const MAX_FILTERS: usize = 3;

/// Whether all compressed streams together unpack to at most `limit` bytes.
pub(super) fn unpacks_within(bytes: &[u8], limit: u64) -> Result<(), String> {
    let mut left = limit;
    let mut rest = bytes;
    while let Some(at) = rest.windows(6).position(|window| window == b"stream") {
        rest = rest.get(at + 6..).unwrap_or_default();
        let data = rest.trim_ascii_start();
        if !is_zlib(data) {
            continue;
        }
        let mut layer: Box<dyn Read + '_> = Box::new(data);
        for _ in 0..MAX_FILTERS {
            let mut decoder = ZlibDecoder::new(layer);
            let mut start = [0u8; 2];
            let read = decoder.read(&mut start).unwrap_or(0);
            let again = read == 2 && is_zlib(&start);
            let unpacked: Box<dyn Read + '_> =
                Box::new(io::Cursor::new(start[..read].to_vec()).chain(decoder));
            if again {
                layer = unpacked;
                continue;
            }
            left = left.saturating_sub(size(unpacked, left));
            break;
        }
        if left == 0 {
            return Err(format!(
                "is a PDF that unpacks to more than {} MB, as only those made to do harm do",
                limit / 1_000_000
            ));
        }
    }
    Ok(())
}

fn is_zlib(data: &[u8]) -> bool {
    matches!(data, [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..])
}

/// Bytes that a stream gives, up to `limit`; damage ends it.
fn size(stream: impl Read, limit: u64) -> u64 {
    let mut stream = stream.take(limit);
    let mut buffer = [0u8; 1 << 14];
    let mut total = 0;
    while let Ok(read) = stream.read(&mut buffer) {
        if read == 0 {
            break;
        }
        total += read as u64;
    }
    total
}

/// Whether page tree and drawings come to an end.
pub(super) fn ends(document: &Document) -> Result<(), String> {
    for page in document.get_pages().values() {
        let mut seen = HashSet::new();
        let mut at = *page;
        while seen.insert(at) {
            let parent = document.get_dictionary(at).ok().and_then(|dict| dict.get(b"Parent").ok());
            match parent.map(Object::as_reference) {
                Some(Ok(parent)) => at = parent,
                _ => break,
            }
            if seen.len() > MAX_TREE || seen.contains(&at) {
                return Err("is a PDF whose pages hold themselves; print it anew".to_owned());
            }
        }
    }
    let mut depths = HashMap::new();
    for id in document.objects.keys() {
        if depth(document, *id, 0, &mut depths) > MAX_NESTED {
            return Err("is a PDF whose drawings hold themselves; print it anew".to_owned());
        }
    }
    Ok(())
}

/// How deep the drawings below one are nested; one that holds itself is deeper than any limit.
fn depth(
    document: &Document,
    id: ObjectId,
    above: usize,
    known: &mut HashMap<ObjectId, usize>,
) -> usize {
    if let Some(depth) = known.get(&id) {
        return *depth;
    }
    if above > MAX_NESTED {
        return MAX_NESTED + 1;
    }
    let Ok(Object::Stream(stream)) = document.get_object(id) else { return 0 };
    let below = drawings(document, &stream.dict);
    let deepest = below.into_iter().map(|inner| 1 + depth(document, inner, above + 1, known)).max();
    let deepest = deepest.unwrap_or(0);
    known.insert(id, deepest);
    deepest
}

/// The drawings that a stream may show by its own resources.
fn drawings(document: &Document, dict: &Dictionary) -> Vec<ObjectId> {
    let follow = |object: &Object| -> Option<Dictionary> {
        let (_, object) = document.dereference(object).ok()?;
        object.as_dict().ok().cloned()
    };
    let resources = dict.get(b"Resources").ok().and_then(&follow);
    let shown = resources.and_then(|resources| resources.get(b"XObject").ok().and_then(&follow));
    let shown = shown.iter().flat_map(|shown| shown.iter());
    shown.filter_map(|(_, object)| object.as_reference().ok()).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn bombs_are_measured_through_all_their_layers() {
        let pack = |bytes: &[u8]| {
            let mut encoder =
                flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        };
        let file =
            |data: &[u8]| [b"%PDF-1.4\n1 0 obj <<>> stream\r\n", data, b"\nendstream"].concat();
        let once = pack(&vec![0u8; 3_000_000]);
        assert!(unpacks_within(&file(&once), 1_000_000).is_err());
        assert!(unpacks_within(&file(&pack(&once)), 1_000_000).is_err());
        assert!(unpacks_within(&file(&once), 4_000_000).is_ok());
    }
}
