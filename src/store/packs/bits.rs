//! Numbers in as few bits as they need: runs of ones, fixed widths, and codes for gaps.

use std::io::{self, Read, Write};

/// Ones in a row after which a number stands in full: bounds what an outlier costs.
const RUN: u32 = 24;
/// Bits of a number that stands in full.
const FULL: u32 = 40;

/// Writes bits, the lowest of a number first.
pub struct BitWriter<W> {
    out: W,
    held: u64,
    filled: u32,
}

impl<W: Write> BitWriter<W> {
    pub fn new(out: W) -> Self {
        Self { out, held: 0, filled: 0 }
    }

    /// The lowest `width` ≤ 40 bits of a value.
    pub fn put(&mut self, value: u64, width: u32) -> io::Result<()> {
        self.held |= (value & ((1 << width) - 1)) << self.filled;
        self.filled += width;
        while self.filled >= 8 {
            self.out.write_all(&self.held.to_le_bytes()[..1])?;
            self.held >>= 8;
            self.filled -= 8;
        }
        Ok(())
    }

    /// A value below 2^40 in Rice's code: `value >> width` ones, a zero, the rest; Golomb–Rice (1966, 1979).
    pub fn rice(&mut self, value: u64, width: u32) -> io::Result<()> {
        let ones = value >> width;
        if ones >= u64::from(RUN) {
            self.put(u64::MAX, RUN)?;
            return self.put(value, FULL);
        }
        let ones = u32::try_from(ones).unwrap_or(RUN);
        self.put((1 << ones) - 1, ones + 1)?;
        self.put(value, width)
    }

    /// Fills the last byte up.
    pub fn finish(mut self) -> io::Result<W> {
        if self.filled > 0 {
            self.put(0, 8 - self.filled)?;
        }
        Ok(self.out)
    }
}

/// Reads what a [`BitWriter`] wrote.
pub struct BitReader<R> {
    input: R,
    held: u64,
    filled: u32,
}

impl<R: Read> BitReader<R> {
    pub fn new(input: R) -> Self {
        Self { input, held: 0, filled: 0 }
    }

    pub fn take(&mut self, width: u32) -> io::Result<u64> {
        while self.filled < width {
            let mut byte = [0];
            self.input.read_exact(&mut byte)?;
            self.held |= u64::from(byte[0]) << self.filled;
            self.filled += 8;
        }
        let value = self.held & ((1 << width) - 1);
        self.held >>= width;
        self.filled -= width;
        Ok(value)
    }

    pub fn rice(&mut self, width: u32) -> io::Result<u64> {
        let mut ones = 0;
        while ones < RUN && self.take(1)? == 1 {
            ones += 1;
        }
        if ones == RUN { self.take(FULL) } else { Ok(u64::from(ones) << width | self.take(width)?) }
    }

    /// The input behind the last byte that was begun.
    pub fn into_inner(self) -> R {
        self.input
    }
}

/// Bits that Rice's code has beside the ones, for gaps of about `mean`.
pub fn rice_width(mean: u64) -> u32 {
    mean.max(1).ilog2().min(32)
}

/// The mean of the last gaps, on both sides of a file alike: hashes are dense in the kept part and thin beyond it.
pub struct Recent {
    sum: u64,
    count: u64,
}

impl Recent {
    /// Gaps after which older ones count half.
    const MEMORY: u64 = 64;

    pub fn new() -> Self {
        Self { sum: 256, count: 1 }
    }

    pub fn width(&self) -> u32 {
        rice_width(self.sum / self.count)
    }

    pub fn see(&mut self, gap: u64) {
        self.sum += gap;
        self.count += 1;
        if self.count >= Self::MEMORY {
            self.sum /= 2;
            self.count /= 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_back(numbers in prop::collection::vec((0u64..1 << 40, 0u32..33), 0..200)) {
            let mut writer = BitWriter::new(Vec::new());
            for (number, width) in &numbers {
                writer.rice(*number, *width).unwrap();
            }
            let bytes = writer.finish().unwrap();
            let mut reader = BitReader::new(bytes.as_slice());
            for (number, width) in &numbers {
                prop_assert_eq!(reader.rice(*width).unwrap(), *number);
            }
            prop_assert!(reader.into_inner().is_empty());
        }
    }

    #[test]
    fn what_ends_too_early_is_an_error() {
        assert!(BitReader::new([0xff_u8].as_slice()).rice(3).is_err());
    }
}
