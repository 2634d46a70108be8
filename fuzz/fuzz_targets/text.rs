//! Whatever comes without a beginning of its own, from bytes.

#![no_main]

mod reading;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| reading::read_behind(b"", "a.txt", data));
