//! NewsML 1, from bytes.

#![no_main]

mod reading;

libfuzzer_sys::fuzz_target!(|data: &[u8]| reading::read_behind(b"<NewsML>", "a.xml", data));
