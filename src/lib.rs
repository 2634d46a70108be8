//! copytrail: where did this article come from, and who lives on other people's copy?
//!
//! `model ← {language, credits} ← {ingest, fingerprinter, store, tracer, reporter} ← workflow ← {cli, web} ← main`

pub mod cli;
pub mod credits;
pub mod fingerprinter;
pub mod ingest;
pub mod language;
pub mod model;
pub mod reporter;
pub mod store;
pub mod tracer;
pub mod web;
pub mod workflow;
