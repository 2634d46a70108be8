//! MHTML, from bytes.

#![no_main]

mod reading;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    reading::read_behind(b"MIME-Version: 1.0\r\nSnapshot-Content-Location: https://n.example/a\r\nContent-Type: multipart/related; boundary=b\r\n", "a.mhtml", data)
});
