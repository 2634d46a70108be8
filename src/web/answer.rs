//! Reports as answers: one document, or lines as they come.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde::Serialize;
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::app::{App, Lanes};
use super::problem::Problem;
use super::routes::{JSON, LINES};
use super::workers::{Lane, StopWhenGone};
use crate::model::{Refusal, Report};
use crate::reporter::{Format, Look, render};
use crate::workflow::{Context, Silent, WorkflowError};

/// Lines that wait for a client to read them.
const AHEAD: usize = 16;
/// How long a client may leave lines unread before its work is stopped.
const UNREAD: Duration = Duration::from_secs(30);

/// A line about an input that was refused.
#[derive(Serialize)]
struct Refused<'a> {
    schema: &'static str,
    #[serde(flatten)]
    refusal: &'a Refusal,
}

/// A line about work that ended early, after its answer had begun.
#[derive(Serialize)]
struct Broken<'a> {
    schema: &'static str,
    title: &'a str,
    status: u16,
    detail: &'a str,
}

/// A report as text of a format.
pub(super) fn text(report: &Report, format: Format) -> Result<String, Problem> {
    Ok(render(report, format, &Look::default())?)
}

/// As lines where these are wanted, else as one document.
pub(super) fn shown(
    report: &Report,
    refused: &[Refusal],
    as_lines: bool,
) -> Result<Response, Problem> {
    if as_lines { lines(report, refused) } else { document(report, refused) }
}

/// One document; what was refused stands under a key of its own.
pub(super) fn document(report: &Report, refused: &[Refusal]) -> Result<Response, Problem> {
    let mut text = text(report, Format::Json)?;
    if !refused.is_empty() {
        put(&mut text, "refusals", &refused)?;
    }
    Ok(of_kind(JSON, text))
}

/// Puts a key of ours at the end of a document.
pub(super) fn put(text: &mut String, key: &str, value: &impl Serialize) -> Result<(), Problem> {
    let Some(end) = text.rfind("\n}") else { return Ok(()) };
    let value = serde_json::to_string_pretty(value)
        .map_err(|error| Problem::broken(error.to_string()))?
        .replace('\n', "\n  ");
    text.insert_str(end, &format!(",\n  \"{key}\": {value}"));
    Ok(())
}

/// A line an item, then a line for each refusal.
fn lines(report: &Report, refused: &[Refusal]) -> Result<Response, Problem> {
    let mut text = text(report, Format::Jsonl)?;
    for refusal in refused {
        text += &refusal_line(refusal);
    }
    Ok(of_kind(LINES, text))
}

/// A body of a media type.
pub(super) fn of_kind(kind: &'static str, body: impl Into<Body>) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], body.into()).into_response()
}

/// A value of ours as JSON.
pub(super) fn value(value: &impl Serialize) -> Result<Response, Problem> {
    let text =
        serde_json::to_string_pretty(value).map_err(|error| Problem::broken(error.to_string()))?;
    Ok(of_kind(JSON, text + "\n"))
}

fn refusal_line(refusal: &Refusal) -> String {
    let line = Refused { schema: "copytrail.refusal/1", refusal };
    serde_json::to_string(&line).unwrap_or_default() + "\n"
}

/// Where streamed work puts its lines.
pub(super) struct Lines {
    to_client: mpsc::Sender<Bytes>,
    handle: Handle,
    stop: StopWhenGone,
}

impl Lines {
    /// A report of one item. A client that is gone, or reads nothing, stops the work.
    pub fn put(&self, report: &Report) {
        match render(report, Format::Jsonl, &Look::default()) {
            Ok(text) => self.send(text),
            Err(error) => self.end_with(&Problem::broken(error.to_string())),
        }
    }

    pub fn refuse(&self, refusal: &Refusal) {
        self.send(refusal_line(refusal));
    }

    fn end_with(&self, problem: &Problem) {
        let line = Broken {
            schema: "copytrail.problem/1",
            title: problem.kind,
            status: problem.status.as_u16(),
            detail: &problem.detail,
        };
        self.send(serde_json::to_string(&line).unwrap_or_default() + "\n");
    }

    fn send(&self, text: String) {
        if text.is_empty() {
            return;
        }
        let sent = self.handle.block_on(timeout(UNREAD, self.to_client.send(Bytes::from(text))));
        if !matches!(sent, Ok(Ok(()))) {
            self.stop.now();
        }
    }
}

/// Does work in a lane whose lines are sent as they come.
pub(super) async fn streamed(
    app: &App,
    lane: fn(&Lanes) -> &Lane,
    work: impl FnOnce(&Context, &Lines) -> Result<Vec<Refusal>, WorkflowError> + Send + 'static,
) -> Result<Response, Problem> {
    let place = lane(&app.lanes).enter().await?;
    let stop = app.begin()?;
    let context = app.context_with(&stop, Box::new(Silent));
    let (to_client, from_work) = mpsc::channel::<Bytes>(AHEAD);
    let lines = Lines { to_client, handle: Handle::current(), stop: StopWhenGone(stop) };
    spawn_blocking(move || {
        let _place = place;
        match work(&context, &lines) {
            Ok(refused) => refused.iter().for_each(|refusal| lines.refuse(refusal)),
            Err(error) => lines.end_with(&error.into()),
        }
    });
    let lines = stream::unfold(from_work, |mut from_work| async move {
        let text = from_work.recv().await?;
        Some((Ok::<_, std::convert::Infallible>(text), from_work))
    });
    let mut response = of_kind(LINES, Body::from_stream(lines));
    // A proxy that holds lines back would make a stream of no use.
    let unbuffered = HeaderName::from_static("x-accel-buffering");
    response.headers_mut().insert(unbuffered, HeaderValue::from_static("no"));
    Ok(response)
}
