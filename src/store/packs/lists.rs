//! The postings of a pack: for each hash, ascending, its gap to the one before it, the number of its articles, and
//! their gaps. Gaps are in Rice's code, as wide as the last ones were, or as articles spread evenly would ask for. Near
//! the number of bits that the same sets cannot be told in fewer of.

use std::io::{self, Read, Write};

use super::HASH_BITS;
use super::bits::{BitReader, BitWriter, Recent, rice_width};

fn odd(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

/// Writes lists.
pub struct ListWriter<W> {
    bits: BitWriter<W>,
    recent: Recent,
    /// Above the last hash.
    next: u64,
    articles: u64,
}

impl<W: Write> ListWriter<W> {
    pub fn new(out: W, articles: u64) -> Self {
        Self { bits: BitWriter::new(out), recent: Recent::new(), next: 0, articles }
    }

    /// `hash`: above all before it; `articles`: ascending, at least one.
    pub fn put(&mut self, hash: u64, articles: &[u32]) -> io::Result<()> {
        let gap = hash - self.next;
        self.next = hash + 1;
        self.bits.rice(gap, self.recent.width())?;
        self.recent.see(gap);
        let count = articles.len() as u64;
        self.bits.rice(count - 1, 0)?;
        let width = rice_width(self.articles / count);
        let mut next = 0;
        for &article in articles {
            self.bits.rice(u64::from(article) - next, width)?;
            next = u64::from(article) + 1;
        }
        Ok(())
    }

    pub fn finish(self) -> io::Result<W> {
        self.bits.finish()
    }
}

/// Reads lists, trusting nothing that they say.
pub struct ListReader<R> {
    bits: BitReader<R>,
    recent: Recent,
    next: u64,
    articles: u64,
}

impl<R: Read> ListReader<R> {
    pub fn new(input: R, articles: u64) -> Self {
        Self { bits: BitReader::new(input), recent: Recent::new(), next: 0, articles }
    }

    /// The next hash; its articles go into `into`.
    pub fn take(&mut self, into: &mut Vec<u32>) -> io::Result<u64> {
        let gap = self.bits.rice(self.recent.width())?;
        self.recent.see(gap);
        let hash = self.next + gap;
        if hash >> HASH_BITS != 0 {
            return Err(odd("a hash is too large"));
        }
        self.next = hash + 1;
        let count = self.bits.rice(0)? + 1;
        if count > self.articles {
            return Err(odd("a hash has more articles than there are"));
        }
        let width = rice_width(self.articles / count);
        let mut next = 0;
        into.clear();
        for _ in 0..count {
            let article = next + self.bits.rice(width)?;
            if article >= self.articles {
                return Err(odd("a hash names an article that is not there"));
            }
            next = article + 1;
            into.push(u32::try_from(article).map_err(|_| odd("an article is too far"))?);
        }
        Ok(hash)
    }

    pub fn into_inner(self) -> R {
        self.bits.into_inner()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_back() {
        let lists: [(u64, &[u32]); 4] =
            [(0, &[0]), (1, &[0, 1, 9]), (70_000, &[3]), (u64::from(u32::MAX), &[9])];
        let mut writer = ListWriter::new(Vec::new(), 10);
        for (hash, articles) in lists {
            writer.put(hash, articles).unwrap();
        }
        let bytes = writer.finish().unwrap();
        let mut reader = ListReader::new(bytes.as_slice(), 10);
        let mut into = Vec::new();
        for (hash, articles) in lists {
            assert_eq!(reader.take(&mut into).unwrap(), hash);
            assert_eq!(into, articles);
        }
        assert!(reader.into_inner().is_empty());
    }

    #[test]
    fn what_lies_is_refused() {
        let mut writer = ListWriter::new(Vec::new(), 100);
        writer.put(5, &[99]).unwrap();
        let bytes = writer.finish().unwrap();
        assert!(ListReader::new(bytes.as_slice(), 90).take(&mut Vec::new()).is_err());
    }
}
