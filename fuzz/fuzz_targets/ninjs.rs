//! Ninjs, from bytes.

#![no_main]

mod reading;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| reading::read_behind(
    b"{\"uri\":\"urn:newsml:dpa.com:1\",\"versioncreated\":",
    "a.json",
    data
));
