//! What the store promises: identity, revisions, removal, look-ups, soundness, and what it costs.

mod adding;
mod deposits;
mod scale;
