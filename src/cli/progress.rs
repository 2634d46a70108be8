//! Progress and refusals on stderr; stdout is the result's.

use std::collections::HashSet;
use std::io::{self, IsTerminal};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::model::Refusal;
use crate::reporter::plain;
use crate::workflow::Progress;

/// The person's side of stderr: a bar where it is a terminal, a line for each refusal anywhere.
#[derive(Debug, Clone)]
pub(super) struct Console {
    /// Drawn from the first step on.
    bar: ProgressBar,
    shown: bool,
    /// Lines that have named a refusal so far.
    named: Arc<Mutex<HashSet<String>>>,
}

impl Console {
    pub(super) fn new(quiet: bool) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        Self { bar, shown: !quiet && io::stderr().is_terminal(), named: Arc::default() }
    }

    /// A line above the bar.
    pub(super) fn note(&self, text: &str) {
        self.aside(|| eprintln!("copytrail: {}", plain(text)));
    }

    /// Does what writes to the terminal with the bar out of its way.
    pub(super) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }

    /// Names the refusals that the work did not name while it ran.
    pub(super) fn name_the_rest(&self, refused: &[Refusal]) {
        for refusal in refused {
            self.warn(refusal);
        }
    }

    /// Whether this line has not been said before.
    fn is_news(&self, line: &str) -> bool {
        self.named.lock().unwrap_or_else(PoisonError::into_inner).insert(line.to_owned())
    }

    /// A new stretch of work under the bar.
    fn begin(&self, what: String, bounded: bool) {
        let shape = if bounded {
            "{msg} {bar:30} {pos}/{len} {per_sec} {eta}"
        } else {
            "{msg} {spinner} {pos} {per_sec}"
        };
        if let Ok(style) = ProgressStyle::with_template(shape) {
            self.bar.set_style(style);
        }
        self.bar.reset();
        self.bar.set_draw_target(ProgressDrawTarget::stderr());
        self.bar.set_message(what);
        self.bar.enable_steady_tick(Duration::from_millis(200));
    }

    pub(super) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Console {
    fn step(&self, done: u64, total: Option<u64>, what: &str) {
        if !self.shown {
            return;
        }
        if let Some(total) = total {
            self.bar.set_length(total);
        }
        let what = plain(what);
        if self.bar.message() != what {
            self.begin(what, total.is_some());
        }
        self.bar.set_position(done);
    }

    fn warn(&self, refusal: &Refusal) {
        let place = refusal.line.map_or(String::new(), |line| format!(" line {line}"));
        let line = format!("{}{place}: refused: {}", refusal.file, refusal.reason);
        if self.is_news(&line) {
            self.note(&line);
        }
    }

    fn note(&self, text: &str) {
        Self::note(self, text);
    }

    fn finish(&self) {
        self.clear();
    }
}
