//! Mails, from bytes.

#![no_main]

mod reading;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| reading::read_behind(
    b"From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n",
    "a.eml",
    data
));
