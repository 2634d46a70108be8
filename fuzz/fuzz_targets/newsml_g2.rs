//! NewsML-G2, from bytes.

#![no_main]

mod reading;

libfuzzer_sys::fuzz_target!(|data: &[u8]| reading::read_behind(b"<newsItem guid=\"a\">", "a.xml", data));
