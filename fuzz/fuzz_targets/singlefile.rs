//! Pages saved with SingleFile, from bytes.

#![no_main]

mod reading;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| reading::read_behind(
    b"<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: ",
    "a.html",
    data
));
