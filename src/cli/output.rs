//! Where the result goes: stdout as it comes, or a file, whole or not at all.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::ValueEnum;

use crate::model::Report;
use crate::reporter::{Format, Look, between, render};

use super::failure::Failure;
use super::progress::Console;
use super::replace::replace;

/// Formats of most commands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Shown {
    /// For a person at a terminal
    #[default]
    Text,
    /// One document
    Json,
    /// A line an item
    Jsonl,
}

/// Formats of a trace.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Traced {
    /// For a person at a terminal
    #[default]
    Text,
    /// One document
    Json,
    /// A line a query
    Jsonl,
    /// Graphviz, the chains of all queries in one graph
    Dot,
    /// A page of its own that opens without a network, the texts side by side
    Html,
    /// A row a source and a row a station of the chain, for spreadsheets
    Csv,
    /// The graph for other programs (GraphML)
    Graphml,
    /// The lineage as W3C PROV-JSON
    Prov,
}

/// Formats of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Listed {
    /// For a person at a terminal
    #[default]
    Text,
    /// One document
    Json,
    /// A line an item
    Jsonl,
    /// A row an item, for spreadsheets
    Csv,
}

impl From<Listed> for Format {
    fn from(listed: Listed) -> Self {
        match listed {
            Listed::Text => Self::Text,
            Listed::Json => Self::Json,
            Listed::Jsonl => Self::Jsonl,
            Listed::Csv => Self::Csv,
        }
    }
}

/// Formats of an audit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Audited {
    /// For a person at a terminal
    #[default]
    Text,
    /// One document
    Json,
    /// A line an outlet
    Jsonl,
    /// A page of its own that opens without a network, with plots and a list that sorts
    Html,
    /// A row an article, for spreadsheets
    Csv,
}

impl From<Audited> for Format {
    fn from(audited: Audited) -> Self {
        match audited {
            Audited::Text => Self::Text,
            Audited::Json => Self::Json,
            Audited::Jsonl => Self::Jsonl,
            Audited::Html => Self::Html,
            Audited::Csv => Self::Csv,
        }
    }
}

/// Formats of a comparison.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Compared {
    /// For a person at a terminal
    #[default]
    Text,
    /// One document
    Json,
    /// The same in one line
    Jsonl,
    /// A page of its own that opens without a network
    Html,
}

impl From<Compared> for Format {
    fn from(compared: Compared) -> Self {
        match compared {
            Compared::Text => Self::Text,
            Compared::Json => Self::Json,
            Compared::Jsonl => Self::Jsonl,
            Compared::Html => Self::Html,
        }
    }
}

impl From<Shown> for Format {
    fn from(shown: Shown) -> Self {
        match shown {
            Shown::Text => Self::Text,
            Shown::Json => Self::Json,
            Shown::Jsonl => Self::Jsonl,
        }
    }
}

impl From<Traced> for Format {
    fn from(traced: Traced) -> Self {
        match traced {
            Traced::Text => Self::Text,
            Traced::Json => Self::Json,
            Traced::Jsonl => Self::Jsonl,
            Traced::Dot => Self::Dot,
            Traced::Html => Self::Html,
            Traced::Csv => Self::Csv,
            Traced::Graphml => Self::Graphml,
            Traced::Prov => Self::Prov,
        }
    }
}

/// Items of a report that come one by one: shown at once where the format has a form for one item,
/// else when all are there.
pub(super) struct Items<'a, T> {
    output: &'a mut Output,
    format: Format,
    report: fn(Vec<T>) -> Report,
    held: Vec<T>,
    shown: bool,
}

impl<'a, T> Items<'a, T> {
    pub(super) fn new(
        output: &'a mut Output,
        format: Format,
        report: fn(Vec<T>) -> Report,
    ) -> Self {
        Self { output, format, report, held: Vec::new(), shown: false }
    }

    pub(super) fn put(&mut self, item: T) {
        if matches!(self.format, Format::Text | Format::Jsonl) {
            self.output.show(&(self.report)(vec![item]), self.format);
            self.shown = true;
        } else {
            self.held.push(item);
        }
    }

    pub(super) fn end(self) {
        if !self.shown {
            self.output.show(&(self.report)(self.held), self.format);
        }
    }
}

/// The result on its way out.
pub(super) struct Output {
    file: Option<PathBuf>,
    /// What goes to the file, until all of it is there.
    held: String,
    begun: bool,
    failed: Option<Failure>,
    /// Set when writing fails, so that the work behind it stops.
    interrupted: Arc<AtomicBool>,
    console: Console,
}

impl Output {
    pub(super) fn new(
        file: Option<PathBuf>,
        interrupted: Arc<AtomicBool>,
        console: Console,
    ) -> Self {
        Self { file, held: String::new(), begun: false, failed: None, interrupted, console }
    }

    /// Shows a report. What fails is told by [`Output::failed`], and stops the work.
    pub(super) fn show(&mut self, report: &Report, format: Format) {
        if self.failed.is_some() {
            return;
        }
        let written = match render(report, format, &self.look()) {
            Ok(text) if format == Format::Text && self.begun => {
                self.write(&format!("{}{text}", between(report)))
            }
            Ok(text) => self.write(&text),
            Err(error) => Err(error.into()),
        };
        self.begun = true;
        if let Err(failure) = written {
            self.failed = Some(failure);
            self.interrupted.store(true, Ordering::Relaxed);
        }
    }

    /// Text that is no report: completions, the demo's last words.
    pub(super) fn say(&mut self, text: &str) -> Result<(), Failure> {
        self.begun = true;
        self.write(text)
    }

    /// Bytes as they are made: into the file, whole or not at all, or to standard output.
    pub(super) fn stream<T>(
        &mut self,
        work: impl FnOnce(&mut (dyn Write + Send)) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let Some(path) = &self.file else {
            let mut stdout = io::BufWriter::new(io::stdout());
            let done = work(&mut stdout)?;
            return stdout.flush().map(|()| done).map_err(Failure::of_stdout);
        };
        let mut done = None;
        let written = replace(path, |file| {
            let mut buffered = io::BufWriter::new(file);
            done = Some(work(&mut buffered));
            match &done {
                Some(Ok(_)) => buffered.flush(),
                _ => Err(io::ErrorKind::Interrupted.into()),
            }
        });
        let failed = |source| Failure::Write { path: path.clone(), source };
        match done {
            Some(Ok(value)) => written.map(|()| value).map_err(failed),
            Some(Err(failure)) => Err(failure),
            None => Err(failed(written.err().unwrap_or_else(|| io::ErrorKind::Other.into()))),
        }
    }

    fn write(&mut self, text: &str) -> Result<(), Failure> {
        if self.file.is_some() {
            self.held.push_str(text);
            return Ok(());
        }
        let written = self.console.aside(|| {
            let mut stdout = io::stdout().lock();
            stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush())
        });
        written.map_err(Failure::of_stdout)
    }

    /// What failed while showing.
    pub(super) fn failed(&mut self) -> Result<(), Failure> {
        self.failed.take().map_or(Ok(()), Err)
    }

    /// Puts the file in its place.
    pub(super) fn close(self) -> Result<(), Failure> {
        match &self.file {
            Some(_) if self.held.is_empty() && !self.begun => Ok(()),
            Some(path) => {
                let written = replace(path, |file| file.write_all(self.held.as_bytes()));
                written.map_err(|source| Failure::Write { path: path.clone(), source })
            }
            None => Ok(()),
        }
    }

    fn look(&self) -> Look {
        let terminal = self.file.is_none() && io::stdout().is_terminal();
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|v| v == "dumb");
        Look { width: width(terminal), colour: terminal && !no_colour && !dumb }
    }
}

/// Columns: the terminal's, else what `COLUMNS` says, else 80.
fn width(terminal: bool) -> usize {
    let seen = if terminal { terminal_size::terminal_size() } else { None };
    let said = || std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).filter(|c| *c > 0);
    seen.map(|(width, _)| usize::from(width.0)).or_else(said).unwrap_or(Look::default().width)
}
