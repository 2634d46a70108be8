//! JSON records, from bytes.

#![no_main]

mod reading;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| reading::read_behind(
    b"{\"url\":\"https://n.example/a\",",
    "a.json",
    data
));
