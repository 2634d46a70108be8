//! ARC crawls, from bytes.

#![no_main]

mod reading;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| reading::read_behind(
    b"filedesc://a.arc 0.0.0.0 20240502123000 text/plain 0\n",
    "a.arc",
    data
));
