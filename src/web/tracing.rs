//! From what a client asks about to a trace: an article on file, an address, or what was sent.

use std::sync::Arc;

use url::Url;

use super::app::{App, Lanes};
use super::jobs::renamed;
use super::problem::Problem;
use super::spool::Spool;
use super::workers::Lane;
use crate::model::{Refusal, TraceReport};
use crate::workflow::{self, Context, Given, TraceOptions, WorkflowError};

/// What is asked about.
#[derive(Clone)]
pub(super) enum Question {
    /// By its number.
    OnFile(i64),
    /// A page that is not on file.
    Address(String),
    /// What was sent.
    Sent(Arc<Spool>),
}

/// Sources in other languages and in other words.
pub(super) fn both() -> TraceOptions {
    TraceOptions { translation: true, rewriting: true, ..TraceOptions::default() }
}

/// Finds what a client means: nothing but an article on file or an http(s) address. A path would be
/// the server's own file.
pub(super) async fn meant(app: &App, what: &str) -> Result<Question, Problem> {
    let asked = what.trim().to_owned();
    let found = app.work(|lanes| &lanes.look, move |context| workflow::on_file(context, &asked));
    if let Some(id) = found.await? {
        return Ok(Question::OnFile(id));
    }
    match Url::parse(what.trim()) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => {
            Ok(Question::Address(url.to_string()))
        }
        _ => Err(not_on_file(what)),
    }
}

/// The same, but only what is on file.
pub(super) async fn on_file(app: &App, what: &str) -> Result<i64, Problem> {
    match meant(app, what).await? {
        Question::OnFile(id) => Ok(id),
        _ => Err(not_on_file(what)),
    }
}

fn not_on_file(what: &str) -> Problem {
    let shown: String = what.chars().take(200).collect();
    Problem::not_found(format!("{shown}: is not on file; /api/1/articles lists what is"))
}

/// Traces it; each report goes to the sink under the name that the client knows.
pub(super) fn trace(
    context: &Context,
    question: &Question,
    (options, given): (&TraceOptions, &Given),
    sink: &mut dyn FnMut(TraceReport),
) -> Result<Vec<Refusal>, WorkflowError> {
    match question {
        Question::OnFile(id) => {
            Ok(workflow::trace(context, &[format!("id:{id}")], options, given, sink)?.refused)
        }
        Question::Address(url) => {
            Ok(workflow::trace(context, std::slice::from_ref(url), options, given, sink)?.refused)
        }
        Question::Sent(spool) => {
            let input = spool.input();
            let mut named = |mut report: TraceReport| {
                rename(&mut report, &input, &spool.name);
                sink(report);
            };
            match workflow::trace(context, std::slice::from_ref(&input), options, given, &mut named)
            {
                Ok(done) => Ok(renamed(done.refused, spool)),
                Err(WorkflowError::Ingest(error)) => {
                    let reason = error.to_string().replace(&input, &spool.name);
                    Err(WorkflowError::NothingRead { inputs: spool.name.clone(), reason })
                }
                Err(error) => Err(error),
            }
        }
    }
}

/// Puts the sender's name in the place of the file that the input was kept in.
fn rename(report: &mut TraceReport, path: &str, name: &str) {
    name.clone_into(&mut report.query.file);
    let texts = report
        .evidence
        .iter_mut()
        .flat_map(|evidence| [&mut evidence.about, &mut evidence.says])
        .chain(report.figures.iter_mut().map(|figures| &mut figures.about))
        .chain([&mut report.says]);
    for text in texts {
        if text.contains(path) {
            *text = text.replace(path, name);
        }
    }
}

impl Question {
    /// Where it is worked on.
    pub fn lane(&self) -> fn(&Lanes) -> &Lane {
        match self {
            Self::Address(_) => |lanes| &lanes.fetch,
            _ => |lanes| &lanes.trace,
        }
    }
}
