//! How far a piece of work is, for whoever looks at its job.

use std::sync::Arc;

use tokio::sync::watch;

use super::jobs::Seen;
use crate::model::Refusal;
use crate::workflow::Progress;

/// Writes into a job's state.
pub(super) struct Reporting(pub Arc<watch::Sender<Seen>>);

impl Progress for Reporting {
    fn step(&self, done: u64, total: Option<u64>, what: &str) {
        self.0.send_modify(|seen| {
            seen.done = done;
            seen.total = total;
            what.clone_into(&mut seen.what);
        });
    }

    fn warn(&self, _: &Refusal) {
        self.0.send_modify(|seen| seen.refused += 1);
    }

    fn note(&self, text: &str) {
        self.0.send_modify(|seen| seen.notes.push(text.to_owned()));
    }

    fn finish(&self) {}
}
