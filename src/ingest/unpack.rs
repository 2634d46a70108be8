//! Owns compressed inputs: gzip of many members, of which a damaged one costs only itself, and zstd.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;

const GZIP: &[u8] = b"\x1f\x8b";
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd";

/// Whether an input that begins so is compressed in a way that is read here.
pub(crate) fn is_packed(head: &[u8]) -> bool {
    head.starts_with(GZIP) || head.starts_with(ZSTD)
}

/// The stream of what was compressed; nothing is held but a window, whatever it unpacks to.
pub(crate) fn unpacked(head: &[u8], stream: impl BufRead + 'static) -> io::Result<Box<dyn Read>> {
    if head.starts_with(ZSTD) {
        return Ok(Box::new(zstd::stream::read::Decoder::with_buffer(stream)?));
    }
    Ok(Box::new(Members { at: At::Between(BufReader::with_capacity(1 << 16, stream)) }))
}

/// Gzip members one after another. A damaged one is an error once; the next read goes on with the member after it.
struct Members<R: BufRead> {
    at: At<R>,
}

enum At<R: BufRead> {
    Between(R),
    Inside(Box<GzDecoder<R>>),
    End,
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.at, At::End) {
                At::End => return Ok(0),
                At::Between(mut raw) => {
                    if seek_member(&mut raw)? {
                        self.at = At::Inside(Box::new(GzDecoder::new(raw)));
                    }
                }
                At::Inside(mut member) => match member.read(buffer) {
                    Ok(0) => self.at = At::Between(member.into_inner()),
                    Ok(read) => {
                        self.at = At::Inside(member);
                        return Ok(read);
                    }
                    Err(error) => {
                        self.at = At::Between(member.into_inner());
                        let reason = format!("damaged gzip data ({error})");
                        return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
                    }
                },
            }
        }
    }
}

/// Skips to the next member's first bytes, without taking them; false at the end.
fn seek_member(raw: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let chunk = raw.fill_buf()?;
        if chunk.is_empty() {
            return Ok(false);
        }
        match chunk.iter().position(|byte| *byte == GZIP[0]) {
            Some(0) if chunk.len() == 1 || chunk.starts_with(GZIP) => return Ok(true),
            Some(0) => raw.consume(1),
            Some(at) => raw.consume(at),
            None => {
                let all = chunk.len();
                raw.consume(all);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn member(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_damaged_member_costs_only_itself() {
        let mut second = member(&"zwei zwei drei ".repeat(50));
        let middle = second.len() / 2;
        second[middle..].iter_mut().for_each(|byte| *byte = 0xff);
        let bytes = [member("eins"), second, member("drei")].concat();
        let mut stream = unpacked(&bytes.clone(), io::Cursor::new(bytes)).unwrap();
        let (mut text, mut errors) = (Vec::new(), 0);
        loop {
            match stream.read_to_end(&mut text) {
                Ok(_) => break,
                Err(_) => errors += 1,
            }
            assert!(errors < 9, "it goes on");
        }
        let text = String::from_utf8_lossy(&text);
        assert!(text.starts_with("eins") && text.ends_with("drei"), "{text}");
        assert!(errors >= 1);
    }
}
