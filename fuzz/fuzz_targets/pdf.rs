//! PDF, from bytes.

#![no_main]

mod reading;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| reading::read_behind(b"%PDF-1.4\n", "a.pdf", data));
