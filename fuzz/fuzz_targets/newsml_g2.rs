//! NewsML-G2, from bytes.

#![no_main]

mod reading;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| reading::read_behind(b"<newsItem guid=\"a\">", "a.xml", data));
