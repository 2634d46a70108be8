//! Addresses, from text.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Some(once) = copytrail::ingest::normalise_address(text) {
        assert_eq!(copytrail::ingest::normalise_address(&once), Some(once));
    }
    let _ = copytrail::ingest::registrable_domain(text);
});
