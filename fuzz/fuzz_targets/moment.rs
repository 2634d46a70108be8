//! Dates, from text.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = copytrail::ingest::parse_moment(text);
});
