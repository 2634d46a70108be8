//! C2PA manifests inside a text: bytes that are written as variation selectors, which no reader sees (C2PA 2.1, "Embedding
//! manifests into unstructured text"). What is read is that one is there and which program it says wrote it; neither
//! its signature nor its hashes are checked, so nothing is known of whether it is genuine.

/// "C2PATXT" with a zero, which opens a manifest in a text.
const MAGIC: &[u8] = b"C2PATXT\0";
/// The only version there is.
const VERSION: u8 = 1;
/// Bytes of version and length behind the opening.
const HEAD: usize = 5;
/// Bytes behind the key of a claim's generator within which its name stands.
const NEAR: usize = 256;
/// Longest name of a program that is read, in bytes.
const LONGEST: usize = 200;

/// A manifest that a text holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The program that it says wrote it.
    pub generator: Option<String>,
}

/// The manifests of a text; one whose length or box is broken is none.
pub fn manifests(text: &str) -> Vec<Manifest> {
    if text.is_ascii() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut bytes: Vec<u8> = Vec::new();
    for c in text.chars().map(Some).chain(std::iter::once(None)) {
        if let Some(byte) = c.and_then(byte_of) {
            bytes.push(byte);
        } else {
            found.extend(read(&bytes));
            bytes.clear();
        }
    }
    found
}

/// The byte that a variation selector stands for.
fn byte_of(c: char) -> Option<u8> {
    match u32::from(c) {
        code @ 0xFE00..=0xFE0F => u8::try_from(code - 0xFE00).ok(),
        code @ 0xE0100..=0xE01EF => u8::try_from(code - 0xE0100 + 16).ok(),
        _ => None,
    }
}

fn read(bytes: &[u8]) -> Option<Manifest> {
    let (head, rest) = bytes.strip_prefix(MAGIC)?.split_at_checked(HEAD)?;
    let (version, length) = head.split_first()?;
    let length = usize::try_from(u32::from_be_bytes(length.try_into().ok()?)).ok()?;
    let store = rest.get(..length)?;
    let is_box = store.get(4..8) == Some(b"jumb".as_slice());
    (*version == VERSION && is_box).then(|| Manifest { generator: generator(store) })
}

/// The value of a claim's `claim_generator`, or the name in its `claim_generator_info`.
fn generator(store: &[u8]) -> Option<String> {
    let behind = |key: &[u8]| {
        let at = store.windows(key.len()).position(|window| window == key)?;
        store.get(at + key.len()..)
    };
    // Keys as CBOR writes them: a byte of kind and length, then the letters.
    behind(b"\x6fclaim_generator").and_then(text).or_else(|| {
        let info = behind(b"\x74claim_generator_info")?;
        let info = info.get(..info.len().min(NEAR))?;
        let key = b"\x64name";
        let at = info.windows(key.len()).position(|window| window == key)?;
        text(info.get(at + key.len()..)?)
    })
}

/// A CBOR text string.
fn text(cbor: &[u8]) -> Option<String> {
    let (&kind, rest) = cbor.split_first()?;
    let (length, rest) = match kind {
        0x60..=0x77 => (usize::from(kind - 0x60), rest),
        0x78 => (usize::from(*rest.first()?), rest.get(1..)?),
        _ => return None,
    };
    let name = std::str::from_utf8(rest.get(..length)?).ok()?.trim();
    (!name.is_empty() && length <= LONGEST && !name.chars().any(char::is_control))
        .then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(bytes: &[u8]) -> String {
        let selector = |byte: &u8| {
            let code = u32::from(*byte);
            char::from_u32(if code < 16 { 0xFE00 + code } else { 0xE0100 + code - 16 }).unwrap()
        };
        bytes.iter().map(selector).collect()
    }

    fn wrapped(claim: &[u8]) -> String {
        let mut store = vec![0, 0, 0, 0, b'j', b'u', b'm', b'b'];
        store.extend(claim);
        let mut bytes = MAGIC.to_vec();
        bytes.push(VERSION);
        bytes.extend(u32::try_from(store.len()).unwrap().to_be_bytes());
        bytes.extend(store);
        format!("Der Kran steht wieder.\u{FEFF}{} Mehr folgt.", hidden(&bytes))
    }

    #[test]
    fn the_program_that_a_manifest_names_is_read() {
        let named = |name: &str| Manifest { generator: Some(name.to_owned()) };
        let old = wrapped(b"\xa2\x6fclaim_generator\x6eHafen-CMS/4.1 \x64alg\0");
        assert_eq!(manifests(&old), [named("Hafen-CMS/4.1")]);
        let new = wrapped(b"\x74claim_generator_info\xa2\x64name\x69Hafen-CMS\x67version\x634.1");
        assert_eq!(manifests(&new), [named("Hafen-CMS")]);
        assert_eq!(manifests(&wrapped(b"\xa0")), [Manifest::default()]);
    }

    #[test]
    fn what_is_broken_or_something_else_is_no_manifest() {
        let whole = wrapped(b"\xa0");
        let cut: String = whole.chars().take(34).collect();
        for text in ["Ein Herz \u{2764}\u{FE0F}.", "Nur Text.", &hidden(b"C2PATXT\0"), &cut] {
            assert_eq!(manifests(text), [], "{text:?}");
        }
    }
}
