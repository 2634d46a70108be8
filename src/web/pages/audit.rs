//! `/outlet/KEY/audit`, `/audit/JOB`: whose copy an outlet runs; and `/article/ID/review`: what its reader decides.

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use url::form_urlencoded;

use super::super::app::App;
use super::super::auditing;
use super::super::jobs::{Job, begin};
use super::super::problem::Problem;
use super::super::tracing::on_file;
use super::super::words::{ENGLISH, Words};
use super::asked::Values;
use super::outlet::place;
use super::result::saved;
use super::working::working;
use super::{Answer, Page};
use crate::model::{AuditReport, Decision, Report};
use crate::reporter::html;
use crate::workflow::{self, AuditOptions, Said};

/// Bytes of a form of lines.
const FORM: u64 = 16_000;

#[derive(Template)]
#[template(path = "pages/audit.html")]
struct AuditPage<'a> {
    w: &'a Words,
    here: &'a str,
    title: &'a str,
    id: &'a str,
    outlet: String,
    parts: Vec<String>,
}

async fn fields(app: &App, request: Request<Body>) -> Result<Values, Problem> {
    let bytes = app.spooler(FORM).small(request.into_body()).await?;
    let pairs: Vec<(String, String)> = form_urlencoded::parse(&bytes).into_owned().collect();
    Ok(Values::from_pairs(pairs))
}

/// Begins an audit; what is not yet traced is traced first.
pub(super) async fn audit(
    State(app): State<App>,
    Path(key): Path<String>,
    request: Request<Body>,
) -> Answer {
    let values = fields(&app, request).await?;
    let options = AuditOptions {
        outlets: vec![key],
        from: values.owned("from"),
        to: values.owned("to"),
        kept_only: app.settings.read_only,
        ..AuditOptions::default()
    };
    let job = begin(&app, auditing::plan(options))?;
    super::home::wait(&job).await;
    Ok(Redirect::to(&format!("/audit/{}", job.id)).into_response())
}

fn audits(job: &Job) -> Result<&[AuditReport], Problem> {
    match &job.outcome()?.value {
        Report::Audit(audits) => Ok(audits),
        _ => Err(Problem::not_found("that job is no audit")),
    }
}

/// `/audit/JOB`
pub(super) async fn audited(State(app): State<App>, Path(id): Path<String>) -> Answer {
    let job = app.jobs.find(&id)?;
    if job.result().is_none() {
        return Ok(working(&job));
    }
    Ok(app.look(move |_| page(&job)).await?)
}

fn page(job: &Job) -> Result<Response, Problem> {
    let audits = audits(job)?;
    let mut parts = Vec::new();
    for (at, audit) in audits.iter().enumerate() {
        parts.push(html::audit(audit, &format!("a{}", at + 1))?);
    }
    let (title, key) =
        audits.first().map_or(("", ""), |audit| (audit.outlet.as_str(), audit.key.as_str()));
    let page = AuditPage { w: &ENGLISH, here: "", title, id: &job.id, outlet: place(key), parts };
    Ok(Page(page).into_response())
}

/// `/audit/JOB/FILE`
pub(super) async fn download(
    State(app): State<App>,
    Path((id, file)): Path<(String, String)>,
) -> Answer {
    let job = app.jobs.find(&id)?;
    Ok(app.look(move |_| saved(&Report::Audit(audits(&job)?.to_vec()), &file)).await?)
}

/// Keeps what a person decided about the finding on an article.
pub(super) async fn review(
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request<Body>,
) -> Answer {
    app.writable()?;
    let values = fields(&app, request).await?;
    let decision = match values.text("decision") {
        Some("confirmed") => Decision::Confirmed,
        Some("dismissed") => Decision::Dismissed,
        Some("licensed") => Decision::Licensed,
        _ => return Err(Problem::bad_request(ENGLISH.review_nothing).into()),
    };
    let by = values.owned("by").ok_or_else(|| Problem::bad_request(ENGLISH.review_nobody))?;
    let said = Said { decision, by, note: values.owned("note").unwrap_or_default() };
    let work = move |context: &_| {
        let id = on_file(context, &id)?;
        workflow::review(context, &[format!("id:{id}")], &said)?;
        Ok::<_, Problem>(id)
    };
    let id = app.work(|lanes| &lanes.write, work).await?;
    Ok(Redirect::to(&format!("/article/{id}#review")).into_response())
}
