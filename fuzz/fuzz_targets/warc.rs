//! WARC crawls, from bytes.

#![no_main]

mod reading;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| reading::read_behind(
    b"WARC/1.0\r\nWARC-Type: response\r\n",
    "a.warc",
    data
));
