//! From what a client asks about to a trace: an article on file, an address, or what was sent.

use std::sync::Arc;

use url::Url;

use super::app::Lanes;
use super::jobs::{Plan, renamed};
use super::problem::Problem;
use super::spool::Spool;
use super::workers::Lane;
use crate::model::{Refusal, Report, TraceReport};
use crate::workflow::{self, Context, Done, Given, TraceOptions, WorkflowError};

/// Traces of a batch that one page shows.
pub(super) const MOST_SHOWN: usize = 50;

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

/// Finds what a client means: nothing but an article on file or an http(s) address. A path would be
/// the server's own file.
pub(super) fn meant(context: &Context, what: &str) -> Result<Question, Problem> {
    if let Some(id) = workflow::on_file(context, what.trim())? {
        return Ok(Question::OnFile(id));
    }
    page_address(what).map(Question::Address).ok_or_else(|| not_on_file(what))
}

/// The number of an article on file.
pub(super) fn on_file(context: &Context, what: &str) -> Result<i64, Problem> {
    workflow::on_file(context, what.trim())?.ok_or_else(|| not_on_file(what))
}

/// The same, as the workflow takes it without doubt.
pub(super) fn number(context: &Context, what: &str) -> Result<String, Problem> {
    on_file(context, what).map(|id| format!("id:{id}"))
}

/// The address of a page that may be fetched; anything else could be a file of this machine's.
pub(super) fn page_address(what: &str) -> Option<String> {
    let url = Url::parse(what.trim()).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| url.to_string())
}

fn not_on_file(what: &str) -> Problem {
    let shown: String = what.chars().take(200).collect();
    Problem::not_found(format!(
        "{shown}: is not on file; a search or the list of articles shows what is"
    ))
}

/// A trace as a job: texts side by side are kept for as many as a page shows.
pub(super) fn plan(question: Question, options: TraceOptions, given: Given) -> Plan {
    Plan {
        kind: "trace",
        lane: question.lane(),
        work: Box::new(move |context| {
            let mut traces = Vec::new();
            let refused = trace(context, &question, (&options, &given), &mut |mut report| {
                if traces.len() >= MOST_SHOWN {
                    report.comparisons = Vec::new();
                }
                traces.push(report);
            })?;
            Ok(Done { value: Report::Trace(traces), refused })
        }),
    }
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
