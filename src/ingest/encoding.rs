//! Owns how bytes become text: mark, declaration, then detection; and how bytes that are no text are told.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Beginnings of files that are no text, and what they are.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (DOCX, WACZ …)"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed"),
    (b"BZh", "bzip2-compressed"),
    (b"\xfd7zXZ\x00", "xz-compressed"),
    (b"PAR1", "a Parquet table"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a media file"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
];

/// What the bytes are, where they are certainly no text: a name for the refusal.
pub(crate) fn not_text(head: &[u8]) -> Option<&'static str> {
    if let Some((_, name)) = SIGNATURES.iter().find(|(mark, _)| head.starts_with(mark)) {
        return Some(name);
    }
    if utf16_of(head).is_some() {
        return None;
    }
    let odd = head.iter().filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    // A stray zero byte is damage; many are numbers.
    let zeros = head.split(|byte| *byte == 0).count() - 1;
    (zeros * 200 > head.len() || odd * 100 > head.len() * 2).then_some("binary data")
}

/// Whether a text begins with the headers of a mail (or of a page saved as one).
pub(crate) fn is_mail(head: &str) -> bool {
    let headers: Vec<&str> = head
        .lines()
        .take_while(|line| !line.trim().is_empty())
        .filter(|l| !l.starts_with([' ', '\t']))
        .collect();
    let name = |line: &&str| line.split_once(':').map(|(name, _)| name.to_lowercase());
    let names: Vec<String> = headers.iter().filter_map(name).collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let plain = |name: &String| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    names.len() >= 3
        && names.len() == headers.len()
        && names.iter().all(plain)
        && (has("mime-version") || has("received") || (has("from") && has("subject")))
}

/// Text of bytes: byte order mark, UTF-16 without one, `declared` (a label such as "iso-8859-1"), UTF-8, then
/// detection. A few broken sequences in text that is UTF-8 otherwise become U+FFFD.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    if let Some(encoding) = utf16_of(bytes) {
        return encoding.decode_without_bom_handling(bytes).0.into_owned();
    }
    // Escape sequences are ISO-2022-JP, which is valid UTF-8 too.
    if let Ok(text) = std::str::from_utf8(bytes)
        && !bytes.contains(&0x1b)
    {
        return text.to_owned();
    }
    if mostly_utf8(bytes) {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let encoding = match declared {
        Some(encoding) if encoding != UTF_8 => encoding,
        _ => detected(bytes),
    };
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

fn detected(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess == UTF_8 { WINDOWS_1252 } else { guess }
}

/// UTF-16 without a mark: every other byte of mostly Latin text is zero, on one side only.
fn utf16_of(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding != UTF_8).then_some(encoding);
    }
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if sample.len() < 4 {
        return None;
    }
    let pairs = sample.len() / 2;
    let zero_first = sample.chunks_exact(2).filter(|pair| pair[0] == 0 && pair[1] != 0).count();
    let zero_second = sample.chunks_exact(2).filter(|pair| pair[1] == 0 && pair[0] != 0).count();
    if zero_second * 10 > pairs * 4 && zero_first * 20 < pairs {
        Some(UTF_16LE)
    } else if zero_first * 10 > pairs * 4 && zero_second * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether broken sequences are rare beside whole ones: a cut or spliced UTF-8 text, no other encoding.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut broken, mut whole) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken * 4
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "Zürich – Die Öffnung der Märkte überrascht „alle“. Größere Übernahmen stehen bevor.";

    #[test]
    fn encodings_without_declaration() {
        let little: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let (windows, _, _) = WINDOWS_1252.encode(TEXT);
        assert_eq!(decode(&little, None), TEXT);
        assert_eq!(decode(&big, None), TEXT);
        assert_eq!(decode(&[b"\xff\xfe".as_slice(), &little].concat(), None), TEXT);
        assert_eq!(decode(&[b"\xfe\xff".as_slice(), &big].concat(), None), TEXT);
        assert_eq!(decode(&[b"\xef\xbb\xbf".as_slice(), TEXT.as_bytes()].concat(), None), TEXT);
        assert_eq!(decode(&windows, None), TEXT);
        assert_eq!(decode(TEXT.as_bytes(), Some("iso-8859-1")), TEXT);
    }

    #[test]
    fn one_broken_sequence_does_not_turn_the_rest_into_another_encoding() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.push(0xff);
        assert_eq!(decode(&bytes, None), format!("{TEXT}\u{fffd}"));
    }

    #[test]
    fn binary_is_told() {
        assert_eq!(not_text(b"%PDF-1.7"), Some("a PDF"));
        assert_eq!(not_text(&[0, 1, 2, 3, 200, 0, 0, 9, 12]), Some("binary data"));
        assert_eq!(not_text(TEXT.as_bytes()), None);
        assert_eq!(
            not_text("ab".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>().as_slice()),
            None
        );
    }
}
