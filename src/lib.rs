//! copytrail: where did this article come from, and who lives on other people's copy?
//!
//! `model ← {language, credits} ← {ingest, fingerprinter, store, tracer, reporter} ← workflow ← {cli, web} ← main`

pub mod model;
pub mod store;
