//! What the store promises: identity, revisions, removal, look-ups, soundness, and what it costs.

// A test's unwrap is its assertion; the setting in clippy.toml reaches only functions marked as tests.
#![allow(clippy::unwrap_used)]

mod adding;
mod deposits;
mod kill;
mod opening;
mod postings;
mod reading;
mod removing;
mod scale;
mod schemes;
