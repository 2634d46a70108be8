//! Slow
//! Sources across languages and wordings with many other articles on file: what is named, rightly and falsely, and how
//! long a trace takes.
//!
//! `COPYTRAIL_CROWD=0,10000,100000 cargo test --release --test crowd -- --nocapture` prints a line a suite and a number of
//! others; `COPYTRAIL_ARGUMENTS` is added to each trace, and `COPYTRAIL_CROWD_KEEP=FOLDER` keeps what the traces said.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

#[path = "../benches/generator/dice.rs"]
#[allow(dead_code, reason = "the generator needs what this does not")]
mod dice;
#[path = "crowd/others.rs"]
mod others;

use std::io::Write as _;
use others::Others;

#[test]
fn x() {
    let n: u64 = std::env::var("N").unwrap().parse().unwrap();
    let mut out = std::io::BufWriter::new(std::fs::File::create(std::env::var("OUT").unwrap()).unwrap());
    let others = Others::new(1);
    for number in 0..n { writeln!(out, "{}", others.article(number)).unwrap(); }
}
