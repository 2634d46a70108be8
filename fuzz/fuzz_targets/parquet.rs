//! Parquet tables, from bytes.

#![no_main]

mod reading;

libfuzzer_sys::fuzz_target!(|data: &[u8]| reading::read_behind(b"PAR1", "a.parquet", data));
