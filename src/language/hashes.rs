//! A hasher for keys that are hashes already.

use std::hash::{BuildHasherDefault, Hasher};

/// Builds the hasher of a map whose keys are hashes.
pub(crate) type Hashed = BuildHasherDefault<Same>;

/// Gives a `u64` back as it is.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxhash_rust::xxh3::xxh3_64(bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
