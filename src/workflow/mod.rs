//! Use cases: the only room that wires the others together.

pub mod candidates;
