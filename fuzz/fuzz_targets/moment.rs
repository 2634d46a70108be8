//! Dates, from text.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = copytrail::ingest::parse_moment(text);
});
