//! Owns compressed inputs: gzip of many members, of which a damaged one costs only itself, and zstd.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

const GZIP: &[u8] = b"\x1f\x8b";
/// The same with the only method that gzip has.
const MARK: &[u8] = b"\x1f\x8b\x08";
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
    let raw = Raw { inner: stream, again: Vec::new(), at: 0, log: Vec::new() };
    Ok(Box::new(Members { at: At::Between(raw), told: false }))
}

/// Gzip members one after another. A damaged one is an error once; the next read goes on with the member after it.
struct Members<R: BufRead> {
    at: At<R>,
    /// Whether the damage that is being passed was told already.
    told: bool,
}

enum At<R: BufRead> {
    Between(Raw<R>),
    Inside(Box<GzDecoder<Raw<R>>>),
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
                    if raw.seek_member()? {
                        self.at = At::Inside(Box::new(GzDecoder::new(raw)));
                    }
                }
                At::Inside(mut member) => match member.read(buffer) {
                    Ok(0) => self.at = At::Between(member.into_inner()),
                    Ok(read) => {
                        self.at = At::Inside(member);
                        self.told = false;
                        return Ok(read);
                    }
                    Err(error) => {
                        let mut raw = member.into_inner();
                        raw.go_back();
                        self.at = At::Between(raw);
                        if !std::mem::replace(&mut self.told, true) {
                            let reason = format!("damaged gzip data ({error})");
                            return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
                        }
                    }
                },
            }
        }
    }
}

/// Bytes of a member that are kept to look for the next one inside: damage can make a decoder run past its end.
const MAX_LOG: usize = 1 << 20;

/// Compressed bytes, those of the current member kept as far as [`MAX_LOG`].
struct Raw<R> {
    inner: R,
    /// Bytes to be read once more, from `at` on.
    again: Vec<u8>,
    at: usize,
    log: Vec<u8>,
}

impl<R: BufRead> Raw<R> {
    /// Skips to the next member's first bytes, without taking them; false at the end.
    fn seek_member(&mut self) -> io::Result<bool> {
        loop {
            self.log.clear();
            let chunk = self.fill_buf()?;
            if chunk.is_empty() {
                return Ok(false);
            }
            match chunk.iter().position(|byte| *byte == GZIP[0]) {
                // At a chunk's end the rest of the mark is not seen yet: the decoder will tell.
                Some(0) if chunk.len() < MARK.len() || chunk.starts_with(MARK) => return Ok(true),
                Some(0) => self.consume(1),
                Some(at) => self.consume(at),
                None => {
                    let all = chunk.len();
                    self.consume(all);
                }
            }
        }
    }

    /// Puts back what was read of a damaged member, its first byte apart.
    fn go_back(&mut self) {
        let mut again: Vec<u8> = self.log.drain(..).skip(1).collect();
        again.extend_from_slice(self.again.get(self.at..).unwrap_or_default());
        self.again = again;
        self.at = 0;
    }
}

impl<R: BufRead> Read for Raw<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let chunk = self.fill_buf()?;
        let read = chunk.len().min(buffer.len());
        buffer[..read].copy_from_slice(&chunk[..read]);
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Raw<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.again.len() {
            return Ok(&self.again[self.at..]);
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        let room = MAX_LOG.saturating_sub(self.log.len()).min(amount);
        if self.at < self.again.len() {
            self.log.extend_from_slice(&self.again[self.at..self.at + room]);
            self.at += amount;
            return;
        }
        if let Ok(chunk) = self.inner.fill_buf() {
            self.log.extend_from_slice(&chunk[..room.min(chunk.len())]);
        }
        self.inner.consume(amount);
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
