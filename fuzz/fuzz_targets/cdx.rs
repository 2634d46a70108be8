//! Indexes of crawls, from bytes.

#![no_main]

mod reading;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| reading::read_behind(b"example,n)/a 20240502123000 ", "a.cdx", data));
