//! Reads bytes behind a beginning that tells their format.

use std::ops::ControlFlow;

use copytrail::ingest::{Given, Limits, read_bytes};

/// Reads `beginning` and `data` as a file of this name; a panic, a hang or an endless growth is what is looked for.
pub fn read_behind(beginning: &[u8], name: &str, data: &[u8]) {
    let bytes = [beginning, data].concat();
    let limits = Limits { max_bytes: 1_000_000, ..Limits::default() };
    let _ = read_bytes(name, bytes, &Given::default(), &limits, &mut |_| ControlFlow::Continue(()));
}
