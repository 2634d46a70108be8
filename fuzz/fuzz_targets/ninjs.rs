//! Ninjs, from bytes.

#![no_main]

mod reading;

libfuzzer_sys::fuzz_target!(|data: &[u8]| reading::read_behind(b"{\"uri\":\"urn:newsml:dpa.com:1\",\"versioncreated\":", "a.json", data));
