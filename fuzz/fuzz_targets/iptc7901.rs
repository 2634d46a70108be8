//! IPTC 7901, from bytes.

#![no_main]

mod reading;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| reading::read_behind(
    b"\x01dpa1234 4 pl 100 dpa 0001\n\x02",
    "a.iptc",
    data
));
